"""The order of everything: one text in, a document out. Pure.

Layers, each in the coordinates of the one before: decode, reflow (up to
five), clean, corpus, repair, editor. Then annotate, then resolve. Evidence is what is known from
outside the text, as data; the bare command has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from digest import annotate, claims, clean, decode, editor, language, marks, repair, turns
from digest.clean.byline import together
from digest.model import (
    Annotation,
    Block,
    Document,
    Doubt,
    Evidence,
    KnownName,
    Moved,
    Page,
    Part,
    PartName,
    Reading,
    Residue,
    Sign,
)
from digest.resolve import resolved
from digest.rules import Rules, rules_for
from digest.text import Edit, Span, Text

Kind = Literal["text", "html"]
STAGES = ("clean", "repair")
SKIPPABLE = (*STAGES, *annotate.NAMES)
KNOWN = frozenset(SKIPPABLE)
NO_PAGE = Page("")  # what a plain text says of itself
LINE = re.compile(r"[^\n]+")
PARAGRAPH = 4000  # characters; of 60,000 paragraphs of public pages ten are longer
Heads = tuple[str | None, str | None, str | None, str | None, str | None]
ESCAPED = 2  # tags that were written by entities, as in feeds: `&lt;p&gt;`
PARTS: tuple[PartName, ...] = ("headline", "standfirst")


def read(
    raw: str,
    rules: Rules | None = None,
    evidence: Sequence[Evidence] = (),
    *,
    kind: Kind = "text",
    url: str | None = None,
    skip: Iterable[str] = (),
    id: str = "",
) -> Document:
    """Everything this program can say of one text, depending on the arguments alone.

    `raw` is the witness's text, or its markup with kind "html". `skip` names
    stages and annotators to leave out. Raises ValueError for an unknown name
    in `skip`.
    """
    skipped = _skipped(tuple(skip))
    rules = rules or rules_for()
    page = clean.page(raw, url, rules) if kind == "html" else NO_PAGE
    raw = page.text if kind == "html" else raw
    doubts: list[Doubt] = []
    if language.foreign(_shown(raw)):
        doubts.append(_language_doubt(raw))
        rules = rules.shapes()
    text, moved = _cleaned(raw, page, rules, evidence, skipped)
    known = tuple(e for e in evidence if isinstance(e, KnownName)) if evidence else ()
    signs = () if "repair" in skipped else repair.diagnosis(text.value, rules, _decoded(text))
    quoted = _credited(page.hints) if page.hints else ()
    texts: dict[PartName, Text] = {"body": text}
    if moved:
        texts |= {p.name: p.text for p in _parts(raw, text, moved)}
    if evidence or "repair" not in skipped:
        texts, lost = _mended(texts, rules, evidence, skipped, known, signs, quoted)
        doubts.extend(lost)
    body = texts["body"]
    if not body.value or body.value.isspace() or len(body.value) > PARAGRAPH:
        doubts.extend(_odd(body))
    blocks, found = _annotated(texts, rules, known, skipped, _shown_of(quoted, body))
    document = _document(id, kind, page, texts, moved, signs, tuple(doubts), blocks, found)
    return claims.claimed(resolved(document, rules, evidence), rules, evidence)


@lru_cache(maxsize=16)
def _skipped(names: tuple[str, ...]) -> frozenset[str]:
    """The names in `skip`, which one caller asks for again and again. Raises ValueError for an unknown one."""
    skipped = frozenset(names)
    if not skipped <= KNOWN:
        unknown = ", ".join(sorted(skipped - KNOWN))
        raise ValueError(f"cannot skip {unknown}; known: {', '.join(SKIPPABLE)}")
    return skipped


def _mended(
    texts: dict[PartName, Text],
    rules: Rules,
    evidence: Sequence[Evidence],
    skipped: frozenset[str],
    known: tuple[KnownName, ...],
    signs: tuple[tuple[str, Sign], ...],
    quoted: Sequence[Span],
) -> tuple[dict[PartName, Text], list[Doubt]]:
    """The texts after repair and the editor's layer, and doubts about what the editor asked for."""
    done: dict[PartName, Text] = {}
    doubts: list[Doubt] = []
    for name, before in texts.items():
        sacred = _shown_of(quoted, before) if name == "body" else ()
        made = (
            ()
            if "repair" in skipped
            else tuple(_repairs(before.value, rules, known, signs, evidence, sacred))
        )
        part = before.revise("repair", made)
        edits, lost = editor.edits(part, evidence, name)
        part = before.revise("repair", editor.unless_answered(made, before, edits, part))
        done[name] = part.revise("editor", edits)
        doubts.extend(lost)
    # what the machine's layers are given, and so where a rejection may have its words
    judged = [x.before for x in texts["body"].layers if x.name != "decode"] + [
        t.value for t in texts.values()
    ]
    doubts.extend(editor.idle_rejections(judged, evidence))
    return done, doubts


