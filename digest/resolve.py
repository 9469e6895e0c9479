"""What needs two findings of one text: pronoun to person, last name to full name.

A speaker's words are followed to a person: a name to the full name in the
text, a pronoun to the person last spoken of whose gender fits, a definite
phrase (the employee) to the speaker it repeats, a headline's quote to who
says the same words in the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from digest import editor
from digest.annotate.mentions_names import NICKNAME, Words, words
from digest.model import Document, Evidence, Indirect, KnownName, Mention, Quote, QuoteOverride
from digest.rules import Rules
from digest.text import Span

HE = frozenset("he him his He His".split())
SHE = frozenset("she her She Her".split())
THEY = frozenset("they They we We them their".split())
NEAR = 1500  # characters back that a pronoun looks for its person


@dataclass(frozen=True, slots=True)
class Person:
    """A mention of a person with the full name and gender."""

    at: int
    end: int
    name: str
    gender: str


def resolved(document: Document, rules: Rules, evidence: Sequence[Evidence] = ()) -> Document:
    """The document with speakers' full names filled in and the editor's word on quotes applied."""
    lists = rules.once(words)
    text = document.body.value
    full = _full_names(document, evidence)
    people = _people(document, full, text, lists)
    body = [q for q in document.quotes if q.part == "body"]
    done = _speakers(body, Names(people, tuple(m for m in document.mentions if m.part == "body"), text))
    done = [_same_words(q, done) for q in done]
    heads = [_same_words(q, done) for q in document.quotes if q.part != "body"]
    quotes = sorted([*done, *heads], key=lambda q: (q.part != "body", q.part, q.start, q.end))
    return replace(
        document,
        quotes=tuple(_overridden(quotes, document, evidence)),
        indirect=tuple(_indirect(document, done, Names(people, (), text))),
    )


def _full_names(document: Document, evidence: Sequence[Evidence]) -> dict[str, str]:
    """The full name of each person entity: the editor's, else as the text first gives it."""
    out = {e.entity: e.name for e in evidence if isinstance(e, KnownName) and e.kind == "person"}
    for m in document.mentions:
        if m.kind == "person" and m.entity and " " in m.text:
            out.setdefault(m.entity, NICKNAME.sub("", m.text))
    return out


def _people(document: Document, full: dict[str, str], text: str, lists: Words) -> list[Person]:
    """Every mention of a person in the body, with gender where the text or the first name tells it."""
    genders: dict[str, str] = {}
    for m in document.mentions:
        if m.kind != "person" or not m.entity or m.part != "body":
            continue
        title = re.search(r"(\w+)\.? \Z", text[max(0, m.start - 14) : m.start])
        told = lists.titles.get(title[1], "n") if title else "n"
        if told == "n":
            told = lists.first.get(full.get(m.entity, m.text).split()[0], "n")
        if told != "n" and m.entity not in genders:
            genders[m.entity] = told
    return [
        Person(m.start, m.end, full.get(m.entity, m.text), genders.get(m.entity, "n"))
        for m in document.mentions
        if m.kind == "person" and m.entity and m.part == "body"
    ]


@dataclass(frozen=True, slots=True)
class Names:
    """What a speaker's words may be followed to: the body's people, all its names, its text."""

    people: Sequence[Person]
    mentions: Sequence[Mention]
    text: str


def _speakers(quotes: Sequence[Quote], names: Names) -> list[Quote]:
    """The quotes, left to right, each with its speaker's full name."""
    out: list[Quote] = []
    chain: list[Quote] = []
    for q in quotes:
        done = replace(q, speaker_full=_full(q, names, chain))
        out.append(done)
        if done.speaker_full:
            chain.append(done)
    return out


def _full(q: Quote | Indirect, names: Names, chain: Sequence[Quote]) -> str | None:
    """The full name behind a speaker's words."""
    if q.speaker is None or q.speaker_span is None:
        return None
    at = q.speaker_span.start
    named = [p for p in names.people if p.at < q.speaker_span.end and at < p.end]
    if named:
        return named[-1].name
    if q.speaker in HE or q.speaker in SHE:
        return _pronoun(q, at, names, chain)
    earlier = next((c for c in reversed(chain) if c.speaker_span == q.speaker_span), None)
    if earlier:
        return earlier.speaker_full
    return _program(q.speaker, q.speaker_span, names, chain) or _nominal(q.speaker, chain) or q.speaker


