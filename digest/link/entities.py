"""People, organisations and products across articles: names to pages.

The editor's entities come first; a name that no editor knows gets a page of
its own from the mentions, by its full name. Two things of one name are not
told apart here, so nothing is joined that differs in kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from digest.ids import slug
from digest.model import Mention, MentionKind
from digest.site import Appearance, Article, Entity

PAGED: tuple[MentionKind, ...] = ("person", "organisation", "product")


@dataclass(frozen=True, slots=True)
class Registry:
    """Entities by id, and the ids behind each name."""

    entities: tuple[Entity, ...]
    by_name: Mapping[str, str]
    by_key: Mapping[tuple[MentionKind, str], str]

    def find(self, name: str | None) -> str:
        """The id of the entity that bears this name; "" when none does."""
        return self.by_name.get(_fold(name), "") if name else ""


def registry(editors: Sequence[Entity], articles: Sequence[Article]) -> Registry:
    """All entities with a page: the editor's that occur, then those the mentions name."""
    by_name: dict[str, str] = {}
    by_key: dict[tuple[MentionKind, str], str] = {}
    made: dict[str, Entity] = {}
    for e in editors:
        made[e.id] = e
        by_key[e.kind, e.id] = e.id
        for name in (e.name, *e.aliases):
            by_name.setdefault(_fold(name), e.id)
            by_key.setdefault((e.kind, slug(name)), e.id)
    for (kind, key), name in sorted(_full_names(articles).items()):
        if (kind, key) in by_key:
            continue
        owner = by_name.get(_fold(name))
        if owner and made[owner].kind == kind:
            by_key[kind, key] = owner
            continue
        new = slug(name)
        if not new:
            continue
        while new in made:  # taken by an entity of another kind
            new += f"-{kind}"
        made[new] = Entity(new, kind, name)
        by_key[kind, key] = new
        by_name.setdefault(_fold(name), new)
    ordered = tuple(sorted(made.values(), key=lambda e: (e.name.casefold(), e.id)))
    return Registry(ordered, by_name, by_key)


def appearances(articles: Sequence[Article], known: Registry) -> Iterable[Appearance]:
    """Where each entity is named, by article, then by entity."""
    for a in articles:
        found: dict[str, list[tuple[str, int, int]]] = {}
        for m in a.shown.mentions:
            owner = known.by_key.get((m.kind, m.entity)) if m.entity else None
            if owner:
                found.setdefault(owner, []).append((m.part, m.start, m.end))
        for owner, spans in sorted(found.items()):
            yield Appearance(owner, a.id, len(spans), tuple(spans))


def _full_names(articles: Sequence[Article]) -> dict[tuple[MentionKind, str], str]:
    """The fullest, then commonest, then first form of each entity that texts name."""
    forms: dict[tuple[MentionKind, str], Counter[str]] = {}
    for a in articles:
        for m in a.shown.mentions:
            if m.entity and m.kind in PAGED:
                forms.setdefault((m.kind, m.entity), Counter())[_plain(m)] += 1
    return {k: max(c, key=lambda n: (len(n.split()), c[n], n)) for k, c in forms.items()}


def _plain(m: Mention) -> str:
    text = " ".join(m.text.split())
    return text[:-2] if text.endswith(("’s", "'s")) else text


def _fold(name: str | None) -> str:
    return " ".join((name or "").casefold().split())
