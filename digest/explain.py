"""What was done to a passage, by which rule, and why: lines for a person."""

from __future__ import annotations

from collections.abc import Iterator

from digest.edit import LAID
from digest.model import Document, PartName
from digest.text import RawEdit, Text

VERBS = {
    "excise": "removed",
    "move": "moved",
    "split": "split",
    "space": "white space",
    "emend": "mended",
    "decode": "decoded",
    "flag": "marked",
}

QUIET = ("elsewhere", "block-break")  # classes of edits of which there are too many to be told


def explained(document: Document, line: int | None = None) -> Iterator[str]:
    """One paragraph a finding, in the order of the scrape; of one line (from 1) if told."""
    raw = document.body.raw
    lo, hi = _bounds(raw, line)
    yield f"{document.id}: " + (f"line {line}: " if line else "") + f"{_clip(raw[lo:hi], 90)!r}"
    if line and not raw[lo:hi].strip():
        yield "  an empty line: nothing stands in it to be kept or removed"
        return
    every = _findings(document, QUIET if line else (*QUIET, "line-wrap", "markup"))
    found = sorted((*_words(raw, a, b), text) for a, b, text in every)
    shown = [(a, text) for a, b, text in found if (a < hi and lo < b) or (a == b and lo <= a < hi)]
    yield from (f"  {_line(raw, a)}: {text}" for a, text in shown)
    if not shown:
        yield "  kept as it stands; nothing was found in it"


def _words(raw: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the blanks around its words, which may be of the lines beside it; one of blanks alone whole."""
    old = raw[start:end]
    bare = old.strip()
    return (start + len(old) - len(old.lstrip()), start + len(old.rstrip())) if bare else (start, end)


def _bounds(raw: str, line: int | None) -> tuple[int, int]:
    if line is None:
        return 0, len(raw) + 1
    lines = raw.splitlines(keepends=True) or [""]
    if not 1 <= line <= len(lines):
        raise ValueError(f"line {line}: the text has {len(lines)} lines")
    start = sum(len(x) for x in lines[: line - 1])
    return start, start + len(lines[line - 1])


def _findings(d: Document, quiet: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    texts: dict[PartName, Text] = {"body": d.body, **{p.name: p.text for p in d.parts}}
    for name, text in texts.items():
        for e in text.raw_edits():
            own = name == "body" or e.layer not in LAID
            if own and e.edit.cls not in quiet:
                yield e.raw_start, e.raw_end, _edit(e)
    stands = {name: _stands(text) for name, text in texts.items()}

    def place(part: PartName, start: int, end: int) -> tuple[int, int]:
        lo, hi = stands[part]
        at = texts[part].raw_span(start, end)
        return max(lo, at.start), min(hi, at.end)

    for q in d.quotes:
        who = f"; speaker {q.speaker_full or q.speaker}" if q.speaker else "; no speaker"
        cue = f", cue {q.cue!r}" if q.cue else ""
        why = f"; {q.why}" if q.why else ""
        said = f"quote ({q.kind}): {_clip(q.text)!r}{who}{cue} [{q.rule}, {q.cert}]{why}"
        yield *place(q.part, q.start, q.end), said
    for f in d.figures:
        value = f.low if f.low == f.high else f"{f.low or '…'} to {f.high or '…'}"
        read = f"figure: {f.text!r} = {value} {f.unit or ''} ({'key' if f.key else 'incidental'}) [{f.rule}, {f.cert}]"
        yield *place(f.part, f.start, f.end), read
    for m in d.mentions:
        yield *place(m.part, m.start, m.end), f"name: {m.text!r} ({m.kind}) [{m.rule}]"
    for doubt in d.doubts:
        yield doubt.raw_start, doubt.raw_end, f"doubt: {doubt.message} [{doubt.rule}]"


def _stands(text: Text) -> tuple[int, int]:
    """The raw stretch of a part: mended words at its edge would reach over all that is cut beside it."""
    cut = [e for e in text.raw_edits() if e.edit.cls == "elsewhere"]
    lo = max((e.raw_end for e in cut if e.raw_start == 0), default=0)
    return lo, min((e.raw_start for e in cut if e.raw_start >= lo), default=len(text.raw))


def _edit(e: RawEdit) -> str:
    verb = VERBS[e.edit.kind] if e.edit.status == "applied" else f"{e.edit.status} ({VERBS[e.edit.kind]})"
    new = f" -> {_clip(e.new)!r}" if e.new else ""
    return (
        f"{verb} [{e.edit.cls}] {_clip(e.old)!r}{new}; {e.edit.why}"
        f" [{e.edit.rule}, {e.edit.cert}, layer {e.layer}, {e.edit.by}]"
    )


def _clip(text: str, size: int = 60) -> str:
    text = " ".join(text.split()) if text.strip() else text
    return text if len(text) <= size else text[: size - 1] + "…"


def _line(raw: str, at: int) -> int:
    return raw.count("\n", 0, at) + 1