def _cleaned(
    raw: str, page: Page, rules: Rules, evidence: Sequence[Evidence], skipped: frozenset[str]
) -> tuple[Text, tuple[Moved, ...]]:
    """The text after decode, reflow, clean and corpus, and what was moved out of it."""
    text = Text(raw)
    if decoded := decode.edits(text.value):
        text = text.revise("decode", decoded)
    if "clean" in skipped:
        return text, ()
    declared: Sequence[Block] = page.hints
    if page is NO_PAGE:
        text, declared = _laid_out(text, evidence)
    hints = declared if text.value == raw else _shifted(declared, text)
    found = clean.edits(text.value, rules, hints)
    if page.headline:
        found = clean.titled(found, text.value, page.headline)
    made = tuple(_allowed(found, text.value, evidence))
    moved = tuple(
        Moved(e.cls, text.value[e.start : e.end].strip(), *text.raw_span(e.start, e.end))
        for e in made
        if e.kind == "move" and e.status == "applied"
    )
    text = text.revise("clean", made)
    residue = tuple(e for e in evidence if isinstance(e, Residue))
    return text.revise("corpus", clean.corpus(text.value, residue)), moved


def _laid_out(text: Text, evidence: Sequence[Evidence]) -> tuple[Text, list[Block]]:
    """A text without signs of HTML and Markdown and with whole lines; what Markdown declares, in the raw text."""
    if tags := clean.untagged(text.value):
        text = text.revise("reflow", _allowed(tags, text.value, evidence))
        if "<" in text.value and (more := clean.untagged(text.value, ESCAPED)):
            text = text.revise("reflow", _allowed(more, text.value, evidence))
    declared: list[Block] = []
    if signs := clean.unmarked(text.value):
        heads = clean.headings(text.value)
        declared = [Block(b.kind, *text.raw_span(b.start, b.end)) for b in heads]
        text = text.revise("reflow", _allowed(signs, text.value, evidence))
    for step in (clean.parted, clean.reflowed):
        if lines := step(text.value):
            text = text.revise("reflow", _allowed(lines, text.value, evidence))
    return text, declared


def laid_out(raw: str) -> str:
    """The lines of a text file as cleaning is given them."""
    return _laid_out(Text(raw).revise("decode", decode.edits(raw)), ())[0].value


def _shown(raw: str) -> str:
    """The text without tags and addresses, by whose words no language is told."""
    tagged = "<" in raw and "</" in raw  # one sign is looked for ten times as fast as two
    return _laid_out(Text(raw), ())[0].value if tagged or ("]" in raw and "](" in raw) else raw


def _shifted(declared: Iterable[Block], text: Text) -> tuple[Block, ...]:
    """Declared blocks of the raw text in the coordinates of the text as it is laid out."""
    spans = ((b, text.span_of_raw(b.start, b.end)) for b in declared)
    return tuple(Block(b.kind, *s) for b, s in spans if s)


def _credited(hints: Sequence[Block]) -> tuple[Span, ...]:
    """The raw stretches of a page's block quotations whose speaker it names below."""
    out: list[Span] = []
    first: Block | None = None
    for b, after in pairwise(hints):
        if b.kind != "block-quote":
            first = None
            continue
        first = first or b
        if after.kind == "attribution":
            out.append(Span(first.start, b.end))
    return tuple(out)


def _shown_of(spans: Iterable[Span], text: Text) -> tuple[Span, ...]:
    """What a text shows of raw stretches."""
    return tuple(s for a, b in spans if (s := text.span_of_raw(a, b)))


def _parts(raw: str, body: Text, moved: Sequence[Moved]) -> Iterable[Part]:
    """Headline and standfirst as texts of their own over the same raw text."""
    decoded = _before_cleaning(raw, body)
    for name in PARTS:
        first = next((m for m in moved if m.cls == name), None)
        span = decoded.span_of_raw(first.raw_start, first.raw_end) if first else None
        if first is None or span is None:
            continue
        # a bound may lie in what an edit wrote, as where an entity opens the headline
        at = decoded.value.find(first.text, span.start)
        at = at if at >= 0 else decoded.value.rfind(first.text, 0, span.start + len(first.text))
        if at < 0:
            continue
        edits = [_elsewhere(0, at), _elsewhere(at + len(first.text), len(decoded.value))]
        yield Part(name, decoded.revise("clean", edits))


