"""Keeping a segmentation, changing what is kept, and refitting it on later customers."""

from __future__ import annotations

from dataclasses import asdict, replace

import pandas as pd

from core import codec
from core.errors import ExpiredError, ParameterError
from core.pipeline.sales import Sales
from core.segments.dividing import clusterer
from core.segments.inputs import matrix
from core.segments.keeping import baseline, holding, model_file
from core.segments.keeping.archive_rows import Contents
from core.segments.keeping.saved import Saved, Version, definition, pack_members, segments_of
from core.view import View
from core.warehouse.store import Dataset

KEPT_COLUMNS = [
    "saved", "id", "version", "dataset", "method", "learned_from", "segment", "segment_name", "customers", "saved_on",
    "who", "note",
]  # fmt: skip


class Saving(Sales):
    """What can be done with saved segmentations."""

    def keep(self, view: View, name: str, who: str = "", note: str = "") -> Saved:
        """Save the view's segmentation, with its model, its members and everything that it was made with.

        Raises
        ------
        NotEnoughDataError
            If there are no segments to save.
        ParameterError
            If the name is empty or too long.
        """
        return self.archive.save(name, note, *self._version(view.whole(), who))

    def refit_kept(self, id: str, view: View, who: str = "") -> Saved:
        """Keep the segmentation of another view, such as of a later version of the dataset, as the next version."""
        # Learning takes its time: what is renamed meanwhile must not be lost, so the token is that of before.
        token, view = self.archive.token(id), view.whole().but(saved=id)
        return self.archive.add_version(id, *self._version(view, who), token=token)

    def rename_kept(self, id: str, name: str, who: str = "") -> Saved:
        """Call it something else."""
        return self.archive.rename(id, name, who)

    def note_kept(self, id: str, note: str, who: str = "") -> Saved:
        """Write something about it."""
        return self.archive.note(id, note, who)

    def rename_segment(self, id: str, segment: int, name: str, who: str = "") -> Saved:
        """Give a segment a name that no refit changes."""
        return self.archive.rename_segment(id, segment, name, who)

    def undo_kept(self, id: str) -> Saved:
        """Take back the last change."""
        return self.archive.undo(id)

    def delete_kept(self, id: str, who: str = "") -> Saved:
        """Into the trash, for seven days."""
        return self.archive.delete(id, who)

    def restore_kept(self, id: str, who: str = "") -> Saved:
        """Back from the trash."""
        return self.archive.restore(id, who)

    def purge_kept(self, id: str) -> None:
        """Gone for good."""
        self.archive.purge(id)

    def differs(self, view: View) -> bool:
        """Whether a view that holds on to a saved segmentation divides other customers, or divides them otherwise."""
        if not (saved := self.held_by(view)):
            return False
        recipe, k, seed = self._learned(view)
        return not self.as_saved(view, recipe, k, seed, saved)

    def later(self, saved: Saved) -> list[Dataset]:
        """Datasets that grew out of the one that a segmentation was saved of, the latest first."""
        everything, found = self.datasets(), {saved.current.dataset}
        while more := {d.fingerprint for d in everything if d.previous in found} - found:
            found |= more
        return [d for d in everything if d.fingerprint in found - {saved.current.dataset}]

    def method_label(self, saved: Saved) -> str:
        """What the algorithm of a saved segmentation is called."""
        method = str(saved.current.definition.get("method", "kmeans"))
        return clusterer.every()[method].label if method in clusterer.every() else method

    def kept_frame(self) -> pd.DataFrame:
        """Everything that is saved as one table, a row a segment."""
        rows = [
            {
                "saved": each.name, "id": each.id, "version": each.current.number, "dataset": each.current.dataset_name,
                "method": self.method_label(each),
                "learned_from": "; ".join(label for _, label in each.current.features),
                "segment": segment.id, "segment_name": segment.name, "customers": segment.customers,
                "saved_on": each.made[:10], "who": each.who, "note": each.note,
            }
            for each in self.kept()
            for segment in each.current.living
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=KEPT_COLUMNS)

    def check_saved(self, view: View) -> None:
        """Refuse to hold on to what is not there, or to what was learned from columns that this dataset lacks.

        Raises
        ------
        ParameterError
        """
        if not view.saved:
            return
        try:
            saved = self.archive.get(view.saved)
        except ExpiredError as error:
            raise ParameterError(error.message, error.hint) from error
        if saved.current.kind != self.kind(view):
            raise ParameterError(
                f"“{saved.name}” divides the customers of {saved.current.dataset_name}, another kind of table.",
                "Open it on the Saved page.",
            )
        there = {feature.slug for feature in self.known_features(view.but(features=(), own=(), weights=()))}
        if lacking := [label for slug, label in saved.current.features if slug not in there]:
            raise ParameterError(
                f"“{saved.name}” was learned from {matrix.named(lacking)}, which this dataset does not have.",
                "Name that column on the Data page, or divide the customers anew. What was saved stays as it was.",
            )

    def _version(self, view: View, who: str) -> tuple[Version, Contents]:
        dataset, source, found = self.dataset(view), self._everybody(view), self.segmentation(view)
        recipe, k, seed = self._learned(view)
        bare, held = replace(recipe, holds=""), self.held_by(view)
        contents = Contents(
            model_file.dumps(found.model),
            pack_members(holding.customer_ids(source), found.labels),
            codec.dumps(baseline.measure(source, bare, found)),
        )
        version = Version(
            0, view.dataset, dataset.name, dataset.kind, len(found.labels), definition(view, k),
            tuple((feature.slug, feature.label) for feature in self.features(view)),
            segments_of(found, held.current.segments if held else ()), tuple(found.news), who, "",
            {**asdict(bare), "k": k, "seed": seed},
        )  # fmt: skip
        return version, contents
