"""The words and seasons that the shop's products are made of."""

from typing import NamedTuple


class Family(NamedTuple):
    """Products that share designs and a season; prices in pounds, the season month by month from January."""

    name: str
    season: tuple[float, ...]
    designs: str
    articles: dict[str, float]


FLAT = (1.0,) * 12

FAMILIES = (
    Family(
        "christmas",
        (0.04, 0.02, 0.02, 0.02, 0.03, 0.05, 0.15, 0.6, 1.7, 2.4, 2.7, 2.5),
        "NORDIC STAR, REINDEER, RED ROBIN, FROSTED PINE, GINGERBREAD, SNOWFLAKE, CANDY STRIPE, HOLLY BERRY",
        {"HANGING DECORATION": 0.85, "BAUBLES SET OF 6": 4.95, "GIFT WRAP": 0.42, "GARLAND": 2.95}
        | {"ADVENT CALENDAR": 6.75, "STOCKING": 3.75, "NAPKINS PACK OF 20": 0.85, "WREATH": 8.5}
        | {"T-LIGHT HOLDER": 1.25, "CARDS PACK OF 12": 2.1, "CAKE TINS SET OF 3": 7.95, "TREE TOPPER": 3.25},
    ),
    Family(
        "garden",
        (0.35, 0.6, 1.7, 2.4, 2.5, 1.9, 1.4, 0.8, 0.45, 0.25, 0.2, 0.2),
        "BUMBLEBEE, WILD MEADOW, TERRACOTTA, SAGE GREEN, BOTANICAL, RUSTIC ZINC, LAVENDER",
        {"PLANT POT": 2.95, "WATERING CAN": 5.95, "SEED TIN": 1.95, "BIRD FEEDER": 4.25, "HERB MARKERS": 1.65}
        | {"GARDEN LANTERN": 7.95, "HANGING BASKET": 6.25, "WIND CHIME": 2.55, "KNEELING PAD": 1.95}
        | {"TWINE IN A TIN": 2.1, "PARASOL": 14.95},
    ),
    Family(
        "stationery",
        (0.9, 0.7, 0.7, 0.8, 0.8, 0.9, 1.8, 2.6, 1.9, 0.9, 0.8, 0.6),
        "WOODLAND FOX, POLKA DOT, SPACE ROCKET, PAISLEY, OLD MAP, RAINBOW, TARTAN",
        {"NOTEBOOK": 1.25, "PENCIL CASE": 2.1, "PENCILS TUBE OF 12": 0.85, "LUNCH BOX": 2.55, "RULER": 0.65}
        | {
            "STICKER SHEET": 0.42,
            "BACKPACK": 9.95,
            "WRITING SET": 3.75,
            "MEMO BLOCK": 0.55,
            "WALL PLANNER": 4.95,
        },
    ),
    Family(
        "valentine",
        (2.9, 3.4, 0.9, 0.5, 0.5, 0.5, 0.4, 0.4, 0.4, 0.5, 0.7, 0.8),
        "SWEETHEART, ROSE PETAL, LOVE BIRDS, SCARLET RIBBON",
        {"HEART DOORSTOP": 3.95, "PHOTO FRAME": 3.75, "CUSHION": 6.95, "GIFT BOX SET OF 3": 4.65, "MUG": 2.55}
        | {"TRINKET BOX": 2.95, "WICKER HEART": 1.65, "KEYRING": 0.95, "CARD HOLDER": 1.45},
    ),
    Family(
        "easter",
        (0.3, 1.3, 3.6, 3.0, 0.4, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.1),
        "SPRING CHICK, BUNNY, DAFFODIL, SPECKLED EGG",
        {"EGG CUPS SET OF 4": 4.25, "TABLE CONFETTI": 0.65, "TREAT BASKET": 2.95, "BUNTING": 4.95}
        | {"HANGING EGGS PACK OF 6": 2.1, "PAPER CHAIN KIT": 2.95, "EGG COSY": 1.25},
    ),
    Family(
        "tea and baking",
        (0.9, 0.9, 1.0, 1.0, 1.1, 1.0, 0.9, 0.9, 1.0, 1.1, 1.2, 1.0),
        "REGENCY, STRAWBERRY, CORNISH STRIPE, VINTAGE ROSE, BLUE WILLOW, GINGHAM, HEDGEROW, RETRO SPOT",
        {"TEACUP AND SAUCER": 2.95, "TEAPOT": 8.5, "CAKE STAND 3 TIER": 12.75, "CAKE CASES PACK OF 72": 0.55}
        | {"MILK JUG": 3.25, "BISCUIT TIN": 3.95, "TEA TOWEL": 2.95, "TRAY": 4.95, "SUGAR BOWL": 3.25}
        | {"RECIPE BOX": 7.95, "MIXING BOWL": 6.95},
    ),
    Family(
        "kitchen",
        FLAT,
        "ENAMEL CREAM, DUCK EGG BLUE, FARMHOUSE, SLATE, COPPER, LEMON GROVE, IVORY",
        {"STORAGE JAR": 2.95, "COLANDER": 5.95, "UTENSIL POT": 4.25, "BREAD BIN": 16.95, "APRON": 4.95}
        | {"OVEN GLOVE": 3.75, "CHOPPING BOARD": 5.45, "SPOON REST": 1.65, "KITCHEN SCALES": 12.75}
        | {"MEASURING TAPE": 0.85, "BUTTER DISH": 4.25},
    ),
    Family(
        "lighting",
        (0.9, 0.8, 0.7, 0.7, 0.6, 0.6, 0.7, 0.9, 1.2, 1.5, 1.7, 1.4),
        "WHITE MOROCCAN, AMBER GLASS, ANTIQUE SILVER, DRIFTWOOD, STARRY NIGHT, HONEYCOMB",
        {"T-LIGHT GLASS": 0.65, "HURRICANE LAMP": 7.95, "FAIRY LIGHTS": 4.95, "CANDLESTICK": 3.25}
        | {"SCENTED CANDLE": 2.55, "METAL LANTERN": 5.95, "NIGHT LIGHT": 3.75, "CANDLE PLATE": 1.65},
    ),
    Family(
        "home",
        FLAT,
        "SHABBY CHIC, COASTAL, ART DECO, FOLK BIRD, FRENCH BLUE, HEATHER, PAPER LEAF, OAK",
        {
            "WALL CLOCK": 8.5,
            "COAT HOOK": 1.95,
            "PHOTO FRAME": 2.95,
            "DRAWER KNOB": 1.25,
            "CUSHION COVER": 4.95,
        }
        | {"METAL SIGN": 2.1, "MAGAZINE RACK": 9.95, "DOORMAT": 7.95, "MIRROR": 11.95, "VASE": 3.75}
        | {"STORAGE BOX": 3.45},
    ),
    Family(
        "bags",
        (0.8, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.1, 1.0, 1.0, 0.9, 0.7),
        "RED HARLEQUIN, NAVY ANCHOR, PEACOCK, DOLLY GIRL, SKULL, SUKI FLORAL, WOODBLOCK, TOADSTOOL",
        {"JUMBO SHOPPER": 2.08, "LUNCH BAG": 1.65, "CHARLOTTE TOTE": 0.85, "WASH BAG": 2.95, "PURSE": 1.45}
        | {"FOLDING UMBRELLA": 5.95, "PICNIC BAG": 6.95, "LUGGAGE TAG": 0.85},
    ),
    Family(
        "party and play",
        (0.8, 0.8, 0.9, 1.0, 1.2, 1.4, 1.4, 1.1, 0.9, 1.0, 1.1, 0.9),
        "CIRCUS PARADE, DINOSAUR, FAIRY TALE, PIRATE, ROBOT, FARMYARD",
        {"PARTY BUNTING": 4.95, "BALLOONS PACK OF 10": 0.65, "PAPER CUPS SET OF 8": 0.85, "SKITTLES": 3.75}
        | {"JIGSAW BLOCKS": 2.95, "SOFT TOY": 5.45, "COLOURING KIT": 1.25, "PAPER CRAFT": 1.04}
        | {"PLAYING CARDS": 0.65, "MONEY BOX": 2.55},
    ),
)
