"""What fills a slot in each text, and whether two texts fill it differently.

Seven slots: where something was published, who said it, somebody's role, who
owns a firm, what a product is compared with, what a figure is, which word was
said (that one is found in `slips.py` and `contraries.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from digest.across import Claim, FigureGroup, Numeral, Slot, Spoken, Utterance, Venue
from digest.ids import slug
from digest.link.speakers import name_of
from digest.link.words import Weights, tokens
from digest.rules import Rules, rules_for
from digest.site import Reading
from digest.text import Cert

MOST = 100  # comparisons of one product that are looked at
OWNED = 7  # words that two people hardly say alike; fewer may be a slogan
QUOTED = 12  # words of a sentence that a question repeats
ALIKE = 2  # telling words, besides the names, that two comparisons must share to be one


class Filled(NamedTuple):
    """A slot as one text fills it: the value to compare, and the reading to show."""

    value: frozenset[str]
    reading: Reading
    emended: bool = False


class Proposal(NamedTuple):
    """A slot that texts fill differently: whose it is, the question, and what each text has.

    `keys` name its address: the first its own, the others those that it could
    have had with fewer texts.
    """

    slot: Slot
    about: str
    keys: tuple[str, ...]
    question: str
    filled: tuple[Filled, ...]
    cert: Cert


class Held(NamedTuple):
    """A claim, whose it is (an entity's id), what that is called, and the name of the entity that its words mean ("": none)."""

    article: str
    claim: Claim
    entity: str
    name: str
    meant: str = ""


def values(filled: Iterable[Filled]) -> dict[str, frozenset[str]]:
    """What each text has, all its readings together."""
    out: dict[str, frozenset[str]] = {}
    for f in filled:
        if f.value:
            out[f.reading.article] = out.get(f.reading.article, frozenset()) | f.value
    return out


def differ(filled: Iterable[Filled]) -> bool:
    """Whether two texts fill a slot with nothing in common; a text that has both is no party."""
    held = list(dict.fromkeys(values(filled).values()))
    return any(a.isdisjoint(b) for i, a in enumerate(held[:20]) for b in held[i + 1 : 20])


def venues(
    said: Sequence[Utterance], quotes: Sequence[str], held: Mapping[str, tuple[str, Venue]]
) -> Iterator[Proposal]:
    """Where something was published: by the quotes of sentences that several texts have, and no others.

    `said` are sentences of one occasion, `quotes` all of its quotes, by which
    it may be called; `held` gives the article and venue of a quote.
    """
    filled: dict[tuple[str, frozenset[str]], Filled] = {}
    shared = sorted({m.quote for u in said for m in u.members if m.via != "reported" and m.quote})
    for q in shared:
        if q in held:
            article, v = held[q]
            value = bare(v.name) or frozenset((v.name.casefold(),))
            filled.setdefault(
                (article, value), Filled(value, Reading(article, v.name, v.exact, v.start, v.end, q))
            )
    if differ(filled.values()):
        speaker = next((u.speaker for u in said if u.person), said[0].speaker)
        question = f"Where did {speaker or 'the speaker'} publish or say this?"
        cert: Cert = "high" if any(u.person for u in said) else "medium"
        own = said[0].statement or said[0].id
        keys = tuple(dict.fromkeys((own, *quotes, *shared)))
        yield Proposal("venue", own, keys, question, tuple(filled.values()), cert)


def said_by(u: Utterance, spoken: Mapping[str, Spoken], person: Mapping[str, str]) -> Iterator[Proposal]:
    """Who said a sentence that texts have word for word from two people of different names.

    `spoken` has its witnesses by id, `person` the page of each one's speaker.
    """
    filled: list[Filled] = []
    for m in u.members:
        s = spoken.get(m.id)
        name = name_of(s.speaker) if s else None
        if s and name and m.via != "reported" and len(s.stems) >= OWNED:
            words = s.full or s.speaker
            own = {slug(name.last), person.get(m.id) or slug(name.last)}
            start, end = (m.start, m.end) if m.part == "body" else (-1, -1)
            filled.append(Filled(frozenset(own), Reading(m.article, words, m.text, start, end, m.quote)))
    if differ(filled):
        names = list(dict.fromkeys(f.reading.words for f in filled))
        question = f"Who said “{_short(u.members[0].text)}”: {' or '.join(names[:3])}?"
        keys = (u.id, *(m.id for m in u.members[1:] if m.id in spoken))
        yield Proposal("speaker", u.id, keys, question, tuple(filled), "medium")


def _short(text: str) -> str:
    words = text.strip(" ,;").split()
    return " ".join(words[:QUOTED]) + (" …" if len(words) > QUOTED else "")


def claimed(slot: Slot, key: str, found: Sequence[Held], weights: Weights) -> Iterator[Proposal]:
    """What claims on one slot come to, where two texts make them."""
    if len({h.article for h in found}) < 2:
        return
    if slot == "role":
        yield from _roles(key, found)
    elif slot == "owner":
        yield from _owners(key, found)
    elif slot == "compared":
        yield from _compared(key, found, weights)


def filled(h: Held, value: frozenset[str]) -> Filled:
    """A claim as one filling of its slot."""
    c = h.claim
    return Filled(value, Reading(h.article, c.words, c.sentence, c.start, c.end), c.emended)


def _roles(key: str, found: Sequence[Held]) -> Iterator[Proposal]:
    """The same office under two ranks: "chief engineer", "senior engineer"."""
    by_office: dict[str, list[Filled]] = {}
    for h in found:
        for office, rank in offices(h.claim.words):
            if rank:
                by_office.setdefault(office, []).append(filled(h, rank))
    for office, held in sorted(by_office.items()):
        if differ(held):
            question = f"What is {found[0].name}’s post: which {office}?"
            also = (f"{h.claim.key}-{h.article}:{office}" for h in found if h.entity != h.claim.key)
            keys = (f"{key}:{office}", *also)
            yield Proposal("role", key, keys, question, tuple(held), "medium")


def offices(words: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Each office in a role with the ranks before it: "senior AI scientist" -> scientist, {senior}."""
    lists = rules_for().once(_offices)
    text = " ".join(w.strip(".,()").casefold() for w in words.split())
    for alias, plain in lists.same:
        text = re.sub(rf"\b{re.escape(alias)}\b", plain, text)
    held: list[str] = []
    for word in re.split(r"[\s/]+", text):
        if word in lists.office and word not in lists.rank:
            yield word, frozenset(w for w in held[-3:] if w in lists.rank)
            held = []
        elif word in ("and", "of", "at", "in", "for"):
            held = []
        else:
            held.append(word)


def same_roles() -> tuple[tuple[str, str], ...]:
    """Roles in their long and their short form: ("chief executive", "ceo")."""
    return rules_for().once(_offices).same


class Offices(NamedTuple):
    """The word lists that tell offices from ranks."""

    office: frozenset[str]
    rank: frozenset[str]
    same: tuple[tuple[str, str], ...]


def _offices(rules: Rules) -> Offices:
    same = [line.split(" ", 1) for line in rules.words("link-claims", "same-role")]
    return Offices(
        frozenset(rules.words("link-claims", "role")),
        frozenset(rules.words("link-claims", "rank")),
        tuple(sorted(((b, a) for a, b in same), key=lambda p: -len(p[0]))),
    )


def _owners(key: str, found: Sequence[Held]) -> Iterator[Proposal]:
    """Two owners that share no word of their names."""
    held = tuple(filled(h, bare(h.claim.words) | bare(h.meant)) for h in found)
    if differ(held):
        yield Proposal("owner", key, (key,), f"Who owns {found[0].name}?", held, "medium")


def bare(name: str) -> frozenset[str]:
    """The words of a name that tell it from others."""
    return frozenset(t.stem.casefold() for t in tokens(name)) - {
        "the",
        "of",
        "and",
        "inc",
        "group",
        "compani",
    }


def _compared(key: str, found: Sequence[Held], weights: Weights) -> Iterator[Proposal]:
    """Two products that one is said to equal, in sentences that say it in like words."""
    subject, _, how = key.partition(":")
    own = bare(found[0].name) | bare(subject)
    near = [
        h
        for h in found
        if any(x.article != h.article and _like(h.claim, x.claim, own, weights) >= ALIKE for x in found)
    ]
    forms = {h: _form(h) for h in near[:MOST]}
    shortest = sorted(set(forms.values()), key=lambda f: (len(f), sorted(f)))
    held = tuple(filled(h, next(f for f in shortest if f <= own)) for h, own in forms.items())
    held = tuple(f._replace(value=frozenset((" ".join(sorted(f.value)),))) for f in held)
    if differ(held):
        verb = "beat" if how == "beats" else "equal"
        question = f"Which product is {found[0].name} said to {verb}?"
        yield Proposal("compared", subject, (key,), question, held, "medium")


def _form(h: Held) -> frozenset[str]:
    """What tells a product from others: the words of its entity's name, else those of the text."""
    return frozenset((h.meant or h.claim.words).casefold().split())


def _like(a: Claim, b: Claim, own: frozenset[str], weights: Weights) -> int:
    left, right = ({t.stem for t in tokens(c.sentence) if weights.of(t.stem) > 1} for c in (a, b))
    names = own | bare(a.words) | bare(b.words)
    return len({s for s in left & right if s.casefold() not in names})


def amount(g: FigureGroup, held: Mapping[str, tuple[str, Numeral]]) -> Proposal:
    """The values of a figure that should be the same; `held` gives the article of each."""
    rows = []
    for f in g.figures:
        article, n = held[f]
        reading = Reading(article, n.item.text, n.sentence, n.item.start, n.item.end)
        rows.append(Filled(frozenset((n.item.text,)), reading))
    told = list(dict.fromkeys(f.reading.words for f in rows))
    counted = not bare(g.subject) - bare(" ".join(told))  # the subject is what is counted, and no more
    question = f"Which is it: {' or '.join(told[:3])}?" if counted else f"How much is it: {g.subject}?"
    return Proposal("value", g.id, (g.id, *g.figures), question, tuple(rows), "low")
