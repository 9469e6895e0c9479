"""Lines that name who wrote the piece, in the shapes that no word announces."""

from __future__ import annotations

import re
from collections.abc import Container

from digest.rules import Rules

BY = re.compile(
    r"(?i:(?:(?:words|story|report(?:ing|ed)?|written|posted|published|text|analysis|opinion|essay|review|commentary|column) )?by(?:: ?| ))(?=[A-Z])"
)
AND = re.compile(r"\s*(?:,| and | & |\| |/ )\s*")
NAME = re.compile(r"[A-Z][\w.'’-]*(?: (?:de|da|di|van|von|der|den|la|el|al|bin|[A-Z][\w.'’-]*)){1,4}")
AFTER = re.compile(r" {2,}|\s*[|·•/]|,? ?\d|\s\S+@")  # of a name: a post, an agency or a date follows
LONGEST = 14  # words: an address may follow
WRITERS = frozenset(
    "correspondent editor reporter writer columnist critic producer journalist contributor".split()
)


def first_names(rules: Rules) -> frozenset[str]:
    """The first names that the rules list. Meant for `rules.once`."""
    return frozenset(n for key in ("male", "female", "either") for n in rules.words("names", key))


def bylined(line: str, first: Container[str]) -> bool:
    """Whether the line is nothing but who wrote: `By` and a name, or names that begin with a first name."""
    if len(line.split(None, LONGEST)) > LONGEST or line[-1] in ".!?…:;":
        return False
    return names(line) is not None and (BY.match(line) is not None or line.partition(" ")[0] in first)


def names(line: str) -> list[str] | None:
    """The names of which the line consists, up to a post, an agency or a date; None when it is something else."""
    announced = BY.match(line)
    start = announced.end() if announced else 0
    if not NAME.match(line, start):
        return None  # most lines
    end = AFTER.search(line, start)
    own = line[start : end.start() if end else None]
    found = AND.split(own.rstrip("| "))
    return found if NAME.fullmatch(found[0]) and all(map(_name, found)) else None


def signed(line: str) -> str:
    """Who wrote, as a byline names them: without “By”, with commas between names, less posts and dates that follow."""
    if found := names(line):
        return ", ".join(found)
    return line[announced.end() :] if (announced := BY.match(line)) else line


def _name(words: str) -> bool:
    """Whether words are a name, or an agency or a post behind one."""
    return NAME.fullmatch(words) is not None or (words.isalpha() and words[0].isupper())


def writes(line: str) -> bool:
    """Whether the line is the post of somebody who writes."""
    words = line.lower().split(None, 9)
    return len(words) < 9 and line[-1] not in ".!?:" and not WRITERS.isdisjoint(w.strip(",") for w in words)
