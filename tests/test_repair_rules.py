"""Every hit and miss of every damage rule."""

from collections.abc import Iterator

import pytest

from digest.model import Sign
from digest.repair import edits, lexicon, shapes
from digest.rules import Rule, rules_for
from digest.text import Text

RULES = rules_for()
OPEN = {"spun": Sign(9, True), "back_translated": Sign(9, True)}


def examples(kind: str) -> Iterator[tuple[Rule, str]]:
    for name in (*lexicon.FILES, *shapes.FILES):
        for rule in RULES.of(name):
            for example in getattr(rule, kind):
                yield rule, example


def ids_at(text: str) -> set[str]:
    found = {h.rule.id for h in lexicon.hits(text, RULES)}
    return found | {f.rule.id for f in shapes.found(text, RULES)}


def case(value: object) -> str:
    return value.id if isinstance(value, Rule) else str(value)[:40]


@pytest.mark.parametrize(("rule", "example"), list(examples("hits")), ids=case)
def test_hit(rule: Rule, example: str) -> None:
    before, _, after = example.partition(" => ")
    assert rule.id in ids_at(before)
    if after:
        made = [e for e in edits(before, RULES, (), (), OPEN) if e.rule == rule.id]
        made = [e for e in made if e.kind != "flag"]
        assert Text(before).revise("repair", [_applied(e) for e in made]).value == after


def _applied(edit):  # a proposed repair is tested as if it were taken
    return edit._replace(status="applied")


@pytest.mark.parametrize(("rule", "example"), list(examples("misses")), ids=case)
def test_miss(rule: Rule, example: str) -> None:
    assert rule.id not in ids_at(example)
