"""What is looked at: a dataset and parameters. Every picture is a pure function of one View."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from typing import Any

from core.errors import ParameterError
from core.periods import COMPARISONS, check_period

PREPARATIONS = {
    "log": "Log, then scale",
    "standard": "Scale only",
    "clip": "Clip at 99 %",
    "robust": "Robust scale",
    "rank": "Ranks",
    "none": "As they are",
}
OUTLIERS = {"keep": "Keep them", "clip": "Clip at 99 %", "aside": "A segment of their own"}
MISSING = {"auto": "As usual", "drop": "Leave out", "median": "The middle", "level": "A level of its own"}
HEAVIEST = 10.0
MOST_SEGMENTS = 20


@dataclass(frozen=True)
class View:
    """One state of the dashboard, or one headless run.

    Parameters
    ----------
    dataset : str
        Fingerprint of the stored dataset.
    rules : str
        A preset of cleaning rules or the active rules joined by ``+``; ``net`` is the usual one for any kind of table.
    as_of : str
        ISO date to which recency is counted; empty for the day after the last order.
    period, compare : str
        See :mod:`core.periods`.
    countries, segments, groups : tuple
        Filters; empty means all. Segments by id, groups by slug.
    k : int
        Number of segments; 0 lets the verdict choose.
    features : tuple of str
        Slugs of the columns that segments are learned from; empty for the usual ones.
    prepare : str
        One of :data:`PREPARATIONS`; ``auto`` takes the usual one for the kind of table.
    k_range, seed
        How the segments are learned.
    method : str
        Slug of the algorithm; see :mod:`core.segments.clusterers`.
    own : tuple of (slug, preparation)
        Features that are prepared otherwise than ``prepare`` says.
    weights : tuple of (slug, weight)
        How many times a feature counts, above 0 and up to 10; once unless named.
    outliers, missing : str
        One of :data:`OUTLIERS`, and of :data:`MISSING`.
    saved : str
        The saved segmentation whose names, colours and numbers the segments keep.
    rfm_map, rfm_edges : str
        The map of RFM groups, and own thresholds of the scores; see :mod:`core.segments.scores.rfm`.
    options : tuple of (name, value)
        What a tab alone understands, such as the grain of its chart.

    Raises
    ------
    ParameterError
        If a value is out of range.
    """

    dataset: str
    rules: str = "net"
    as_of: str = ""
    period: str = "all"
    compare: str = "before"
    countries: tuple[str, ...] = ()
    segments: tuple[int, ...] = ()
    groups: tuple[str, ...] = ()
    k: int = 0
    features: tuple[str, ...] = ()
    prepare: str = "auto"
    k_range: tuple[int, int] = (1, 10)
    seed: int = 42
    method: str = "kmeans"
    own: tuple[tuple[str, str], ...] = ()
    weights: tuple[tuple[str, float], ...] = ()
    outliers: str = "keep"
    missing: str = "auto"
    saved: str = ""
    rfm_map: str = ""
    rfm_edges: str = ""
    options: tuple[tuple[str, str], ...] = field(default=())

    def __post_init__(self) -> None:
        check_period(self.period)
        if self.as_of:
            check_period(f"{self.as_of}..{self.as_of}")
        _one_of("comparison", self.compare, tuple(COMPARISONS))
        _one_of("preparation", self.prepare, ("auto", *PREPARATIONS))
        _one_of("choice for outliers", self.outliers, tuple(OUTLIERS))
        _one_of("choice for missing values", self.missing, tuple(MISSING))
        for _, how in self.own:
            _one_of("preparation", how, tuple(PREPARATIONS))
        for slug, weight in self.weights:
            if not 0 < weight <= HEAVIEST:
                raise ParameterError(
                    f"The weight of {slug[:60]} is {weight:g}.", f"Give a number above 0 and up to {HEAVIEST:g}."
                )
        low, high = self.k_range
        if not 1 <= low < high <= MOST_SEGMENTS or high - low < 2:
            raise ParameterError(
                f"The range of k is {low}:{high}.",
                f"Give two whole numbers from 1 to {MOST_SEGMENTS} at least 2 apart.",
            )
        if self.k and not 2 <= self.k <= MOST_SEGMENTS:
            raise ParameterError(f"k is {self.k}.", f"Choose from 2 to {MOST_SEGMENTS} segments, or auto.")

    def option(self, name: str, default: str = "") -> str:
        """A tab's own parameter."""
        return dict(self.options).get(name, default)

    def but(self, **changes: Any) -> View:
        """The same view with other parameters; names that View does not know become options (None removes)."""
        known = {f.name for f in dataclasses.fields(self)}
        options = dict(self.options)
        for name, value in changes.items():
            if name not in known:
                options.pop(name, None)
                if value is not None:
                    options[name] = str(value)
        fields = {name: value for name, value in changes.items() if name in known}
        return dataclasses.replace(self, **{"options": tuple(sorted(options.items())), **fields})

    def to_json(self) -> str:
        """All parameters as text, for whoever computes elsewhere."""
        return json.dumps(dataclasses.asdict(self))

    @classmethod
    def from_json(cls, text: str) -> View:
        """The view of :meth:`to_json`.

        Examples
        --------
        >>> View.from_json(View("shop", countries=("France",), weights=(("monetary", 2.0),)).to_json()).weights
        (('monetary', 2.0),)
        """
        return cls(**{name: _tuples(value) for name, value in json.loads(text).items()})

    def whole(self) -> View:
        """The same analysis without period and filters: what the segments are learned from."""
        return self.but(period="all", compare="before", countries=(), segments=(), groups=(), options=())


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _one_of(what: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise ParameterError(f"The {what} {value!r} is unknown.", f"Choose one of {', '.join(choices)}.")
