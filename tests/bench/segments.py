"""``make bench-segments``: choosing and fitting segments of a million customers against K-Means as in a notebook.

Ours is what the Choose k page does: 2 to 10 segments on a seeded sample, then one fit on everybody. The baseline is
scikit-learn's KMeans with ten starts on everybody, for each number. Both run in this process with the same threads.
Then a log of a million customers is brought in, and the Choose k page is asked for cold and warm, in a process of its
own whose memory is measured.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans

from core.segments.choosing import selection
from core.segments.dividing import clusterer
from core.segments.inputs.preparing import prepare

ROOT = Path(__file__).parents[2]
SEED = 42
KS = range(2, 11)


def people(customers: int) -> pd.DataFrame:
    """Customers of a shop: days since the last order, orders, spend; most of them come once."""
    rng = np.random.default_rng(7)
    activity = rng.gamma(0.7, 1.0, customers)
    orders = 1 + rng.poisson(2.5 * activity)
    recency = (730 * rng.beta(1 + activity, 1.5)).astype(int)
    recency = np.where(orders > 3, recency // 3, recency)
    spend = orders * rng.lognormal(3.2, 0.8, customers)
    return pd.DataFrame({"recency": recency, "orders": orders, "spend": spend.round(2)})


def compare(customers: int) -> None:
    """Print seconds, their ratio, and how the final inertias differ."""
    values = prepare(people(customers).to_numpy(dtype=float), "log").values
    clusterer.of("kmeans").fit(values[:2000], 3, SEED)
    start = time.perf_counter()
    sweep = selection.study(values, (KS[0], KS[-1]), SEED)
    fit = clusterer.of("kmeans").fit(values, sweep.chosen, SEED)
    ours = time.perf_counter() - start
    theirs, inertia = 0.0, 0.0
    for k in KS:
        start = time.perf_counter()
        found = KMeans(k, n_init=10, random_state=SEED).fit(values)
        theirs += time.perf_counter() - start
        if k == sweep.chosen:
            inertia = float(found.inertia_)
    print(f"{customers:,} customers, k = {KS[0]} to {KS[-1]}: ours {ours:.1f} s, scikit-learn {theirs:.1f} s,"
          f" {theirs / ours:.1f} times faster")  # fmt: skip
    print(f"inertia at k = {sweep.chosen}: {fit.inertia:,.0f} against {inertia:,.0f}"
          f" ({100 * (fit.inertia / inertia - 1):+.3f} %)")  # fmt: skip


def write_log(customers: int, path: Path) -> None:
    """An order log of these customers, a line an order."""
    rng, shop = np.random.default_rng(8), people(customers)
    who = np.repeat(np.arange(customers), shop["orders"])
    last = np.repeat(shop["recency"].to_numpy(), shop["orders"])
    first = np.r_[True, who[1:] != who[:-1]]
    back = np.where(first, last, last + rng.integers(1, 365, len(who)))
    price = np.repeat((shop["spend"] / shop["orders"]).to_numpy(), shop["orders"])
    dates = np.datetime64("2025-06-30T18:00:00") - back.astype("timedelta64[D]")
    lines = pd.DataFrame(
        {
            "InvoiceNo": np.arange(len(who)) + 100_000,
            "StockCode": [f"P{n}" for n in rng.integers(0, 500, len(who))],
            "Quantity": 1,
            "InvoiceDate": np.datetime_as_string(dates, unit="s"),
            "UnitPrice": (price * rng.lognormal(0, 0.4, len(who))).round(2).clip(min=0.5),
            "CustomerID": who + 1_000_000,
            "Country": rng.choice(["United Kingdom", "Germany", "France"], len(who), p=[0.8, 0.1, 0.1]),
        }
    )
    lines.to_csv(path, index=False)


def page(log: Path, home: Path) -> None:
    """Cold and warm seconds of the Choose k page, and the most memory that the process took."""
    child = subprocess.Popen([sys.executable, "-m", "tests.bench.segments", "--inside", str(log), str(home)], cwd=ROOT)
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"bench: the page ended with status {status}")
    print(f"peak memory {usage.ru_maxrss / 1024:,.0f} MiB")


def inside(log: Path, home: Path) -> None:
    """What :func:`page` measures."""
    from core.pipeline import Pipeline, View
    from core.settings import Settings
    from dashboard.tabs.choose_k import TAB
    from tests.bench.pages import Browser

    settings = Settings.from_env({"CLIENTELE_HOME": str(home)})
    pipeline = Pipeline(settings)
    start = time.perf_counter()
    dataset = pipeline.receive(log)
    view = View(dataset.fingerprint)
    customers = pipeline.tables(view).meta.customers
    print(f"read and cleaned {dataset.rows:,} lines of {customers:,} customers in {time.perf_counter() - start:.1f} s")
    start = time.perf_counter()
    pipeline.answer(view, ("canonical", "segmentation", *TAB.asks), lambda words, share: None)
    print(f"Choose k, cold, as a job: {time.perf_counter() - start:.1f} s")
    browser = Browser(settings)
    seconds = [browser.open("choose-k", f"data={view.dataset}") for _ in range(9)]
    print(f"Choose k, warm: {1000 * statistics.median(seconds[2:]):.0f} ms", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--customers", type=float, default=1e6)
    parser.add_argument("--inside", nargs=2, type=Path, metavar=("LOG", "HOME"))
    options = parser.parse_args()
    if options.inside:
        inside(*options.inside)
        return
    compare(int(options.customers))
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "million.csv"
        write_log(int(options.customers), log)
        page(log, Path(folder) / "home")


if __name__ == "__main__":
    main()
