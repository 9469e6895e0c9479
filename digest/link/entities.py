"""People, organisations and products across articles: names to pages.

The editor's entities come first, with all their names. A name that no editor
knows gets a page of its own from the mentions. Two things of one name are
never joined silently: a name that two of the editor's entities bear stands
for neither, and unknown people of one name whose texts have nothing else in
common are kept apart when their roles differ, and doubted when there is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from digest.across import Described, Review
from digest.ids import slug as slugged
from digest.link.namesakes import SAID_NOTHING, Bearer, Group, descriptions, grouped
from digest.link.register import FOLDERS
from digest.link.units import Text
from digest.model import MentionKind
from digest.site import Appearance, Article, Entity, Role

PAGED: tuple[MentionKind, ...] = ("person", "organisation", "product")
SHARED_NOTHING = "the texts describe them in words that share nothing"
SAID_LITTLE = "nothing in these texts says that they mean one"
MARKDOWN = re.compile(r"[\\`*_\[\]<>#|!()&]")
Key = tuple[MentionKind, str]
slug = lru_cache(maxsize=50_000)(slugged)  # names are looked up anew with every text that comes


@dataclass(frozen=True, slots=True)
class Registry:
    """Entities by id, and the ids behind each name.

    `by_key` leads from a mention's kind and entity to an id, `apart` the same
    for one article where that differs. `review` is for the editor. `also` are
    addresses that a page of another set of articles could have had, and where
    its thing is now.
    """

    entities: tuple[Entity, ...]
    by_name: Mapping[str, str]
    by_key: Mapping[Key, str]
    apart: Mapping[tuple[str, Key], str]
    names_apart: Mapping[tuple[str, str], str]
    review: tuple[Review, ...] = ()
    also: Mapping[str, str] = field(default_factory=dict)

    def find(self, name: str | None, article: str = "") -> str:
        """The id of the entity that bears this name in this article; "" when none does."""
        if not name:
            return ""
        plain = folded(name)
        return self.names_apart.get((article, plain)) or self.by_name.get(plain, "")

    def owner(self, kind: MentionKind, key: str | None, article: str) -> str:
        """The id of the entity that a text means by a key; "" when it has no page."""
        if not key:
            return ""
        return self.apart.get((article, (kind, key))) or self.by_key.get((kind, key), "")

    def names_that_differ(self, other: Registry) -> Differing:
        """Names that mean another entity there, or one that is called otherwise; and texts in which they do."""
        names = tuple({e.id: e.name for e in r.entities} for r in (self, other))
        folds = {
            n
            for n in self.by_name.keys() | other.by_name.keys()
            if _named(n, self, names[0]) != _named(n, other, names[1])
        }
        pairs = self.names_apart.keys() | other.names_apart.keys()
        return Differing(
            frozenset(folds),
            frozenset(
                p[0]
                for p in pairs
                if _meant(self.names_apart.get(p), names[0]) != _meant(other.names_apart.get(p), names[1])
            ),
        )


class Differing(NamedTuple):
    """Folded names, and articles."""

    names: frozenset[str]
    articles: frozenset[str]


def _named(name: str, r: Registry, names: Mapping[str, str]) -> tuple[str, str]:
    return _meant(r.by_name.get(name), names)


def _meant(entity: str | None, names: Mapping[str, str]) -> tuple[str, str]:
    return entity or "", names.get(entity or "", "")


class Said:
    """What each text says of people, by article and the person's key."""

    def __init__(self, texts: Iterable[Text]) -> None:
        self._texts = {t.id: t for t in texts}
        self._described: dict[tuple[str, str], Described] = {
            (t.id, d.key): d for t in self._texts.values() for d in t.facts.described
        }
        self._company: dict[str, frozenset[str]] = {}
        self.titles = {t.id: t.title for t in self._texts.values()}

    def groups(self, name: str, articles: Iterable[str]) -> list[Group]:
        """The articles that name somebody, by who they seem to mean."""
        return grouped(name, (self._bearer(name, a) for a in articles))

    def _bearer(self, name: str, article: str) -> Bearer:
        if article not in self._company:
            names = self._texts[article].facts.names
            self._company[article] = frozenset(n.key for n in names if n.kind in PAGED)
        year = self._texts[article].date[:4]
        said = self._described.get((article, name), SAID_NOTHING)
        return Bearer(article, said, self._company[article], int(year) if year.isdecimal() else 0)


@dataclass(slots=True)
class Building:
    """The registry while it is made."""

    made: dict[str, Entity]
    by_name: dict[str, str]
    by_key: dict[Key, str]
    apart: dict[tuple[str, Key], str]
    names_apart: dict[tuple[str, str], str]
    review: list[Review]
    dated: frozenset[str] = frozenset()  # articles whose date of addition is known
    also: dict[str, str] = field(default_factory=dict)


