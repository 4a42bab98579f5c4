"""Names of what the shell shows. A tab makes its own with :func:`namespace`; none is built from data."""

from collections.abc import Callable

URL = "url"
VIEW = "view"
THEME = "theme"
SHOWN = "shown"
AGAIN = "again"
NAV = "nav"
BAR = "bar"
FILTERS = "filters"
RECEIPT = "receipt"
CONTENT = "content"
BANNER = "banner"


def namespace(slug: str) -> Callable[[str], str]:
    """A tab's ids: ``namespace("seasons")("chart")`` is ``"seasons-chart"``."""
    return lambda name: f"{slug}-{name}"
