"""What needs two findings of one text: pronoun to person, claimant of a figure."""

from __future__ import annotations

from collections.abc import Sequence

from digest import claims
from digest.model import Document, Evidence
from digest.rules import Rules


def resolved(document: Document, rules: Rules, evidence: Sequence[Evidence] = ()) -> Document:
    """The document with speakers' full names and figures' claimants filled in."""
    return claims.claimed(document, rules, evidence)