def registry(editors: Sequence[Entity], texts: Iterable[Text]) -> Registry:
    """All entities with a page: the editor's, then those that mentions name; roles as the texts give them."""
    ordered = sorted(texts, key=lambda t: t.place)
    b = Building({}, {}, {}, {}, {}, [], frozenset(t.id for t in ordered if not t.place[0]))
    doubled = _editors(editors, b)
    forms, where = _mentioned(ordered)
    said = Said(ordered)
    roles = _roles(ordered)
    for key in sorted(forms):
        if key in b.by_key:
            if key[0] == "person":
                _doubled(key, b.made[b.by_key[key]], where[key], b, said)
            continue
        name = max(forms[key], key=lambda n: (len(n.split()), forms[key][n], n))
        owner = b.by_name.get(folded(name))
        if owner and b.made[owner].kind == key[0]:
            b.by_key[key] = owner
            if key[0] == "person":
                _doubled(key, b.made[owner], where[key], b, said)
        elif slug(name) and folded(name) not in doubled:
            _unknown(key, name, where[key], b, said)
    b.review.extend(_short(b, forms))
    given = {e: tuple(r) for e, r in _given(roles, b).items()}
    entities = sorted(b.made.values(), key=lambda e: (e.name.casefold(), e.id))
    return Registry(
        tuple(replace(e, roles=given[e.id]) if e.id in given else e for e in entities),
        b.by_name, b.by_key, b.apart, b.names_apart,
        tuple(sorted(set(b.review), key=lambda r: (r.kind, r.name, r.ids))), b.also,
    )  # fmt: skip


def naming(t: Text) -> tuple[object, ...]:
    """All that a text gives to the registry."""
    names = tuple((n.kind, n.key, n.forms) for n in t.facts.names)
    roles = tuple((c.key, c.now or c.words) for c in t.facts.claims if c.slot == "role")
    return t.id, t.place, names, roles, t.facts.described, t.title, t.date


def _editors(editors: Sequence[Entity], b: Building) -> set[str]:
    """Take in the editor's entities; gives the names that two of them bear."""
    bearers: dict[str, dict[str, Entity]] = {}
    for e in editors:
        b.made[e.id] = e
        b.by_key[e.kind, e.id] = e.id
        for name in (e.name, *e.aliases):
            bearers.setdefault(folded(name), {})[e.id] = e
    doubled = set()
    for name, held in sorted(bearers.items()):
        people = [e for e in held.values() if e.kind == "person"]
        if len(people) > 1:
            ids = tuple(sorted(e.id for e in people))
            called = next(n for n in (people[0].name, *people[0].aliases) if folded(n) == name)
            message = f"“{called}” is a name of {len(ids)} people ({', '.join(ids)}): no text’s use of it is joined to either"
            b.review.append(Review("same-name", called, message, ids))
            doubled.add(name)
            continue
        first = next(iter(held.values()))
        b.by_name[name] = first.id
        b.by_key.setdefault((first.kind, slug(name)), first.id)
    return doubled


def _unknown(key: Key, name: str, texts: Sequence[str], b: Building, said: Said) -> None:
    """A page for a name that no editor knows, or several where the texts mean several."""
    kind = key[0]
    groups = said.groups(key[1], texts) if kind == "person" else [Group(list(texts))]
    bearers = [g.texts for g in groups]
    first = _first(bearers, b.dated)
    if first is None:
        _name_page(key, name, groups, b, said.titles)
    ids = []
    for held in bearers:
        new = slug(name) if held is first else f"{slug(name)}-{held[0]}"
        while new in b.made:  # taken by an entity of another kind
            new += f"-{kind}"
        b.made[new] = Entity(new, kind, name)
        ids.append(new)
        _point(key, name, held, new, b, held is first)
        b.review.append(
            Review("unknown", name, f"no file of the editor’s knows this {kind}", (new,), tuple(held))
        )
    if len(ids) > 1:
        called = ", ".join(descriptions(groups, said.titles))
        message = f"“{name}” seems to be {len(ids)} people: {called}"
        b.review.append(Review("same-name", name, message, tuple(ids), tuple(texts)))
    for g, new in zip(groups, ids, strict=True):
        for doubtful, why in ((g.doubtful, SHARED_NOTHING), (g.unsure, SAID_LITTLE)):
            if doubtful:
                message, texts = f"“{name}” may be two people: {why}", (g.texts[0], *doubtful)
                b.review.append(Review("same-name", name, message, (new,), texts, doubtful is g.unsure))


def _doubled(key: Key, owner: Entity, texts: Sequence[str], b: Building, said: Said) -> None:
    """A doubt where texts describe a person that the editor knows as if there were two."""
    groups = said.groups(key[1], texts)
    if len(groups) > 1 and owner.by == "editor":
        called = ", ".join(descriptions(groups, said.titles))
        message = f"“{owner.name}” may be {len(groups)} people, all joined to `{owner.id}`: {called}"
        b.review.append(Review("same-name", owner.name, message, (owner.id,), tuple(texts)))


