"""The URL is the state: parse it into a View, write a View as a link."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from core.errors import ParameterError
from core.pipeline import View
from dashboard.tab import Tab
from dashboard.theme import THEMES, Theme


@dataclass(frozen=True)
class Look:
    """A view as somebody sees it: on which tab, in which theme, in which currency."""

    slug: str
    view: View
    theme_name: str = "light"
    currency: str = "GBP"

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Look:
        """Rebuild from what the browser's store holds."""
        view = _view(dict(_pairs(data["search"])), data["search"], lambda name, error: None)
        return cls(data["slug"], view, data["theme"], data["currency"])

    @property
    def money(self) -> bool:
        """Whether the dataset knows of money; its currency is empty where it does not."""
        return bool(self.currency)

    @property
    def theme(self) -> Theme:
        return THEMES[self.theme_name]

    def data(self) -> dict[str, str]:
        """What the browser's store holds: under 2 KB."""
        return {
            "slug": self.slug,
            "search": query(self.view),
            "theme": self.theme_name,
            "currency": self.currency,
        }

    def href(self, slug: str | None = None, **changes: Any) -> str:
        """A link to the same view with other parameters; on another tab its own options are left behind."""
        view = self.view if slug in (None, self.slug) else dataclasses.replace(self.view, options=())
        return f"/{slug or self.slug}?{query(view.but(**changes))}"

    def download(self, name: str, ending: str = "csv", **changes: Any) -> str:
        """A link to a file with what is drawn."""
        return f"/download/{self.slug}/{name}.{ending}?{query(self.view.but(**changes))}"


def query(view: View) -> str:
    """The search part of a link; what equals the default is left out, but for the dataset."""
    plain = View(view.dataset)
    pairs: list[tuple[str, str]] = [("data", view.dataset)]
    for name in _PLAIN:
        if getattr(view, name) != getattr(plain, name):
            pairs.append((name, getattr(view, name)))
    pairs += [("country", name) for name in view.countries]
    pairs += [("segment", str(number)) for number in view.segments]
    pairs += [("group", slug) for slug in view.groups]
    pairs += [("feature", slug) for slug in view.features]
    pairs += [("own", f"{slug}:{how}") for slug, how in view.own]
    pairs += [("weight", f"{slug}:{weight:g}") for slug, weight in view.weights]
    if view.k:
        pairs.append(("k", str(view.k)))
    if view.k_range != plain.k_range:
        pairs.append(("range", f"{view.k_range[0]}:{view.k_range[1]}"))
    if view.seed != plain.seed:
        pairs.append(("seed", str(view.seed)))
    return urlencode([*pairs, *view.options])


def parse(path: str, search: str, tabs: Mapping[str, Tab], default: str) -> tuple[str, View, list[ParameterError]]:
    """Read a link.

    Returns
    -------
    slug, view, problems
        What cannot be understood is left at its default and comes back as a problem to show.
    """
    problems: list[ParameterError] = []
    slug = path.strip("/") or next(iter(tabs))
    if slug not in tabs:
        problems.append(ParameterError(f"There is no page {slug[:40]!r}.", "The first page is shown instead."))
        slug = next(iter(tabs))
    values = dict(_pairs(search))
    values.setdefault("data", default)
    view = _view(values, search, lambda name, error: problems.append(error))
    return slug, _own_options(view, values, tabs[slug], problems), problems


def _pairs(search: str) -> list[tuple[str, str]]:
    return parse_qsl(search.lstrip("?"), keep_blank_values=False)


# Parameters that are text and called alike in a link and in a View.
_PLAIN = (
    "rules", "as_of", "period", "compare", "prepare", "method", "outliers", "missing", "saved", "rfm_map", "rfm_edges",
)  # fmt: skip
_NAMES = (*_PLAIN, "data", "country", "segment", "group", "feature", "own", "weight", "k", "range", "seed")


def _view(values: dict[str, str], search: str, complain: Callable[[str, ParameterError], None]) -> View:
    pairs = _pairs(search)
    wanted: dict[str, Callable[[], dict[str, Any]]] = {
        **{name: (lambda name=name: {name: values[name]}) for name in _PLAIN},
        "country": lambda: {"countries": tuple(v for n, v in pairs if n == "country")},
        "segment": lambda: {"segments": tuple(_whole("segment", v) for n, v in pairs if n == "segment")},
        "group": lambda: {"groups": tuple(v for n, v in pairs if n == "group")},
        "feature": lambda: {"features": tuple(dict.fromkeys(v for n, v in pairs if n == "feature"))},
        "own": lambda: {"own": tuple(_pair(v) for n, v in pairs if n == "own")},
        "weight": lambda: {
            "weights": tuple((slug, _number(slug, v)) for slug, v in (_pair(v) for n, v in pairs if n == "weight"))
        },
        "k": lambda: {"k": 0 if values["k"] == "auto" else _whole("k", values["k"])},
        "range": lambda: {"k_range": _range(values["range"])},
        "seed": lambda: {"seed": _whole("seed", values["seed"])},
    }
    options = tuple(sorted((n, v) for n, v in values.items() if n not in _NAMES))
    view = View(values.get("data", ""), options=options)
    for name, read in wanted.items():
        if name in values:
            try:
                view = dataclasses.replace(view, **read())
            except ParameterError as error:
                complain(name, ParameterError(error.message, f"{error.hint} The default is shown instead."))
    return view


def _own_options(view: View, values: dict[str, str], tab: Tab, problems: list[ParameterError]) -> View:
    """Options are for their own tab: others are dropped, wrong values reported."""
    kept = []
    for name, value in view.options:
        if name not in tab.options:
            problems.append(ParameterError(f"{tab.label} has no setting {name[:40]!r}.", "It is left out."))
            continue
        allowed = tab.options[name]
        if callable(allowed):
            try:
                allowed(value)
            except ParameterError as error:
                problems.append(ParameterError(error.message, f"{error.hint} It is left out."))
                continue
        elif allowed is not None and value not in allowed:
            hint = f"Choose one of {', '.join(allowed)}. The default is shown instead."
            problems.append(ParameterError(f"{tab.label} has no {name} {value[:40]!r}.", hint))
            continue
        kept.append((name, value))
    return dataclasses.replace(view, options=tuple(kept))


def _whole(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ParameterError(f"{name}={text[:40]} is not a whole number.")
    return int(text)


def _pair(text: str) -> tuple[str, str]:
    slug, _, value = text.rpartition(":")
    return slug, value


def _number(slug: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ParameterError(f"The weight of {slug[:40]}, {text[:40]!r}, is not a number.") from None


def _range(text: str) -> tuple[int, int]:
    low, _, high = text.partition(":")
    return _whole("range", low), _whole("range", high)
