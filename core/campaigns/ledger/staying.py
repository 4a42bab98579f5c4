"""What of a plan stays once files were made of it: who got something, and who was held back to compare."""

from __future__ import annotations

from dataclasses import replace

from core.campaigns.ledger.brief import Brief
from core.campaigns.ledger.rows import Campaign
from core.campaigns.planning import wishes
from core.errors import ParameterError
from core.view import View


def check(before: Campaign, view: View, brief: Brief) -> None:
    """Whether a campaign may be planned so.

    Raises
    ------
    ParameterError
        If files were made of it and it would be of other customers, or hold back other ones.
    """
    if not before.files:
        return
    if (replace(view, options=()), brief.who) != (before.view, before.brief.who):
        raise ParameterError(
            f"Files were made for “{before.name}”: whom it is for stays.", "Copy it to plan for others."
        )
    if _held(brief) != _held(before.brief):
        raise ParameterError(
            f"Files were made for “{before.name}”: how many are held back stays.", "Copy it to hold back others."
        )


def _held(brief: Brief) -> object:
    typed = dict(brief.wishes).get("holdout")
    return wishes.read("holdout", typed) if typed else wishes.HOLDOUT
