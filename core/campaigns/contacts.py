"""How the customers of an audience can be reached: beside their rows on wish alone, and only of those who agreed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
import pyarrow
import pyarrow.parquet

from core.campaigns.guide import Column
from core.intake.formats.reading import quote
from core.warehouse import engine

TITLES = {
    "email": "E-mail", "phone": "Telephone", "name": "Name", "first_name": "First name", "last_name": "Last name",
    "street": "Street", "zip": "Postcode", "city": "City", "state": "State", "country": "Country",
    "consent": "Consent to marketing",
}  # fmt: skip
AGREED = "yes"


@dataclass(frozen=True)
class Contacts:
    """Files of contacts, one row a customer each; what is missing in one is taken from the next."""

    paths: tuple[Path, ...]

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The columns that one of the files has, in the order of :data:`TITLES`."""
        found = {name for path in self.paths for name in pyarrow.parquet.read_schema(path).names}
        return tuple(name for name in TITLES if name in found)

    def beside(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows with contacts.

        Parameters
        ----------
        rows : DataFrame
            With ``customer_id``. A column that it has already stays as it is.

        Notes
        -----
        Where one of the files says who agreed to be written to, the contacts of everybody else stay blank, of those
        too who were not asked.
        """
        known = self._of(rows)
        if "consent" in self.fields:
            reached = [name for name in self.fields if name not in ("consent", "country", "state", "city")]
            known[reached] = known[reached].where(known["consent"] == AGREED)
        new = [name for name in self.fields if name not in rows]
        found = known.loc[rows["customer_id"], new].reset_index(drop=True)
        return pd.concat([rows.reset_index(drop=True), found.where(found.notna(), None)], axis=1)

    def known(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The contacts of rows with ``customer_id``, of those too who did not agree: for counting alone."""
        return self._of(rows).loc[rows["customer_id"]].reset_index(drop=True)

    def _of(self, rows: pd.DataFrame) -> pd.DataFrame:
        ids = rows[["customer_id"]].drop_duplicates()
        known = pd.DataFrame(
            index=pd.Index(ids["customer_id"], name="customer_id"), columns=list(self.fields), dtype=object
        )
        for path in self.paths:
            known = known.combine_first(_read(path, ids))
        return known.reindex(columns=list(self.fields)).astype(object)

    def each(self, frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        """The same for rows that come some at a time."""
        return map(self.beside, frames)

    def columns(self, others: Sequence[Column]) -> tuple[Column, ...]:
        """What the file says of them, after its other columns."""
        taken = {column.name for column in others}
        agreed = "; blank for those who did not agree to be written to" if "consent" in self.fields else ""
        return tuple(
            Column(name, TITLES[name], f"As last given{'' if name == 'consent' else agreed}.", "text", "text")
            for name in self.fields
            if name not in taken
        )


def _read(path: Path, ids: pd.DataFrame) -> pd.DataFrame:
    """Rows of a file by customer; on a cursor of its own, as the rows of the audience may still come from theirs."""
    with engine.open_cursor() as cursor:
        rows = cursor.sql(f"select * from read_parquet({quote(str(path))})")
        wanted = rows.join(
            cursor.from_arrow(pyarrow.Table.from_pandas(ids, preserve_index=False)), "customer_id", "semi"
        )
        found: pd.DataFrame = wanted.to_arrow_table().to_pandas()
    return found.drop_duplicates("customer_id").set_index("customer_id")
