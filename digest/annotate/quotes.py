"""Quotes, what kind they are and whose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from digest.annotate import attribution, kinds
from digest.annotate.attribution import Attribution, Hit
from digest.annotate.cues import Lexicon, lexicon
from digest.annotate.sentences import Sentence, sentences, tokens
from digest.annotate.speakers import Speaker
from digest.model import Indirect, Quote, QuoteKind, Reading, Scope
from digest.rules import Rules
from digest.text import Span

LINE = re.compile(r"[^\n]*\S[^\n]*")
CLOSING = "”»’\"'"
CERTS: dict[str, str] = {}


@dataclass(slots=True)
class Paragraph:
    """A line of the text with its quotations, read sentence by sentence."""

    start: int
    end: int
    scopes: list[tuple[int, Scope]] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    hits: list[list[Hit]] = field(default_factory=list)
    read: bool = False


@dataclass(slots=True)
class Page:
    """The text being read, and what the search carries from quotation to quotation."""

    reading: Reading
    lexicon: Lexicon
    scopes: list[Scope]
    paragraphs: list[Paragraph]
    given: dict[int, Attribution] = field(default_factory=dict)
    kinds: dict[int, QuoteKind] = field(default_factory=dict)


def quotes(reading: Reading, rules: Rules) -> Iterator[Quote | Indirect]:
    """Quotes and reported statements, each kind left to right."""
    if not reading.scopes:
        return
    page = _page(reading, rules.once(lexicon))
    for at, paragraph in enumerate(page.paragraphs):
        if paragraph.scopes:
            _attribute(page, at)
    yield from sorted(_made(page), key=lambda q: (q.start, q.end))


def _page(reading: Reading, words: Lexicon) -> Page:
    outer = [s for s in reading.scopes if s.depth == 0]
    paragraphs = [Paragraph(m.start(), m.end()) for m in LINE.finditer(reading.text)]
    at = 0
    for index, scope in enumerate(outer):
        while paragraphs[at].end <= scope.outer_start:
            at += 1
        k = at
        while k < len(paragraphs) and paragraphs[k].start < scope.outer_end:
            if not _lone(scope):
                paragraphs[k].scopes.append((index, scope))
            k += 1
    return Page(reading, words, outer, paragraphs)


def _lone(scope: Scope) -> bool:
    """Whether a scope is a closing mark without partner: no quotation unless a cue says so."""
    return (
        scope.doubtful and scope.mark in CLOSING and len(scope.mark) == 1 and scope.start == scope.outer_start
    )


def _read(page: Page, at: int) -> Paragraph:
    """The paragraph with its sentences and cues, read once."""
    p = page.paragraphs[at]
    if not p.read:
        text = page.reading.text
        words = tokens(text, p.start, p.end, p.scopes)
        p.sentences = sentences(text, words, page.scopes, page.lexicon.words)
        p.hits = [attribution.hits(s, page.lexicon) for s in p.sentences]
        p.read = True
    return p


def _attribute(page: Page, at: int) -> None:
    """Gives each quotation of a paragraph its attribution and kind."""
    p = _read(page, at)
    last: Attribution | None = None
    for n, (sentence, found) in enumerate(zip(p.sentences, p.hits, strict=True)):
        for q, token in enumerate(sentence.tokens):
            if token.quote < 0 or token.quote in page.given:
                continue
            scope = page.scopes[token.quote]
            given = attribution.in_sentence(q, sentence, found, _ended(page, sentence, q, scope))
            given = _transcript(page, scope) or given or _carried(page, at, n, q, last)
            said = page.reading.text[scope.start : scope.end]
            kind = _kind(page, at, sentence, q, scope, said, given)
            page.kinds[token.quote] = kind
            if kind not in ("term", "title") and given:
                page.given[token.quote] = given
                last = given


LABEL = re.compile(r"(?:[A-Z]{2,}[.]? )?([A-Z][A-Z.’'-]{2,}(?: [A-Z][A-Z.’'-]+)?):\s")


def _transcript(page: Page, scope: Scope) -> Attribution | None:
    """The speaker a transcript's label names: “LEE: The bridge will hold.”"""
    m = LABEL.match(page.reading.text, scope.start, scope.end)
    if not m:
        return None
    return Attribution(Speaker(m.start(1), m.end(1), "name", 0, 0), "label")


def _ended(page: Page, sentence: Sentence, q: int, scope: Scope) -> bool:
    after = sentence.tokens[q + 1].word if q + 1 < len(sentence.tokens) else ""
    if q == 0 and after not in ("and", "or", "is", "was"):
        return True
    return page.reading.text[scope.end - 1] in ",?!—–…-" or after in (",", "—", "–")


