"""The database: its steps run once and in order, a newer one is refused, processes that write wait for one another."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from core.errors import InputError, ParameterError
from core.settings import Settings
from core.warehouse import database as module
from core.warehouse.database import FILE, Database
from core.warehouse.migrations import MIGRATIONS, Migration

HERE = Path(__file__).parents[2]
LATER = Migration("A table of later", ("CREATE TABLE later (id {counter}, body {bytes})",))


def versions(database):
    with database.read() as connection:
        return connection.execute(text("SELECT version FROM schema_versions ORDER BY version")).scalars().all()


@pytest.fixture
def database(tmp_path):
    return Database(tmp_path)


def test_a_new_database_has_every_step_and_its_file_is_for_its_owner_alone(database, tmp_path):
    assert versions(database) == list(range(1, len(MIGRATIONS) + 1))
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_opening_it_again_runs_no_step_twice(database, tmp_path):
    versions(database)
    assert versions(Database(tmp_path)) == list(range(1, len(MIGRATIONS) + 1))


def test_a_database_of_before_gets_only_what_it_lacks(database, tmp_path, monkeypatch):
    with database.write() as connection:
        connection.execute(text("INSERT INTO segmentations VALUES ('a', 'Kept', '', '', '2026-01-01', 1, 1, 1, NULL)"))
    monkeypatch.setattr(module, "MIGRATIONS", (*MIGRATIONS, LATER))
    newer = Database(tmp_path)
    assert versions(newer)[-1] == len(MIGRATIONS) + 1
    with newer.read() as connection:
        assert connection.execute(text("SELECT name FROM segmentations")).scalar_one() == "Kept"
        assert connection.execute(text("SELECT count(*) FROM later")).scalar_one() == 0


def test_a_database_of_a_newer_program_is_refused_and_left_alone(database, tmp_path, monkeypatch):
    with monkeypatch.context() as newer:
        newer.setattr(module, "MIGRATIONS", (*MIGRATIONS, LATER))
        versions(Database(tmp_path))
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(ParameterError, match=rf"version {len(MIGRATIONS) + 1}.*versions up to {len(MIGRATIONS)}"):
        versions(Database(tmp_path))
    assert (tmp_path / FILE).read_bytes() == before


def test_a_step_that_fails_leaves_nothing_of_itself(database, tmp_path, monkeypatch):
    broken = Migration("Half a step", ("CREATE TABLE half (id INTEGER)", "CREATE TABLE half (id INTEGER)"))
    versions(database)
    monkeypatch.setattr(module, "MIGRATIONS", (*MIGRATIONS, broken))
    with pytest.raises(ParameterError, match="half"):
        versions(Database(tmp_path))
    monkeypatch.undo()
    assert versions(Database(tmp_path)) == list(range(1, len(MIGRATIONS) + 1))
    with database.read() as connection:
        found = connection.execute(text("SELECT count(*) FROM sqlite_master WHERE name = 'half'")).scalar_one()
    assert found == 0


def test_what_fails_half_way_is_not_kept(database):
    row = "INSERT INTO segmentations VALUES ('a', 'Kept', '', '', '2026-01-01', 1, 1, 1, NULL)"

    def twice():
        with database.write() as connection:
            connection.execute(text(row))
            connection.execute(text(row))

    with pytest.raises(ParameterError):
        twice()
    with database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM segmentations")).scalar_one() == 0


def test_threads_and_processes_that_write_at_once_lose_nothing(tmp_path):
    program = textwrap.dedent(
        """
        import sys
        from concurrent.futures import ThreadPoolExecutor
        from pathlib import Path
        from sqlalchemy import text
        from core.warehouse.database import Database
        database = Database(Path(sys.argv[1]))
        def write(number):
            with database.write() as connection:
                found = connection.execute(text("SELECT count(*) FROM segmentations")).scalar_one()
                name = f"{sys.argv[2]}{number}"
                row = {"id": name, "version": found}
                connection.execute(
                    text("INSERT INTO segmentations VALUES (:id, '', '', '', '', :version, 1, 1, NULL)"), row
                )
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(write, range(15)))
        """
    )
    env = {**os.environ, "PYTHONPATH": str(HERE)}
    running = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path), name], env=env) for name in "ab"]
    assert [process.wait(60) for process in running] == [0, 0]
    with Database(tmp_path).read() as connection:
        counted = connection.execute(text("SELECT version FROM segmentations ORDER BY version")).scalars().all()
    # Each saw all that were written before it: no two counted the same.
    assert counted == list(range(30))


def test_many_that_open_a_new_home_at_once_make_one_database(tmp_path):
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: versions(Database(tmp_path)), range(6)))
    assert found == [list(range(1, len(MIGRATIONS) + 1))] * 6


def test_a_file_that_is_no_database_is_named_and_not_touched(tmp_path):
    (tmp_path / FILE).write_bytes(b"no database at all, " * 100)
    with pytest.raises(InputError, match=rf"{FILE} is damaged"):
        versions(Database(tmp_path))
    assert (tmp_path / FILE).read_bytes().startswith(b"no database at all")


def test_postgresql_without_its_package_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ParameterError, match=r"CLIENTELE_DATABASE_URL asks for PostgreSQL.*pip install"):
        versions(Database(tmp_path, "postgresql+psycopg://shop:secret@localhost/shop"))


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("", ""),
        ("postgres://a:b@db/shop", "postgresql+psycopg://a:b@db/shop"),
        ("postgresql://a:b@db/shop", "postgresql+psycopg://a:b@db/shop"),
        ("postgresql+psycopg://a:b@db/shop", "postgresql+psycopg://a:b@db/shop"),
        ("sqlite:////srv/shop.db", "sqlite:////srv/shop.db"),
    ],
)
def test_the_database_is_set_by_url(tmp_path, given, taken):
    env = {"CLIENTELE_HOME": str(tmp_path), "CLIENTELE_DATABASE_URL": given}
    assert Settings.from_env(env).database_url == taken


@pytest.mark.parametrize("given", ["mysql://shop:secret@db/shop", "nonsense", "postgresql://", "sqlite://"])
def test_another_database_is_refused_without_telling_its_password(tmp_path, given):
    with pytest.raises(ParameterError, match="CLIENTELE_DATABASE_URL") as refused:
        Settings.from_env({"CLIENTELE_HOME": str(tmp_path), "CLIENTELE_DATABASE_URL": given})
    assert "secret" not in str(refused.value)


@pytest.mark.skipif("CLIENTELE_TEST_POSTGRES" not in os.environ, reason="CLIENTELE_TEST_POSTGRES holds no URL")
def test_the_same_steps_make_a_postgresql_database(tmp_path):
    database = Database(tmp_path, os.environ["CLIENTELE_TEST_POSTGRES"])
    assert versions(database) == list(range(1, len(MIGRATIONS) + 1))
