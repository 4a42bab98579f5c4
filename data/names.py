"""Names for people who do not exist, and addresses that nobody can have."""

import numpy as np
import pandas as pd

FIRST = (
    """
Ada, Agnes, Alba, Amir, Anouk, Arthur, Asha, Bea, Bram, Callum, Carmen, Clara, Daan, Dev, Edith, Elif, Elsa,
Emil, Esther, Faye, Felix, Finn, Freya, Gwen, Hana, Hugo, Ida, Imogen, Ines, Iris, Ivo, Jasper, Joan, Jonas,
Juno, Kasia, Kit, Lars, Leila, Linus, Lotte, Mabel, Maeve, Marek, Mina, Nadia, Nell, Noor, Olga, Orla, Oscar,
Pearl, Priya, Ravi, Rhea, Rosa, Rowan, Ruth, Sami, Selma, Sven, Tamsin, Theo, Tilda, Uma, Vera, Wanda, Yusuf, Zoe
""".replace("\n", " ")
    .strip()
    .split(", ")
)
LAST = (
    """
Abbott, Ackroyd, Ashdown, Barlow, Bellamy, Birch, Brandt, Byrne, Caddick, Calder, Chaudhry, Cowley, Dale, Duarte,
Elkin, Ennis, Fairley, Farrow, Fenwick, Fraser, Garland, Gill, Greaves, Hadley, Hale, Harkness, Hensley, Holt,
Ibsen, Ingram, Jansen, Jarvis, Kaya, Keel, Kendal, Kerr, Lacey, Lambert, Larkin, Lund, Marlow, Mehta, Merrick,
Moss, Nash, Nolan, Novak, Oakes, Okafor, Osman, Pascoe, Peel, Pryce, Quill, Radley, Reyes, Rook, Sandoval, Sharp,
Sheridan, Silva, Stroud, Tait, Thorne, Underhill, Vale, Varga, Wilder, Winslow, Wray, Yardley, Zeller
""".replace("\n", " ")
    .strip()
    .split(", ")
)
AT = np.array(["example.com", "example.org"])


def names(size: int, rng: np.random.Generator) -> pd.DataFrame:
    """First and last names, and an e-mail address each that no other person has."""
    first, last = rng.choice(FIRST, size), rng.choice(LAST, size)
    frame = pd.DataFrame({"first_name": first, "last_name": last})
    again = frame.groupby(["first_name", "last_name"]).cumcount()
    local = (frame["first_name"] + "." + frame["last_name"]).str.lower()
    number = np.where(again > 0, (again + 1).astype(str), "")
    return frame.assign(email=local + number + "@" + rng.choice(AT, size))
