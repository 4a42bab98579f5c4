"""Saved segmentations: kept with their names, numbers and colours, whatever is refitted."""

from __future__ import annotations

from dataclasses import asdict, replace
from functools import cached_property

from core.pipeline.datasets import Datasets
from core.segments.dividing.model import Model
from core.segments.dividing.segmentation import Segmentation
from core.segments.inputs.features import Recipe, Source
from core.segments.keeping import model_file
from core.segments.keeping.archive import Archive
from core.segments.keeping.holding import held
from core.segments.keeping.saved import Saved, to_json, unpack_members
from core.view import View
from core.warehouse.database import Database


class Keeping(Datasets):
    """Questions about what was saved."""

    @cached_property
    def archive(self) -> Archive:
        """Where saved segmentations are kept."""
        return Archive(Database(self.settings.home, self.settings.database_url))

    def kept(self) -> list[Saved]:
        """Every saved segmentation, the latest first."""
        return self.archive.all()

    def kept_in_trash(self) -> list[Saved]:
        """Those that were deleted and can be put back."""
        return self.archive.all(deleted=True)

    def held_by(self, view: View) -> Saved | None:
        """The saved segmentation whose names the view holds on to."""
        return self.archive.get(view.saved) if view.saved else None

    def as_saved(self, view: View, recipe: Recipe, k: int, seed: int, saved: Saved) -> bool:
        """Whether a view divides the very customers of a saved segmentation in the very same way."""
        then = saved.view
        if (view.dataset, view.rules, view.as_of) != (then.dataset, then.rules, then.as_of):
            return False
        usual = {**asdict(Recipe()), "k": 0, "seed": 0}
        asked = {**asdict(replace(recipe, holds="")), "k": k, "seed": seed}
        return to_json({**usual, **saved.current.recipe}) == to_json(asked)

    def saved_model(self, saved: Saved) -> Model:
        """What places further customers in the segments of a saved one."""
        return model_file.loads(self.archive.contents(saved.id, saved.current.number).model)

    def _holds(self, view: View) -> str:
        """The saved segmentation, and its version, whose names the view holds on to; empty for none."""
        return f"{self.archive.token(view.saved)}/{held.version}" if view.saved else ""

    def _held(self, view: View, source: Source, recipe: Recipe, k: int, seed: int, found: Segmentation) -> Segmentation:
        """A segmentation under the numbers, names and colours of the saved one."""
        saved = self.archive.get(view.saved)
        same = self.as_saved(view, recipe, k, seed, saved)

        def hold() -> Segmentation:
            contents = self.archive.contents(saved.id, saved.current.number)
            model = model_file.loads(contents.model)
            bare = replace(recipe, holds="")
            members = unpack_members(contents.members)
            return held(source, bare, k, seed, same, found=found, saved=saved, members=members, model=model)

        return self.cache.get_or_compute(
            held.key(source.key, (replace(recipe, holds=saved.token), k, seed, same)), hold
        )
