"""The Export tab over the wire: live counts, pages of rows, files."""

import csv
import io
import json

import python_calamine

from core.pipeline import Pipeline, View

FULL = "k=3&prepare=standard"


def count(pipeline, fingerprint, **changes):
    return pipeline.audience(View(fingerprint, k=3, prepare="standard").but(**changes)).customers


def file(client, fingerprint, ending, search=FULL):
    return client.get(f"/export/customers.{ending}?data={fingerprint}&{search}")


def rows(answer):
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_the_count_on_the_page_is_that_of_table_csv_and_workbook(client, draw, fingerprint, settings, tmp_path):
    search = f"{FULL}&segment=1&segment=2&recency=..200&country=Germany"
    customers = count(Pipeline(settings), fingerprint, segments=(1, 2), recency="..200", countries=("Germany",))
    drawn = draw(f"/export?data={fingerprint}&{search}", "export-answer")
    assert customers > 0
    assert f'"{customers}"' in json.dumps(drawn["export-answer"])
    assert drawn["export-page"]["data"]["rows"]["rowCount"] == customers
    assert len(drawn["export-page"]["data"]["rows"]["rowData"]) == customers
    assert len(rows(file(client, fingerprint, "csv", search))) == customers
    (tmp_path / "a.xlsx").write_bytes(file(client, fingerprint, "xlsx", search).data)
    book = python_calamine.CalamineWorkbook.from_path(str(tmp_path / "a.xlsx"))
    assert book.sheet_names == ["Customers", "About"]
    assert len(book.get_sheet_by_name("Customers").to_python()) == customers + 1


def test_the_files_behind_the_links_on_the_page_hold_the_filters(client, draw, fingerprint):
    drawn = draw(f"/export?data={fingerprint}&{FULL}&orders=3..", "export-answer")
    links = [part["props"]["href"] for part in drawn["export-take"]["children"]]
    assert [link.partition("?")[0] for link in links] == ["/export/customers.csv", "/export/customers.xlsx"]
    assert all("orders=3.." in link for link in links)
    assert all(int(row["orders"]) >= 3 for row in rows(client.get(links[0])))


def test_files_are_named_and_typed(client, fingerprint):
    answer = file(client, fingerprint, "csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Small shop customers.csv"'
    assert answer.mimetype == "text/csv"
    assert answer.data.startswith(b"\xef\xbb\xbfcustomer_id,segment,rfm_group,")
    answer = file(client, fingerprint, "xlsx")
    assert answer.mimetype.endswith("spreadsheetml.sheet")
    assert answer.data.startswith(b"PK")


def test_files_are_streamed(client, fingerprint):
    assert file(client, fingerprint, "csv").is_streamed
    assert file(client, fingerprint, "xlsx").is_streamed


def test_a_workbook_leaves_nothing_behind(client, fingerprint, settings):
    before = {path.name for path in settings.home.iterdir()}
    file(client, fingerprint, "xlsx").close()
    assert {path.name for path in settings.home.iterdir()} == before


def test_a_bad_range_in_a_link_says_so_and_is_left_out(open_page, fingerprint):
    page = open_page(f"/export?data={fingerprint}&recency=90..30&spend=much&orders=1..2")
    said = json.dumps(page["banner"])
    assert "recency=90..30 ends before it starts" in said
    assert "spend=much" in said
    assert page["view"]["data"]["search"].endswith("orders=1..2")


def test_a_file_of_a_bad_link_is_refused(client, fingerprint):
    for search in ("recency=90..30", "country=Atlantis", "segment=99&k=3", "colour=red"):
        answer = file(client, fingerprint, "csv", search)
        assert answer.status_code == 422
        assert "Nothing was exported" in answer.text


def test_pages_that_the_grid_asks_for_make_up_the_file(call, open_page, client, fingerprint):
    data = open_page(f"/export?data={fingerprint}&{FULL}")["view"]["data"]
    sort, found = [{"colId": "orders", "sort": "asc"}], []
    for start in range(0, 130, 50):
        ask = {"start": start, "end": start + 50, "sort": sort}
        more = call("export-more", {"export-ask.data": ask}, {"view.data": data}).json["response"]["export-more"][
            "data"
        ]
        assert more["search"] == data["search"]
        found += more["rows"]["rowData"]
    wanted = rows(file(client, fingerprint, "csv"))
    assert sorted(row["customer_id"] for row in found) == sorted(row["customer_id"] for row in wanted)
    orders = [row["orders"] for row in found]
    assert orders == sorted(orders)


def test_the_page_comes_in_the_order_that_the_grid_shows(call, open_page, fingerprint):
    data = open_page(f"/export?data={fingerprint}&{FULL}")["view"]["data"]
    asked = {"startRow": 0, "endRow": 100, "sortModel": [{"colId": "products", "sort": "desc"}]}
    drawn = call("export-answer", {"view.data": data}, {"export-table.getRowsRequest": asked}).json["response"]
    products = [row["products"] for row in drawn["export-page"]["data"]["rows"]["rowData"]]
    assert products == sorted(products, reverse=True)
    assert drawn["export-page"]["data"]["sort"] == asked["sortModel"]


def test_nobody_left_is_said_with_the_filter_that_took_the_last(draw, client, fingerprint):
    drawn = draw(f"/export?data={fingerprint}&{FULL}&country=Germany&orders=900..", "export-answer")
    assert "Nobody" in json.dumps(drawn["export-answer"])
    assert "at least 900 orders" in json.dumps(drawn["export-empty"], ensure_ascii=False)
    assert rows(file(client, fingerprint, "csv", f"{FULL}&orders=900..")) == []


def test_filters_are_told_one_after_the_other(draw, fingerprint):
    drawn = draw(f"/export?data={fingerprint}&{FULL}&country=Germany&period=2023&spend=10..", "export-answer")
    said = json.dumps(drawn["export-funnel"])
    places = [
        said.index(words) for words in ("All customers", "Ordered in", "In Germany", "Spend of at least 10.00 GBP")
    ]
    assert places == sorted(places)


def test_every_column_is_explained(draw, client, fingerprint):
    guide = json.dumps(draw(f"/export?data={fingerprint}&{FULL}", "export-answer")["export-guide"])
    head = file(client, fingerprint, "csv").data.decode("utf-8-sig").splitlines()[0]
    assert all(f'"{name}"' in guide for name in head.split(","))
