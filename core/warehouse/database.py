"""What people made and want to keep, such as saved segmentations: SQLite in the home, or PostgreSQL by URL.

Everything else on disk can be computed again from the files that were brought; this cannot.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy import Connection, Engine, column, create_engine, event, insert, make_url, select, table, text
from sqlalchemy import func as sql
from sqlalchemy.exc import SQLAlchemyError

from core.errors import ClienteleError, InputError, ParameterError
from core.warehouse.migrations import MIGRATIONS, statements

log = logging.getLogger(__name__)
FILE = "clientele.db"
PATIENCE = 20
# Any number, the same for every process: who migrates a PostgreSQL database holds it.
ADVISORY = 720_411_973
VERSIONS = table("schema_versions", column("version"), column("words"), column("applied"))


class Database:
    """The database of an installation; connections are made when first asked for.

    Parameters
    ----------
    home : path
        Where the SQLite file is, and the lock under which the tables are made.
    url : str
        Empty for SQLite in the home.

    Notes
    -----
    Reading and writing are transactions. One that writes takes the write lock at its start, so two of them wait for
    one another (20 s at most) instead of failing half-way.
    """

    def __init__(self, home: Path, url: str = "") -> None:
        self.home = home
        self.url = make_url(url or f"sqlite:///{home / FILE}")
        self._guard = threading.Lock()
        self._made: tuple[int, Engine] | None = None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with self._explained(), self._engine().connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that writes; nothing of it is kept if anything in it fails."""
        with self._explained(), self._engine().connect() as connection:
            connection = connection.execution_options(writes=True)
            with connection.begin():
                yield connection

    def shrink(self) -> None:
        """Leave no trace of what was removed for good in the log of changes."""
        if self.url.get_backend_name() == "sqlite":
            with self._explained(), self._engine().connect() as connection:
                # Not within a transaction, which the engine would begin.
                driver: Any = connection.connection.driver_connection
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _engine(self) -> Engine:
        """One a process: connections do not survive a fork."""
        with self._guard:
            if self._made is None or self._made[0] != os.getpid():
                self._made = (os.getpid(), self._open())
            return self._made[1]

    def _open(self) -> Engine:
        lite = self.url.get_backend_name() == "sqlite"
        try:
            engine = create_engine(self.url, connect_args={"timeout": PATIENCE} if lite else {}, pool_pre_ping=not lite)
        except ModuleNotFoundError as error:
            raise ParameterError(
                f"CLIENTELE_DATABASE_URL asks for PostgreSQL, and the package {error.name} is not installed.",
                "Install it: pip install 'psycopg[binary]'.",
            ) from error
        if lite:
            event.listen(engine, "connect", _prepare)
            event.listen(engine, "begin", _begin)
        locks = self.home / "locks"
        locks.mkdir(parents=True, exist_ok=True)
        with FileLock(locks / "database.lock"), engine.connect() as connection:
            connection = connection.execution_options(writes=True)
            with connection.begin():
                migrate(connection)
        if lite and self.url.database:
            os.chmod(self.url.database, 0o600)
        weakref.finalize(self, _close, engine, os.getpid())
        return engine

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            log.info("the database said", exc_info=error)
            raise explain(error, self) from error

    def __str__(self) -> str:
        if self.url.get_backend_name() == "sqlite":
            return str(self.url.database)
        return f"CLIENTELE_DATABASE_URL={self.url.render_as_string(hide_password=True)}"


def migrate(connection: Connection) -> int:
    """Bring a database to what this program knows, and answer with its version.

    Raises
    ------
    ParameterError
        If a newer program made it: nothing is touched.
    """
    dialect = connection.dialect.name
    if dialect == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({ADVISORY})"))
    connection.execute(
        text(
            "CREATE TABLE IF NOT EXISTS schema_versions "
            "(version INTEGER PRIMARY KEY, words TEXT NOT NULL, applied VARCHAR(32) NOT NULL)"
        )
    )
    version = int(connection.execute(select(sql.coalesce(sql.max(VERSIONS.c.version), 0))).scalar_one())
    if version > len(MIGRATIONS):
        raise ParameterError(
            f"The database is of version {version}, and this program knows versions up to {len(MIGRATIONS)}.",
            "Start the newer program that it was made with. Nothing was changed.",
        )
    for number, step in enumerate(MIGRATIONS[version:], start=version + 1):
        for statement in statements(step, dialect):
            connection.execute(text(statement))
        connection.execute(insert(VERSIONS).values(version=number, words=step.words, applied=now()))
    return len(MIGRATIONS)


def now() -> str:
    """The moment, as it is written down."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def explain(error: SQLAlchemyError, database: Database) -> ClienteleError:
    """A failure of the database in words that somebody can act on."""
    said = str(getattr(error, "orig", None) or error)
    if "disk is full" in said or "No space left" in said:
        return InputError(f"The disk that holds {database} is full.", "Free some space. Nothing was changed.")
    if "not a database" in said or "malformed" in said:
        return InputError(f"{database} is damaged.", "Put back a copy of it, or move it away to start anew.")
    if "readonly" in said or "unable to open" in said:
        return ParameterError(f"{database} cannot be written to.", "Change its permissions.")
    if "is locked" in said:
        return ParameterError("Somebody else has been writing for a while.", "Try again. Nothing was changed.")
    first = said.strip().splitlines()[0][:200] if said.strip() else type(error).__name__
    return ParameterError(f"{database} does not answer as it should: {first}", "Check that it runs and may be used.")


def _close(engine: Engine, process: int) -> None:
    # Connections belong to the process that made them.
    engine.dispose(close=os.getpid() == process)


def _prepare(connection: Any, record: Any) -> None:
    # The driver's own transactions begin too late: see _begin.
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "foreign_keys = ON", "synchronous = NORMAL", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
