"""Whether a page can be drawn at once, and what a job computes where it cannot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from core.errors import ClienteleError, NotEnoughDataError
from core.pipeline.sales import Sales
from core.view import View

# Up to so many lines and customers every answer takes a moment; nobody should wait for a job instead.
SMALL_LINES = 1_000_000
SMALL = 50_000
# The questions that a job answers, and what the one who waits reads meanwhile.
QUESTIONS = {
    "canonical": "Cleaning the rows",
    "overview": "Adding up orders and customers",
    "seasonality": "Looking at the seasons",
    "countries": "Looking at the countries",
    "products": "Looking at the products",
    "people_overview": "Describing the columns",
    "selection": "Comparing numbers of segments",
    "segmentation": "Dividing all customers",
    "silhouettes": "Seeing how far they stand apart",
    "stability": "Drawing customers again to see which segments come back",
    "stabilities": "Doing so for every number of segments",
    "clustree": "Following customers as the number grows",
    "comparison_of_methods": "Dividing them by every other method",
    "profiles": "Describing the segments",
    "importance": "Weighing the features",
}
EVERY_PAGE = ("canonical", "segmentation")


class Readiness(Sales):
    """Questions about what is already known."""

    def lacks(self, view: View, asks: Sequence[str] = ()) -> list[str]:
        """The questions that take a job: of a large dataset, those that nobody has asked yet.

        Parameters
        ----------
        asks : sequence of str
            What a page asks beside what every page does; of :data:`QUESTIONS`.
        """
        wanted = [*dict.fromkeys((*EVERY_PAGE, *asks))]
        if self.dataset(view).rows <= SMALL:
            return []
        open_still = [each for each in wanted if not self.cache.has(_mark(view, each))]
        if "canonical" in open_still and self.dataset(view).rows > SMALL_LINES:
            return open_still
        try:
            meta = self.people(view).meta if self.has_people(view) else self.tables(view).meta
        except ClienteleError:
            return []
        return open_still if meta.customers > SMALL else []

    def answer(self, view: View, asks: Sequence[str], tell: Callable[[str, float], None]) -> None:
        """Ask questions one after the other, so that their results are kept.

        Parameters
        ----------
        tell : callable
            Gets words and a share from 0 to 1 before each.

        Raises
        ------
        NotEnoughDataError
            By the first question alone. Too little data for a later one is its own page's news.
        """
        for number, name in enumerate(asks):
            tell(QUESTIONS[name], number / len(asks))
            with suppress(*([NotEnoughDataError] if number else [])):
                getattr(self, name)(view)
            self.cache.get_or_compute(_mark(view, name), lambda: True)
        tell("Ready", 1.0)


def _mark(view: View, name: str) -> str:
    """Questions about segments are the same whatever the period and filters."""
    return f"answered {name} {view.whole()!r}"
