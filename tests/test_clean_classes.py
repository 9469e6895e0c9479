"""A new class of residue is one entry in a rule file, and nothing else."""

import shutil
from pathlib import Path

import pytest

from digest import clean
from digest.errors import BuildError
from digest.rules import FOLDER, Rules, classes, rules_for
from digest.text import Text

ENTRY = """
  - id: residue.stars.line
    class: stars
    label: what the stars say
    pattern: 'your stars (?:today|this week)\\b.{0,80}'
    why: the horoscope of the day
    seen: evening papers
    hits: [Your stars today]
    misses: [The stars were out.]
"""
SECOND = ENTRY.replace("label: what the stars say\n    ", "").replace("stars.line", "stars.other")
STORY = [
    "The ferry to the island will not sail before May, the company said on Monday, because spare parts are missing.",
    "Islanders have hired two fishing boats to bring in food and post, and the school has moved into the church hall.",
    "The minister told parliament that a new boat had been ordered, and that it would be larger than the old one.",
    "Nobody on the quay believed her, since the last one had been promised for eleven years in a row.",
    "The company said it would give a date as soon as it had one.",
]


def ruled(tmp_path: Path, entry: str) -> Rules:
    folder = tmp_path / "rules"
    shutil.copytree(FOLDER, folder)
    path = folder / "en/residue.yaml"
    path.write_text(path.read_text("utf-8").rstrip("\n") + entry, "utf-8")
    return rules_for("en", folder)


@pytest.mark.parametrize("at", range(len(STORY) + 1))
def test_a_rule_of_a_new_class_acts_wherever_its_line_stands(tmp_path: Path, at: int) -> None:
    rules = ruled(tmp_path, ENTRY)
    lines = [*STORY[:at], "Your stars today: stay at home", *STORY[at:]]
    text = Text("\n".join(lines)).revise("clean", clean.edits("\n".join(lines), rules))
    assert text.value.split("\n\n") == STORY
    (cut,) = [e.edit for e in text.raw_edits() if e.edit.kind in ("excise", "move")]
    assert (cut.kind, cut.cls, cut.rule) == ("excise", "stars", "residue.stars.line")


def test_a_new_class_that_moves_keeps_its_line_as_metadata(tmp_path: Path) -> None:
    rules = ruled(tmp_path, ENTRY.replace("label:", "moves: true\n    label:"))
    raw = "\n".join([*STORY, "Your stars today"])
    assert [e.cls for e in clean.edits(raw, rules) if e.kind == "move"] == ["stars"]


def test_a_new_class_has_its_label(tmp_path: Path) -> None:
    assert {c.name: c.label for c in classes(ruled(tmp_path, ENTRY))}["stars"] == "what the stars say"


def test_every_class_that_a_rule_has_is_declared_once() -> None:
    names = [c.name for c in classes(rules_for())]
    assert len(names) == len(set(names))
    assert {
        r.cls for name in ("residue", "residue-appeal", "residue-within") for r in rules_for().of(name)
    } <= {*names}


@pytest.mark.parametrize(
    ("name", "guess"), [("newsleter", "did you mean newsletter?"), ("stars", "needs a `label`")]
)
def test_a_class_that_nobody_declares_is_a_problem(tmp_path: Path, name: str, guess: str) -> None:
    entry = SECOND.replace("class: stars", f"class: {name}")
    with pytest.raises(BuildError) as caught:
        ruled(tmp_path, entry)
    (problem,) = caught.value.problems
    assert problem.rule == "rules.class" and guess in problem.message and name in problem.message
