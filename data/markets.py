"""Where the shop sells; some of the names are as awkward as in a real log."""

from typing import NamedTuple

HOME = "United Kingdom"


class Market(NamedTuple):
    """A country, its weight among those abroad, and the parts of all trade at which it opened and closed."""

    country: str
    weight: float
    opens: float = 0.0
    closes: float = 1.0


ABROAD = (
    Market("Germany", 190),
    Market("France", 175),
    Market("EIRE", 70),
    Market("Netherlands", 50),
    Market("Spain", 62, closes=0.8),
    Market("Belgium", 50),
    Market("Switzerland", 42),
    Market("Portugal", 36),
    Market("Italy", 34),
    Market("Norway", 26),
    Market("Sweden", 26, closes=0.6),
    Market("Denmark", 24),
    Market("Finland", 24),
    Market("Austria", 24),
    Market("Channel Islands", 22),
    Market("Poland", 34, opens=0.4),
    Market("USA", 44, opens=0.5),
    Market("Australia", 22),
    Market("Japan", 18),
    Market("Cyprus", 16),
    Market("Canada", 14, opens=0.35),
    Market("Greece", 12),
    Market("Israel", 10),
    Market("Singapore", 9),
    Market("Hong Kong", 9),
    Market("Iceland", 8),
    Market("Malta", 8),
    Market("United Arab Emirates", 9, opens=0.3),
    Market("Unspecified", 9),
    Market("RSA", 7),
    Market("Czech Republic", 8),
    Market("Lebanon", 5),
    Market("Lithuania", 6),
    Market("New Zealand", 7),
    Market("Bahrain", 5),
    Market("Brazil", 5),
    Market("Saudi Arabia", 4),
    Market("European Community", 4),
)
