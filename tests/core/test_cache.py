"""One computation a key, however many ask; what is kept is what was computed."""

import multiprocessing
import pickle
import threading
import time
from pathlib import Path

import pandas as pd
import pytest

from core.cache import Cache
from core.stages import stage


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path)


def test_a_result_is_computed_once(cache):
    calls = []
    for _ in range(3):
        assert cache.get_or_compute("key", lambda: calls.append(1) or {"a": (1, 2)}) == {"a": (1, 2)}
    assert len(calls) == 1


@pytest.mark.parametrize("value", [None, 0, "", [], {}, False])
def test_an_empty_result_is_a_result(cache, value):
    calls = []
    for _ in range(2):
        assert cache.get_or_compute("key", lambda: (calls.append(1), value)[1]) == value
    assert len(calls) == 1


def test_keys_that_differ_far_behind_do_not_meet(cache):
    first, second = "x" * 5000 + "1", "x" * 5000 + "2"
    assert cache.get_or_compute(first, lambda: 1) == 1
    assert cache.get_or_compute(second, lambda: 2) == 2


def test_an_error_is_passed_on_and_not_kept(cache):
    def fail():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        cache.get_or_compute("key", fail)
    assert cache.get_or_compute("key", lambda: 5) == 5


def test_threads_share_one_computation(cache):
    calls, results = [], []

    def compute():
        calls.append(1)
        time.sleep(0.1)
        return 7

    threads = [threading.Thread(target=lambda: results.append(cache.get_or_compute("key", compute))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(calls), results) == (1, [7] * 8)


def _work(folder: str) -> None:
    def compute():
        with (Path(folder) / "calls").open("a") as file:
            file.write("x")
        time.sleep(0.2)
        return 7

    assert Cache(Path(folder)).get_or_compute("key", compute) == 7


def test_processes_share_one_computation(tmp_path):
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_work, args=(str(tmp_path),)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert (tmp_path / "calls").read_text() == "x"


@pytest.mark.parametrize("damage", [b"", b"garbage", pickle.dumps({"value": 1})])
def test_a_damaged_result_is_computed_again(cache, tmp_path, damage):
    cache.get_or_compute("key", lambda: 1)
    for path in (tmp_path / "results").iterdir():
        path.write_bytes(path.read_bytes()[:4] + damage)
    assert cache.get_or_compute("key", lambda: 2) == 2


class Planted:
    def __reduce__(self):
        return (pytest.fail, ("a planted file was run",))


def test_a_planted_file_is_not_run(cache, tmp_path):
    cache.get_or_compute("key", lambda: 1)
    for path in (tmp_path / "results").iterdir():
        path.write_bytes(path.read_bytes()[:4] + pickle.dumps({"value": Planted()}))
    assert cache.get_or_compute("key", lambda: 2) == 2


def test_frames_come_back_equal(cache):
    frame = pd.DataFrame({"cents": [1, 2], "name": ["a", None]})
    cache.get_or_compute("key", lambda: frame)
    pd.testing.assert_frame_equal(cache.get_or_compute("key", lambda: 1 / 0), frame)


def test_a_stage_is_kept_under_its_name_version_source_and_parameters():
    @stage(version=3)
    def total(source, k, prepare="log"):
        return k

    assert total(None, 4) == 4
    assert total.key("abc net", (4, "log")) == f"{total.name}/3 abc net (4, 'log')"
    assert total.key("abc net", (4,)) != total.key("abc net", ("4",))