def _program(said: str, span: Span, names: Names, chain: Sequence[Quote]) -> str | None:
    """The name of a program that speaks, with its maker's where the text gives it (DeepSeek’s R1)."""
    products = [m for m in names.mentions if m.kind == "product"]
    here = next((m for m in products if m.start < span.end and span.start < m.end), None)
    if here is None:
        if not PROGRAM.match(said):
            return None
        spoken = {c.speaker_full for c in chain}
        earlier = [_program_name(m, products, names.text) for m in products if m.end <= span.start]
        return next((n for n in reversed(earlier) if n in spoken), None)
    return _program_name(here, products, names.text)


PROGRAM = re.compile(
    r"(?:the|The|this) (?:\w+ )?(?:model|chatbot|bot|program|assistant|system|software|app|tool|AI)\Z"
)
OWNER = re.compile(r"([A-Z][\w&-]*)[’']s \Z")


def _program_name(m: Mention, products: Sequence[Mention], text: str) -> str:
    longer = next((p.text for p in products if p.text.endswith(f" {m.text}")), None)
    owner = OWNER.search(text, max(0, m.start - 40), m.start)
    return longer or (f"{owner[1]} {m.text}" if owner else m.text)


def _pronoun(q: Quote | Indirect, at: int, names: Names, chain: Sequence[Quote]) -> str | None:
    """The person a pronoun at `at` stands for: the last named outside quotations whose gender fits."""
    wanted = "m" if q.speaker in HE else "f"
    people = names.people
    fits = [p for p in people if p.end <= at and at - p.at < NEAR and p.gender in (wanted, "n")]
    outside = [p for p in fits if not any(c.start <= p.at < c.end for c in chain)]
    last = chain[-1] if chain else None
    if last and last.speaker_full and at - last.end < NEAR:
        gender = next((p.gender for p in people if p.name == last.speaker_full), None)
        newer = [p for p in outside if last.speaker_span and p.at > max(last.end, last.speaker_span.end)]
        if gender in (wanted, "n") and not newer:
            return last.speaker_full
    if not outside:
        return None
    # the subject of the sentence before stands first in it: prefer the earliest name of the last paragraph that has one
    paragraph = names.text.rfind("\n", 0, outside[-1].at)
    return next(p.name for p in outside if p.at > paragraph)


def _nominal(said: str, chain: Sequence[Quote]) -> str | None:
    """The earlier speaker that a definite phrase repeats (an anonymous employee … the employee)."""
    m = re.match(r"(?:the|The|this|that)\s+(?:[\w-]+\s+)*?([\w-]+)\Z", said)
    if not m:
        return None
    for c in reversed(chain):
        if c.speaker_full and re.search(rf"\b{re.escape(m[1])}\b", c.speaker_full):
            return c.speaker_full
    return None


def _same_words(q: Quote, body: Sequence[Quote]) -> Quote:
    """A quote without a speaker (a headline's) with the one who says the same words in the body."""
    if q.speaker or q.kind == "title":
        return q if q.speaker_full or not q.speaker else replace(q, speaker_full=q.speaker)
    key = f" {_plain(q.text)} "
    if key.count(" ") < 3 or (q.kind == "term" and q.part == "body"):  # one word proves nothing
        return q
    same = next((b for b in body if b.speaker and b.start != q.start and key in f" {_plain(b.text)} "), None)
    if same is None:
        return q
    kind = "partial" if q.kind == "term" else q.kind
    why = "the same words are attributed elsewhere in the text"
    return replace(
        q, kind=kind, speaker_full=same.speaker_full, rule="quote.same-words", cert="high", why=why
    )


def _plain(said: str) -> str:
    return re.sub(r"\W+", " ", said.lower()).strip()


def _indirect(document: Document, quotes: Sequence[Quote], names: Names) -> Iterable[Indirect]:
    for i in document.indirect:
        yield replace(i, speaker_full=_full(i, names, [q for q in quotes if q.end <= i.start]))


def _overridden(quotes: Sequence[Quote], document: Document, evidence: Sequence[Evidence]) -> list[Quote]:
    """The quotes with the editor's word on them: a speaker, a kind."""
    out = list(quotes)
    for e in evidence:
        if not isinstance(e, QuoteOverride):
            continue
        for n, q in enumerate(out):
            spans = editor.places(document.part_text(q.part).value, e.target)
            if any(s.start < q.end and q.start < s.end for s in spans):
                out[n] = _corrected(q, e)
    return out


def _corrected(q: Quote, e: QuoteOverride) -> Quote:
    kind = e.kind or q.kind
    nobody = kind in ("term", "title") and not e.speaker
    full = None if nobody else e.speaker or q.speaker_full
    said, span = (None, None) if nobody else (q.speaker, q.speaker_span)
    why = e.note or "the editor's decision"
    return replace(
        q,
        kind=kind,
        speaker=said,
        speaker_span=span,
        speaker_full=full,
        rule="quote.editor",
        cert="high",
        why=why,
        note=e.note or q.note,
    )
