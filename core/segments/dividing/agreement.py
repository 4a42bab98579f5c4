"""All ways of dividing on the same customers: how well each does by the usual criteria, and who agrees with whom."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment
from sklearn.decomposition import PCA
from sklearn.metrics import adjusted_rand_score, calinski_harabasz_score, davies_bouldin_score

from core.codec import cacheable
from core.errors import NotEnoughDataError
from core.segments.describing.projection import axis
from core.segments.describing.silhouettes import widths
from core.segments.dividing import agreeing, clusterer
from core.segments.dividing.sampling import draw, study
from core.segments.dividing.segmentation import Segmentation
from core.segments.inputs import features
from core.segments.inputs.features import Recipe, Source
from core.segments.naming.naming import COLOURS
from core.stages import stage

MOST_POINTS = 1_500


@cacheable
@dataclass(frozen=True)
class Agreement:
    """Methods side by side.

    Parameters
    ----------
    methods : frame
        A row a method: method, label, in_use, segments (how many, without those on their own), silhouette,
        calinski_harabasz, davies_bouldin, explained, inertia, smallest, smallest_share, alone (customers without a
        group, beside those set aside), alone_share, rand and likeness (with the base, as a number and in
        words), reason (why it cannot work here).
    segments : frame
        method, id, name, customers, share, colour (of the segment in use that most of them are in,
        −1 for those apart), apart.
    pairs : frame
        a, b, rand: adjusted Rand index of each two methods.
    points : frame
        x, y, and the id of the segment in a column a method.
    axes : (str, str)
        What grows along x and y.
    base : str
        The method in use, or the first that works where it cannot.
    k, customers, sampled : int
        The number asked for; in all; how many the criteria stand on, 0 for all.
    lead, answer, said : str
        Which one suits, why, and what agrees, in words.
    """

    methods: pd.DataFrame
    segments: pd.DataFrame
    pairs: pd.DataFrame
    points: pd.DataFrame
    explained: tuple[float, float]
    axes: tuple[str, str]
    base: str
    k: int
    customers: int
    sampled: int
    lead: str
    answer: str
    said: str


@stage(version=2)
def agreement(
    source: Source, recipe: Recipe, k: int, seed: int, *, divided: Callable[[str], Segmentation]
) -> Agreement:
    """Set every algorithm beside the one in use, on the same features, number of segments and seed.

    Parameters
    ----------
    source : Slice or People
        The whole dataset.
    recipe, k, seed
        ``recipe.method`` is in use. Who finds the number of segments itself does not look at ``k``.
    divided : callable
        The segmentation of a method; may raise NotEnoughDataError, whose words then stand for it.

    Raises
    ------
    NotEnoughDataError
        If none of them can work.

    Notes
    -----
    Criteria are of the same customers for all, a seeded sample above 10,000, less those whom the method leaves
    without a group: who leaves out the doubtful ones looks better. Silhouette (Rousseeuw 1987), Calinski and Harabasz
    (1974), Davies and Bouldin (1979) and the adjusted Rand index (Hubert and Arabie 1985) as scikit-learn has them.
    In the index those without a group count as a group of their own.
    """
    table = features.table(source, recipe)
    values = features.prepared(table, recipe).values
    aside = features.aside(table, recipe)
    found, refused = _every(divided)
    used = recipe.method if recipe.method in found else next(iter(found))
    inner = np.flatnonzero(~aside)
    rows = inner[study(len(inner), seed)]
    lines = []
    for slug, way in clusterer.every().items():
        head = {"method": slug, "label": way.label, "in_use": slug == recipe.method, "reason": refused.get(slug, "")}
        lines.append(head | (_judged(values, found[slug], aside, rows) if slug in found else {}))
    pairs = [
        (a, b, float(adjusted_rand_score(found[a].labels, found[b].labels)))
        for a, b in itertools.combinations(found, 2)
    ]
    with_used = {a if b == used else b: rand for a, b, rand in pairs if used in (a, b)} | {used: 1.0}
    methods = pd.DataFrame(lines)
    methods["rand"] = methods["method"].map(with_used)
    methods["likeness"] = [agreeing.likeness(rand) for rand in methods["rand"]]
    frame = pd.DataFrame(pairs, columns=["a", "b", "rand"])
    points, explained, axes = _map(values, found, table, seed)
    lead, answer = agreeing.suits(methods)
    return Agreement(
        methods, _segments(found, used), frame, points, explained, axes, used, k, len(values),
        len(rows) if len(rows) < len(inner) else 0, lead, answer, agreeing.agrees(methods, frame),
    )  # fmt: skip


def _every(divided: Callable[[str], Segmentation]) -> tuple[dict[str, Segmentation], dict[str, str]]:
    """What each method makes, and why the others cannot."""
    found, refused, first = dict[str, Segmentation](), dict[str, str](), None
    for slug in clusterer.every():
        try:
            found[slug] = divided(slug)
        except NotEnoughDataError as error:
            refused[slug], first = error.message, first or error
    if first and not found:
        raise first
    return found, refused


def _judged(values: np.ndarray, made: Segmentation, aside: np.ndarray, rows: np.ndarray) -> dict[str, float]:
    """Criteria on ``rows``, sizes of all."""
    grouped = made.labels != made.apart
    sizes = np.unique(made.labels[grouped], return_counts=True)[1]
    alone = int((~grouped & ~aside).sum())
    spread = float(((values[grouped] - values[grouped].mean(axis=0)) ** 2).sum())
    return {
        "segments": len(sizes),
        **criteria(values[rows], np.where(grouped, made.labels, 0)[rows]),
        "explained": 1 - made.inertia / spread if spread > 0 else np.nan, "inertia": made.inertia,
        "smallest": int(sizes.min()), "smallest_share": float(sizes.min() / len(values)),
        "alone": alone, "alone_share": alone / len(values),
    }  # fmt: skip


def criteria(values: np.ndarray, labels: np.ndarray) -> dict[str, float]:
    """Silhouette, Calinski–Harabasz and Davies–Bouldin of those with a group; missing where fewer than two are left.

    Parameters
    ----------
    values : array, customers × columns
    labels : int array
        0 for no group.

    Examples
    --------
    >>> found = criteria(np.array([[0.0], [1.0], [10.0], [11.0]]), np.array([1, 1, 2, 2]))
    >>> {name: round(value, 3) for name, value in found.items()}
    {'silhouette': 0.9, 'calinski_harabasz': 200.0, 'davies_bouldin': 0.1}
    """
    values, labels = values[labels > 0], labels[labels > 0]
    names, kept = np.unique(labels, return_inverse=True)
    if not 1 < len(names) < len(values):
        return dict.fromkeys(("silhouette", "calinski_harabasz", "davies_bouldin"), np.nan)
    return {
        "silhouette": float(widths(values, [kept])[0].mean()),
        "calinski_harabasz": float(calinski_harabasz_score(values, kept)),
        "davies_bouldin": float(davies_bouldin_score(values, kept)),
    }


def alike(mine: np.ndarray, theirs: np.ndarray, colours: Mapping[int, int]) -> dict[int, int]:
    """Colours of segments by those of others: each of ``mine`` gets that of the one it shares most customers with.

    Every colour is given once, so that the customers in like colours are as many as can be (Hungarian method); who
    comes away without gets one that is free.

    Examples
    --------
    >>> alike(np.array([1, 1, 2, 3, 3]), np.array([7, 7, 8, 7, 9]), {7: 4, 8: 0, 9: 2})
    {1: 4, 2: 0, 3: 2}
    """
    (ids, rows), (others, columns) = (np.unique(each, return_inverse=True) for each in (mine, theirs))
    shared = np.zeros((len(ids), len(others)), dtype=np.int64)
    np.add.at(shared, (rows, columns), 1)
    given = {
        int(ids[row]): colours[int(others[column])]
        for row, column in zip(*linear_sum_assignment(-shared), strict=True)
        if shared[row, column] and int(others[column]) in colours
    }
    free = iter([slot for slot in range(COLOURS) if slot not in {*given.values(), *colours.values()}])
    return {int(each): given[int(each)] if int(each) in given else next(free, 0) for each in ids}


def _segments(found: Mapping[str, Segmentation], used: str) -> pd.DataFrame:
    base = found[used]
    colours = {name.id: name.colour for name in base.names if name.id != base.apart}
    rows = []
    for slug, made in found.items():
        mine = made.labels != made.apart
        like = colours if slug == used else alike(made.labels[mine], base.labels[mine], colours)
        for name in made.names:
            apart = name.id == made.apart
            share = name.customers / len(made.labels)
            rows.append((slug, name.id, name.name, name.customers, share, -1 if apart else like[name.id], apart))
    return pd.DataFrame(rows, columns=["method", "id", "name", "customers", "share", "colour", "apart"])


def _map(
    values: np.ndarray, found: Mapping[str, Segmentation], table: features.FeatureTable, seed: int
) -> tuple[pd.DataFrame, tuple[float, float], tuple[str, str]]:
    """A sample of customers on two principal components, as on the map of the Segments page."""
    values = np.column_stack([values, np.zeros(len(values))]) if values.shape[1] == 1 else values
    model = PCA(2).fit(values)
    loadings = [row * (1.0 if row[np.abs(row).argmax()] > 0 else -1.0) for row in model.components_]
    rows = draw(len(values), MOST_POINTS, seed)
    x, y = ((values[rows] - model.mean_) @ row for row in loadings)
    points = pd.DataFrame({"x": x, "y": y} | {slug: made.labels[rows] for slug, made in found.items()})
    first, second = model.explained_variance_ratio_
    return points, (float(first), float(second)), (axis(loadings[0], table), axis(loadings[1], table))
