"""Commands about saved segmentations: save one, list them, rename, refit, undo, delete, restore."""

from __future__ import annotations

import argparse
import getpass
import json
from typing import Any

from core.errors import ExpiredError, ParameterError
from core.pipeline import PRESET_LABELS, Pipeline
from core.settings import Settings
from core.view_flags import add_view_flags, view_from


def add(commands: Any) -> None:
    """Add the commands."""
    save = commands.add_parser("save", help="save a segmentation: its names, numbers and colours stay")
    save.add_argument("--data", default="", help="fingerprint of a dataset (default: the newest, or the saved one's)")
    save.add_argument("--name", default="", help="what to call it")
    save.add_argument("--note", default="", help="what there is to say about it")
    save.add_argument("--who", default="", help="who saves it (default: you)")
    save.add_argument("--refit", action="store_true", help="keep it as the next version of the one given by --saved")
    add_view_flags(save, ", ".join(PRESET_LABELS))
    save.set_defaults(run=_save)

    listing = commands.add_parser("saved", help="list saved segmentations, or change one")
    listing.add_argument("id", nargs="?", default="", help="one of them, from the list")
    listing.add_argument("--deleted", action="store_true", help="what is in the trash instead")
    listing.add_argument("--json", action="store_true", help="as JSON, with segments and history")
    listing.add_argument("--who", default="", help="who does it (default: you)")
    ways = listing.add_mutually_exclusive_group()
    ways.add_argument("--rename", metavar="NAME", help="call it something else")
    ways.add_argument("--set-note", metavar="TEXT", help="write something about it")
    ways.add_argument("--segment", metavar="ID=NAME", help="give a segment a name that no refit changes")
    ways.add_argument("--undo", action="store_true", help="take back the last change")
    ways.add_argument("--delete", action="store_true", help="into the trash, for seven days")
    ways.add_argument("--restore", action="store_true", help="back from the trash")
    ways.add_argument("--for-good", action="store_true", help="remove it from the trash")
    listing.set_defaults(run=_saved)


def _save(options: argparse.Namespace) -> None:
    pipeline, who = Pipeline(Settings.from_env()), options.who or _me()
    if options.refit and not options.saved:
        raise ParameterError("--refit needs the saved segmentation.", "Give --saved ID, from: saved")
    if not (options.refit or options.name):
        raise ParameterError("A saved segmentation needs a name.", "Give --name.")
    saved = pipeline.archive.get(options.saved) if options.saved else None
    stored = pipeline.datasets()
    newest = (pipeline.later(saved) or [pipeline.store.get(saved.current.dataset)]) if saved else stored
    if not newest:
        raise ExpiredError("No dataset is stored here.", "Bring a file: python -m core analyse FILE --out DIR")
    dataset = options.data or newest[0].fingerprint
    view = saved.view.but(dataset=dataset) if saved and options.refit else view_from(options, dataset)
    pipeline.dataset(view)
    view, problems = pipeline.check(view)
    if problems:
        raise problems[0]
    if options.refit:
        news = pipeline.segmentation(view).news
        made = pipeline.refit_kept(options.saved, view, who)
        print(_line(made), *news, sep="\n")
    else:
        print(_line(made := pipeline.keep(view, options.name, who, options.note)))
    print(*_segments(made), sep="\n")


def _saved(options: argparse.Namespace) -> None:
    pipeline, who, id = Pipeline(Settings.from_env()), options.who or _me(), options.id
    asked = (options.rename, options.set_note, options.segment, options.undo, options.delete, options.restore,
             options.for_good)  # fmt: skip
    if not id and any(each not in (None, False) for each in asked):
        raise ParameterError("It has to be said which one.", "Give its id, from: saved")
    if options.for_good:
        pipeline.purge_kept(id)
        return
    if options.rename is not None:
        made = pipeline.rename_kept(id, options.rename, who)
    elif options.set_note is not None:
        made = pipeline.note_kept(id, options.set_note, who)
    elif options.segment:
        number, _, name = options.segment.partition("=")
        if not (number.isascii() and number.isdigit()):
            raise ParameterError(f"--segment {options.segment!r} is no pair.", "Give it as --segment 2=Our regulars.")
        made = pipeline.rename_segment(id, int(number), name, who)
    elif options.undo:
        made = pipeline.undo_kept(id)
    elif options.delete:
        made = pipeline.delete_kept(id, who)
    elif options.restore:
        made = pipeline.restore_kept(id, who)
    elif id:
        made = pipeline.archive.get(id)
    else:
        found = pipeline.kept_in_trash() if options.deleted else pipeline.kept()
        text = json.dumps([_told(each) for each in found], ensure_ascii=False, indent=1)
        print(text if options.json else "\n".join(map(_line, found)) or "Nothing is saved yet.")
        return
    if options.json:
        print(json.dumps(_told(made), ensure_ascii=False, indent=1))
    else:
        print(_line(made), *_segments(made), *_history(made), sep="\n")


def _line(saved: Any) -> str:
    version = saved.current
    who = f"  {saved.who}" if saved.who else ""
    made = f"{version.dataset}  v{version.number}  {len(version.living)} segments  {version.customers:>9,} customers"
    return f"{saved.id}  {saved.made[:10]}  {made}  {saved.name}{who}"


def _segments(saved: Any) -> list[str]:
    return [f"{each.id:>10}  {each.customers:>9,}  {each.name}" for each in saved.current.living]


def _history(saved: Any) -> list[str]:
    back = {True: " (taken back)", False: ""}
    return [
        f"{each.when[:10]:>12}  {each.words}{f' by {each.who}' if each.who else ''}{back[each.undone]}"
        for each in saved.history
    ]


def _told(saved: Any) -> dict[str, Any]:
    version = saved.current
    return {
        "id": saved.id, "name": saved.name, "note": saved.note, "who": saved.who, "saved": saved.made,
        "version": version.number, "versions": list(saved.versions), "dataset": version.dataset,
        "dataset_name": version.dataset_name, "customers": version.customers, "definition": dict(version.definition),
        "features": [slug for slug, _ in version.features], "news": list(version.news),
        "segments": [
            {"id": each.id, "name": each.name, "customers": each.customers, "named": each.named}
            for each in version.living
        ],
        "history": [
            {"what": each.words, "who": each.who, "when": each.when, "undone": each.undone} for each in saved.history
        ],
    }  # fmt: skip


def _me() -> str:
    """Whoever is signed in to this machine; nobody where it does not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
