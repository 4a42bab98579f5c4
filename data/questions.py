"""What the demo survey asks, what may be answered, and what the answers hang on."""

from typing import NamedTuple


class Question(NamedTuple):
    """An ordered question: its answers from the lowest, how many give each, and what pulls an answer up.

    Two things stand behind the answers: how much somebody shops (`keen`) and how content they are (`content`); what
    neither explains is the person's own.
    """

    header: str
    answers: tuple[str, ...]
    shares: tuple[float, ...]
    keen: float = 0.0
    content: float = 0.0


OFTEN = ("Never", "Rarely", "Sometimes", "Often", "Always")
POINTS = ("1", "2", "3", "4", "5")
BUYING = ("Less than once a month", "Once a month", "Few times a month", "Once a week", "Several times a week")
BROWSING = ("Rarely", "Few times a month", "Few times a week", "Several times a day")

ORDERED = (
    Question("Purchase frequency", BUYING, (0.22, 0.2, 0.32, 0.17, 0.09), keen=0.7, content=0.15),
    Question("Browsing frequency", BROWSING, (0.16, 0.33, 0.37, 0.14), keen=0.75),
    Question("Usual basket size", ("Small", "Medium", "Large"), (0.38, 0.44, 0.18), keen=0.3),
    Question("Cart completion", OFTEN, (0.04, 0.14, 0.46, 0.28, 0.08), keen=0.3, content=0.35),
    Question("Save for later", OFTEN, (0.1, 0.16, 0.4, 0.25, 0.09), keen=0.45, content=-0.15),
    Question("Importance of reviews", POINTS, (0.12, 0.17, 0.33, 0.23, 0.15), keen=0.35, content=-0.3),
    Question("Review reliance", OFTEN, (0.06, 0.12, 0.33, 0.3, 0.19), keen=0.35, content=-0.25),
    Question("Recommendation helpfulness", POINTS, (0.14, 0.24, 0.36, 0.18, 0.08), keen=0.25, content=0.5),
    Question("Rating accuracy", POINTS, (0.08, 0.22, 0.42, 0.2, 0.08), content=0.6),
    Question("Overall satisfaction", POINTS, (0.1, 0.2, 0.35, 0.24, 0.11), keen=0.1, content=0.75),
)
YES_NO = {"Leaves reviews": (0.46, 0.5), "Uses our app": (0.38, 0.35)}  # share of yes, pull of keen
GENDER = {"Female": 0.56, "Male": 0.32, "Non-binary": 0.03, "Prefer not to say": 0.09}
RANGES = {
    "Kitchen and baking": 0.46, "Garden": 0.3, "Lighting": 0.27, "Stationery": 0.33, "Seasonal decoration": 0.4,
    "Toys and party": 0.22,
}  # fmt: skip
SEARCH = {"Search box": 0.4, "Categories": 0.33, "Filters": 0.19, "Links from elsewhere": 0.08}
LEFT = {"Found it cheaper elsewhere": 0.36, "Changed my mind": 0.31, "Delivery cost too much": 0.24, "Other": 0.09}
LIKED = {"Choice of products": 0.33, "Prices": 0.25, "Recommendations": 0.17, "Website and app": 0.15, "Delivery": 0.1}
# What to improve: how many name it, and whom it bothers more: the keen, and the discontent.
IMPROVE = {
    "Service responsiveness": (0.3, 0.0, 0.8),
    "Product quality and accuracy": (0.26, -0.2, 0.3),
    "Shipping speed and reliability": (0.2, 0.5, 0.0),
    "Less packaging": (0.15, -0.2, -0.7),
    "Website and app": (0.09, 0.3, -0.2),
}
COMMENTS = (
    ("Love the little gifts, the wrapping is a treat.", "Always find something for my sister here.",
     "Quick answer when a mug arrived chipped, thank you.", "The Christmas range was lovely this year."),
    ("Fine on the whole, though the search could be better.", "Good things, some are smaller than the picture.",
     "I mostly look and buy when there is free delivery.", "Would like to see more colours."),
    ("Nobody answered my mail for nine days.", "The parcel came a week late and one plate was broken.",
     "The colour was not that of the photo.", "Far too much plastic around a tea towel."),
)  # fmt: skip
AFTERWARDS = (
    "I order for our school fair.", "Mostly presents for friends.", "Found you at a market in May.",
    "My mother shops here too.", "I live far out, so it has to be by post.", "We run a tea room.",
    "First order was for a wedding.", "Regards to the packing room.", "Keep the garden things coming.",
    "I read every review first.", "Lighting is what I come for.",
)  # fmt: skip
