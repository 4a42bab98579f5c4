"""Which column of a results file is the customer, who ordered, what they spent, opened and clicked."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from core.errors import InputError
from core.intake.columns import headers
from core.intake.logs import contacts
from core.intake.tables import people_levels
from core.masking import shown

YES, NO = {*contacts.YES, *people_levels.YES}, {*contacts.NO, *people_levels.NO}
WORDS = {
    "revenue": "revenue amount value spend spent turnover gmv umsatz betrag wert montant chiffre importe ingresos valor"
    " receita ricavo fatturato omzet bedrag sales eur usd gbp",
    "opened": "open opened opens geoffnet offnung ouvert ouverture abierto aperto aberto geopend",
    "clicked": "click clicked clicks klick geklickt klicks clic clique cliccato geklikt",
    "converted": "converted conversion conversions convert ordered order orders purchased purchase purchases bought"
    " buyer responded response sale kauf gekauft kaufe bestellt bestellung bestellungen konvertiert achete achat"
    " commande commandes compro compra comprado pedido pedidos acquistato ordine ordini gekocht besteld",
    "campaign": "campaign kampagne campagne campana campanha campagna",
}
# A column with one of these words beside names or dates something and counts nothing.
_BESIDE = {"id", "no", "number", "nr", "date", "time", "at", "on", "day", "datum", "fecha", "rate", "un", "not"}
_NUMBER = re.compile(r"(?:[a-z]{3}|[€$£])?\s*([-+]?(?:\d[\d.,' ]*(?=[.,]))?)([.,]?)(\d+)\s*(?:[a-z]{3}|[€$£])?")
_NAMED, _MOSTLY = 0.6, 0.5
_SHOWN = 6


class WhichColumnError(InputError):
    """What somebody has to say who knows the file: ``roles`` are open, ``headers`` are the columns to choose from."""

    def __init__(self, message: str, hint: str, roles: Sequence[str], headers: Sequence[object]) -> None:
        super().__init__(message, hint)
        self.roles, self.headers = tuple(roles), tuple(map(str, headers))


def choose(
    frame: pd.DataFrame, ids: Collection[str], mails: Collection[str], said: Mapping[str, str]
) -> dict[str, str]:
    """The header of each role that the file has: ``customer`` or ``email``, and of :data:`WORDS`.

    Parameters
    ----------
    frame : frame
        Text cells under their headers.
    ids, mails : collection of str
        Customers and e-mails of the record.
    said : mapping
        Header by role, where somebody said so.

    Raises
    ------
    InputError
        If a column that was named is not there, several may be meant, or none says who ordered.
    """
    for role, header in said.items():
        if header not in frame:
            raise InputError(f"The file has no column {header!r}.", f"Its columns are {_list(list(frame))}.")
        if role not in (*WORDS, "customer", "email"):
            raise InputError(f"A results file has no {role!r}.", f"Say one of customer, email, {', '.join(WORDS)}.")
    found = dict(said)
    if not {"customer", "email"} & set(found):
        role, header = _customer(frame.drop(columns=list(found.values())), ids, mails)
        found[role] = header
    for role in ("campaign", "revenue", "opened", "clicked", "converted"):
        left = [str(header) for header in frame if header not in found.values()]
        if role not in found and (meant := [header for header in left if _means(role, header, frame[header])]):
            if len(meant) > 1:
                raise WhichColumnError(
                    f"{_list(meant)} may each say what is meant by “{role}”.", f"Say which: --map {role}={meant[0]}",
                    [role], meant,
                )  # fmt: skip
            found[role] = meant[0]
    if not {"converted", "revenue", "opened", "clicked"} & set(found):
        raise WhichColumnError(
            f"No column says who ordered; there are {_list(list(frame))}.",
            "Name one converted (yes or no) or revenue, or say which it is: --map converted=COLUMN",
            ["converted", "revenue"], [header for header in frame if header not in found.values()],
        )  # fmt: skip
    return found


def yes(cells: Sequence[str | None], header: str) -> list[bool]:
    """Whether each cell is a yes, or a number above 0; blank is no.

    Raises
    ------
    InputError
        If a cell says neither.

    Examples
    --------
    >>> yes(["Ja", None, "0", "3", "nein"], "Bestellt")
    [True, False, False, True, False]
    """
    return [_yes(cell, header) for cell in cells]


def _yes(cell: str | None, header: str) -> bool:
    text = (cell or "").strip().casefold()
    if text in YES:
        return True
    if not text or text in NO:
        return False
    if (number := _number(text)) is None:
        raise InputError(
            f"The column {header} says {shown(text)[:40]!r}, which is neither yes nor no.", "Write yes or no."
        )
    return number > 0


def _customer(frame: pd.DataFrame, ids: Collection[str], mails: Collection[str]) -> tuple[str, str]:
    """By what its cells are and what it is called: a name counts where any of its cells is known."""
    known: list[tuple[bool, float, str, str]] = []
    for header in frame:
        meant = headers.meaning(str(header))
        for role, values in (("customer", ids), ("email", mails)):
            cells = set(frame[header].dropna()) if values else set()
            share = sum(key(cell, role) in values for cell in cells) / len(cells) if cells else 0.0
            known.append((meant.get(role, 0) >= _NAMED, share, role, str(header)))
    for likely in (
        [k for k in known if k[0] and k[1] > 0],
        [k for k in known if k[1] >= _MOSTLY],
        [k for k in known if k[0]],
    ):
        if likely:
            best = max(likely, key=lambda each: each[1])
            if not best[0] and len({each[3] for each in likely}) > 1:
                likely_ones = sorted({each[3] for each in likely})
                raise WhichColumnError(
                    f"{_list(likely_ones)} may each be the customer.", "Say which: --map customer=COLUMN", ["customer"],
                    likely_ones,
                )  # fmt: skip
            return best[2], best[3]
    raise WhichColumnError(
        f"No column names customers of the campaign; there are {_list(list(frame))}.",
        "Check that the file is of this campaign, or say which column it is: --map customer=COLUMN", ["customer"],
        list(frame),
    )  # fmt: skip


def key(cell: str, role: str = "customer") -> str:
    """What ids and e-mails are matched by: text, without what spreadsheets add.

    >>> key(" 12346.0 "), key("Ann@Example.com ", "email")
    ('12346', 'ann@example.com')
    """
    text = cell.strip()
    if role == "email":
        return text.casefold()
    return text[:-2] if text.endswith(".0") and text[:-2].isdigit() else text


def _means(role: str, header: str, cells: pd.Series) -> bool:
    said = headers.words(header)
    if not set(said) & set(WORDS[role].split()) or (role != "campaign" and set(said) & _BESIDE):
        return False
    texts = cells.dropna().str.strip().str.casefold().unique()
    numbers = [number for text in texts if text not in YES | NO and (number := _number(text)) is not None]
    if role == "campaign":
        return True
    if any(_number(text) is None and (role == "revenue" or text not in YES | NO) for text in texts):
        return False
    return role != "converted" or all(number.is_integer() for number in numbers)


def _number(text: str) -> float | None:
    """About what a number says, its last mark for decimals where one or two digits follow; None where it is none."""
    if not (match := _NUMBER.fullmatch(text)):
        return None
    whole, mark, rest = match[1], match[2], match[3]
    kept = re.sub(r"[^\d+-]", "", whole) + (f".{rest}" if len(rest) < 3 else rest)
    return float(kept if mark else re.sub(r"[^\d+-]", "", whole) + rest)


def _list(columns: Sequence[object]) -> str:
    more = f" and {len(columns) - _SHOWN} more" if len(columns) > _SHOWN else ""
    return ", ".join(str(each)[:40] for each in columns[:_SHOWN]) + more
