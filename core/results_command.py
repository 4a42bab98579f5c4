"""``python -m core results --record FILE``: what came of a campaign."""

from __future__ import annotations

import argparse
import dataclasses
import json
import math
import sys
from pathlib import Path
from typing import Any

from core.campaigns.results.assessing import Part, Results, Terms
from core.campaigns.results.lift import Estimate
from core.campaigns.results.ordering import days_of
from core.errors import InputError, ParameterError
from core.flags import add_flags, answers_from
from core.pipeline import Pipeline, View
from core.settings import Settings


def add(commands: Any) -> None:
    """Add the command."""
    command = commands.add_parser("results", help="say what came of a campaign, from its record and what came back")
    whose = command.add_mutually_exclusive_group(required=True)
    whose.add_argument("--record", type=Path, help="the record made with the audience file")
    whose.add_argument("--campaign", default="", metavar="ID", help="a kept campaign: what is brought is kept with it")
    command.add_argument("--file", type=Path, action="append", default=[], help="a results file; repeatable")
    command.add_argument("--data", default="", help="fingerprint of a stored order log to take the orders from")
    command.add_argument("--from", dest="start", default="", metavar="DATE", help="first day of the campaign")
    command.add_argument("--to", dest="end", default="", metavar="DATE", help="last day on which orders count")
    command.add_argument("--margin", type=float, help="share of the revenue left after the goods, such as 0.3")
    command.add_argument("--cost", type=float, default=0.0, help="of one contact, in the currency of the revenue")
    command.add_argument("--holdout", type=float, help="planned share of the holdout, such as 0.1")
    command.add_argument("--lift", type=float, help="planned relative lift, such as 0.2")
    command.add_argument("--json", action="store_true", help="everything as JSON")
    add_flags(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Match, compare, and say it."""
    for path in (options.record, *options.file):
        if path and not path.is_file():
            raise InputError(f"{path} does not exist or is no file.", "Check the path.")
    if options.campaign:
        return _kept(options, Pipeline(Settings.from_env()))
    if bool(options.data) != bool(options.start and options.end):
        raise ParameterError("An order log needs the days of the campaign.", "Give --data, --from and --to together.")
    pipeline = Pipeline(Settings.from_env())
    view = View(options.data) if options.data else None
    if view:
        pipeline.dataset(view)
    found = pipeline.campaign_results(
        (options.record, options.record.name),
        [(path, path.name) for path in options.file],
        Terms(options.margin, options.cost, options.holdout, options.lift),
        answers=answers_from(options),
        view=view,
        days=days_of(options.start, options.end) if view else None,
    )
    _print(found, options)


def _kept(options: argparse.Namespace, pipeline: Pipeline) -> None:
    """The same of a kept campaign: its margin and cost are those of its plan, and what is brought stays with it."""
    if (options.margin, options.holdout, options.lift, options.cost) != (None, None, None, 0.0):
        raise ParameterError("A kept campaign has its own margin, cost and holdout.", "Change them in its plan.")
    campaign = pipeline.ledger.get(options.campaign)
    for path in options.file:
        brought, new = pipeline.bring_results(campaign.id, path, path.name, answers_from(options))
        if not new:
            print(f"{path.name} was brought on {brought.made[:10]} as {brought.name}; it counts once.", file=sys.stderr)
    if options.data:
        start, end = options.start or str(campaign.brief.start or ""), options.end or str(campaign.brief.end or "")
        view = View(options.data)
        pipeline.dataset(view)
        pipeline.results_from_log(campaign.id, view, days_of(start, end))
    found = pipeline.results_of(campaign.id)
    if found is None:
        raise InputError(
            f"Nothing says yet who ordered after “{campaign.name}”.", "Bring --file results.csv, or name a log: --data."
        )
    _print(found, options)


def _print(found: Results, options: argparse.Namespace) -> None:
    print(json.dumps(plain(dataclasses.asdict(found)), indent=1, ensure_ascii=False) if options.json else report(found))


def report(found: Results) -> str:
    """Everything in plain words."""
    whole = found.whole
    lines = [found.campaign or "Campaign", "", found.sentence, *([found.plan] if found.plan else []), ""]
    lines += [f"{'':24}{'treated':>10}{'ordered':>9}{'held out':>10}{'ordered':>9}   difference in points (95 %)   p"]
    lines += [_row(part) for part in (*found.segments, whole)]
    if whole.money:
        lines += ["", f"Revenue a customer, less the holdout's: {_money(whole.money.each)}, p = {whole.money.p:.3f}"]
        lines += [f"Incremental revenue: {_money(whole.money.revenue)}"]
        if whole.money.profit:
            lines += [f"Incremental profit:  {_money(whole.money.profit)}, after {whole.contacts:,} contacts"]
    lines += [f"{number:,} of {of:,} treated {word}." for word, number, of in found.reactions]
    if found.rejected:
        lines += ["", f"{found.rejected:,} customers were rejected from both arms before anything was sent."]
    return "\n".join([*lines, *(["", "Mind:"] if found.warnings else []), *(f"- {each}" for each in found.warnings)])


def plain(value: Any) -> Any:
    """What JSON can say: an open end of an interval is null."""
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _row(part: Part) -> str:
    t, h = part.treated, part.holdout
    sizes = f"{part.name[:23]:24}{t.customers:>10,}{t.converted:>9,}{h.customers:>10,}{h.converted:>9,}"
    if part.lift is None:
        return f"{sizes}   nothing to compare"
    low, value, high = (
        100 * each for each in (part.lift.difference.low, part.lift.difference.value, part.lift.difference.high)
    )
    return f"{sizes}   {value:+6.2f}  ({low:+.2f} to {high:+.2f}){'':6}{part.lift.p:.3f}"


def _money(cents: Estimate) -> str:
    return f"{cents.value / 100:,.2f} (95 % {cents.low / 100:,.2f} to {cents.high / 100:,.2f})"
