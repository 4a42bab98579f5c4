"""Which way of dividing suits, and which ways agree, in words."""

from __future__ import annotations

import pandas as pd

from core.segments.choosing.arguments import WEAK, number, percent

# Adjusted Rand index: from .90 excellent, .80 good, .65 moderate agreement, below poor (Steinley 2004).
BANDS = ((0.9, "almost the same groups"), (0.8, "nearly the same groups"), (0.65, "mostly the same groups"))
MOSTLY, PARTLY = 0.65, 0.4
# Less than that a silhouette is no reason to change what people know by name.
CLEARLY = 0.02
# A larger share on their own says that the crowds are the exception.
MANY = 1 / 3


def likeness(rand: float) -> str:
    """An adjusted Rand index in words.

    Examples
    --------
    >>> likeness(0.95), likeness(0.7), likeness(0.1)
    ('almost the same groups', 'mostly the same groups', 'other groups')
    """
    # As it is shown, with two places.
    rand = round(rand, 2)
    here = [said for bound, said in BANDS if rand >= bound]
    return here[0] if here else "partly the same groups" if rand >= PARTLY else "other groups"


def suits(methods: pd.DataFrame) -> tuple[str, str]:
    """Which one to work with, and why.

    Parameters
    ----------
    methods : frame
        See :class:`core.segments.dividing.agreement.Agreement`.

    Returns
    -------
    lead, reason : str

    Notes
    -----
    The highest silhouette among those who divide everybody; but the one in use stays where it is nearly as clear.
    """
    here = methods[methods["reason"] == ""]
    dividing = here[(here["alone"] == 0) & here["silhouette"].notna()]
    if dividing.empty:
        return "None places everybody.", _crowds(methods)
    best = dividing.iloc[int(dividing["silhouette"].argmax())]
    used = dividing[dividing["in_use"]]
    stays = len(used) > 0 and best["silhouette"] - used["silhouette"].iloc[0] < CLEARLY
    chosen = used.iloc[0] if stays else best
    lead = f"Keep {chosen['label']}." if chosen["in_use"] else f"{chosen['label']} would suit them better."
    clear = f"silhouette {_signed(chosen['silhouette'])}"
    if best["silhouette"] < WEAK:
        # Where nothing is distinct a higher silhouette is no reason to leave what is in use.
        lead = f"None stands out: keep {used['label'].iloc[0]}." if len(used) else "None stands out."
        most = f"the clearest, {best['label']}, has a silhouette of {_signed(best['silhouette'])}"
        text = f"No method finds distinct groups ({most}; under 0.25 there are none), so choose by what you can use."
    elif chosen["method"] == best["method"]:
        many = number(int(chosen["segments"]))
        text = (
            f"Of the methods that place everybody it draws the clearest borders between its {many} segments ({clear})."
        )
    else:
        text = f"{best['label']} draws hardly clearer borders ({_signed(best['silhouette'])} against {clear[11:]})."
    if not chosen["in_use"] and len(used) and best["silhouette"] >= WEAK:
        text = f"{text[:-1]}; {used['label'].iloc[0]}, in use, comes to {_signed(used['silhouette'].iloc[0])}."
    return lead, " ".join(part for part in (text, _crowds(methods)) if part)


def agrees(methods: pd.DataFrame, pairs: pd.DataFrame) -> str:
    """Which methods put the same customers together.

    Parameters
    ----------
    methods, pairs : frame
        See :class:`core.segments.dividing.agreement.Agreement`.
    """
    if pairs.empty:
        return "Only one method works on these customers."
    labels = dict(zip(methods["method"], methods["label"], strict=True))
    ranked = pairs.sort_values("rand", ascending=False, kind="stable")
    most, least = ranked.iloc[0], ranked.iloc[-1]

    def told(pair: pd.Series) -> str:
        return f"{labels[pair['a']]} and {labels[pair['b']]}"

    if least["rand"] >= MOSTLY:
        return f"All make {likeness(least['rand'])}: whichever you take, the same customers stay together"
    if most["rand"] < MOSTLY:
        return f"No two make the same groups: {told(most)} come nearest, so the borders are the method’s own"
    return f"{told(most)} make {likeness(most['rand'])}; {told(least)} are the least alike"


def _crowds(methods: pd.DataFrame) -> str:
    """What those find that look for crowds."""
    told = []
    for row in methods.to_dict("records"):
        if row["reason"]:
            told.append(f"{row['reason'].partition(':')[0].rstrip('.')}.")
        elif row["alone"]:
            share, groups = percent(row["alone_share"]), f"{number(int(row['segments']))} dense groups"
            rest = ": most customers belong to no group" if row["alone_share"] > 0.5 else ""
            told.append(f"{row['label']} finds {groups} and leaves the other {share} of customers on their own{rest}.")
    return " ".join(told)


def _signed(value: float) -> str:
    return f"{value:.3f}".replace("-", "−")
