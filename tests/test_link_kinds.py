"""What a conflict is called: a disagreement, damage, or a copyist's slip."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from linked import article, site
from test_link_across import named

from digest.link.site import Records
from digest.model import Sign
from digest.site import Article, Conflict, Entity, Lineage

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "conflict-kinds.yaml").read_text("utf-8"))
NAMES = (("Ines Duarte", "person"), ("Tomas Reyl", "person"))


def witness(name: str, text: str, day: int, damaged: bool = False) -> Article:
    a = article(name, text, day)
    signs = (("spun", Sign(1.0, True)),) if damaged else ()
    return replace(a, shown=replace(a.shown, mentions=named(a.shown.text, *NAMES), diagnosis=signs))


def conflicts(case: dict) -> tuple[Conflict, ...]:
    texts = [
        witness(name, text, day, name in case.get("damaged", ()))
        for day, (name, text) in enumerate(case["texts"].items(), 1)
    ]
    copies = tuple((a, "copy", "") for a in case.get("one-original", ()))
    lineages = (Lineage("one", "One", False, copies),) if copies else ()
    return site(*texts, records=Records(lineages=lineages)).conflicts


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_kinds(case: dict) -> None:
    assert [c.slot for c in conflicts(case)] == case["expected"][:1]
    assert [c.kind for c in conflicts(case)] == case["expected"][1:]


def test_a_slip_stands_where_it_says_and_asks_about_the_word() -> None:
    case = CASES[0]
    (c,) = conflicts(case)
    assert c.question == "Did Tomas Reyl say “farmers” or “framers”?"
    assert {(r.article, r.words) for r in c.readings} == {
        ("a", "farmers"),
        ("b", "farmers"),
        ("c", "framers"),
    }
    for r in c.readings:
        text = witness(r.article, case["texts"][r.article], 1).shown.text
        assert text[r.start : r.end] == r.words and r.words in r.exact and r.quote


ENGINEERS = (
    witness("a", "Ines Duarte, chief engineer at Velm, left.", 1),
    witness("b", "Ines Duarte, senior engineer at Tarn, left.", 2),
)


def test_two_people_of_one_name_have_no_conflict_of_roles() -> None:
    """The editor knows two of the name, so neither text can be held against the other."""
    people = tuple(Entity(i, "person", "Ines Duarte", by="editor") for i in ("duarte-velm", "duarte-tarn"))
    assert [c.slot for c in site(*ENGINEERS).conflicts] == ["role"]
    assert site(*ENGINEERS, records=Records(entities=people)).conflicts == ()


def test_a_namesake_who_is_kept_apart_is_no_party() -> None:
    coach = witness("c", "Ines Duarte, striker and assistant coach, scored.", 3)
    trainer = witness("d", "Ines Duarte, head coach, scored as a striker.", 4)
    made = site(*ENGINEERS, coach, trainer)
    assert [e.id for e in made.entities] == ["ines-duarte", "ines-duarte-c"]
    for c in made.conflicts:
        assert {r.article for r in c.readings} in ({"a", "b"}, {"c", "d"})
