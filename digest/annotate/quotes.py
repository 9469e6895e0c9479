"""Quotes, what kind they are, whose, and how they were meant; reported statements too.

A text is read paragraph by paragraph, a paragraph sentence by sentence with
its quotations folded (sentences.py). Cues (cues.py) are found in the
reporter's words (hits.py) with who speaks (speakers.py, subjects.py);
attribution.py says which cue a quotation belongs to, and this module looks
further when its own sentence has none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from digest.annotate import attribution, frames, kinds, mentions_names
from digest.annotate.attribution import Attribution
from digest.annotate.cues import Lexicon, lexicon
from digest.annotate.hits import Hit, cues, hits, spoken
from digest.annotate.indirect import indirect, may_report
from digest.annotate.sentences import FOLDED, LONGEST, Tokens, sentences, tokens
from digest.annotate.signed import FARTHEST, signed
from digest.annotate.subjects import subject
from digest.annotate.turns import labelled, marked, transcript, turn_quotes
from digest.model import Frame, Indirect, Quote, QuoteKind, Reading, Scope
from digest.rules import Rule, Rules
from digest.sentences import sentences as spans
from digest.text import Cert, Span
from digest.turns import Turn, turn_at, turns

CLOSING = "”»’\"'"
BEGINS = re.compile(r"(?:\A|\n|[.!?:…][”\"’')]*\s+|[“\"‘])\Z")  # before the first word of a sentence
# a verb behind a name, as far as its form says so
VERB = re.compile(
    r"(?:’s|'s)?,? (?:who|which|say|have|are|were|do|is|was|has|had|will|would|can|could|did|does|made|told|said|wrote|put|\w+ed|(?!this|his|its|as)\w+s)\b"
)
FAR = frozenset(
    "before lead-in named-before announced colon as".split()
)  # rules that look further than the next word
INNER = re.compile(r"(?<=[\w,;] )[A-Z][^\W_]*")
ENDINGS = ("ly", "ing", "ed", "ent")  # of words that open a sentence without being a name
COUNTING = frozenset("First Second Third Fourth Lastly".split())
SHORTEST = 11  # characters: no speaker, cue and statement of four words fit into less
TAIL = re.compile(r"\b(?:on|in|at|to|that|said|says|wrote|added)\s+(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Tools:
    """What the rules of a language give to the search, made once."""

    lexicon: Lexicon
    venues: frames.Venues
    rules: dict[str, Rule]
    names: mentions_names.Words


def tools(rules: Rules) -> Tools:
    """The cue lexicon, venue patterns and attribution rules."""
    found = {r.id: r for r in rules.of("attribution")}
    return Tools(rules.once(lexicon), rules.once(frames.venues), found, rules.once(mentions_names.words))


@dataclass(slots=True)
class Paragraph:
    """A line of the text with its quotations, read sentence by sentence."""

    start: int
    end: int
    scopes: list[tuple[int, Scope]] = field(default_factory=list)
    sentences: list[Tokens] = field(default_factory=list)
    hits: list[list[Hit]] = field(default_factory=list)
    read: bool = False


class Said(NamedTuple):
    """What was found out about one quotation."""

    kind: QuoteKind
    given: Attribution | None = None
    frame: Frame = "asserted"
    venue: str | None = None


@dataclass(slots=True)
class Page:
    """The text being read, and what the search carries from quotation to quotation."""

    reading: Reading
    tools: Tools
    scopes: list[Scope]
    lines: list[tuple[int, int]]
    paragraphs: dict[int, Paragraph]  # by line: those with quotations, and those looked at on the way
    said: dict[int, Said] = field(default_factory=dict)
    inner: frozenset[str] | None = None  # words that stand capitalised within a sentence, once asked for
    turns: tuple[Turn, ...] = ()  # of a dialogue without marks


def quotes(reading: Reading, rules: Rules) -> Iterator[Quote | Indirect]:
    """Quotes and reported statements, each kind left to right."""
    made = rules.once(tools)
    page = _page(reading, made)
    page.turns = turns(reading.text, rules) if reading.part == "body" else ()
    for at in sorted(page.paragraphs):
        _attribute(page, at)
    spoken = turn_quotes(reading.text, reading.part, page.turns, page.scopes, made.rules)
    yield from sorted([*_quotes(page), *spoken], key=lambda q: (q.start, q.end))
    if reading.part == "body" and made.lexicon.first:
        yield from _indirect(page)


def _page(reading: Reading, made: Tools) -> Page:
    """The lines of a text, and those that quotations lie in as paragraphs."""
    outer = [s for s in reading.scopes if s.depth == 0]
    lines = [(b.start, b.end) for b in reading.blocks]
    paragraphs: dict[int, Paragraph] = {}
    at = 0
    for index, scope in enumerate(outer):
        while lines[at][1] <= scope.outer_start:
            at += 1
        k = at
        while k < len(lines) and lines[k][0] < scope.outer_end:
            if not _lone(scope):
                paragraphs.setdefault(k, Paragraph(*lines[k])).scopes.append((index, scope))
            k += 1
    return Page(reading, made, outer, lines, paragraphs)


def _lone(scope: Scope) -> bool:
    """Whether a scope is a closing mark without partner: no quotation unless a cue says so."""
    return (
        scope.doubtful and scope.mark in CLOSING and len(scope.mark) == 1 and scope.start == scope.outer_start
    )


def _read(page: Page, at: int) -> Paragraph:
    """The paragraph with its sentences and cues, read once."""
    p = page.paragraphs.get(at) or page.paragraphs.setdefault(at, Paragraph(*page.lines[at]))
    if not p.read:
        text = page.reading.text
        words = tokens(text, p.start, p.end, p.scopes)
        p.sentences = sentences(words, page.scopes, page.tools.lexicon.words)
        p.hits = [hits(s, page.tools.lexicon) for s in p.sentences]
        p.read = True
    return p


def _attribute(page: Page, at: int) -> None:
    """Finds out about each quotation of a paragraph."""
    p = _read(page, at)
    last: Said | None = None
    for n, (sentence, found) in enumerate(zip(p.sentences, p.hits, strict=True)):
        for q, (quote, _, _) in sentence.folded.items():
            if quote in page.said:
                continue
            scope = page.scopes[quote]
            given = attribution.in_sentence(q, sentence, found, _ended(page, sentence, q, scope))
            given = transcript(page.reading.text, scope) or _sound(page, given) or _signed(page, at, scope)
            turn = turn_at(page.turns, scope.start)
            if turn is None:
                given = given or _sound(page, _carried(page, at, n, q, last))
            elif marked(turn, page.scopes):
                given = labelled(turn) or given
            said = _said(page, sentence, q, scope, given, last)
            page.said[quote] = said
            if said.given:
                last = said


def _sound(page: Page, given: Attribution | None) -> Attribution | None:
    """The attribution, unless its speaker is a word that only the beginning of a sentence makes look like a name.

    `Second, the bank …`: it stands once, no verb follows it, and nowhere within a sentence is it written so.
    """
    s = given.speaker if given else None
    if given is None or s is None or s.kind != "name" or s.first != s.last or given.rule not in FAR:
        return given
    text, word = page.reading.text, page.reading.text[s.start : s.end]
    if word.endswith("s"):  # Officials, Police’s
        return given
    odd = word.endswith(ENDINGS) or word in COUNTING or text[s.end : s.end + 1] in ("?", "!")
    if not odd or not BEGINS.search(text[max(0, s.start - 4) : s.start]) or VERB.match(text, s.end):
        return given
    if page.inner is None:
        page.inner = frozenset(INNER.findall(text))
    return given if word in page.inner else None


def _said(
    page: Page, sentence: Tokens, q: int, scope: Scope, given: Attribution | None, last: Said | None
) -> Said:
    """Kind, frame and venue of one quotation; what nobody said has no speaker."""
    text = page.reading.text
    said = text[scope.start : scope.end]
    kind = _kind(sentence, q, scope, said, given)
    if kind in ("term", "title"):
        return Said(kind)
    before = text[max(sentence.start(0), scope.outer_start - frames.REACH) : scope.outer_start]
    gap = sentence[q - given.distance : q] if given and given.rule == "before" else ()
    frame = frames.frame(said, before, gap, kind, given)
    own = given is None or given.rule not in ("paragraph", "carried", "continued")
    venue = frames.venue(sentence, page.tools.venues) if given and own else None
    if venue is None and last and given and last.given and given.speaker == last.given.speaker:
        venue = last.venue
    return Said(kind, given, frame, venue)


def _signed(page: Page, at: int, scope: Scope) -> Attribution | None:
    """The speaker named by the line below the one in which a quotation ends."""
    text = page.reading.text
    while at + 1 < len(page.lines) and page.lines[at][1] < scope.end:
        at += 1
    last = at + FARTHEST
    while scope.continues and at < last and _whole(page, at + 1):
        at += 1
        scope = page.paragraphs[at].scopes[0][1]
    below, after = (page.lines[k] if k < len(page.lines) else None for k in (at + 1, at + 2))
    return signed(text, scope, page.lines[at], below, after, page.tools.names)


def _whole(page: Page, at: int) -> bool:
    """Whether a line is nothing but one quotation."""
    if at not in page.paragraphs:
        return False
    found, (start, end) = page.paragraphs[at].scopes, page.lines[at]
    return len(found) == 1 and found[0][1].outer_start <= start and found[0][1].outer_end >= end


def _ended(page: Page, sentence: Tokens, q: int, scope: Scope) -> bool:
    """Whether a quotation ends so that its cue may follow."""
    after = sentence[q + 1] if q + 1 < len(sentence) else ""
    if q == 0 and after not in ("and", "or", "is", "was"):
        return True
    return page.reading.text[scope.end - 1] in ",?!—–…-" or after in (",", "—", "–")


def _kind(sentence: Tokens, q: int, scope: Scope, said: str, given: Attribution | None) -> QuoteKind:
    if kinds.noise(said):
        return "term"
    if scope.mark in ("'", "‘") and kinds.crosshead(sentence, said):
        return "title"
    if scope.mark == "" or "\n" in said:
        return "block"
    if scope.doubtful:
        return "broken"
    if given and given.rule == "continued":
        return "continuation"
    return kinds.kind(sentence, q, said, given)


def _carried(page: Page, at: int, n: int, q: int, last: Said | None) -> Attribution | None:
    """The speaker from around the sentence: this paragraph, then the one before."""
    p = page.paragraphs[at]
    if last and last.given:
        return last.given._replace(rule="paragraph", negated=False, distance=0)
    if n:
        return _from_sentence(p.sentences[n - 1], p.hits[n - 1], "lead-in")
    alone = all(t == FOLDED or not t[0].isalnum() for t in p.sentences[n])
    return _from_before(page, at) if at and (alone or q == 0) else None


def _from_sentence(sentence: Tokens, found: Sequence[Hit], rule: str) -> Attribution | None:
    """The last cue's speaker of a sentence, else its subject."""
    for hit in reversed(found):
        if hit.speaker:
            return Attribution(hit.speaker, rule, hit.cue)
    speaker = subject(sentence)
    return Attribution(speaker, rule) if speaker else None


