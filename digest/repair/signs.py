"""What kind of copy this is: how strongly each kind of damage shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from digest.model import Sign
from digest.repair import lexicon, nameforms, shapes
from digest.rules import Rules

# Measured on sound news, see docs/decisions/201: the highest score of a sound text is well below.
SPUN_HARD, SPUN_SCORE = 3, 3.0
BACK_HARD, BACK_SCORE = 2, 2.5
SOFT = 0.2
PER_RULE = 4  # phrases of one rule that count: one subject may hold one odd word often
WORDS_PER_STEP = 4000  # in a long text chance finds more: the bar rises with the length
ENDED = re.compile(r"""[.!?…:;。！？]["'”’»)\]*]*$|[”"»]$|[)\]]$""")
LONG = 60
# the last sentence of a line, without an end
SENTENCE = re.compile(r"[.!?][”’\"']? ([A-Z“][^.!?]*[a-z,])$")
HANGING = re.compile(
    r"(?:,| (?:a|an|the|of|to|in|and|or|but|with|for|by|from|at|on|that|which|is|was|has|his|her))$"
)
ADDRESS = re.compile(r"[@/]|www")
LATE = re.compile(r"(?!Learn|Read|How|Follow|See|Click|Source|Photo|Join|Sign)(?:\S+ ){9,}[a-z]+$")


def diagnosis(text: str, rules: Rules) -> tuple[tuple[str, Sign], ...]:
    """Each kind of damage by name, with its score and the ids of the rules that speak for it."""
    found = lexicon.hits(text, rules)
    steps = max(1.0, text.count(" ") / WORDS_PER_STEP)
    return (
        ("spun", _spun(found, steps)),
        ("back_translated", _back(text, found, rules, steps)),
        ("truncated", _truncated(text, rules)),
        ("mojibake", _shape_sign(text, rules, "mojibake")),
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
    names = nameforms.misspelt(text, rules)
    hard = sum(w[0] for w in weights.values()) + len(shaped)
    soft = sum(w[1] for w in weights.values())
    score = hard + SOFT * soft + 0.5 * min(4, len(names))
    evidence = (*weights, *shaped, *(("name.form",) if names else ()))
    return Sign(round(score, 2), hard >= BACK_HARD * steps and score >= BACK_SCORE * steps, evidence)


def _shape_sign(text: str, rules: Rules, name: str) -> Sign:
    shaped = shapes.signs(text, rules, name)
    return Sign(float(len(shaped)), bool(shaped), shaped)


def _truncated(text: str, rules: Rules) -> Sign:
    """Whether the text breaks off within a sentence; the last line must be prose like the others."""
    shaped = shapes.signs(text, rules, "truncated")
    if shaped:
        return Sign(1.0, True, shaped)
    lines = [s for s in (line.strip() for line in text.rstrip().split("\n")) if len(s) >= LONG]
    last = text.rstrip().rpartition("\n")[2].strip()
    if not lines or last != lines[-1] or ENDED.search(last):
        return Sign()
    before = lines[:-1]
    ended = sum(bool(ENDED.search(line)) for line in before)
    if not _mid_sentence(last) or ended < 0.8 * len(before):
        return Sign()
    return Sign(1.0, True, ("truncated.mid-sentence",))


def _mid_sentence(line: str) -> bool:
    """Whether a line of prose stops in a sentence: it has ended one before, or stops at a comma or small word."""
    cut = SENTENCE.search(line)
    return (
        cut is not None and not ADDRESS.search(cut[1]) and bool(HANGING.search(cut[1]) or LATE.match(cut[1]))
    )
