"""``make bench``: the headless job against the analysis as a notebook would write it, on the same machine in turn.

Each run is a whole process, timed from outside, with an empty store and one OpenMP and OpenBLAS thread; a run that
only imports is taken off. Printed are medians and ratios (baseline ÷ ours: above 1 is faster, or smaller).
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
BASELINE_IMPORTS = (
    "import pandas, sklearn.cluster, sklearn.decomposition, sklearn.ensemble, sklearn.metrics, sklearn.preprocessing"
)
OUR_IMPORTS = "import core.__main__"


@dataclass(frozen=True)
class Run:
    """One process: wall seconds and peak memory in MiB."""

    seconds: float
    mib: float


def run(arguments: list[str], **environment: str) -> Run:
    """Run Python with these arguments and wait for it.

    Raises
    ------
    SystemExit
        If it fails; a benchmark of a failure means nothing.
    """
    env = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "CLIENTELE_REFERENCE": "", **environment}
    start = time.perf_counter()
    child = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        sys.exit(f"bench: {' '.join(arguments[:4])} ended with status {status}")
    return Run(seconds, usage.ru_maxrss / 1024)


def ours(log: Path) -> Run:
    """The headless job on an empty store."""
    with tempfile.TemporaryDirectory() as home:
        options = ["--preset", "notebook", "--k", "4", "--prepare", "standard", "--quiet", "--out", f"{home}/out"]
        return run(["-m", "core", "analyse", str(log), *options], CLIENTELE_HOME=f"{home}/home")


def compare(name: str, log: Path, baseline: Path, runs: int) -> None:
    """Print one dataset's figures."""
    imports = statistics.median(run(["-c", OUR_IMPORTS]).seconds for _ in range(3))
    base_imports = statistics.median(run(["-c", BASELINE_IMPORTS]).seconds for _ in range(3))
    pairs = [(run([str(baseline), str(log)]), ours(log)) for _ in range(runs)]
    base = statistics.median(pair[0].seconds for pair in pairs) - base_imports
    mine = statistics.median(pair[1].seconds for pair in pairs) - imports
    ratios = sorted((a.seconds - base_imports) / (b.seconds - imports) for a, b in pairs)
    base_mib = statistics.median(pair[0].mib for pair in pairs)
    mine_mib = statistics.median(pair[1].mib for pair in pairs)
    print(f"{name}, median of {runs}")
    print(
        f"  seconds  notebook {base:8.2f}   headless {mine:8.2f}   ratio {statistics.median(ratios):5.2f}"
        f"   ({ratios[0]:.2f} to {ratios[-1]:.2f})"
    )
    print(
        f"  peak MiB notebook {base_mib:8.0f}   headless {mine_mib:8.0f}   ratio {base_mib / mine_mib:5.2f}", flush=True
    )


def main() -> None:
    """Compare on the real log, if there, and on a generated one of --lines lines."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--baseline", type=Path, required=True)
    options.add_argument("--generator", type=Path)
    options.add_argument("--reference", type=Path)
    options.add_argument("--lines", default="1e7", help="size of the generated log; 0 for none")
    options.add_argument("--runs", type=int, default=5)
    given = options.parse_args()
    if not given.baseline.exists():
        sys.exit(f"bench: {given.baseline} does not exist; set BASELINE to the notebook to compare with")
    real = (given.reference or Path()) / "online_retail.csv.gz"
    if real.exists():
        compare("Online Retail, 541,909 lines", real, given.baseline, given.runs)
    lines = int(float(given.lines))
    if lines and given.generator and given.generator.exists():
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder) / "big.csv"
            run([str(given.generator), str(lines), str(log)])
            compare(f"Generated log, {lines:,} lines", log, given.baseline, given.runs)


if __name__ == "__main__":
    main()
