"""Settings, all from the environment, all refused when they make no sense."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.errors import ParameterError

MIB = 1024 * 1024


@dataclass(frozen=True)
class Settings:
    """Everything that differs between one installation and another.

    Examples
    --------
    >>> Settings.from_env({"PORT": "9000"}).port
    9000
    """

    home: Path
    host: str = "127.0.0.1"
    port: int = 8050
    workers: int = 2
    threads: int = 8
    password: str = ""
    open_to_all: bool = False
    cache_url: str = ""
    currency: str = "GBP"
    upload_limit: int = 4096 * MIB
    memory_limit: int = 2048 * MIB
    secret: str = ""
    inbox: Path | None = None
    database_url: str = ""

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Settings:
        """Read the settings.

        Raises
        ------
        ParameterError
            If a value is no number, or out of range; the message names the variable.
        """
        env = os.environ if env is None else env
        home = Path(env.get("CLIENTELE_HOME") or Path.home() / ".clientele").expanduser()
        return cls(
            home=home,
            host=env.get("HOST") or "127.0.0.1",
            port=_whole(env, "PORT", 8050, 1, 65535),
            workers=_whole(env, "WORKERS", 2, 1, 64),
            threads=_whole(env, "THREADS", 8, 1, 64),
            password=env.get("CLIENTELE_PASSWORD", ""),
            open_to_all=_yes(env, "CLIENTELE_NO_PASSWORD"),
            cache_url=env.get("CLIENTELE_CACHE_URL", ""),
            currency=_currency(env.get("CLIENTELE_CURRENCY") or "GBP"),
            upload_limit=_whole(env, "CLIENTELE_UPLOAD_MIB", 4096, 1, 1_000_000) * MIB,
            memory_limit=_whole(env, "CLIENTELE_MEMORY_MIB", 2048, 128, 1_000_000) * MIB,
            secret=env.get("CLIENTELE_SECRET", ""),
            inbox=_inbox(env.get("CLIENTELE_INBOX", ""), home),
            database_url=_database(env.get("CLIENTELE_DATABASE_URL", "")),
        )

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def check_exposure(self) -> None:
        """Refuse to serve customer data to a network without a password or an explicit statement.

        Raises
        ------
        ParameterError
            If HOST is not loopback and neither CLIENTELE_PASSWORD nor CLIENTELE_NO_PASSWORD=yes is set.
        """
        if not (self.loopback or self.password or self.open_to_all):
            raise ParameterError(
                f"HOST={self.host} can be reached from other machines, and no password is set.",
                "Set CLIENTELE_PASSWORD, or CLIENTELE_NO_PASSWORD=yes if everyone may see this shop's customers.",
            )


def _whole(env: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = env.get(name) or str(default)
    try:
        value = int(text)
    except ValueError:
        raise ParameterError(
            f"{name}={text} is not a whole number.", f"Give a number from {least} to {most}."
        ) from None
    if not least <= value <= most:
        raise ParameterError(f"{name}={text} is out of range.", f"Give a number from {least} to {most}.")
    return value


def _yes(env: Mapping[str, str], name: str) -> bool:
    text = env.get(name, "").strip().lower()
    if text in {"", "0", "no", "false"}:
        return False
    if text in {"1", "yes", "true"}:
        return True
    raise ParameterError(f"{name}={text} is neither yes nor no.", "Give yes or no.")


def _inbox(text: str, home: Path) -> Path | None:
    if not text:
        return None
    folder = Path(text).expanduser()
    if not folder.is_dir():
        raise ParameterError(f"CLIENTELE_INBOX={text} is not a folder.", "Give a folder where files are put.")
    if folder.resolve().is_relative_to(home.resolve()) or home.resolve().is_relative_to(folder.resolve()):
        raise ParameterError(
            f"CLIENTELE_INBOX={text} and CLIENTELE_HOME={home} lie in one another.", "Give a folder of its own."
        )
    return folder


def _database(text: str) -> str:
    """Empty for SQLite in the home; the usual short forms of PostgreSQL's scheme are spelt out."""
    scheme, mark, rest = text.strip().partition("://")
    if not text.strip():
        return ""
    if mark and rest and scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        return f"postgresql+psycopg://{rest}"
    if mark and rest.strip("/") and scheme == "sqlite":
        return text.strip()
    # Never the whole of it: there may be a password in it.
    raise ParameterError(
        f"CLIENTELE_DATABASE_URL begins with {scheme[:30]!r}, which is no database that is known here.",
        "Give postgresql+psycopg://user:password@host/name, or leave it out for SQLite in CLIENTELE_HOME.",
    )


def _currency(text: str) -> str:
    if not (len(text) == 3 and text.isascii() and text.isalpha()):
        raise ParameterError(f"CLIENTELE_CURRENCY={text} is not a currency code.", "Give three letters such as GBP.")
    return text.upper()
