"""``make bench-audiences``: audience files of a million people, each in a process of its own; seconds and memory.

Seconds of the processor stand beside those of the clock, as other work on the machine does not change them.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

ROOT = Path(__file__).parents[2]
MOST_SECONDS, MOST_MIB = 10.0, 500


def make(people: int, folder: Path) -> None:
    """Contacts and an audience of as many people; 8 in 10 agreed, and 1 in 50 has another one's e-mail."""
    made, mail = f"""from range({people}) t(n)""", "'person' || (n - (n % 50 = 49)::int) || '@example.com'"
    duckdb.sql("set enable_progress_bar = false")
    duckdb.sql(f"""copy (select n::varchar as customer_id, {mail} as email,
        '+4484441' || lpad(n::varchar, 7, '0') as phone, 'Anna' || chr((97 + n % 26)::int) as first_name,
        'Müller-' || n % 1000 as last_name, 'SW' || n % 99 || ' 1AA' as zip, 'London' as city,
        'United Kingdom' as country, case n % 10 when 0 then 'no' when 1 then null else 'yes' end as consent
        {made} order by 1)
        to '{folder}/contacts.parquet' (format parquet, compression snappy)""")
    duckdb.sql(f"""copy (select n::varchar as customer_id, 'Segment ' || n % 5 as segment, n % 90000 as cents {made})
        to '{folder}/members.parquet' (format parquet, compression snappy)""")


def inside(slug: str, folder: Path, *, zipped: bool) -> None:
    """Write one package and print how long it took."""
    import pyarrow.parquet

    from core.campaigns.sending import destination, package
    from core.campaigns.sending.task import Sending
    from core.warehouse import engine

    engine.limit(2048 * 1024**2, 2, folder / "spill")
    members = pyarrow.parquet.read_table(folder / "members.parquet")
    sending = Sending("Spring", destination.of(slug), contacts=(folder / "contacts.parquet",))
    start = time.perf_counter()
    made = (package.pack if zipped else package.save)(members, sending, folder / f"{slug}{'.zip' if zipped else ''}")
    seconds, found = time.perf_counter() - start, made.counts
    print(
        f"{slug}{' as a zip' if zipped else ''}: {found.members:,} people, {found.sent:,} sent, {seconds:.1f} s", end=""
    )
    print("" if seconds < MOST_SECONDS else f", more than {MOST_SECONDS:.0f} s", end="", flush=True)


def main() -> None:
    """All destinations in turn."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--only", default="google,meta,email-tool,plain,workbook")
    parser.add_argument("--inside", nargs=3, metavar=("SLUG", "FOLDER", "ZIP"))
    options = parser.parse_args()
    if options.inside:
        slug, folder, zipped = options.inside
        inside(slug, Path(folder), zipped=zipped == "zip")
        return
    with tempfile.TemporaryDirectory() as folder:
        # In a process of its own, too: a child begins with the memory of its parent.
        maker = multiprocessing.get_context("spawn").Process(target=make, args=(options.people, Path(folder)))
        maker.start()
        maker.join()
        for slug in options.only.split(","):
            for way in ("folder", "zip"):
                told = [sys.executable, "-m", "tests.bench.audiences", "--inside", slug, folder, way]
                _, status, usage = os.wait4(subprocess.Popen(told, cwd=ROOT).pid, 0)
                if status:
                    sys.exit(f"bench: {slug} ended with status {status}")
                peak = usage.ru_maxrss / 1024
                print(f", {usage.ru_utime + usage.ru_stime:.1f} s of the processor", end="")
                print(f", peak memory {peak:,.0f} MiB{'' if peak < MOST_MIB else f', more than {MOST_MIB} MiB'}")


if __name__ == "__main__":
    main()
