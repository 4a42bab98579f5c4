"""The page about what to offer over the wire."""

import json
from urllib.parse import quote

TABLES = ("next", "favourites", "together", "prices", "times", "months")


def read(drawn):
    return json.dumps(drawn, ensure_ascii=False)


def test_every_card_says_its_finding(draw):
    drawn = draw("/offers?rules=notebook&k=4", "offers-answer")
    assert "All customers" in read(drawn["offers-answer"])
    assert "is next for most" in read(drawn["offers-next"])
    assert "who bought" in read(drawn["offers-next"])
    assert "What each segment likes" in read(drawn["offers-likes"])
    assert "Half of what they buy costs" in read(drawn["offers-prices"])
    assert "They order most" in read(drawn["offers-times"])
    for card in ("next", "likes", "pairs", "prices", "times", "months"):
        assert "How this is counted" in read(drawn[f"offers-{card}"])


def test_products_that_are_drawn_by_lot_do_not_go_together(draw):
    assert "No two products go together" in read(draw("/offers?rules=notebook&k=4", "offers-answer")["offers-pairs"])


def test_a_segment_has_offers_of_its_own(draw):
    alone = draw("/offers?rules=notebook&k=2&segment=1", "offers-answer")
    everybody = draw("/offers?rules=notebook&k=2", "offers-answer")
    for card in ("next", "prices", "times"):
        assert alone[f"offers-{card}"] != everybody[f"offers-{card}"]
    assert "of all" in read(alone["offers-prices"])


def test_what_is_next_for_one_customer_can_be_linked_to(draw):
    drawn = read(draw("/offers?rules=notebook&k=4&customer=12001", "offers-answer")["offers-next"])
    assert "Customer 12001" in drawn
    assert "New for" not in drawn


def test_an_unknown_customer_is_told_in_words(draw):
    drawn = read(draw(f"/offers?k=4&customer={quote('<b>nobody')}", "offers-answer")["offers-next"])
    assert "There is no customer" in drawn
    assert "Traceback" not in drawn


def test_days_without_orders_have_designed_empty_cards(draw):
    drawn = draw("/offers?k=4&period=2023-01-01..2023-01-01&country=EIRE", "offers-answer")
    assert "Nobody bought anything here" in read(drawn["offers-answer"])
    assert "No orders with a price" in read(drawn["offers-prices"])
    assert "too few to tell" in read(drawn["offers-times"])


def test_each_card_can_be_taken_along(client, fingerprint):
    heads = {}
    for name in TABLES:
        answer = client.get(f"/download/offers/{name}.csv?data={fingerprint}&k=4")
        assert answer.status_code == 200
        heads[name] = answer.text.splitlines()[0]
    assert "why_name" in heads["next"]
    assert "confidence" in heads["together"]
    assert "best" in heads["months"]
    one = client.get(f"/download/offers/customer.csv?data={fingerprint}&k=4&customer=12001")
    assert one.status_code == 200


def test_the_page_is_for_order_logs_with_products(open_page, survey):
    drawn = read(open_page(f"/offers?data={survey}"))
    assert "offers-next" not in drawn
