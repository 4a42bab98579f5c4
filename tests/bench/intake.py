"""What bringing a file in costs: reading, typing, searching duplicates and storing, against DuckDB merely parsing it.

Each is a whole process less one that only imports; printed is our time ÷ DuckDB's (the aim: at most 2.5), the peak
memory of the process that reads, and how long a first look takes.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

from tests.bench.compare import run

# Every column is touched, or DuckDB would leave it out.
PARSE = """
import sys, duckdb
log = duckdb.sql(f"from read_csv('{sys.argv[1]}')")
duckdb.sql("set threads = 2")
print(duckdb.sql("select " + ", ".join(f'count("{name}")' for name in log.columns) + " from log").fetchall())
"""
RECEIVE = """
import sys
from pathlib import Path
from core.pipeline import Pipeline
from core.settings import Settings
pipeline = Pipeline(Settings.from_env())
if len(sys.argv) > 1:
    pipeline.receive(Path(sys.argv[1]), limit=0)
"""
LOOK = """
import sys
from pathlib import Path
from core.intake import inspecting
if len(sys.argv) > 1:
    inspecting.understand(Path(sys.argv[1]))
"""


def measure(name: str, log: Path, runs: int) -> None:
    """Print one file's figures."""
    ratios, peaks, looks = [], [], []
    for _ in range(runs):
        parse = run(["-c", PARSE, str(log)]).seconds - run(["-c", "import duckdb"]).seconds
        with tempfile.TemporaryDirectory() as home:
            nothing = run(["-c", RECEIVE], CLIENTELE_HOME=f"{home}/a").seconds
            intake = run(["-c", RECEIVE, str(log)], CLIENTELE_HOME=f"{home}/b")
        ratios.append((intake.seconds - nothing) / parse)
        peaks.append(intake.mib)
        looks.append(run(["-c", LOOK, str(log)]).seconds - run(["-c", LOOK]).seconds)
    print(f"Intake of {name}, median of {runs}")
    print(f"  ÷ parsing alone {statistics.median(ratios):5.2f}   ({min(ratios):.2f} to {max(ratios):.2f})")
    print(f"  peak MiB {statistics.median(peaks):8.0f}   a first look {statistics.median(looks):.2f} s", flush=True)


def main() -> None:
    """Measure a generated log of --lines lines, or a file of your own."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--generator", type=Path)
    options.add_argument("--log", type=Path)
    options.add_argument("--lines", default="1e7")
    options.add_argument("--runs", type=int, default=3)
    given = options.parse_args()
    if given.log:
        measure(given.log.name, given.log, given.runs)
    elif given.generator and given.generator.exists():
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder) / "big.csv"
            run([str(given.generator), given.lines, str(log)])
            measure(f"{int(float(given.lines)):,} lines", log, given.runs)


if __name__ == "__main__":
    main()
