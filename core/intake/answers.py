"""What somebody said about a file, where it does not say so itself or was understood wrongly."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answers:
    """Everything that can be said; what is empty is found out.

    Parameters
    ----------
    kind : str
        ``transactions``, ``customers`` or ``survey``.
    encoding, delimiter, header, sheet
        An encoding as Python calls it; one character, or ``blanks``; ``yes`` or ``no``; a sheet's name.
    decimal : str
        ``point`` or ``comma``.
    date_order : str
        ``dmy``, ``mdy`` or ``ymd``.
    time_zone : str
        A name such as ``Europe/Berlin``.
    currency : str
        Three letters; of a file with several, the one to analyse.
    money : str
        What revenue is taken from: see :mod:`core.intake.logs.money`.
    country : str
        Two letters: where telephone numbers without a country are.
    roles : tuple of (role, column)
        An empty column takes the role off.
    scales : tuple of (column, scale)
    rates : tuple of (currency, rate)
        What one unit of it is worth in ``currency``.
    """

    kind: str = ""
    encoding: str = ""
    delimiter: str = ""
    header: str = ""
    sheet: str = ""
    decimal: str = ""
    date_order: str = ""
    time_zone: str = ""
    currency: str = ""
    money: str = ""
    country: str = ""
    roles: tuple[tuple[str, str], ...] = ()
    scales: tuple[tuple[str, str], ...] = ()
    rates: tuple[tuple[str, float], ...] = ()

    def but(self, **changes: Any) -> Answers:
        """The same answers with others changed."""
        return dataclasses.replace(self, **changes)

    def to_json(self) -> str:
        """All that was said, as text in a stable order.

        Examples
        --------
        >>> Answers(date_order="dmy").to_json()
        '{"date_order": "dmy"}'
        """
        said = {name: value for name, value in dataclasses.asdict(self).items() if value}
        return json.dumps(said, sort_keys=True, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Answers:
        """The inverse of :meth:`to_json`; names that are not known are left out.

        Examples
        --------
        >>> Answers.from_json('{"roles": [["customer", "Email"]]}').roles
        (('customer', 'Email'),)
        """
        known = {field.name for field in dataclasses.fields(cls)}
        said = {name: value for name, value in json.loads(text or "{}").items() if name in known}
        plain: dict[str, Any] = {n: tuple(map(tuple, v)) if isinstance(v, list) else v for n, v in said.items()}
        return cls(**plain)
