"""The campaigns page over the wire."""

import json


def test_every_segment_gets_ideas_and_the_first_is_opened(draw):
    drawn = json.dumps(draw("/campaigns?rules=notebook&k=4", "campaigns-answer"), ensure_ascii=False)
    assert "Start with " in drawn
    assert drawn.count("idea-group") == 4
    assert '"className": "idea on"' in drawn


def test_an_idea_can_be_linked_to(draw, client, fingerprint):
    first = json.dumps(draw("/campaigns?k=4", "campaigns-answer"))
    href = first.split("idea=")[2].split('"')[0]
    drawn = draw(f"/campaigns?k=4&idea={href}", "campaigns-answer")
    assert drawn != draw("/campaigns?k=4", "campaigns-answer")


def test_the_rfm_groups_have_ideas_too(draw):
    drawn = json.dumps(draw("/campaigns?by=groups", "campaigns-answer"), ensure_ascii=False)
    assert "Champions" in drawn
    assert "groups=" in drawn or "group=" in drawn


def test_a_segment_filter_leaves_its_own_ideas(draw):
    drawn = json.dumps(draw("/campaigns?k=4&segment=2", "campaigns-answer"))
    assert drawn.count("idea-group") == 1


def test_the_strategies_can_be_taken_along(client, fingerprint):
    answer = client.get(f"/download/campaigns/strategies.csv?data={fingerprint}&k=4")
    assert answer.status_code == 200
    assert "objective" in answer.text.splitlines()[0]