def _kind(
    page: Page, at: int, sentence: Sentence, q: int, scope: Scope, said: str, given: Attribution | None
) -> QuoteKind:
    if kinds.noise(said):
        return "term"
    if scope.mark in ("'", "‘") and kinds.crosshead(sentence.tokens, said):
        return "title"
    if scope.mark == "" or "\n" in said:
        return "block"
    if scope.doubtful:
        return "broken"
    if given and given.rule == "continued":
        return "continuation"
    return kinds.kind(sentence.tokens, q, said, given)


def _carried(page: Page, at: int, n: int, q: int, last: Attribution | None) -> Attribution | None:
    """The speaker from around the sentence: this paragraph, then the one before."""
    p = page.paragraphs[at]
    sentence = p.sentences[n]
    alone = all(t.quote >= 0 or not t.word[0].isalnum() for t in sentence.tokens)
    if last:
        return Attribution(last.speaker, "paragraph", last.cue)
    if n:
        return _from_sentence(p.sentences[n - 1], p.hits[n - 1], "lead-in")
    if not at:
        return None
    return _from_before(page, at) if alone or q == 0 else None


def _from_sentence(sentence: Sentence, found: Sequence[Hit], rule: str) -> Attribution | None:
    """The last cue's speaker of a sentence, else its subject."""
    for hit in reversed(found):
        if hit.speaker:
            return Attribution(hit.speaker, rule, hit.cue)
    speaker = attribution.subject(sentence.tokens)
    return Attribution(speaker, rule) if speaker else None


def _from_before(page: Page, at: int) -> Attribution | None:
    """The speaker of the paragraph before: its quotation's, or who its last sentence is about."""
    before = page.paragraphs[at - 1]
    spoken = [page.given[i] for i, _ in before.scopes if i in page.given]
    ends = page.reading.text[before.start : before.end].rstrip()[-1]
    _read(page, at - 1)
    if not before.sentences:
        return None
    if ends == ":" or not spoken:
        return _from_sentence(
            before.sentences[-1], before.hits[-1], "announced" if ends == ":" else "named-before"
        )
    goes_on = any(s.continues for _, s in before.scopes)
    return Attribution(spoken[-1].speaker, "continued" if goes_on else "carried", spoken[-1].cue)


def _made(page: Page) -> Iterator[Quote]:
    text, part = page.reading.text, page.reading.part
    for index, scope in enumerate(page.scopes):
        kind = page.kinds.get(index)
        given = page.given.get(index)
        if _lone(scope):
            yield from _tail(page, scope)
        elif kind and not (kind == "broken" and _glued(text, scope)):
            yield _quote(text, part, scope, kind, given)
            yield from _inner(page, scope, given)


def _glued(text: str, scope: Scope) -> bool:
    """Whether a doubtful scope's opening mark hangs on a word: damage, not speech."""
    return text[scope.outer_start - 1 : scope.outer_start].isalnum() and scope.outer_end == scope.end


def _quote(text: str, part: str, scope: Scope, kind: QuoteKind, given: Attribution | None) -> Quote:
    s = given.speaker if given else None
    return Quote(
        scope.start,
        scope.end,
        text[scope.start : scope.end],
        kind,
        f"quote.{given.rule}" if given else f"quote.{kind}",
        part,  # type: ignore[arg-type]
        text[s.start : s.end] if s else None,
        Span(s.start, s.end) if s else None,
        cue=given.cue.form if given and given.cue else None,
    )


def _inner(page: Page, scope: Scope, given: Attribution | None) -> Iterator[Quote]:
    """Quotations that fill a whole line of one that runs over several."""
    text = page.reading.text
    if "\n" not in text[scope.start : scope.end]:
        return
    for s in page.reading.scopes:
        if s.depth == 1 and scope.start <= s.start and s.end <= scope.end:
            line = text.rfind("\n", 0, s.outer_start) + 1
            stop = text.find("\n", s.outer_end)
            alone = not text[line : s.outer_start].strip() and not text[s.outer_end : stop].strip()
            if alone:
                yield _quote(text, page.reading.part, s, "partial", given)


TAIL = re.compile(r"\b(?:on|in|at|to|that|said|says|wrote|added)\s+(?=[A-Z])")


def _tail(page: Page, scope: Scope) -> Iterator[Quote]:
    """The end of a quotation whose opening mark is lost: a cue must stand before it."""
    text = page.reading.text
    words = tokens(text, scope.start, scope.end)
    found = attribution.hits(Sentence(tuple(words)), page.lexicon) if words else []
    for hit in found:
        if hit.speaker and hit.cue.cls in ("wrote", "said", "added"):
            begin = max(words[hit.last].end, hit.speaker.end)
            m = TAIL.search(text, words[hit.at].start, scope.end)
            if m and m.end() > begin:
                s = Scope(m.end(), scope.end, m.end(), scope.outer_end, scope.mark, 0, True)
                yield _quote(text, page.reading.part, s, "broken", Attribution(hit.speaker, "tail", hit.cue))
                return
