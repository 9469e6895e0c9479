"""Lines that name who wrote the piece, in the shapes that no word announces."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from digest.rules import Rules
from digest.text import Edit

UPPER = r"[^\W\d_a-zß-ÿ]"
WORDED = r"words|story|report(?:ing|ed)?|written|posted|published|text|analysis|opinion|essay|review|commentary|column"
SHOWN = r"pictures?|photos?|photographs?|photography|photographer|video|illustrations?|graphics?|images?"
BY = re.compile(rf"(?i:(?:(?:{WORDED}) )?by(?:: ?| ))(?={UPPER})")
# Words: Ann Lee; Pictures: Tom Fox. Each part has one's work, and one is the words'.
# Behind a colon alone stands what many a section is about (Analysis: Ann Lee Must Go): few words do without `by`.
WITH_COLON = r"words|story|text|report(?:ing)?|pictures?|photos?"
WORK = rf"(?:{WORDED}|{SHOWN})(?= by)|(?:{WITH_COLON})(?=:)"
PART = re.compile(rf"(?i:(?P<work>{WORK})(?: by:?|:) ?)(?={UPPER})")
PARTS = re.compile(rf"(?:[;,|/•·–—-]|\band\b)?\s*(?=\b(?i:(?:{WORK})(?: by:?|:) ?){UPPER})")
AND = re.compile(r"\s*(?:, and |,| and | & | with |\| |/ )\s*")
NAME = re.compile(rf"{UPPER}[\w.'’-]*(?: (?:de|da|di|van|von|der|den|la|el|al|bin|{UPPER}[\w.'’-]*)){{1,4}}")
AFTER = re.compile(r" {2,}|\s*[|·•/]|,? ?\d|\s\S+@")  # of a name: a post, an agency or a date follows
# of the last name: where they wrote, and for whom (in Paris, in Ferrol and Lugo, for The Echo)
PLACED = re.compile(
    rf",? (?:in|at|for|from) (?:the )?{UPPER}[\w.'’-]*(?:(?:,| and|,? of)? {UPPER}[\w.'’-]*)*\Z"
)
BRACKETS = re.compile(r" ?\((?i:words|text|story|report|reporting)\)")
LINE = rf"{UPPER}[\w.'’-]*(?: {UPPER}[\w.'’-]*){{1,3}}"
BROKEN = re.compile(
    rf"^[ \t]*(?i:by):?(?:[ \t]*\n)?[ \t]*{LINE}(?:[ \t]*\n[ \t]*(?:and|&|with)(?:[ \t]*\n[ \t]*| ){LINE})*(?=[ \t]*$)",
    re.M,
)
BREAK = re.compile(r"[ \t]*\n[ \t]*")
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
    if _works(line):
        return True
    return names(line) is not None and (BY.match(line) is not None or line.partition(" ")[0] in first)


def names(line: str) -> list[str] | None:
    """The names of which the line consists, up to a post, an agency or a date; None when it is something else."""
    if works := _works(line):
        return [name if not work else f"{name} ({work})" for work, name in works]
    announced = BY.match(line)
    start = announced.end() if announced else 0
    if "(" not in line and not NAME.match(line, start):
        return None  # most lines
    line = BRACKETS.sub("", line)
    end = AFTER.search(line, start)
    own = line[start : end.start() if end else None]
    placed = PLACED.search(own) if announced else None
    found = AND.split(own[: placed.start() if placed else None].rstrip("| "))
    return found if NAME.fullmatch(found[0]) and all(map(_name, found)) else None


def _works(line: str) -> list[tuple[str, str]]:
    """The names of a line that tells each one's work, and what it is where it is not the words; [] for any other."""
    if not PART.match(line):
        return []
    out: list[tuple[str, str]] = []
    for part in filter(None, (p.strip(" ;,|/•·–—-") for p in PARTS.split(line))):
        m = PART.match(part)
        found = AND.split(part[m.end() :]) if m else []
        if m is None or not all(NAME.fullmatch(x) for x in found):
            return []
        work = m["work"].lower() if re.fullmatch(SHOWN, m["work"], re.I) else ""
        out += [(work, x) for x in found]
    return out if any(not work for work, _ in out) and len(out) > 1 else []


def together(lines: Sequence[str]) -> str | None:
    """The byline of several lines that say who wrote: the first, with the names of those that are names alone."""
    if not lines:
        return None
    more = [x for x in lines[1:] if x != lines[0] and not writes(x) and not BY.match(x) and names(x)]
    return ", ".join([lines[0], *more]) if names(lines[0]) else lines[0]


def broken(text: str) -> list[Edit]:
    """Edits that join a byline whose names stand in lines of their own: By / Ann Lee / and / Tom Fox."""
    out: list[Edit] = []
    for m in BROKEN.finditer(text):
        for gap in BREAK.finditer(text, m.start(), m.end()):
            why = "the byline is broken around names"
            out.append(Edit(gap.start(), gap.end(), " ", "space", "line-wrap", "space.wrap", why))
    return out


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