def _from_before(page: Page, at: int) -> Attribution | None:
    """The speaker of the paragraph before: its quotation's, or who its last sentence is about."""
    before = _read(page, at - 1)
    said = [page.said[i].given for i, _ in before.scopes if i in page.said]
    spoken = [g for g in said if g]
    ends = page.reading.text[before.start : before.end].rstrip()[-1]
    if not before.sentences:
        return None
    if ends == ":" or not spoken:
        rule = "announced" if ends == ":" else "named-before"
        return _from_sentence(before.sentences[-1], before.hits[-1], rule)
    goes_on = any(s.continues for _, s in before.scopes)
    rule = "continued" if goes_on else "carried"
    return spoken[-1]._replace(rule=rule, negated=False, distance=0)


def _quotes(page: Page) -> Iterator[Quote]:
    text = page.reading.text
    for index, scope in enumerate(page.scopes):
        said = page.said.get(index)
        if _lone(scope):
            yield from _tail(page, scope)
        elif said and not (said.kind == "broken" and kinds.glued(text, scope)) and not _echo(page, scope):
            made = _quote(page, scope, said)
            yield made
            if "\n" in made.text:
                yield from _inner(page, scope, said)


def _echo(page: Page, scope: Scope) -> bool:
    """Whether a quotation in a headline left in the body only repeats one below it.

    A headline has single marks where the story has double ones; the story's
    own quotation carries the words.
    """
    if page.reading.part != "body" or scope.start >= page.lines[0][1] or scope.mark not in ("'", "‘"):
        return False
    return len(page.lines) > 3 and any(s.mark in ("“", '"', "''") for s in page.scopes)


