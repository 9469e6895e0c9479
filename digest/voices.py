"""Who stands behind the labels of a dialogue: CALLOWAY is Ruth Calloway, `A:` the one person it is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from digest.model import Document, Quote
from digest.rules import Rules
from digest.turns import SELF, Parties, parties, turns

LABELLED = ("quote.turn", "quote.turn-on")
LONE = ("quote.question", "quote.answer")
SCOTS = re.compile(r"\bMc([a-z])")  # MCDONALD is McDonald; of MACDONALD nobody can say
ANSWER = "A"
OTHERS = re.compile(r"(?:s?he|they)\Z", re.I)
MOST = 100  # names and speakers of one text that are compared


def is_turn(q: Quote) -> bool:
    """Whether a quote is a turn of a dialogue, told by its place and not by marks."""
    return q.rule in LABELLED or q.rule in LONE


def attributed(q: Quote) -> bool:
    """Whether the text says who speaks: in words beside the quote, or by the order of a dialogue."""
    return bool(q.speaker or (is_turn(q) and q.speaker_full))


@lru_cache(maxsize=8)
def named(text: str, rules: Rules) -> Mapping[str, str]:
    """The name that each label of a dialogue stands for, as the text writes it; roles stand for none.

    One word is followed to the one label or name of several words that holds
    it first or last.
    """
    known = rules.once(parties)
    found = turns(text, rules)
    labels = dict.fromkeys(text[t.speaker_start : t.speaker_end] for t in found if t.speaker_start >= 0)
    bare = {x: _untitled(x, known) for x in islice(labels, MOST) if not _role(x, known)}
    whole = {x: _spelt(b, text) for x, b in bare.items() if " " in b}
    full = tuple(dict.fromkeys(whole.values()))
    return whole | {x: n for x, b in bare.items() if x not in whole and (n := _longer(b, full))}


def voiced(document: Document, quotes: Sequence[Quote], rules: Rules) -> list[Quote]:
    """The quotes of the body, those that are turns with full names, `I` within a turn with the turn's, and `he` there never with it."""
    spoken = [q for q in quotes if is_turn(q)]
    if not spoken:
        return list(quotes)
    about = _about(document, spoken)
    names = _names(document, dict.fromkeys(q.speaker for q in spoken if q.speaker), rules)
    if about:
        names[ANSWER] = about
    out: list[Quote] = []
    turn: Quote | None = None
    for q in quotes:
        if is_turn(q):
            full = names.get(q.speaker) if q.speaker else about if q.rule == "quote.answer" else None
            q = turn = q._replace(speaker_full=full)
        elif turn and q.start < turn.end and q.speaker and SELF.fullmatch(q.speaker):
            q = q._replace(speaker_full=turn.speaker_full)
        elif turn and q.start < turn.end and OTHERS.fullmatch(q.speaker or "") and _same(q, turn):
            q = q._replace(speaker_full=None)  # who speaks of him is another
        out.append(q)
    return out


def _same(q: Quote, turn: Quote) -> bool:
    """Whether a quote within a turn was given to the one whose turn it is, by the full name or the label."""
    full = (q.speaker_full or "").casefold()
    return full in {(turn.speaker_full or "").casefold(), (turn.speaker or "").casefold()}


def _names(document: Document, labels: Iterable[str], rules: Rules) -> dict[str, str]:
    """The full name behind each label: as the dialogue gives it, else of a person named; else the label."""
    spelt, known = named(document.body.value, rules), rules.once(parties)
    people = (m.text for m in document.mentions if m.kind == "person" and " " in m.text)
    full = tuple(islice(dict.fromkeys(people), MOST))
    return {
        x: spelt.get(x) or (x if _role(x, known) else _longer(_untitled(x, known), full) or x) for x in labels
    }


def _role(label: str, known: Parties) -> bool:
    words = label.casefold().split()
    return words[0] in known.parties or words[-1] in known.parties or label in ("Q", ANSWER)


def _untitled(label: str, known: Parties) -> str:
    words = label.split()
    while len(words) > 1 and words[0].strip(".").casefold() in known.titles:
        words = words[1:]
    return " ".join(words)


def _spelt(name: str, text: str) -> str:
    """A name in capitals as the text writes it elsewhere, else with a capital each."""
    if not name.isupper():
        return name
    for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I):
        if not m[0].isupper() and m[0][0].isupper():
            return m[0]
    return SCOTS.sub(lambda m: "Mc" + m[1].upper(), name.title())


def _longer(word: str, full: Sequence[str]) -> str:
    """The one name of several words that ends or begins with a word; "" where none or several do."""
    plain = word.casefold()
    fits = [n for n in full if n.casefold().split()[-1] == plain]
    fits = fits or [n for n in full if n.casefold().split()[0] == plain]
    return fits[0] if len(fits) == 1 else ""


def _about(document: Document, spoken: Sequence[Quote]) -> str | None:
    """The one person that a text names outside the turns; None where there are none or several."""
    full = {m.entity: m.text for m in reversed(document.mentions) if m.kind == "person" and " " in m.text}
    starts = [q.start for q in spoken]

    def within(at: int) -> bool:
        k = bisect_right(starts, at)
        return k > 0 and at < spoken[k - 1].end

    outside = {
        full.get(m.entity, m.text)
        for m in document.mentions
        if m.kind == "person" and not (m.part == "body" and within(m.start))
    }
    return outside.pop() if len(outside) == 1 else None
