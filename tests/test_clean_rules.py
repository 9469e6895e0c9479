"""Every residue rule hits its hits and misses its misses."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.clean.appeal import by_role, first
from digest.clean.foot import patterns
from digest.clean.lexicon import lexicon
from digest.clean.lines import WORD, normal, pieces
from digest.clean.within import within
from digest.rules import Rule, rules_for

RULES = rules_for()
SIGNS = [str.maketrans("$", sign) for sign in "$€₹"]
WHOLE = [r for r in (*RULES.of("residue"), *RULES.of("residue-shape")) if not r.more.get("foot")]
FOOT = [r for r in RULES.of("residue") if r.more.get("foot")]
LINES = [(r, x) for r in WHOLE for x in r.hits]
SOUND = [(r, x) for r in WHOLE for x in r.misses]


@pytest.mark.parametrize(("rule", "line"), LINES, ids=lambda x: x.id if isinstance(x, Rule) else x[:40])
def test_a_rule_hits(rule: Rule, line: str) -> None:
    found = RULES.once(lexicon).find(normal(line))
    assert found and found.cls == rule.cls


@pytest.mark.parametrize(("rule", "line"), SOUND, ids=lambda x: x.id if isinstance(x, Rule) else x[:40])
def test_a_rule_misses(rule: Rule, line: str) -> None:
    found = RULES.once(lexicon).find(normal(line))
    assert found is None or found.id != rule.id


@pytest.mark.parametrize("rule", FOOT, ids=lambda r: r.id)
def test_a_rule_for_the_foot(rule: Rule) -> None:
    mine = [pattern for pattern, r in RULES.once(patterns) if r.id == rule.id]
    for line in (*rule.hits, *rule.misses):
        assert any(p.fullmatch(normal(line)) for p in mine) == (line in rule.hits)


@pytest.mark.parametrize("rule", RULES.of("residue-appeal"), ids=lambda r: r.id)
def test_an_appeal_cue(rule: Rule) -> None:
    mine = [c for c in RULES.once(by_role)[rule.more["role"]] if c[1].id == rule.id]
    shown = (lambda x: x) if rule.more["role"] == "self" else normal
    assert all(first(mine, shown(x)) for x in rule.hits)
    assert not any(first(mine, shown(x)) for x in rule.misses)


@pytest.mark.parametrize("rule", RULES.of("residue-appeal"), ids=lambda r: r.id)
def test_an_appeal_is_not_kept_from_its_hits_by_its_needs(rule: Rule) -> None:
    needed = set(rule.more.get("needs", ()))
    assert all(not needed or needed & set(WORD.findall(normal(x))) for x in rule.hits)


BEGUN = [r for r in RULES.of("residue") if {"begins", "holds", "ends"} & r.more.keys()]


@pytest.mark.parametrize("rule", BEGUN, ids=lambda r: r.id)
@settings(max_examples=300)
@given(data=st.data())
def test_a_line_that_a_pattern_fits_begins_as_its_rule_says(rule: Rule, data: st.DataObject) -> None:
    line = data.draw(st.from_regex(rule.pattern, fullmatch=True))
    begun = not "a" <= line[0] <= "z" or line.startswith(tuple(rule.more.get("begins", ())))
    ended = line.endswith(tuple(rule.more.get("ends", ())))
    assert begun or ended or any(part in line for part in rule.more.get("holds", ()))
    assert RULES.once(lexicon).begun(line)


@pytest.mark.parametrize("rule", RULES.of("residue-within"), ids=lambda r: r.id)
def test_words_within_a_sentence(rule: Rule) -> None:
    for line in (*rule.hits, *rule.misses):
        made = [e for e in within(line, pieces(line), {}, RULES) if e.rule == rule.id]
        assert bool(made) == (line in rule.hits)


@pytest.mark.parametrize(
    "line",
    [
        "‘It has (opens in a new tab) no end,’ he said.",
        "“A day\n\n“It (opens in a new tab) ends,” he said.",
        "'So (opens in a new tab) it is,' he said.",
    ],
)
def test_nothing_is_taken_out_of_a_quotation(line: str) -> None:
    assert not [*within(line, pieces(line), {}, RULES)]


def test_many_quotations_are_looked_through_once() -> None:
    """Fifty thousand quotations with as many links between them: each link is asked of one quotation."""
    line = '"a" b, opens new tab ' * 50_000
    assert len([*within(line, pieces(line), {}, RULES)]) == 50_000


PATTERNS = [
    r
    for kind in ("residue", "residue-shape", "residue-appeal", "residue-within")
    for r in RULES.of(kind)
    if r.pattern
]


@pytest.mark.parametrize("rule", PATTERNS, ids=lambda r: r.id)
def test_a_pattern_ends_on_its_own_words_said_over_and_over(rule: Rule) -> None:
    """A pattern in which one stretch fits two of its parts would try all ways to share the line out, and never end."""
    pattern = re.compile(rule.pattern)
    for hit in dict.fromkeys(normal(x).translate(signs) for x in rule.hits for signs in SIGNS):
        words = hit.split()
        for size in (1, 2, 3):
            for at in range(len(words) - size + 1):
                piece = " ".join(words[at : at + size])
                for line in (piece, piece + " "):
                    many = line * (500 // len(line)) + "\x00"
                    found = pattern.fullmatch(many)  # what is tested is that it comes back
                    assert found is None or found[0] == many
