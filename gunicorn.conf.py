"""How gunicorn serves Clientele; it reads this file by itself, so ``gunicorn wsgi:server`` needs no flags."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from core.settings import Settings

_settings = Settings.from_env()
_settings.home.mkdir(parents=True, exist_ok=True)

bind = f"{_settings.host}:{_settings.port}"
worker_class = "gthread"
workers = _settings.workers
threads = _settings.threads
timeout = 120
# A plan stands in its link with every word of it.
limit_request_line = 8190
control_socket = str(_settings.home / "gunicorn.sock")
loglevel = "warning"
_running = []


def when_ready(server):
    """Start the worker of jobs beside the web workers, once."""
    from dashboard import worker

    _running.append(worker.start())


def on_exit(server):
    """Take it along."""
    from dashboard import worker

    while _running:
        worker.stop(_running.pop())
