"""How the figures of the close-up are counted: the exact terms with their sources."""

RULES = (
    "A decision tree of depth 3 (Breiman et al. 1984) separates this segment from the rest by the features that "
    "segments are learned from, in their own units. Its branches that end mostly in the segment become rules of "
    "at most three conditions. Conditions that hardly matter are left out and numbers rounded, and only then both"
    " figures are counted, on all customers: coverage (recall) is the share of the segment that a rule finds, "
    "precision the share of those it describes who are in the segment. Rules may overlap. They describe the "
    "segments; they do not make them."
)
EFFECTS = (
    "Difference: the average of the segment less that of all, by the standard deviation between customers, taken "
    "from the 1st to the 99th percentile (a standardised mean difference, akin to Cohen’s d). Under 0.2 next to "
    "none, under 0.5 small, under 0.8 medium, else large (Cohen 1988). Of ordered answers the size is that of their "
    "averages, of categories the distance between all shares; the sign is that of "
    "the level shown. Period and filters do not move it: all customers count."
)
TYPICAL = (
    "The segment’s centre is the average of its customers in prepared units, where features are on one scale; "
    "typical are the five customers nearest to it (Euclidean distance), of equally near ones the smaller number "
    "first. They are real customers with the figures they have."
)
LIFT = (
    "Lift, or affinity: share of the segment’s buyers who bought it, by the share of all buyers who did; returned"
    " lines do not count. Shown are only those that at least five of them bought and of which the lift is above 1"
    " even at the lower end of its interval (Wilson 1927, 95 % over all products at once, after Bonferroni), so "
    "that chance makes no favourites; that lower end is the order. Who buys many different products has a lift "
    "above 1 for most: read the order rather than the size. Period and countries count, filters by segment do "
    "not."
)
LIFT_OF_CATEGORIES = (
    "Lift, or affinity: share of the segment’s buyers who bought anything of the category, by the share of all buyers "
    "who did; returned lines do not count. A product is in the category that most of its lines name. Shown are only "
    "those that at least five of them bought from and of which the lift is above 1 even at the lower end of its "
    "interval (Wilson 1927, 95 % over all categories at once, after Bonferroni); that lower end is the order. Period "
    "and countries count, filters by segment do not."
)
COUNTRIES = (
    "Customers with an order that counts in the period and countries chosen; who orders from two countries "
    "counts in each. “More than others”: above everybody’s share even at the lower end of its interval (Wilson "
    "1927, 95 % over all countries at once)."
)
CHANNELS = (
    "Customers with an order that counts, of which the channel is known, in the period and countries chosen; who "
    "orders through two channels counts in each. An order’s channel is that of most of its lines. “More than others”: "
    "above everybody’s share even at the lower end of its interval (Wilson 1927, 95 % over all channels at once)."
)
DRIVERS = (
    "The random forest of Drivers, asked one thing: in this segment or not. Each feature is shuffled among the "
    "held-out customers ten times; the bar is the balanced accuracy that is lost, in points: the mean of members "
    "no longer recognised and of others no longer kept out. The thin line is one standard deviation to both "
    "sides, of the shuffles and of which customers were held out. Features that go together share their "
    "importance: Drivers names them."
)
