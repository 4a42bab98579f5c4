"""One thing = one file."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

from core import registry
from core.intake import kinds


def package(folder: Path, name: str, **modules: str) -> ModuleType:
    home = folder / name
    home.mkdir()
    (home / "__init__.py").write_text("")
    for module, source in modules.items():
        (home / f"{module}.py").write_text(f"from types import SimpleNamespace as Thing\n{source}\n")
    return __import__(name)


@pytest.fixture(autouse=True)
def path(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    for name in [name for name in sys.modules if name.startswith("shelf")]:
        del sys.modules[name]


def test_exports_come_in_order_and_then_by_slug(tmp_path):
    shelf = package(
        tmp_path,
        "shelf1",
        zebra="THING = Thing(slug='zebra', order=1)",
        two_words="THING = Thing(slug='two-words', order=2)",
        ant="THING = Thing(slug='ant', order=2)",
        _private="raise RuntimeError",
    )
    assert list(registry.discover(shelf, "THING")) == ["zebra", "ant", "two-words"]


def test_a_module_without_the_export_is_named(tmp_path):
    with pytest.raises(RuntimeError, match=r"shelf2\.empty defines no THING"):
        registry.discover(package(tmp_path, "shelf2", empty=""), "THING")


def test_a_slug_that_is_not_the_files_name_is_named(tmp_path):
    shelf = package(tmp_path, "shelf3", one="THING = Thing(slug='two')")
    with pytest.raises(RuntimeError, match="the slug is 'two', the file is 'one'"):
        registry.discover(shelf, "THING")


def test_the_kinds_of_tables_are_discovered():
    assert set(registry.discover(kinds, "KIND")) >= {"transactions"}
