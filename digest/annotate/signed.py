"""The line below a quotation that says whose it is: `— Ann Lee, engineer`."""

from __future__ import annotations

import re
from functools import lru_cache

from digest.annotate.attribution import Attribution
from digest.annotate.classes import FINITE
from digest.annotate.mentions_names import Words
from digest.annotate.names import Speaker
from digest.model import Scope
from digest.text import Span

WORD = r"[^\W\d_a-zß-ÿ][\w.’'-]{0,30}"
LINK = r"(?:(?:de|da|del|della|di|du|van|von|der|den|bin|ibn|al|el|la|le|dos|y|of|the|for|and|&) ){1,3}"
SIGNED = re.compile(
    rf"[—―–-]{{1,2}}\s?(?P<name>{WORD}(?: (?:{LINK})?{WORD}){{0,5}})(?=$|,| \(| [-—–|/@]|: |;| on )"
)
NOMINAL = re.compile(
    r"[—―–-]{1,2}\s?(?P<name>(?:[Aa]n?|[Tt]he|[Oo]ne|[Aa]nother) [^\n,;:.(]{3,80})(?=$|[,;:.(])"
)
TITLES = re.compile(
    r"(?:(?:Mrs?|Ms|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Sen|Rep|Gov|Cllr|Councillor|Rev|Reverend|Captain|Capt)\.? )+(?=\S)"
)
# of a post: any name that the network shows, then the handle
HANDLED = re.compile(r"[—―–-]{1,2}\s?(?P<name>[^\n()]{1,80}?) ?\((?P<handle>@[\w.@-]{1,80})\)")
LETTERS = re.compile(r"[^\W_](?:[^\n]*[^\W_])?")
DASHES = "—―–-"
# the head of a nominal, before what describes it: A baker from Ferrol
HEAD = re.compile(
    r"\S+ (?P<head>[^\W\d_][\w’'-]*(?: [^\W\d_][\w’'-]*){0,3}?)(?=$| (?:from|of|in|at|for|with|on|near|who|and)\b|[,;:.(])"
)
AGENT = ("er", "or", "ist", "ian", "man", "woman", "resident", "parent", "student", "client", "spokesperson")
NEVER = frozenset(  # ends of -er and -or that are no people
    "number river winter summer order paper power matter water weather letter offer chapter border center disorder corner quarter tower "
    "barrier harbor harbour error floor door factor sector motor mirror color colour minor major another other former later".split()
)
# of a list and of credits, not of a person
VERBS = FINITE | frozenset(
    "fell rose won lost held came went took made gave said says told left began met got saw kept put cut set grew quit broke drew sank won't is does has will".split()
)
DONE = re.compile(r"(?<!, )(?<!\b[Aa] )(?<!\b[Aa]n )(?<!\b[Tt]he )\b[a-z]{2,}ed\b")
SMALL = re.compile(r"(?<![\w’'-])[a-z][a-z’']*")
BEHIND = re.compile(r"(?<![\w’'-])([A-ZÀ-Þ][\w’'-]{0,29}) (?=([A-ZÀ-Þ][\w-]{0,29}))")
AGE = re.compile(r", \d{1,3}(?=$|[,.; ])")
CREDITS = frozenset(
    "Images Image Photo Photos Pictures Press Agency News Newsletter Reuters AP AFP Getty Shutterstock Archive Archives Staff Updated "
    "Published January February March April May June July August September October November December".split()
)
LONGEST = 160  # characters of such a line
FARTHEST = 20  # paragraphs of one quotation above the line that signs it
CLOSERS = "”’\"'»"


def signed(
    text: str,
    scope: Scope,
    line: tuple[int, int],
    below: tuple[int, int] | None,
    after: tuple[int, int] | None,
    known: Words,
) -> Attribution | None:
    """The speaker that the line `below` names, where the quotation ends the line that it stands in.

    A line `after` that has a dash too makes both items of a list.
    """
    if (after is not None and text[after[0]] in DASHES) or (
        below is None
        or below[1] - below[0] > LONGEST
        or text[scope.outer_end : line[1]].strip(CLOSERS + ". ")
    ):
        return None
    span = signature(text, *below, known)
    return Attribution(Speaker(*span, "name", 0, 0), "signed", None, False, 1) if span else None


def signature(text: str, start: int, end: int, known: Words) -> Span | None:
    """Where a line of a dash and a name has the name, without a title before it."""
    if (posted := HANDLED.match(text, start, end)) and not SIGNED.match(text, start, end):
        name = LETTERS.search(text, *posted.span("name"))  # without the pictures beside it
        return Span(*(name.span() if name else posted.span("handle")))
    m = SIGNED.match(text, start, end) or NOMINAL.match(text, start, end)
    if m is None:
        return None
    at = TITLES.match(text, *m.span("name"))
    span = Span(at.end() if at else m.start("name"), m.end("name"))
    if posted or (_nominal(m["name"], known) if m.re is NOMINAL else _name(m, bool(at), text, end, known)):
        return span
    return None


def _name(m: re.Match[str], titled: bool, text: str, end: int, known: Words) -> bool:
    """Whether a line is a person's name and what describes it, and not an item, a dateline or a credit."""
    words = m["name"].split()
    first = words[0] in known.first or titled
    if len(words) == 1 and not first and words[0] not in _lasts(text, known):
        return False
    if words[0] in CREDITS - known.first.keys() or words[-1] in CREDITS:
        return False
    if not first and (words[-1] in known.org_words | known.places or " ".join(words[:2]) in known.places):
        return False
    rest = text[m.end() : end]
    digits = any(c.isdigit() for c in AGE.sub("", rest))
    return (first or not digits) and not _tells(rest)


@lru_cache(maxsize=8)
def _lasts(text: str, known: Words) -> frozenset[str]:
    """The words that the text has behind a first name."""
    return frozenset(m[2] for m in BEHIND.finditer(text) if m[1] in known.first)


def _tells(rest: str) -> bool:
    """Whether words have a finite verb that no relative pronoun takes."""
    before = re.split(r"\b(?:who|whose|which|that)\b", rest, maxsplit=1)[0]
    return DONE.search(before) is not None or any(m[0] in VERBS for m in SMALL.finditer(before))


def _nominal(name: str, known: Words) -> bool:
    """Whether a description is of a person: a role or trade as its head, nothing told."""
    m = HEAD.match(name)
    if m is None or _tells(name) or any(c.isdigit() for c in name):
        return False
    head = m["head"].split()[-1].casefold()
    return head in known.roles or (head.endswith(AGENT) and head not in NEVER)
