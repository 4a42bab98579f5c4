"""The demo shop's survey, one row an answer sheet: `python -m data.survey [OUT]`. The same seed gives the same bytes.

The groups in it are weak, as they are in surveys: two habits of mind pull at the answers, most is the person's own.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from data import questions as asked
from data.packing import csv, pack
from data.questions import ORDERED, Question

SEED = 20251124
OUT = Path(__file__).with_name("demo_survey.csv.gz")
ANSWERS = 600
OPENED = np.datetime64("2025-11-03T08:00")
MINUTES = 14 * 24 * 60
COMMENTED = 0.35


def generate(seed: int = SEED) -> pd.DataFrame:
    """The answers as a frame, in order of time."""
    streams = [np.random.default_rng([seed, stage]) for stage in range(4)]
    people = _people(streams[0])
    keen, content = people.pop("keen").to_numpy(), people.pop("content").to_numpy()
    ordered = {question.header: _ordered(question, keen, content, streams[1]) for question in ORDERED}
    chosen = _chosen(keen, content, streams[2])
    table = pd.concat([people, pd.DataFrame(ordered), chosen], axis=1)
    return _blemished(table, streams[3])


def _people(rng: np.random.Generator) -> pd.DataFrame:
    """Who answered and when, and the two habits of mind; the young shop more often on the web."""
    minute = np.sort(rng.choice(MINUTES, ANSWERS, replace=False))
    when = pd.Series(OPENED + minute.astype("timedelta64[m]"))
    age = np.clip(np.rint(18 + rng.gamma(2.6, 7.5, ANSWERS)), 16, 79).astype(int)
    return pd.DataFrame(
        {
            "Respondent": [f"R{number:04d}" for number in range(1, ANSWERS + 1)],
            "Answered at": when.dt.strftime("%Y-%m-%d %H:%M"),
            "Age": age,
            "Gender": rng.choice(list(asked.GENDER), ANSWERS, p=list(asked.GENDER.values())),
            "keen": rng.normal(0, 1, ANSWERS) - (age - 37) / 30,
            "content": rng.normal(0, 1, ANSWERS),
        }
    )


def _ordered(question: Question, keen: np.ndarray, content: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Answers to an ordered question: the higher the pull, the higher the answer, in the shares that are given."""
    own = np.sqrt(1 - question.keen**2 - question.content**2)
    pull = question.keen * keen + question.content * content + own * rng.normal(0, 1, len(keen))
    rank = pull.argsort(kind="stable").argsort(kind="stable") / len(pull)
    place = np.searchsorted(np.cumsum(question.shares)[:-1], rank, side="right")
    return np.array(question.answers)[place]


def _chosen(keen: np.ndarray, content: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """Answers without an order: yes or no, one of several, several of several, and a few words."""
    size = len(keen)
    table = pd.DataFrame()
    for header, (share, pull) in asked.YES_NO.items():
        chance = 1 / (1 + np.exp(-np.log(share / (1 - share)) - pull * keen))
        table[header] = np.where(rng.random(size) < chance, "Yes", "No")
    wanted = rng.random((size, len(asked.RANGES))) < np.array(list(asked.RANGES.values())) * (1 + 0.15 * keen[:, None])
    wanted[~wanted.any(axis=1), 0] = True
    table["Ranges bought"] = [";".join(np.array(list(asked.RANGES))[row]) for row in wanted]
    for header, shares in {
        "Search method": asked.SEARCH,
        "Why baskets are left": asked.LEFT,
        "Most appreciated": asked.LIKED,
    }.items():
        table[header] = _one_of(shares, rng.random(size))
    appeal = [np.log(share) + more * keen - less * content for share, more, less in asked.IMPROVE.values()]
    chance = np.exp(np.column_stack(appeal))
    place = (rng.random(size)[:, None] > (chance / chance.sum(axis=1, keepdims=True)).cumsum(axis=1)).sum(axis=1)
    table["Area to improve"] = np.array(list(asked.IMPROVE))[np.minimum(place, len(asked.IMPROVE) - 1)]
    mood = np.searchsorted([-0.6, 0.6], -content + rng.normal(0, 0.5, size))
    words = pd.Series(np.array(asked.COMMENTS)[mood, rng.integers(0, len(asked.COMMENTS[0]), size)])
    words += " " + pd.Series(rng.choice(asked.AFTERWARDS, size))
    table["Anything else?"] = np.where(rng.random(size) < COMMENTED, words, "")
    return table


def _one_of(shares: Mapping[str, float], drawn: np.ndarray) -> np.ndarray:
    """One answer each, in the shares that are given."""
    return np.array(list(shares))[np.searchsorted(np.cumsum(list(shares.values()))[:-1], drawn)]


def _blemished(table: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """A few sheets with a gap, a dot instead of an answer, a word in another form."""
    odd = rng.choice(len(table), 12, replace=False)
    table.loc[odd[:4], "Search method"] = None
    table.loc[odd[4], "Most appreciated"] = "."
    table.loc[odd[5:7], "Most appreciated"] = "delivery "
    table.loc[odd[7:10], "Importance of reviews"] = None
    table.loc[odd[10], "Area to improve"] = "nothing, keep going"
    table.loc[odd[11], "Age"] = 7
    return table


def write(path: str | Path = OUT, seed: int = SEED) -> Path:
    """Write the answers as CSV.GZ."""
    return pack(csv(generate(seed)), path)


if __name__ == "__main__":
    print(write(*sys.argv[1:2]))
