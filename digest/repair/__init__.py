"""Damaged words: what kind of copy this is, what is certain to mend, what to mark.

`diagnosis` looks at the whole text first. Its gate decides what `edits` may
do: words are replaced only in a copy that is plainly damaged, and never
inside quotation marks, where only a missing blank is added.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from digest import marks
from digest.model import KnownName, Sign
from digest.repair import holes, lexicon, nameforms, shapes
from digest.repair.signs import diagnosis
from digest.rules import Rules
from digest.text import Edit, Span, Status, settled

__all__ = ["diagnosis", "edits"]

VOUCHED = {
    "editor": "as the editor’s list of names has it",
    "article": "as this text mostly has it",
    "gazetteer": "as the list of known names has it",
}


def edits(
    text: str,
    rules: Rules,
    protected: Sequence[Span],
    known: Sequence[KnownName],
    signs: Mapping[str, Sign],
) -> Iterable[Edit]:
    """Repairs applied, proposed or flagged; no applied one changes a word in `protected`.

    Offsets index `text`; the result is in its order, applied edits never overlap.
    """
    spun = "spun" in signs and signs["spun"].open
    back = "back_translated" in signs and signs["back_translated"].open
    protected = _without_debris(text, rules, protected)
    made = [*_shape_edits(text, rules, spun or back), *_names(text, rules, known, spun or back)]
    if spun or back:
        made += [*_phrases(text, rules, spun, back), *holes.lost(text, rules), *_alike(text, rules, known)]
    return settled(_outside(made, protected))


def _without_debris(text: str, rules: Rules, protected: Sequence[Span]) -> Sequence[Span]:
    """`protected` found again without the marks that belong to the debris of a link."""
    debris = [f for f in shapes.found(text, rules) if f.rule.cls == "debris" and "”" in text[f.start : f.end]]
    if not debris:
        return protected
    masked, at = [], 0
    for f in debris:
        masked += [text[at : f.start], "x" * (f.end - f.start)]
        at = f.end
    told = set(protected) - set(marks.protected(text))  # not by marks: turns of a dialogue
    return sorted({*marks.protected("".join([*masked, text[at:]])), *told})


def _shape_edits(text: str, rules: Rules, damaged: bool) -> Iterator[Edit]:
    for f in shapes.found(text, rules):
        rule, action = f.rule, f.rule.more["action"]
        if action == "space" and not damaged:
            continue
        if action in ("split", "space"):
            yield Edit(f.start, f.end, f.new, action, rule.cls, rule.id, rule.why, rule.cert)
        elif action == "flag":
            yield _flag(f.start, f.end, rule.cls, rule.id, rule.why)
        else:
            status: Status = "applied" if action == "apply" or damaged else "proposed"
            yield Edit(f.start, f.end, f.new, "emend", rule.cls, rule.id, rule.why, rule.cert, status)


def _names(text: str, rules: Rules, known: Sequence[KnownName], damaged: bool) -> Iterator[Edit]:
    seen: set[str] = set()
    for f in nameforms.misspelt(text, rules, known):
        sure = damaged or f.voucher == "editor"
        if f.new in seen and not sure:  # in a sound copy one question a name is enough
            continue
        seen.add(f.new)
        why = f"the name is written {f.new}, {VOUCHED[f.voucher]}"
        status: Status = "applied" if sure else "proposed"
        yield Edit(f.start, f.end, f.new, "emend", "name", "name.form", why, "high", status)


def _alike(text: str, rules: Rules, known: Sequence[KnownName]) -> Iterator[Edit]:
    for f in nameforms.alike(text, rules, known):
        yield _flag(
            f.start,
            f.end,
            "name",
            "name.alike",
            f"perhaps the name {f.new}: it stands once and looks like it",
        )


def _phrases(text: str, rules: Rules, spun: bool, back: bool) -> Iterator[Edit]:
    """What the lexicon says; its class must be one that the diagnosis has opened."""
    for h in lexicon.hits(text, rules):
        rule, action = h.rule, h.rule.more["action"]
        if not (back if rule.cls == "back-translation" else spun):
            continue
        if action == "sign" or h.new is None:
            if action != "sign" or rule.more["severity"] == "hard":
                yield _flag(h.start, h.end, rule.cls, rule.id, rule.why)
        else:
            status: Status = "applied" if action == "apply" else "proposed"
            yield Edit(h.start, h.end, h.new, "emend", rule.cls, rule.id, rule.why, rule.cert, status)


def _flag(start: int, end: int, cls: str, rule: str, why: str) -> Edit:
    return Edit(start, end, "", "flag", cls, rule, why, "medium", "flagged")


def _outside(made: Iterable[Edit], protected: Sequence[Span]) -> Iterator[Edit]:
    """`made`, with what would change words in quotation marks turned into flags."""
    starts = [s.start for s in protected]
    reach: list[int] = []  # the furthest end of any span up to here: spans may nest
    for s in protected:
        reach.append(max(s.end, reach[-1] if reach else 0))
    for e in made:
        i = bisect_right(starts, e.end if e.end > e.start else e.start) - 1
        inside = i >= 0 and reach[i] > e.start
        if not inside or e.status == "flagged" or (e.kind == "split" and e.new == " "):
            yield e
        elif e.kind != "space":
            yield _flag(e.start, e.end, e.cls, e.rule, f"in a quotation, so left as it is: {e.why}")
