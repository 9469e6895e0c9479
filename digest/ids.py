"""Ids that never change: hashes of what a thing says, not of where it is in a list.

An annotation's id comes from the article's id, its exact words and which
occurrence of those words in the raw text it is; so a new rule, another
article or another order changes none of them.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's: no i, l, o, u
PAIRS = [ALPHABET[n & 31] + ALPHABET[n >> 5] for n in range(1 << 10)]
ON_SITE = 8  # 40 bits: among 200,000 quotes two alike are expected 0.02 times
IN_ARTICLE = 6  # 30 bits: among 500 notes of one article 0.0001 times


def short(*parts: str, length: int = ON_SITE) -> str:
    """A hash of the parts, `length` characters of five bits each."""
    data = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    number = int.from_bytes(hashlib.sha256(data).digest()[-length:], "big")
    return "".join([PAIRS[number >> i & 1023] for i in range(0, 5 * length, 10)])[:length]


def occurrence(raw: str, words: str, start: int) -> int:
    """Which one, from 0, of the places where `words` stand in `raw` begins nearest before `start`."""
    return max(0, raw.count(words, 0, start + len(words)) - 1) if words else 0


def slug(name: str) -> str:
    """`name` as a path segment: "Léa Müller-Lüdenscheidt" -> "lea-muller-ludenscheidt"; "" if nothing is left."""
    bare = re.sub(r"['’]s?\b", "", name[:120])
    plain = unicodedata.normalize("NFKD", bare).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    return f"{made}-name" if RESERVED.match(made) else made


RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)\Z")  # names that Windows does not allow
