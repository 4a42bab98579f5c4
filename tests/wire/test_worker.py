"""The worker as a process: it takes jobs, comes back when it is killed, and goes with its server."""

import os
import signal
import subprocess
import time

import pytest

from core.jobs import Jobs
from dashboard import worker


@pytest.fixture
def running(tmp_path, monkeypatch):
    monkeypatch.setenv("CLIENTELE_HOME", str(tmp_path))
    process = worker.start()
    yield process
    worker.stop(process)


def child_of(process):
    said = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True, check=False)
    return int(said.stdout.split()[0]) if said.stdout.split() else None


def wait_for(ready, seconds=40):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := ready():
            return found
        time.sleep(0.1)
    raise AssertionError("it did not happen in time")


def gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_a_killed_worker_comes_back_takes_jobs_and_stops_with_its_server(running, tmp_path):
    first = wait_for(lambda: child_of(running))
    os.kill(first, signal.SIGKILL)
    second = wait_for(lambda: (pid := child_of(running)) != first and pid)
    jobs = Jobs(tmp_path, {})
    number = jobs.put("no such kind", {})
    wait_for(lambda: jobs.get(number).state == "failed")
    worker.stop(running)
    wait_for(lambda: gone(second))


def test_a_worker_whose_watcher_was_killed_ends_by_itself(running):
    pid = wait_for(lambda: child_of(running))
    time.sleep(0.5)
    running.kill()
    running.wait()
    wait_for(lambda: gone(pid))
