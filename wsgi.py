"""The server: ``gunicorn wsgi:server``, or ``python wsgi.py`` for gunicorn with the settings of the environment."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from core.errors import ClienteleError
from core.settings import Settings

HERE = Path(__file__).parent


def serve() -> None:
    """Check the settings and become gunicorn."""
    try:
        settings = Settings.from_env()
        settings.check_exposure()
        settings.home.mkdir(parents=True, exist_ok=True)
    except (ClienteleError, OSError) as error:
        sys.exit(f"clientele: {error}")
    print(f"Clientele is served on http://{settings.host}:{settings.port}", flush=True)
    os.chdir(HERE)
    os.execv(
        sys.executable,
        [
            sys.executable, "-m", "gunicorn", "wsgi:server",
            "--bind", f"{settings.host}:{settings.port}",
            "--worker-class", "gthread", "--workers", str(settings.workers), "--threads", str(settings.threads),
            "--timeout", "120", "--control-socket", str(settings.home / "gunicorn.sock"), "--log-level", "warning",
        ],
    )  # fmt: skip


if __name__ == "__main__":
    serve()
else:
    from dashboard.app import create_app

    server = create_app().server
    # Dash answers 500 to simultaneous first callbacks until its routes are set up once.
    server.test_client().get("/_dash-dependencies", headers={"Host": "localhost"})
