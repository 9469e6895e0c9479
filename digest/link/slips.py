"""One word that a single witness has otherwise than the others: a copyist's slip, or damage.

Where texts that do not copy one another quote a sentence in the same words,
and one more text has it but for a single word, that word is most likely this
text's own doing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz.distance import OSA

from digest.across import Member, Utterance
from digest.link.alignment import wording
from digest.link.slots import Filled, Proposal
from digest.link.words import listed, stem, word
from digest.rules import Rules, rules_for
from digest.site import Reading

LONG = 5  # letters of a word that another may be near in spelling
SHOWN = 12  # texts that have the other word
NEAR = 1  # letters added, left out, changed, or two exchanged
Words = tuple[str, ...]


def slip(u: Utterance, lineage_of: Mapping[str, str]) -> Iterator[Proposal]:
    """For each text that alone has one word otherwise, what the texts have there."""
    by: dict[Words, list[Member]] = {}
    said: dict[str, list[Member]] = {}  # the same by whole texts
    for m in u.members:
        if m.via == "reported":
            continue
        if m.text not in said:
            said[m.text] = by.setdefault(tuple(wording(m.text).split()), [])
        said[m.text].append(m)
    lineages = {w: {lineage_of.get(m.article, m.article) for m in held} for w, held in by.items()}
    most = max(by, key=lambda w: (len(lineages[w]), w))
    if len(lineages[most]) < 2:
        return
    for words, held in sorted(by.items()):
        at = [k for k, (a, b) in enumerate(zip(words, most, strict=False)) if a != b]
        if len(words) != len(most) or len(at) != 1 or len({m.article for m in held}) > 1:
            continue
        if _tells(held[0].text, by[most][0].text, at[0]):
            yield _proposal(u, held, by[most], at[0])


def _proposal(u: Utterance, odd: Sequence[Member], others: Sequence[Member], at: int) -> Proposal:
    filled = tuple(_filled(m, at) for m in (*odd, *others[:SHOWN]))
    mine, theirs = filled[0].reading.words, filled[-1].reading.words
    keys = dict.fromkeys(f"{m.id}:{odd[0].article}" for m in (*u.members, *odd))
    question = f"Did {u.speaker or 'the speaker'} say “{theirs}” or “{mine}”?"
    return Proposal("word", u.id, tuple(keys), question, filled, "medium")


def _filled(m: Member, at: int) -> Filled:
    t = word(m.text, at)
    start = m.start + t.start if m.part == "body" else -1
    end = m.start + t.end if m.part == "body" else -1
    own = m.text[t.start : t.end]
    return Filled(frozenset((own.casefold(),)), Reading(m.article, own, m.text, start, end, m.quote))


def _tells(a: str, b: str, at: int) -> bool:
    """Whether two texts' words at an index differ in what they say: not two forms or spellings of one, nor little words."""
    x, y = word(a, at), word(b, at)
    if x.stem == y.stem:
        return False
    named = at > 0 and a[x.start].isupper() and b[y.start].isupper()
    one, two = (s.casefold().replace("’", "'") for s in (a[x.start : x.end], b[y.start : y.end]))
    numbers = rules_for().once(_numbers)
    counted = one in numbers and two in numbers
    little = x.stem in listed() or y.stem in listed()
    alike = spelled_alike(one, two)
    return (named or counted or alike or not little) and not _one_spelling(one, two)


def spelled_alike(a: str, b: str) -> bool:
    """Whether two words or names differ by a letter that is no inflection and no other way to spell one."""
    x, y = a.casefold(), b.casefold()
    if min(len(x), len(y)) < LONG or x == y or any(c.isdigit() for c in x + y):
        return False
    return OSA.distance(x, y, score_cutoff=NEAR) <= NEAR and stem(x) != stem(y) and not _one_spelling(x, y)


def _one_spelling(a: str, b: str) -> bool:
    """Whether two words are one in British and American, or with and without a hyphen."""
    for old, new in rules_for().once(_spellings):
        a, b = a.replace(old, new), b.replace(old, new)
    return a == b


def _spellings(rules: Rules) -> tuple[tuple[str, str], ...]:
    pairs = [line.split(" ") for line in rules.words("link-words", "spelling")]
    return (("-", ""), ("’", ""), ("'", ""), *((old, new) for old, new in pairs))


def _numbers(rules: Rules) -> frozenset[str]:
    return frozenset(rules.words("link-words", "number"))
