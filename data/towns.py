"""Towns of the shop's markets: their postcodes, and telephone numbers that nobody can have.

Numbers are of ranges that are kept free for films and books: Ofcom's numbers for drama, 555-01xx in North America,
those of Arcep, Bundesnetzagentur, ACMA, ComReg and PTS. Where no such range exists there is no telephone.
"""

from __future__ import annotations

from typing import NamedTuple

from data.markets import HOME
from data.names import ENGLISH


class Town(NamedTuple):
    """In patterns # stands for a digit and @ for a letter; ``national`` is a telephone without its country's code."""

    name: str
    postcode: str
    phone: str = ""
    national: str = ""


UK = (
    Town("London", "E# #@@", "+44 20 7946 0###", "020 7946 0###"),
    Town("London", "SE## #@@", "+44 7700 900###", "07700 900###"),
    Town("Leeds", "LS## #@@", "+44 113 496 0###", "0113 496 0###"),
    Town("Sheffield", "S1# #@@", "+44 114 496 0###", "0114 496 0###"),
    Town("Bristol", "BS# #@@", "+44 117 496 0###", "0117 496 0###"),
    Town("Birmingham", "B## #@@", "+44 121 496 0###", "0121 496 0###"),
    Town("Edinburgh", "EH# #@@", "+44 131 496 0###", "0131 496 0###"),
    Town("Manchester", "M## #@@", "+44 161 496 0###", "0161 496 0###"),
    Town("Cardiff", "CF## #@@", "+44 29 2018 0###", "029 2018 0###"),
    Town("Norwich", "NR# #@@", "+44 1632 960###", "01632 960###"),
)
# Market -> language of its names, its towns.
TOWNS: dict[str, tuple[str, tuple[Town, ...]]] = {
    HOME: (ENGLISH, UK),
    "Germany": ("German", (
        Town("Berlin", "10###", "+49 30 23125 ###"),
        Town("Hamburg", "20###", "+49 40 66969 ###"),
        Town("Köln", "50###", "+49 221 4710 ###"),
        Town("München", "80###", "+49 89 99998 ###"),
        Town("Frankfurt am Main", "60###", "+49 69 90009 ###"))),
    "France": ("French", (
        Town("Paris", "750##", "+33 1 99 00 ## ##"),
        Town("Nantes", "44###", "+33 2 61 91 ## ##"),
        Town("Strasbourg", "67###", "+33 3 53 01 ## ##"),
        Town("Lyon", "6900#", "+33 4 65 71 ## ##"),
        Town("Bordeaux", "33###", "+33 5 36 49 ## ##"))),
    "EIRE": (ENGLISH, (
        Town("Dublin", "D0# @###", "+353 20 91# ####"),
        Town("Cork", "T12 @###", "+353 20 91# ####"))),
    "Netherlands": ("Dutch", (Town("Amsterdam", "10## @@"), Town("Utrecht", "35## @@"))),
    "Spain": ("Spanish", (Town("Madrid", "280##"), Town("València", "460##"))),
    "Belgium": ("French", (Town("Bruxelles", "10##"), Town("Liège", "40##"))),
    "Switzerland": ("German", (Town("Zürich", "80##"), Town("Bern", "30##"))),
    "Portugal": ("Portuguese", (Town("Lisboa", "1###-###"), Town("Porto", "4###-###"))),
    "Italy": ("Italian", (Town("Milano", "201##"), Town("Torino", "101##"))),
    "Norway": ("Nordic", (Town("Oslo", "0###"), Town("Bergen", "50##"))),
    "Sweden": ("Nordic", (
        Town("Stockholm", "11# ##", "+46 8 465 004 ##"),
        Town("Malmö", "21# ##", "+46 40 628 04 ##"))),
    "Denmark": ("Nordic", (Town("København", "2###"), Town("Aarhus", "80##"))),
    "Finland": ("Nordic", (Town("Helsinki", "00###"), Town("Turku", "20###"))),
    "Austria": ("German", (Town("Wien", "1##0"), Town("Graz", "80##"))),
    "Channel Islands": (ENGLISH, (Town("St Helier", "JE# #@@"), Town("St Peter Port", "GY# #@@"))),
    "Poland": ("Slavic", (Town("Warszawa", "0#-###"), Town("Kraków", "3#-###"))),
    "USA": (ENGLISH, (
        Town("New York", "100##", "+1 212-555-01##"),
        Town("Chicago", "606##", "+1 312-555-01##"),
        Town("Seattle", "981##", "+1 206-555-01##"))),
    "Australia": (ENGLISH, (
        Town("Sydney", "20##", "+61 2 5550 ####"),
        Town("Melbourne", "30##", "+61 3 5550 ####"))),
    "Japan": ("East Asian", (Town("Tokyo", "1##-####"), Town("Osaka", "53#-####"))),
    "Cyprus": ("Greek", (Town("Nicosia", "10##"),)),
    "Canada": (ENGLISH, (
        Town("Toronto", "M#@ #@#", "+1 416-555-01##"),
        Town("Montréal", "H#@ #@#", "+1 514-555-01##"))),
    "Greece": ("Greek", (Town("Athens", "10# ##"),)),
    "Israel": ("Levantine", (Town("Tel Aviv", "6######"),)),
    "Singapore": ("East Asian", (Town("Singapore", "0#####"),)),
    "Hong Kong": ("East Asian", (Town("Hong Kong", ""),)),
    "Iceland": ("Nordic", (Town("Reykjavík", "10#"),)),
    "Malta": ("Italian", (Town("Valletta", "VLT 1###"),)),
    "United Arab Emirates": ("Levantine", (Town("Dubai", ""),)),
    "RSA": ("Dutch", (Town("Cape Town", "80##"),)),
    "Czech Republic": ("Slavic", (Town("Praha", "1## ##"),)),
    "Lebanon": ("Levantine", (Town("Beirut", ""),)),
    "Lithuania": ("Slavic", (Town("Vilnius", "0####"),)),
    "New Zealand": (ENGLISH, (Town("Wellington", "60##"),)),
    "Bahrain": ("Levantine", (Town("Manama", ""),)),
    "Brazil": ("Portuguese", (Town("São Paulo", "0####-###"),)),
    "Saudi Arabia": ("Levantine", (Town("Riyadh", "1####"),)),
}  # fmt: skip
ELSEWHERE = (ENGLISH, (Town("", ""),))
