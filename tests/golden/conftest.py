"""The real files, where the machine has them."""

import os
from pathlib import Path

import pytest

from core.pipeline import Pipeline
from core.settings import Settings
from core.view import View


@pytest.fixture(scope="session")
def reference() -> Path:
    folder = os.environ.get("CLIENTELE_REFERENCE", "")
    if not folder:
        pytest.skip("CLIENTELE_REFERENCE does not point to the folder with the real files")
    return Path(folder)


@pytest.fixture(scope="session")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    return Pipeline(Settings(home=tmp_path_factory.mktemp("home")))


@pytest.fixture(scope="session")
def online_retail(reference: Path, pipeline: Pipeline) -> str:
    """The fingerprint of the stored log."""
    return pipeline.receive(reference / "online_retail.csv.gz").fingerprint


@pytest.fixture(scope="session")
def notebook(online_retail: str) -> View:
    return View(online_retail, rules="notebook", k=4, prepare="standard")
