"""Statuses of orders that brought no money: cancelled, failed, not paid yet, refunded in full; in several languages."""

from __future__ import annotations

import re

from core.intake.formats.reading import quote

# Beginnings of words, without accents: English, German, French, Spanish, Portuguese, Italian, Dutch.
STEMS = (
    "cancel", "canceled", "storn", "annul", "anul", "geannuleerd", "void", "fail", "fehlgeschlagen", "echec", "echou",
    "fallid", "falh", "fallit", "mislukt", "pending", "on hold", "on-hold", "awaiting", "ausstehend", "wartend",
    "offen", "en attente", "pendiente", "pendente", "aguardando", "in attesa", "openstaand", "expired", "abgelaufen",
    "declin", "reject", "abgelehnt", "refus", "rechaz", "rejeit", "rifiut", "refund", "erstattet", "ruckerstattet",
    "rembours", "reembols", "estornad", "rimbors", "terugbetaald", "returned", "retourn", "zuruckgesendet", "devuelt",
    "devolvid", "chargeback", "charged back", "dispute lost", "draft", "checkout-draft", "entwurf", "brouillon",
    "borrador", "rascunho", "unpaid", "unbezahlt", "nicht bezahlt", "impaye", "impagad", "no pagad", "nao pag",
    "trash", "abandon", "incomplete", "requires payment",
)  # fmt: skip
_PART = r"\b(part|teil|parci|parti|parz|gedeeltelijk)"
_LOST = r"\b(" + "|".join(map(re.escape, STEMS)) + ")"


def lost(column: str) -> str:
    """SQL: whether a status says that an order brought no money; one refunded in part still counts."""
    plain = f"replace(strip_accents(lower({column})), '_', ' ')"
    return f"coalesce(regexp_matches({plain}, {quote(_LOST)}) and not regexp_matches({plain}, {quote(_PART)}), false)"
