"""What segments are learned from: features, how they are prepared, what is missing, and outliers."""

from __future__ import annotations

from core.people.overview import family
from core.pipeline.sales import Sales
from core.segments.inputs import choices, diagnosis, missing, treatments
from core.segments.inputs.choices import Choice
from core.segments.inputs.diagnosis import Diagnosis
from core.segments.inputs.matrix import Feature
from core.segments.inputs.missing import Missing
from core.segments.inputs.treatments import Treatments
from core.view import View
from core.warehouse.people import People


class Preparing(Sales):
    """Questions about features."""

    def feature_choices(self, view: View) -> list[Choice]:
        """Named choices of features; the first is what segments are learned from unless one chooses."""
        source = self.people(view) if self.has_people(view) else self._everybody(view)
        if isinstance(source, People):
            return choices.of_table(source, [feature.slug for feature in self.features(view.but(features=()))])
        varies: list[str] = self._run(choices.varying, source)
        return choices.of_log(source, varies)

    def feature_groups(self, view: View) -> list[tuple[str, list[Feature]]]:
        """Every feature that could be chosen, by what it tells of: the name of a family, and its features."""
        source = self._everybody(view)
        table = source if isinstance(source, People) else source.people
        families = {column.slug: family(column) for column in table.columns} if table else {}
        groups: dict[str, list[Feature]] = {}
        for feature in self.known_features(view):
            groups.setdefault(choices.FAMILIES.get(feature.slug) or families.get(feature.slug, ""), []).append(feature)
        return list(groups.items())

    def diagnosis(self, view: View) -> Diagnosis:
        """What each feature brings to the distances between customers, and what is wrong with it."""
        return self._run(diagnosis.diagnosis, self._everybody(view), self._recipe(view))

    def missing(self, view: View) -> Missing:
        """What is missing of the features in use, and what is done about it."""
        source = self.people(view) if self.has_people(view) else self._everybody(view)
        columns = tuple(feature.slug for feature in self.features(view))
        return self._run(missing.missing, source, columns, view.missing)

    def treatments(self, view: View) -> Treatments:
        """The segments with outliers kept, clipped and set aside."""
        found, source = self.segmentation(view), self._everybody(view)
        return self._run(treatments.treatments, source, *self._learned(view), labels=found.labels, apart=found.apart)
