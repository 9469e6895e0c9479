"""What kind of copy this is: how strongly each kind of damage shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from digest.model import Sign
from digest.repair import lexicon, nameforms, shapes
from digest.rules import Rules
from digest.text import Edit

# Measured on sound news, see docs/decisions/201: the highest score of a sound text is well below.
SPUN_HARD, SPUN_SCORE = 2, 2.4
BACK_HARD, BACK_SCORE = 1, 2.0
SOFT, NAME = 0.2, 0.5
MOJIBAKE = 3  # words that decoding mended: one or two are a slip, not the state of a copy
PER_RULE = 4  # phrases of one rule that count: one subject may hold one odd word often
WORDS_PER_STEP = 4000  # in a long text chance finds more: the bar rises with the length
CLOSERS = "\"'”’»)]* "
ENDS = ".!?…:;。！？"
LONG = 60
# the last sentence of a line, without an end
SENTENCE = re.compile(r"(?:^|[.!?][”’\"']? )([A-Z“][^.!?]*[a-z,])$")
HANGING = re.compile(
    r"(?:,| (?:a|an|the|of|to|in|and|or|but|with|for|by|from|at|on|that|which|is|was|has|his|her))$"
)
ADDRESS = re.compile(r"[@/]|www")
LATE = re.compile(r"(?!Learn|Read|How|Follow|See|Click|Source|Photo|Join|Sign)(?:\S+ ){9,}[a-z]+$")


def diagnosis(text: str, rules: Rules, decoded: Sequence[Edit] = ()) -> tuple[tuple[str, Sign], ...]:
    """Each kind of damage by name, with its score and the ids of the rules that speak for it.

    `decoded` are the edits of the decode layer: mojibake that it mended is a
    sign too, though no longer in `text`.
    """
    found = lexicon.hits(text, rules)
    steps = max(1.0, text.count(" ") / WORDS_PER_STEP)
    return (
        ("spun", _spun(found, steps)),
        ("back_translated", _back(text, found, rules, steps)),
        ("truncated", _truncated(text, rules)),
        ("mojibake", _mojibake(text, rules, decoded)),
    )


def _weights(found: Iterable[lexicon.Hit]) -> Mapping[str, tuple[int, int]]:
    """For each rule id the number of its distinct phrases, hard and soft, capped."""
    phrases: dict[str, set[str]] = {}
    hard: dict[str, bool] = {}
    for h in found:
        phrases.setdefault(h.rule.id, set()).add(h.phrase)
        hard[h.rule.id] = h.rule.more.get("severity") == "hard"
    return {
        id: (n, 0) if hard[id] else (0, n)
        for id, n in ((id, min(PER_RULE, len(p))) for id, p in sorted(phrases.items()))
    }


def _spun(found: Iterable[lexicon.Hit], steps: float) -> Sign:
    weights = _weights(h for h in found if h.rule.cls != "back-translation")
    hard = sum(w[0] for w in weights.values())
    score = hard + SOFT * sum(w[1] for w in weights.values())
    is_open = hard >= SPUN_HARD * steps and score >= SPUN_SCORE * steps
    return Sign(round(score, 2), is_open, tuple(weights))


def _back(text: str, found: Iterable[lexicon.Hit], rules: Rules, steps: float) -> Sign:
    weights = _weights(h for h in found if h.rule.cls == "back-translation")
    shaped = shapes.signs(text, rules, "back_translated")
    names = len({f.new for f in nameforms.misspelt(text, rules)})
    hard = sum(w[0] for w in weights.values()) + len(shaped)
    soft = sum(w[1] for w in weights.values())
    score = hard + SOFT * soft + NAME * min(4, names)
    evidence = (*weights, *shaped, *(("name.form",) if names else ()))
    return Sign(round(score, 2), hard >= BACK_HARD * steps and score >= BACK_SCORE * steps, evidence)


def _mojibake(text: str, rules: Rules, decoded: Sequence[Edit]) -> Sign:
    mended = sum(e.cls == "mojibake" for e in decoded)
    shaped = shapes.signs(text, rules, "mojibake")
    evidence = (*(("decode.mojibake",) if mended else ()), *shaped)
    return Sign(float(mended + len(shaped)), bool(shaped) or mended >= MOJIBAKE, evidence)


def _truncated(text: str, rules: Rules) -> Sign:
    """Whether the text breaks off within a sentence; the last line must be prose like the others."""
    shaped = shapes.signs(text, rules, "truncated")
    if shaped:
        return Sign(1.0, True, shaped)
    last = text.rstrip().rpartition("\n")[2].strip()
    if len(last) < LONG or _ended(last) or not (score := _mid_sentence(last)):
        return Sign()
    lines = [line for line in (x.strip() for x in text.split("\n")) if len(line) >= LONG]
    if sum(map(_ended, lines[:-1])) < 0.8 * (len(lines) - 1):
        return Sign()
    return Sign(score, score >= 1, ("truncated.mid-sentence",))


def _ended(line: str) -> bool:
    """Whether a line stops at the end of a sentence, a quotation or a bracket."""
    return line[-1:] in CLOSERS or line.rstrip(CLOSERS)[-1:] in ENDS


def _mid_sentence(line: str) -> float:
    """How surely a line of prose stops in a sentence: 1 at a comma or a small word that needs another, 0.5 late in a long one."""
    cut = SENTENCE.search(line)
    if cut is None or ADDRESS.search(cut[1]):
        return 0.0
    return 1.0 if HANGING.search(cut[1]) else 0.5 if LATE.match(cut[1]) else 0.0
