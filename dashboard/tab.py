"""What a file in dashboard/tabs exports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dashboard.state import Look

GROUPS = {
    "understand": ("Understand", "bar-chart"),
    "segment": ("Segment", "people"),
    "follow": ("Follow", "person-lines-fill"),
    "act": ("Act", "send"),
    "data": ("Data", "database"),
}
# What the page calls the kinds of table.
KINDS = {"transactions": "order log", "customers": "customer table", "survey": "survey"}


@dataclass(frozen=True)
class Tab:
    """A page of the dashboard.

    Parameters
    ----------
    slug, order, label, icon, group, question
        The file's name, its place, and what the navigation and the heading say. Icons are Bootstrap's names.
    layout : callable
        Makes the skeleton: no data.
    register : callable
        ``register(app, pipeline)`` adds the callbacks.
    options : mapping
        The tab's own parameters in the URL: name -> allowed values (the first is the default), a function that raises
        ParameterError at a value that does not fit, or None for free text.
    tables : mapping
        name -> function(pipeline, look) -> frame: what stands behind each picture, for CSV.
    kinds : tuple of str
        The kinds of table that it makes sense for; on any other it stands dimmed, and says why.
    needs : str
        What an order log must name for it: ``countries`` or ``products``.
    lacks : str
        Why it makes no sense there, in words; ``{kind}`` is that kind.
    asks : tuple of str
        What it asks beside what every page does, where that takes a job on a large dataset; of
        :data:`core.pipeline.readiness.QUESTIONS`.
    people : callable, optional
        Its skeleton for customer tables and surveys, where that is another.
    """

    slug: str
    order: int
    label: str
    icon: str
    group: str
    question: str
    layout: Callable[[], Any]
    register: Callable[..., None]
    options: Mapping[str, tuple[str, ...] | Callable[[str], Any] | None] = field(default_factory=dict)
    tables: Mapping[str, Callable[[Any, Look], Any]] = field(default_factory=dict)
    kinds: tuple[str, ...] = ("transactions",)
    needs: str = ""
    lacks: str = ""
    asks: tuple[str, ...] = ()
    people: Callable[[], Any] | None = None

    def fits(self, knows: tuple[str, ...]) -> bool:
        """Whether it makes sense for a dataset that knows this; see :meth:`core.pipeline.Pipeline.knows`."""
        return not set(self.kinds).isdisjoint(knows) and (not self.needs or self.needs in knows)

    def skeleton(self, kind: str) -> Any:
        """The layout for a kind of table."""
        return self.people() if self.people and kind != "transactions" else self.layout()
