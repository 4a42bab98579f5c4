"""What the API says of fields, segments and customers: plain dictionaries, ready for JSON."""

from __future__ import annotations

import json
import math
from typing import Any

from core.pipeline import Pipeline, View
from dashboard.state import query


def described(pipeline: Pipeline, view: View, search: str, limits: dict[str, int], host: str) -> dict[str, Any]:
    """The service itself: fields of this view, limits, and an example to copy."""
    dataset, fields = pipeline.dataset(view), pipeline.prediction_fields(view)
    return {
        "what": "POST customers here to learn which segment each would be in.",
        "dataset": {"fingerprint": dataset.fingerprint, "name": dataset.name, "currency": dataset.currency},
        "view": search,
        "fields": [_field(each) for each in fields],
        "limits": limits,
        "body": {
            "data": "fingerprint of a dataset; the newest if left out",
            "view": "how the segments are learned, as in a link of the dashboard; the usual way if left out",
            "saved": "id of a saved segmentation, instead of view",
            "customers": "objects: fields by name, and an id to hand back; what is missing stands at its default",
        },
        "example": example(pipeline, view, host),
        "datasets": [
            {"fingerprint": each.fingerprint, "name": each.name, "kind": each.kind} for each in pipeline.datasets()
        ],
    }


def example(pipeline: Pipeline, view: View, host: str) -> str:
    """A command that places the median customer."""
    given = {"id": "first", **{each.slug: _default(each) for each in pipeline.prediction_fields(view)}}
    view_text = {"view": view_in_words(view)} if view_in_words(view) else {}
    body = json.dumps({"data": view.dataset, **view_text, "customers": [given]}, ensure_ascii=False)
    quoted = body.replace("'", "'\\''")
    return f"curl -X POST {host}api/v1/predict -H 'Content-Type: application/json' -d '{quoted}'"


def view_in_words(view: View) -> str:
    """A link's search part without the dataset."""
    return query(view.whole()).partition("&")[2]


def portrayed(pipeline: Pipeline, view: View) -> list[dict[str, Any]]:
    """The segments."""
    return [
        {
            "id": each.id,
            "name": each.name,
            "portrait": each.portrait,
            "customers": each.customers,
            "share": round(each.share, 6),
            "averages": {slug: _average(value) for slug, value in each.averages.items()},
            "strategies": [
                {"title": one.title, "objective": one.objective, "reason": one.reason, "channel": one.channel}
                for one in each.advice
            ],
        }
        for each in pipeline.portrayed(view).values()
    ]


def predicted(found: Any) -> list[dict[str, Any]]:
    """The customers, in the order in which they came."""
    return [
        {
            **({"id": row["id"]} if _plain(row["id"]) else {}),
            "segment": row["segment"],
            "name": row["name"],
            "confidence": row["confidence"],
            "margin": round(row["margin"], 4) if math.isfinite(row["margin"]) else None,
            "runner_up": {"id": row["runner_up"], "name": row["runner_up_name"]} if row["runner_up"] else None,
            "far": row["far"],
            "notes": [{"field": note.field, "kind": note.kind, "text": note.text} for note in notes],
        }
        for row, notes in zip(found.rows.to_dict("records"), found.notes, strict=True)
    ]


def _field(field: Any) -> dict[str, Any]:
    said = {
        "name": field.slug,
        "label": field.label,
        "scale": field.scale,
        "unit": field.unit,
        "default": _default(field),
    }
    if field.levels:
        return {**said, "levels": list(field.levels)}
    limits = {"min": field.floor, "max": field.ceiling}
    return {
        **said, "usual_from": field.low, "usual_to": field.high, "seen_from": field.least, "seen_to": field.most,
        **{name: value for name, value in limits.items() if math.isfinite(value)},
    }  # fmt: skip


def _default(field: Any) -> Any:
    """The median, without a point where everybody has a whole number, and money to the cent."""
    value = round(field.default, 2) if field.unit == "money" and field.numeric else field.default
    return int(value) if field.whole and isinstance(value, float) and value.is_integer() else value


def _average(value: Any) -> Any:
    if isinstance(value, tuple):
        return {"level": value[0], "share": round(value[1], 6)}
    return None if value is None else round(value, 6)


def _plain(value: Any) -> bool:
    return isinstance(value, (str, int)) or (isinstance(value, float) and math.isfinite(value))