def _quote(page: Page, scope: Scope, said: Said) -> Quote:
    text, given = page.reading.text, said.given
    s = given.speaker if given else None
    named = given.named if given else None
    rule = f"quote.{given.rule}" if given else f"quote.{said.kind}"
    known = page.tools.rules.get(rule)
    cert: Cert = known.cert if known else "medium" if said.kind in ("term", "title") else "low"
    return Quote(
        scope.start,
        scope.end,
        text[scope.start : scope.end],
        said.kind,
        rule,
        page.reading.part,
        text[s.start : s.end] if s else None,
        Span(s.start, s.end) if s else None,
        text[named.start : named.end] if named else None,
        given.cue.form if given and given.cue else None,
        said.venue,
        said.frame,
        cert=cert,
        why=attribution.why(known, given),
    )


def _inner(page: Page, scope: Scope, said: Said) -> Iterator[Quote]:
    """Quotations that fill a whole line of one that runs over several."""
    text = page.reading.text
    every = page.reading.scopes
    first = bisect_right(every, scope.outer_start, key=lambda s: s.outer_start)
    for k in range(first, len(every)):
        s = every[k]
        if s.start >= scope.end:
            return
        if s.depth != 1:
            continue
        line = text.rfind("\n", 0, s.outer_start) + 1
        stop = text.find("\n", s.outer_end)
        if not text[line : s.outer_start].strip() and not text[s.outer_end : stop].strip():
            before = text[max(scope.start, s.outer_start - frames.REACH) : s.outer_start]
            frame = frames.frame(text[s.start : s.end], before, (), "partial", None)
            yield _quote(page, s, said._replace(kind="partial", frame=frame))


