"""Every residue rule hits its hits and misses its misses."""

import pytest

from digest.clean.appeal import cues, first
from digest.clean.lexicon import lexicon
from digest.clean.lines import normal
from digest.rules import Rule, rules_for

RULES = rules_for()
LINES = [(r, x) for r in (*RULES.of("residue"), *RULES.of("residue-shape")) for x in r.hits]
SOUND = [(r, x) for r in (*RULES.of("residue"), *RULES.of("residue-shape")) for x in r.misses]


@pytest.mark.parametrize(("rule", "line"), LINES, ids=lambda x: x.id if isinstance(x, Rule) else x[:40])
def test_a_rule_hits(rule: Rule, line: str) -> None:
    found = RULES.once(lexicon).find(normal(line))
    assert found and found.cls == rule.cls


@pytest.mark.parametrize(("rule", "line"), SOUND, ids=lambda x: x.id if isinstance(x, Rule) else x[:40])
def test_a_rule_misses(rule: Rule, line: str) -> None:
    found = RULES.once(lexicon).find(normal(line))
    assert found is None or found.id != rule.id


@pytest.mark.parametrize("rule", RULES.of("residue-appeal"), ids=lambda r: r.id)
def test_an_appeal_cue(rule: Rule) -> None:
    asks, selves = RULES.once(cues)
    role = asks if rule.more["role"] == "ask" else selves
    mine = [c for c in role if c[1].id == rule.id]
    shown = (lambda x: x) if rule.more["role"] == "self" else normal
    assert all(first(mine, shown(x)) for x in rule.hits)
    assert not any(first(mine, shown(x)) for x in rule.misses)