def _before_cleaning(raw: str, body: Text) -> Text:
    """The text as the cleaning was given it."""
    text = Text(raw)
    for layer in body.layers:
        if layer.name == "clean":
            break
        text = text.revise(layer.name, layer.applied)
    return text


def _decoded(body: Text) -> tuple[Edit, ...]:
    return body.layers[0].applied if _has_decode(body) else ()


def _has_decode(body: Text) -> bool:
    return bool(body.layers) and body.layers[0].name == "decode"


def _elsewhere(start: int, end: int) -> Edit:
    return Edit(start, end, "", "excise", "elsewhere", "part", "not of this part")


def _repairs(
    text: str,
    rules: Rules,
    known: tuple[KnownName, ...],
    signs: tuple[tuple[str, Sign], ...],
    evidence: Sequence[Evidence],
    quoted: tuple[Span, ...],
) -> Iterable[Edit]:
    made = repair.edits(text, rules, turns.protected(text, rules, quoted), known, dict(signs))
    return _allowed(made, text, evidence)


def _allowed(edits: Iterable[Edit], text: str, evidence: Sequence[Evidence]) -> Iterable[Edit]:
    """The machine's edits less those that the editor rejects at their place."""
    return editor.unless_rejected(edits, text, evidence)


def _language_doubt(text: str) -> Doubt:
    message = "this does not look like English: only rules of shape were used"
    return Doubt(0, len(text), "language", message)


def _nothing_left(body: Text) -> Doubt:
    message = "nothing is left of this text" if body.raw.strip() else "the text is empty"
    return Doubt(0, len(body.raw), "empty", message)


def _odd(body: Text) -> list[Doubt]:
    """Doubts about a body of which nothing is left, or whose lines are longer than any paragraph."""
    return _one_line(body) if body.value.strip() else [_nothing_left(body)]


def _one_line(body: Text) -> list[Doubt]:
    """A doubt about each line that stays and is longer than any paragraph: a scrape without line breaks."""
    lines = ((m.start(), m.end()) for m in LINE.finditer(body.value) if m.end() - m.start() > PARAGRAPH)
    message = (
        f"more than {PARAGRAPH:,} characters without a line break: paragraphs are lost, and a menu or notice"
        " between them cannot be cut; copy the text again with its line breaks"
    )
    return [Doubt(*body.raw_span(*span), "one-line", message) for span in lines]


def _document(
    id: str,
    kind: Kind,
    page: Page,
    texts: dict[PartName, Text],
    moved: tuple[Moved, ...],
    signs: tuple[tuple[str, Sign], ...],
    doubts: tuple[Doubt, ...],
    blocks: tuple[Block, ...],
    found: Sequence[Annotation],
) -> Document:
    parts: tuple[Part, ...] = ()
    heads: Heads = (page.headline, page.standfirst, page.byline, None, page.published)
    if moved:
        parts = tuple([Part(name, text) for name, text in texts.items() if name != "body"])
        heads = _heads(page, parts, moved)
    foreign = bool(doubts) and any(d.rule == "language" for d in doubts)
    shown = page if kind == "html" else None
    told = (page.language or "und") if foreign else "en"
    found_by_kind = annotate.by_kind(found)
    return Document._make(
        (id, kind, texts["body"], shown, parts, moved, *heads, told, blocks, *found_by_kind, signs, doubts)
    )


def _heads(page: Page, parts: Sequence[Part], moved: Sequence[Moved]) -> Heads:
    """Headline, standfirst, byline, dateline and time: the text's own, else what the page says."""
    shown = {p.name: p.text.value for p in parts}
    own = {m.cls: m.text for m in reversed(moved)}  # the first of each kind
    return (
        shown.get("headline") or page.headline,
        shown.get("standfirst") or page.standfirst,
        together([m.text for m in moved if m.cls == "byline"]) or page.byline,
        own.get("dateline"),
        own.get("published") or page.published,
    )


def _annotated(
    texts: dict[PartName, Text],
    rules: Rules,
    known: tuple[KnownName, ...],
    skipped: frozenset[str],
    quoted: tuple[Span, ...] = (),
) -> tuple[tuple[Block, ...], list[Annotation]]:
    """The body's blocks, and what the annotators find in each part, body first."""
    body: Reading | None = None
    found: list[Annotation] = []
    for name, text in texts.items():
        scopes = marks.scopes(text.value, quoted if name == "body" else ())
        reading = annotate.all_of(
            Reading._make((text.value, name, (), scopes, (), known, body)), rules, skipped
        )
        body = body or reading
        found.extend(reading.found)
    return body.blocks if body else (), found