def _tail(page: Page, scope: Scope) -> Iterator[Quote]:
    """The end of a quotation whose opening mark is lost: a cue must stand before it."""
    text = page.reading.text
    words = tokens(text, scope.start, scope.end)
    found = hits(words, page.tools.lexicon) if words else []
    for hit in found:
        if hit.speaker and hit.cue.cls in ("wrote", "said", "added"):
            begin = max(words.end(hit.last), hit.speaker.end)
            m = TAIL.search(text, words.start(hit.at), scope.end)
            if m and m.end() > begin:
                s = replace(scope, start=m.end(), outer_start=m.end())
                yield _quote(page, s, Said("broken", Attribution(hit.speaker, "tail", hit.cue)))
                return


def _indirect(page: Page) -> Iterator[Indirect]:
    """The reported statements of every sentence that holds a cue."""
    text, saying, speech = page.reading.text, page.tools.lexicon.saying, page.tools.lexicon.speech
    for at, (start, end) in enumerate(page.lines):
        p = page.paragraphs.get(at)
        if p:
            for sentence, found in zip(p.sentences, p.hits, strict=True):
                if found:
                    yield from indirect(sentence, found, speech)
        elif end - start > SHORTEST and not saying.isdisjoint(text[start:end].split()):
            yield from _unquoted(text, start, end, page.tools.lexicon)


def _unquoted(text: str, start: int, end: int, words: Lexicon) -> Iterator[Indirect]:
    """The reported statements of a paragraph without quotations: only sentences with a cue are read."""
    found = spans(text, start, end)
    for first, last in found:
        if len(found) > 1 and words.saying.isdisjoint(text[first:last].split()):
            continue
        every = tokens(text, first, last)
        for k in range(0, len(every), LONGEST):
            sentence = every.part(k, min(k + LONGEST, len(every)))
            heard = cues(sentence, words)
            if may_report(sentence, heard):
                yield from indirect(sentence, spoken(sentence, heard, words), words.speech)
