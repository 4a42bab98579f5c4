"""One thing = one file: import every module of a folder and take what it exports under an agreed name."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import Any


def discover(package: ModuleType, export: str) -> dict[str, Any]:
    """Collect the exports of a package's modules, sorted by ``order`` and slug.

    Parameters
    ----------
    package : module
        The folder, imported.
    export : str
        The name that each module has to define, such as ``"TAB"``. Its ``slug`` must be the file's name
        with hyphens for underscores.

    Returns
    -------
    dict
        slug -> exported object.

    Raises
    ------
    RuntimeError
        If a module lacks the export or its slug is not the file's name.
    """
    found = {}
    for info in pkgutil.iter_modules(package.__path__):
        if info.name.startswith("_"):
            continue
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        item = getattr(module, export, None)
        if item is None:
            raise RuntimeError(f"{module.__name__} defines no {export}")
        if item.slug != info.name.replace("_", "-"):
            raise RuntimeError(f"{module.__name__}: the slug is {item.slug!r}, the file is {info.name!r}")
        found[item.slug] = item
    return dict(sorted(found.items(), key=lambda pair: (getattr(pair[1], "order", 0), pair[0])))
