"""The table of customers: AG Grid with rows that come as one scrolls, in the page's own colours."""

from __future__ import annotations

from typing import Any

import dash_ag_grid as dag

from dashboard import words

BLOCK = 100
# What fits into a column of the usual width.
LETTERS = 13
# What the scores are made of says more, so on the page they stand last.
LAST = ("r", "f", "m", "fm")
# Contacts were asked for, so they stand where they are seen.
FIRST = ("customer_id", "email", "phone", "name", "first_name", "last_name")
FORMATS = {"whole": "d3.format(',')(params.value)", "money": "d3.format(',.2f')(params.value)"}
WIDTHS = {
    "customer_id": 110, "segment": 190, "rfm_group": 150, "country": 160, "average_order": 130, "average_price": 125,
    "email": 230, "phone": 150, **dict.fromkeys(LAST, 68),
}  # fmt: skip
SWATCH = "params.data ? 'seg s' + params.data.colour + ' shape' + params.data.colour % 4 : ''"
# Colours are the tokens of assets/tokens.css, which follow light and dark by themselves.
THEME = """themeQuartz.withParams({
  fontFamily: "inherit", fontSize: 13, headerFontSize: 12, headerFontWeight: 400, rowHeight: 34, headerHeight: 36,
  spacing: 6, cellHorizontalPadding: 12, borderRadius: 0, wrapperBorderRadius: 0, wrapperBorder: false,
  backgroundColor: "var(--surface)", foregroundColor: "var(--ink)", headerTextColor: "var(--ink-2)",
  headerBackgroundColor: "var(--surface)", borderColor: "var(--line-soft)", accentColor: "var(--accent)",
  rowHoverColor: "var(--sunk)", chromeBackgroundColor: "var(--surface)", browserColorScheme: "inherit",
  columnBorder: false, rangeSelectionBorderColor: "transparent"
})"""


def grid(id: str, columns: Any) -> dag.AgGrid:
    """An empty grid that asks for its rows, :data:`BLOCK` at a time, through ``getRowsRequest``.

    Parameters
    ----------
    columns : sequence of Column
        Name, title and kind (``text``, ``whole``, ``money`` or ``date``) of each.
    """
    return dag.AgGrid(
        id=id,
        columnDefs=definitions(columns),
        defaultColDef={"sortable": True, "resizable": True, "suppressHeaderMenuButton": True, "suppressMovable": True},
        rowModelType="infinite",
        dashGridOptions={
            "theme": {"function": THEME},
            "cacheBlockSize": BLOCK,
            "maxConcurrentDatasourceRequests": 1,
            "maxBlocksInCache": 20,
            "infiniteInitialRowCount": 1,
            "animateRows": False,
            "ensureDomOrder": True,
            "enableCellTextSelection": True,
            "suppressMultiSort": True,
        },
        style={"height": "auto", "width": "100%"},
    )


def definitions(columns: Any) -> list[dict[str, Any]]:
    """How the grid shows columns."""
    return [_column(column) for column in sorted(columns, key=_place)]


def _place(column: Any) -> int:
    return -1 if column.name in FIRST else int(column.name in LAST)


def _column(column: Any) -> dict[str, Any]:
    usual = min(24 + 8 * len(column.title), 260) if len(column.title) > LETTERS else 112
    found: dict[str, Any] = {
        "field": column.name, "headerName": words.header(column.title), "width": WIDTHS.get(column.name, usual),
    }  # fmt: skip
    if column.name == "customer_id":
        found |= {"pinned": "left", "lockPinned": True}
    if column.name == "segment":
        found |= {"cellClass": {"function": SWATCH}}
    if column.kind in FORMATS:
        shown = f"params.value == null ? '' : {FORMATS[column.kind]}"
        found |= {"type": "rightAligned", "valueFormatter": {"function": shown}}
    if column.kind != "text":
        found |= {"sortingOrder": ["desc", "asc", None]}
    return found
