"""The server: ``python wsgi.py``, or ``gunicorn wsgi:server`` here; gunicorn.conf.py holds the rest."""

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
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "wsgi:server"])


if __name__ == "__main__":
    serve()
else:
    from dashboard.app import create_app

    server = create_app().server
    # Dash answers 500 to simultaneous first callbacks until its routes are set up once.
    server.test_client().get("/_dash-dependencies", headers={"Host": "localhost"})
