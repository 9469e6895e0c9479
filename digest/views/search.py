"""The search page: everything with a name, A to Z, and what a search can be narrowed to."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from digest.views.known import Known, address_of
from digest.views.page import Link

KINDS = ("person", "organisation", "product", "place", "story", "article", "conflict", "quote", "figure")


@dataclass(frozen=True, slots=True)
class SearchLine:
    """Something that can be found by its name."""

    text: str
    href: str
    kind: str


@dataclass(frozen=True, slots=True)
class Letter:
    """All names that begin with one letter."""

    letter: str
    id: str
    lines: tuple[SearchLine, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """The A to Z, and the choices of the filters: of `outlets` and `people`, `href` is the id."""

    letters: tuple[Letter, ...]
    kinds: tuple[str, ...]
    outlets: tuple[Link, ...]
    people: tuple[Link, ...]


def search(known: Known) -> SearchView:
    """Everything with a name, A to Z: people, organisations, products, outlets, headlines, stories."""
    lines = [SearchLine(e.name, address_of(e), e.kind) for e in known.site.entities]
    lines += [SearchLine(o.name, f"src/{o.id}/", "outlet") for o in known.site.outlets]
    lines += [SearchLine(s.title, f"s/{s.id}/", "story") for s in known.site.stories]
    lines += [SearchLine(a.title, f"a/{a.id}/", "article") for a in known.standing]
    groups: dict[str, list[SearchLine]] = {}
    for line in sorted(lines, key=lambda x: (_folded(x.text), x.kind, x.href)):
        groups.setdefault(_initial(line.text), []).append(line)
    letters = sorted(groups, key=lambda k: (k == "#", k))
    made = tuple(Letter(k, f"at-{k.lower() if k != '#' else 'other'}", tuple(groups[k])) for k in letters)
    return SearchView(made, _kinds(known), _outlets(known), _people(known))


def _kinds(known: Known) -> tuple[str, ...]:
    """The kinds of which there is one."""
    there = {e.kind for e in known.site.entities}
    many = {
        "story": known.site.stories,
        "article": known.standing,
        "conflict": known.site.conflicts,
        "quote": known.quotes_in,
        "figure": known.figures_in,
    }
    return tuple(k for k in KINDS if k in there or many.get(k))


def _outlets(known: Known) -> tuple[Link, ...]:
    """The outlets with a text that stands, by name."""
    there = [o for o in known.site.outlets if known.articles_of(o)]
    return tuple(Link(o.name, o.id) for o in sorted(there, key=lambda o: (_folded(o.name), o.id)))


def _people(known: Known) -> tuple[Link, ...]:
    """The people that a text names, by name."""
    there = [e for e in known.site.entities if e.kind == "person" and known.seen_in.get(e.id)]
    return tuple(Link(e.name, e.id) for e in sorted(there, key=lambda e: (_folded(e.name), e.id)))


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return plain.lstrip(" \"'(") or text.casefold()


def _initial(text: str) -> str:
    first = _folded(text)[:1].upper()
    return first if "A" <= first <= "Z" else "#"
