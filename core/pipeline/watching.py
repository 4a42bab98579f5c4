"""Whether a segmentation still fits: stability, drift, customers far from all."""

from __future__ import annotations

from dataclasses import replace

from core import codec
from core.pipeline.sales import Sales
from core.segments.keeping import health, model_file
from core.segments.keeping.health import Health
from core.segments.keeping.saved import unpack_members
from core.view import View


class Watching(Sales):
    """Questions about the health of segments."""

    def health(self, view: View) -> Health | None:
        """The customers of a view's dataset by the rules of the saved segmentation that it holds on to.

        Returns
        -------
        Health or None
            None where the view holds on to none, or its dataset is the one that it was saved of.

        Raises
        ------
        ParameterError
            If the saved model cannot be used.
        """
        saved = self.held_by(view)
        if saved is None or saved.current.dataset == view.dataset:
            return None
        now = saved.view.but(dataset=view.dataset)
        recipe, source = replace(self._recipe(now), holds=saved.token), self._everybody(now)

        def look() -> Health:
            kept = self.archive.contents(saved.id, saved.current.number)
            given = {"model": model_file.loads(kept.model), "base": codec.loads(kept.baseline)}
            members = unpack_members(kept.members)
            return health.health(source, recipe, now.seed, saved=saved, members=members, **given)

        return self.cache.get_or_compute(health.health.key(source.key, (recipe, now.seed)), look)