def _point(key: Key, name: str, held: Sequence[str], new: str, b: Building, plain: bool) -> None:
    """Lead a bearer's texts, and the addresses it could have had, to its page."""
    folder = FOLDERS[key[0]]
    if plain:
        b.by_key[key] = new
        b.by_name.setdefault(folded(name), new)
        old = [slug(name)]
    else:
        old = [f"{slug(name)}-{a}" for a in held]
        for a in held:
            b.apart[a, key] = new
            b.names_apart[a, folded(name)] = new
    b.also.update((f"{folder}/{o}/", f"{folder}/{new}/") for o in old if o != new)


def _escaped(m: re.Match[str]) -> str:
    return "\\" + m[0]


def _first(bearers: Sequence[list[str]], dated: frozenset[str]) -> list[str] | None:
    """Who had the plain address before the others came; None when the dates cannot tell.

    The texts of a bearer stand first added first. A text without a date may
    be older than any other, so only the first bearer may have one.
    """
    if len(bearers) > 1 and (
        bearers[0][0] not in dated or any(a not in dated for h in bearers[1:] for a in h)
    ):
        return None
    return bearers[0]


def _name_page(key: Key, name: str, groups: Sequence[Group], b: Building, titles: Mapping[str, str]) -> None:
    """The plain address of a name that was one person's, nobody knows whose: it leads to all of them."""
    new = slug(name)
    while new in b.made:
        new += f"-{key[0]}"
    where = ", ".join(
        f"[{MARKDOWN.sub(_escaped, f'{name}, {called}')}](/{FOLDERS[key[0]]}/{slug(name)}-{g.texts[0]}/)"
        for g, called in zip(groups, descriptions(groups, titles), strict=True)
    )
    about = f"{len(groups)} people in the texts seem to bear this name: {where}."
    b.made[new] = Entity(new, key[0], name, about=about)
    _point(key, name, (), new, b, True)


def _short(b: Building, forms: Mapping[Key, Counter[str]]) -> Iterator[Review]:
    """Bare surnames that a full name elsewhere may explain: kept apart, for the editor to join."""
    full: dict[str, list[str]] = {}
    for e in b.made.values():
        if e.kind == "person" and " " in e.name:
            full.setdefault(folded(e.name).split()[-1], []).append(e.id)
    for key in sorted(forms):
        own = b.made.get(b.by_key.get(key, ""))
        if key[0] == "person" and own and own.by == "machine" and " " not in own.name:
            found = full.get(folded(own.name))
            if found:
                yield Review("short", own.name, f"“{own.name}” may be one of these", (own.id, *sorted(found)))


def _mentioned(texts: Sequence[Text]) -> tuple[dict[Key, Counter[str]], dict[Key, list[str]]]:
    """The forms of each entity that texts name, and the texts that name it."""
    forms: dict[Key, Counter[str]] = {}
    where: dict[Key, list[str]] = {}
    for t in texts:
        for n in t.facts.names:
            if n.kind in PAGED:
                key = (n.kind, n.key)
                if key not in forms:
                    forms[key], where[key] = Counter(), []
                for form, times in n.forms:
                    forms[key][form] += times
                where[key].append(t.id)
    return forms, where


def _roles(texts: Iterable[Text]) -> dict[tuple[str, str], list[str]]:
    """What each text, as shown, calls each person, by article and the person's key.

    A claim has the words of the witness, since conflicts are made of them; a
    page shows what the text says now.
    """
    out: dict[tuple[str, str], list[str]] = {}
    for t in sorted(texts, key=lambda t: t.id):
        for c in t.facts.claims:
            if c.slot == "role":
                out.setdefault((t.id, c.key), []).append(c.now or c.words)
    return out


def _given(roles: Mapping[tuple[str, str], list[str]], b: Building) -> dict[str, list[Role]]:
    out: dict[str, list[Role]] = {}
    for (article, name), words in roles.items():
        key: Key = ("person", name)
        owner = b.apart.get((article, key)) or b.by_key.get(key, "")
        if owner:
            out.setdefault(owner, []).extend(Role(w, article) for w in dict.fromkeys(words))
    return out


def appearances(articles: Sequence[Article], known: Registry) -> Iterable[Appearance]:
    """Where each entity is named, by article, then by entity."""
    for a in articles:
        found: dict[str, list[tuple[str, int, int]]] = {}
        for m in a.shown.mentions:
            owner = known.owner(m.kind, m.entity, a.id)
            if owner:
                found.setdefault(owner, []).append((m.part, m.start, m.end))
        for owner, spans in sorted(found.items()):
            yield Appearance(owner, a.id, len(spans), tuple(spans))


def folded(name: str | None) -> str:
    """A name as it is looked up."""
    return " ".join((name or "").casefold().split())
