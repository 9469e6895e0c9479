"""Sentences of quotes with what the site knows of them: whose, and in which article."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from digest.across import Facts, Spoken
from digest.link.speakers import Name, name_of
from digest.site import Article

Place = tuple[bool, float, str]
RECORDED = -1e12  # seconds: before any date


class Text(NamedTuple):
    """A text as it is compared: its facts, and what is known of it from outside its words.

    `place` sorts texts: the first added first, those without a date last,
    then by id. `date` is its own (EDTF, "" if unknown), `copy` what kind of
    copy the editor says it is.
    """

    id: str
    place: Place
    facts: Facts
    title: str = ""
    date: str = ""
    copy: str = ""


def text_stems(text: Text) -> array[int]:
    """The stems of a text's own words, by their numbers, each once."""
    return text.facts.lines.row()


class Unit(NamedTuple):
    """One sentence of one quote. `place` is that of its text, and its number there.

    `called` is the name of the speaker's page, `name` by what two texts can
    tell whether they mean one person.
    """

    place: tuple[bool, float, str, int]
    spoken: Spoken
    person: str
    called: str
    name: Name | None

    @property
    def article(self) -> str:
        """The id of its text."""
        return self.place[2]

    @property
    def order(self) -> Place:
        """The place of its text."""
        return self.place[:3]

    @property
    def key(self) -> tuple[Place, str, int, str]:
        """First-added article first, then as in the text."""
        s = self.spoken
        return (self.order, s.part, s.start, s.id)


def place(a: Article) -> Place:
    """By which articles are sorted: those of the register as it has them, then the first added first, those
    without a date last, then by id.
    """
    if a.recorded >= 0:
        return (False, RECORDED + a.recorded, a.id)
    return (a.added is None, a.added.timestamp() if a.added else 0.0, a.id)


def ranks(articles: Sequence[Article]) -> dict[str, int]:
    """The rank of each article in the order of `place`."""
    return {a.id: i for i, a in enumerate(sorted(articles, key=place))}


def units(text: Text, person: Callable[[str, str], str], names: Mapping[str, str]) -> tuple[Unit, ...]:
    """The sentences of a text's quotes.

    `person` finds the entity that bears a name in an article, `names` has the
    name of each: a quote whose speaker has a page goes by it.
    """
    out = []
    for k, s in enumerate(text.facts.spoken):
        who = person(s.full, text.id) if s.full else ""
        called = names.get(who, "")
        out.append(Unit((*text.place, k), s, who, called, name_of(called or s.speaker)))
    return tuple(out)
