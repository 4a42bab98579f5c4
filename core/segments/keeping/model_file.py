"""A model as bytes and back, by skops: no pickle, and only numbers, words and arrays are ever taken from a file."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np
from skops import io
from skops.io.exceptions import UntrustedTypesFoundException

from core.errors import ParameterError
from core.segments.dividing.clusterer import Fit
from core.segments.dividing.model import Model
from core.segments.inputs.matrix import Encoding, Feature
from core.segments.inputs.preparing import Prepared

KNOWN = {cls.__name__: cls for cls in (Model, Encoding, Feature, Prepared, Fit)}
FORMAT = 1


def dumps(model: Model) -> bytes:
    """A model as a file of skops."""
    data: bytes = io.dumps({"format": FORMAT, "model": _plain(model)})
    return data


def loads(data: bytes) -> Model:
    """The model of a file.

    Raises
    ------
    ParameterError
        If the file is damaged, holds anything but numbers, words and arrays, or is of a program that knows more.
    """
    try:
        said = io.loads(data, trusted=[])
        model = _model(said["model"]) if said["format"] == FORMAT else None
    except UntrustedTypesFoundException as error:
        raise _unusable("holds something that is no model") from error
    except Exception as error:  # A damaged archive fails in many ways.
        raise _unusable("is damaged, or was saved by another version of this program") from error
    if not isinstance(model, Model):
        raise _unusable("was saved by another version of this program")
    return model


def _unusable(why: str) -> ParameterError:
    return ParameterError(f"The saved model {why}.", "Divide the customers anew and save that. Nothing was changed.")


def _plain(value: Any) -> Any:
    """Dictionaries, lists, numbers, words and arrays."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {each.name: _plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
        return {"is": type(value).__name__, "has": fields}
    if isinstance(value, Mapping):
        return {"is": "", "has": {str(key): _plain(each) for key, each in value.items()}}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value.item() if isinstance(value, np.generic) else value


def _model(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_model(each) for each in value)
    if not isinstance(value, dict):
        return value
    fields = {name: _model(each) for name, each in value["has"].items()}
    return KNOWN[value["is"]](**fields) if value["is"] else fields
