"""Why one customer is in a segment: how surely, because of which features, and which segment comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.spatial.distance import cdist

from core.segments.customers.standing import beside, standing
from core.segments.dividing.model import Model
from core.segments.dividing.sampling import draw
from core.segments.dividing.segmentation import Segmentation
from core.segments.inputs.matrix import Feature
from core.segments.placing.predicting import CLEAR, RATHER

# Distances to that many members of each segment tell how well a customer fits; to all of a smaller one.
MEMBERS = 2_000
# From here on structure is more than chance would make of it (Kaufman and Rousseeuw 1990).
FITS = 0.25


@dataclass(frozen=True)
class Why:
    """One customer among the segments.

    Parameters
    ----------
    customer : int
        Their place among those whom segments are learned from.
    segment, runner_up, nearest : int
        Ids: their segment; the other one whose centre lies nearest, 0 where there is no other; and the one whose
        centre lies nearest of all, which differs from theirs where a method does not go by centres.
    distance, next_distance : float
        To the centres of both, in prepared units; of those set apart both are to the two nearest segments.
    margin : float
        (next − own) / the larger of both; see :class:`core.segments.dividing.model.Placed`.
    silhouette : float or None
        From −1 to 1, against ``compared`` sampled members out of ``of``; None where it is not defined.
    sureness : str
        ``clear``, ``rather``, ``border``, or ``apart`` of those who are in no group.
    far : bool
        Farther from their centre than 99 in 100 of their segment.
    beyond : list of str
        Features by slug in which a customer who was set aside lies outside everybody else.
    rows : frame
        A row a feature, the strongest reason first: what they have, what is typical of their segment, of the
        runner-up and of all (money in cents, of categories the share that has theirs), each also in words where it is
        a level; averages; ``below`` and ``above``, the shares of all that have less and more, and the same of their
        segment; ``pull``, how much the feature brings them nearer to their own centre than to the next.
    others : frame
        The same for what the segments are not learned from, with averages for what is typical.
    """

    customer: int
    segment: int
    runner_up: int
    nearest: int
    distance: float
    next_distance: float
    margin: float
    silhouette: float | None
    compared: int
    of: int
    sureness: str
    far: bool
    beyond: list[str]
    rows: pd.DataFrame
    others: pd.DataFrame


def why(frame: pd.DataFrame, found: Segmentation, customer: int, seed: int = 42, others: Sequence[Feature] = ()) -> Why:
    """Explain where a customer is.

    Parameters
    ----------
    frame : frame
        As of :func:`core.segments.inputs.features.frame`, of everybody whom the segments were learned from.
    found : Segmentation
    customer : int
        The row of the customer.
    others : sequence of Feature
        What else is known and compared.

    Notes
    -----
    The pull of a feature is its part of (squared distance to the next centre − squared distance to the own one), so
    that the pulls add up to that difference. Typical is the centre brought back to the feature's own unit: with
    logarithms a geometric mean, of ranks a median. The silhouette (Rousseeuw 1987) is (b − a) / max(a, b), a the mean
    distance to the members of the own segment, b that to those of the nearest other, taken from a seeded sample of
    up to 2,000 members of each.
    """
    model, labels = found.model, found.labels
    own = int(labels[customer])
    point = model.values(frame.iloc[[customer]])[0]
    away = np.linalg.norm(model.fit.centres - point, axis=1)
    order = [int(each) for each in np.argsort(away, kind="stable")]
    places = np.flatnonzero(model.ids == own)
    here = int(places[0]) if len(places) else order[0]
    rest = [each for each in order if each != here]
    after = rest[0] if rest else here
    wider = max(away[here], away[after])
    margin = float((away[after] - away[here]) / wider) if rest and wider > 0 else 0.0
    width, compared = silhouette(model, frame, labels, customer, point, seed) if len(places) else (None, 0)
    beyond = (point < model.bounds[0]) | (point > model.bounds[1])
    owners = dict.fromkeys(model.encoding.owner[beyond].tolist())
    pair = (model.fit.centres[here], model.fit.centres[after])
    inside = labels == model.ids[here], labels == model.ids[after]
    return Why(
        customer=customer, segment=own, runner_up=int(model.ids[after]) if rest else 0,
        nearest=int(model.ids[order[0]]), distance=float(away[here]), next_distance=float(away[after]), margin=margin,
        silhouette=width, compared=compared, of=int((labels != found.apart).sum()),
        sureness=sureness(margin, width) if len(places) else "apart",
        far=bool(len(places) and away[here] > model.reach[here]),
        beyond=[model.encoding.features[each].slug for each in owners],
        rows=standing(model, frame, customer, point, pair, inside), others=beside(frame, others, customer, inside),
    )  # fmt: skip


def sureness(margin: float, width: float | None) -> str:
    """How surely a customer belongs: ``clear``, ``rather`` or ``border``.

    The margin has the bounds of :func:`core.segments.placing.predicting.place`, so that both say the same of a
    customer; the silhouette may only lower it.

    Examples
    --------
    >>> sureness(0.5, 0.4), sureness(0.5, 0.1), sureness(0.15, 0.4), sureness(0.5, -0.1)
    ('clear', 'rather', 'border', 'border')
    """
    if margin < RATHER or (width is not None and width < 0):
        return "border"
    return "clear" if margin >= CLEAR and (width is None or width >= FITS) else "rather"


def silhouette(
    model: Model, frame: pd.DataFrame, labels: np.ndarray, customer: int, point: np.ndarray, seed: int
) -> tuple[float | None, int]:
    """The silhouette of one customer, and how many others it was measured against; None without another segment."""
    away: dict[int, float] = {}
    compared, own = 0, int(labels[customer])
    for segment in model.ids:
        members = np.flatnonzero(labels == segment)
        members = members[members != customer]
        sample = members[draw(len(members), MEMBERS, seed)]
        if len(sample):
            away[int(segment)] = float(cdist(point[None], model.values(frame.iloc[sample])).mean())
            compared += len(sample)
    others = [mean for segment, mean in away.items() if segment != own]
    if not others or own not in away:
        # Who is alone in a segment has a silhouette of 0 by definition.
        return (0.0 if others else None), compared
    near, mine = min(others), away[own]
    return ((near - mine) / max(near, mine) if max(near, mine) > 0 else 0.0), compared
