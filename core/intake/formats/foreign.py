"""Encodings beyond Western Europe's, told from a text that is not UTF-8.

Every byte string is valid in Latin-1, so validity says nothing: what says something is what the text would look like.
"""

from __future__ import annotations

import re

from charset_normalizer import from_bytes

MOST = 32 * 1024
# Python's names and what people call them.
SCRIPTS = {
    "cp1251": "Windows-1251 (Cyrillic)", "koi8_r": "KOI8-R (Cyrillic)", "cp866": "DOS 866 (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)", "cp1255": "Windows-1255 (Hebrew)", "cp1256": "Windows-1256 (Arabic)",
    "cp932": "Shift JIS (Japanese)", "euc_jp": "EUC-JP (Japanese)", "gb18030": "GB 18030 (Chinese)",
    "big5": "Big5 (Chinese)", "cp949": "Windows-949 (Korean)", "cp874": "Windows-874 (Thai)",
}  # fmt: skip
LATIN = {
    "cp1250": "Windows-1250 (Central European)", "cp1254": "Windows-1254 (Turkish)", "mac_roman": "Mac Roman",
}  # fmt: skip
# Western words have accented letters one by one; three in a row, or bytes that stand for nothing, are another script.
_RUN = re.compile(r"[^\x00-\x7f]{3,}")
# What the letters of these encodings look like when they are read as Windows-1252: signs amid a word.
_SIGNS = {
    "cp1250": re.compile(r"[a-z][³¹¿¾¼ñêæœŸ][a-z]|\b[£¯¥Œ][a-z]{2}|[a-ln-z]³\b"),
    "cp1254": re.compile(r"[a-zöüç][þðý]|[þðý][a-zöüç]"),
    "mac_roman": re.compile(r"[a-z][ŽŠ\x8f\x90ˆŸš™][a-z]"),
}
_DENIES = {"cp1250": re.compile(r"[a-z][éèàçâîôûñ][a-z]"), "cp1254": re.compile("[æáíúéó]"), "mac_roman": None}
_ENOUGH = 3
# Of fewer letters nothing can be told.
_LETTERS = 16


def guess(head: bytes) -> str:
    """The encoding of a text that is neither UTF-8 nor Western European, as Python calls it; empty where it is Western.

    Examples
    --------
    >>> guess("Номер заказа;Дата заказа;Клиент;Цена\\n1;2024;Иванов;700\\n".encode("cp1251") * 4)
    'cp1251'
    >>> guess("Größe;Straße;Menü;Öl\\n".encode("cp1252") * 9)
    ''
    >>> guess("zamówienie;wysyłka;płatność;ilość\\n".encode("cp1250") * 3)
    'cp1250'
    """
    sample = head[:MOST]
    # A character may be cut in two where the sample ends.
    sample = sample[: sample.rfind(b"\n") + 1] or sample
    western = sample.decode("cp1252", errors="replace")
    high = sum(not character.isascii() for character in western)
    latin = sample.decode("latin-1").translate({0x8E: "Ž", 0x8A: "Š", 0x88: "ˆ", 0x9F: "Ÿ", 0x9A: "š", 0x9C: "œ"})
    for codec, sign in _SIGNS.items():
        text = latin if codec == "mac_roman" else western
        denies = _DENIES[codec]
        against = len(denies.findall(text)) if denies else 0
        if len(sign.findall(text)) >= max(_ENOUGH, 2 * against):
            return codec
    foreign = western.count("\ufffd") >= _ENOUGH or sum(map(len, _RUN.findall(western))) > high / 3
    if foreign and high >= _LETTERS:
        best = from_bytes(sample, cp_isolation=[*SCRIPTS]).best()
        return best.encoding if best is not None else ""
    return ""
