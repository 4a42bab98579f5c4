"""The worker of jobs: ``python -m dashboard.worker``, started and stopped by the server (gunicorn.conf.py).

Two processes: a small one that starts the other again when it dies (memory ran out, somebody killed it), and the one
that works. Each ends by itself once the process that started it is gone.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import FrameType
from typing import Any

HERE = Path(__file__).parent.parent
LONGEST_PAUSE = 30.0
PATIENCE = 8.0
# A file in the inbox is brought in once it is the same at two looks.
LOOKING = 3.0


def start() -> subprocess.Popen[bytes]:
    """Start the pair, for a server that stays its parent; Ctrl-C reaches the server alone, which ends them in turn."""
    return _spawn("watch", start_new_session=True)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End it: politely, then for good."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()


def watch(parent: int) -> None:
    """Keep a worker alive as long as the parent lives."""
    ended = threading.Event()

    def end(signum: int, frame: FrameType | None) -> None:
        ended.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    pause = 1.0
    while not ended.is_set():
        began, child = time.monotonic(), _spawn("work")
        while child.poll() is None:
            if ended.wait(0.5) or os.getppid() != parent:
                return stop(child)
        pause = 1.0 if time.monotonic() - began > 60 else min(2 * pause, LONGEST_PAUSE)
        ended.wait(pause)


def work(parent: int) -> None:
    """Take jobs until the parent is gone or says so."""
    from core.errands import jobs, visit_inbox
    from core.pipeline import Pipeline
    from core.settings import Settings

    # Whoever looks at a page comes first.
    os.nice(10)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s worker %(levelname)s %(message)s")
    pipeline = Pipeline(Settings.from_env())
    queue = jobs(pipeline)
    consumer = queue.huey.create_consumer(workers=1, periodic=False, initial_delay=0.05, max_delay=0.5)
    ended = threading.Event()

    def follow() -> None:
        while not ended.wait(1):
            if os.getppid() != parent:
                os.kill(os.getpid(), signal.SIGTERM)
                return

    def watch_inbox() -> None:
        seen: dict[str, Any] = {}
        while not ended.wait(LOOKING):
            try:
                seen = visit_inbox(pipeline, queue, seen)
            except Exception:
                logging.getLogger("clientele").exception("the inbox could not be looked at")

    threading.Thread(target=queue.work, args=(ended,), daemon=True).start()
    if pipeline.settings.inbox:
        threading.Thread(target=watch_inbox, daemon=True).start()
    threading.Thread(target=follow, daemon=True).start()
    queue.put("warm", {})
    consumer.run()
    ended.set()
    queue.leave()
    # A job in the middle of a query would keep the interpreter from ending; it is in the queue again.
    logging.shutdown()
    os._exit(0)


def _spawn(task: str, *, start_new_session: bool = False) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dashboard.worker", task, str(os.getpid())]
    return subprocess.Popen(command, cwd=HERE, start_new_session=start_new_session)


if __name__ == "__main__":
    {"watch": watch, "work": work}[sys.argv[1]](int(sys.argv[2]))
