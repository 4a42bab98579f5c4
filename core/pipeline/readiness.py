"""Whether a page can be drawn at once, and what a job computes where it cannot."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.errors import ClienteleError, ExpiredError, NotEnoughDataError, ParameterError
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
    "portraits": "Setting each beside everybody",
    "segment_sizes": "Adding up what each bought",
    "heat": "Comparing their averages",
    "projection": "Drawing the map",
    "thresholds": "Looking for rules that tell them apart",
    "typical": "Looking for typical customers",
    "favourites": "Looking at what each favours",
    "habits": "Looking at when and where each orders",
    "campaigns": "Working out what to do for each",
    "importance": "Weighing the features",
    "diagnosis": "Looking at what each feature brings",
    "treatments": "Seeing what the largest customers change",
    "rfm": "Scoring recency, orders and spend",
    "rfm_grid": "Adding up the groups",
    "health": "Looking at what changed since it was saved",
    "movement": "Following customers from one day to the other",
}
# Of the other datasets: the customers above which a question takes longer than about two seconds. Where a method's
# sweep does, it waits once for every page that asks for a number of segments.
SLOW_FROM = {
    ("gaussian", "selection"): 3_000,
    ("gaussian", "stabilities"): 800,
    ("ward", "selection"): 7_000,
    ("medoids", "selection"): 5_000,
}
SLOW_OF_EVERY_METHOD = {"comparison_of_methods": 3_000}
# What is the same whatever number of segments is in use and how they are called.
OF_ANY_NUMBER = ("selection", "stabilities")
EVERY_PAGE = ("canonical", "segmentation")


class Readiness(Sales):
    """Questions about what is already known."""

    def lacks(self, view: View, asks: Sequence[str] = ()) -> list[str]:
        """The questions that take a job and that nobody has asked yet: of a large dataset all, of others the slow ones.

        Parameters
        ----------
        asks : sequence of str
            What a page asks beside what every page does; of :data:`QUESTIONS`.
        """
        wanted = [*dict.fromkeys((*EVERY_PAGE, *asks))]
        if self.dataset(view).rows <= SMALL:
            return self._slow(view, wanted)
        open_still = [each for each in wanted if not self.cache.has(_mark(view, each))]
        if "canonical" in open_still and self.dataset(view).rows > SMALL_LINES:
            return open_still
        return open_still if self._customers(view) > SMALL else self._slow(view, wanted)

    def _slow(self, view: View, wanted: Sequence[str]) -> list[str]:
        """Of an ordinary dataset, the questions that take long by themselves and that nobody has asked yet."""
        # Whoever leaves the number of segments to the verdict waits for the sweep first.
        asked = dict.fromkeys("selection" if each == "segmentation" and not view.k else each for each in wanted)
        limits = {each: SLOW_FROM.get((view.method, each), SLOW_OF_EVERY_METHOD.get(each, 0)) for each in asked}
        slow = [each for each in asked if limits[each] and not self.cache.has(_mark(view, each))]
        customers = self._customers(view) if slow else 0
        return [each for each in slow if customers > limits[each]]

    def _customers(self, view: View) -> int:
        try:
            meta = self.people(view).meta if self.has_people(view) else self.tables(view).meta
        except ClienteleError:
            return 0
        return meta.customers

    def answer(self, view: View, asks: Sequence[str], tell: Callable[[str, float], None]) -> None:
        """Ask questions one after the other, so that their results are kept.

        Parameters
        ----------
        tell : callable
            Gets words and a share from 0 to 1 before each.

        Raises
        ------
        NotEnoughDataError
            If no line is left after cleaning.

        Notes
        -----
        Too little data, or a setting that does not fit, is the news of the page that asks, which opens to say so: a
        question without an answer counts as asked, or its page would wait for ever.
        """
        for number, name in enumerate(asks):
            tell(QUESTIONS[name], number / len(asks))
            try:
                getattr(self, name)(view)
            except (NotEnoughDataError, ParameterError, ExpiredError):
                if name == "canonical":
                    self._asked(view, name)
                    raise
            self._asked(view, name)
        tell("Ready", 1.0)

    def _asked(self, view: View, name: str) -> None:
        self.cache.get_or_compute(_mark(view, name), lambda: True)


def _mark(view: View, name: str) -> str:
    """Questions about segments are the same whatever the period and filters."""
    view = view.whole()
    if name in OF_ANY_NUMBER:
        view = view.but(k=0, saved="", rfm_map="", rfm_edges="")
    return f"answered {name} {view!r}"
