"""How the database came to look as it does: each step once, in order. A released step is never changed; add one.

What differs between SQLite and PostgreSQL is written in braces and filled in by :func:`statements`.
"""

from __future__ import annotations

from typing import NamedTuple

DIALECTS = {
    "sqlite": {"bytes": "BLOB", "counter": "INTEGER PRIMARY KEY AUTOINCREMENT"},
    "postgresql": {"bytes": "BYTEA", "counter": "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"},
}


class Migration(NamedTuple):
    """A step: what it is for, and its statements."""

    words: str
    sql: tuple[str, ...]


MIGRATIONS = (
    Migration(
        "Saved segmentations, their versions and what happened to them",
        (
            """
            CREATE TABLE segmentations (
                id VARCHAR(16) PRIMARY KEY, name VARCHAR(120) NOT NULL, note TEXT NOT NULL, who VARCHAR(80) NOT NULL,
                made VARCHAR(32) NOT NULL, version INTEGER NOT NULL, revision INTEGER NOT NULL,
                next_segment INTEGER NOT NULL, deleted VARCHAR(32)
            )
            """,
            """
            CREATE TABLE segmentation_versions (
                segmentation VARCHAR(16) NOT NULL REFERENCES segmentations (id) ON DELETE CASCADE,
                version INTEGER NOT NULL, dataset VARCHAR(16) NOT NULL, dataset_name TEXT NOT NULL,
                customers INTEGER NOT NULL, definition TEXT NOT NULL, segments TEXT NOT NULL, news TEXT NOT NULL,
                who VARCHAR(80) NOT NULL, made VARCHAR(32) NOT NULL, baseline {bytes} NOT NULL, model {bytes} NOT NULL,
                members {bytes} NOT NULL, PRIMARY KEY (segmentation, version)
            )
            """,
            "CREATE INDEX segmentation_versions_dataset ON segmentation_versions (dataset)",
            """
            CREATE TABLE segmentation_events (
                id {counter}, segmentation VARCHAR(16) NOT NULL REFERENCES segmentations (id) ON DELETE CASCADE,
                happened VARCHAR(32) NOT NULL, who VARCHAR(80) NOT NULL, what VARCHAR(24) NOT NULL,
                detail TEXT NOT NULL, undone INTEGER NOT NULL
            )
            """,
            "CREATE INDEX segmentation_events_segmentation ON segmentation_events (segmentation)",
        ),
    ),
    Migration(
        "Campaigns, the files that were made of them, what came of them, and who is never written to",
        (
            """
            CREATE TABLE campaigns (
                id VARCHAR(16) PRIMARY KEY, name VARCHAR(120) NOT NULL, note TEXT NOT NULL, who VARCHAR(80) NOT NULL,
                made VARCHAR(32) NOT NULL, revision INTEGER NOT NULL, dataset VARCHAR(16) NOT NULL,
                dataset_name TEXT NOT NULL, definition TEXT NOT NULL, salt VARCHAR(32) NOT NULL, archived VARCHAR(32),
                deleted VARCHAR(32)
            )
            """,
            "CREATE INDEX campaigns_dataset ON campaigns (dataset)",
            """
            CREATE TABLE campaign_events (
                id {counter}, campaign VARCHAR(16) NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE,
                happened VARCHAR(32) NOT NULL, who VARCHAR(80) NOT NULL, what VARCHAR(24) NOT NULL,
                detail TEXT NOT NULL, undone INTEGER NOT NULL
            )
            """,
            "CREATE INDEX campaign_events_campaign ON campaign_events (campaign)",
            """
            CREATE TABLE campaign_files (
                campaign VARCHAR(16) NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE, number INTEGER NOT NULL,
                destination VARCHAR(40) NOT NULL, dataset VARCHAR(16) NOT NULL, who VARCHAR(80) NOT NULL,
                made VARCHAR(32) NOT NULL, manifest TEXT NOT NULL, members {bytes} NOT NULL,
                PRIMARY KEY (campaign, number)
            )
            """,
            """
            CREATE TABLE campaign_results (
                campaign VARCHAR(16) NOT NULL REFERENCES campaigns (id) ON DELETE CASCADE, number INTEGER NOT NULL,
                digest VARCHAR(64) NOT NULL, source TEXT NOT NULL, who VARCHAR(80) NOT NULL, made VARCHAR(32) NOT NULL,
                description TEXT NOT NULL, outcomes {bytes} NOT NULL, PRIMARY KEY (campaign, number)
            )
            """,
            """
            CREATE TABLE suppressions (
                kind VARCHAR(12) NOT NULL, digest VARCHAR(64) NOT NULL, note TEXT NOT NULL, who VARCHAR(80) NOT NULL,
                made VARCHAR(32) NOT NULL, PRIMARY KEY (kind, digest)
            )
            """,
        ),
    ),
    Migration(
        "Lists of those who are never to be written to, each as it was brought",
        (
            "DROP TABLE suppressions",
            """
            CREATE TABLE suppression_lists (
                id {counter}, name TEXT NOT NULL, who VARCHAR(80) NOT NULL, made VARCHAR(32) NOT NULL,
                entries TEXT NOT NULL, digests {bytes} NOT NULL, removed VARCHAR(32)
            )
            """,
        ),
    ),
    Migration(
        "Results of a campaign can be taken back, and put back",
        ("ALTER TABLE campaign_results ADD COLUMN dropped VARCHAR(32)",),
    ),
)


def statements(migration: Migration, dialect: str) -> list[str]:
    """The statements of a step as a database of this dialect understands them.

    Examples
    --------
    >>> statements(Migration("", ("CREATE TABLE t (b {bytes})",)), "postgresql")
    ['CREATE TABLE t (b BYTEA)']
    """
    return [sql.format(**DIALECTS[dialect]) for sql in migration.sql]
