"""`learn` and `propose` only ever propose."""

from __future__ import annotations

import sys

import pytest

from digest import load, pipeline, suggest
from digest.assemble import assembled
from digest.errors import BuildError

ORIGINAL = "The council met on Monday and agreed to mend the old bridge. The cost of training is high, the mayor said.\n"
DAMAGED = ORIGINAL.replace("The cost of training", "The associated fee of coaching")


def test_learn_writes_proposals_that_load(project) -> None:
    (project.root / "o.txt").write_text(ORIGINAL, "utf-8")
    seed = project.seed("d.txt", DAMAGED)
    project.content("articles/d.md", "---\nid: d\nseed: d.txt\nadded: 2025-02-01T09:30:00Z\n---\n")
    text = suggest.learnt(seed, project.root / "o.txt")
    assert "text: training" in text
    assert "'coaching' -> 'training'" in text
    project.content("emendations/d.learnt.yaml", text)
    made = assembled(load.content(project.root))
    assert made.problems == ()
    [article] = made.site.articles
    assert any(e.status == "proposed" for e in article.shown.edits)
    assert "fee of coaching" in article.shown.text


def test_texts_that_are_no_copies_teach_nothing(project) -> None:
    (project.root / "o.txt").write_text("Sheep eat grass on the hill every day of the week.", "utf-8")
    with pytest.raises(ValueError, match="nothing to learn"):
        suggest.learnt(project.seed("d.txt", DAMAGED), project.root / "o.txt")


@pytest.mark.parametrize(
    ("program", "says"),
    [
        ("import sys; sys.exit('no model')", "ended with status 1: no model"),
        ("print('x')\nprint('y')", "answered 2 lines"),
    ],
)
def test_a_program_that_fails_is_named(project, program: str, says: str) -> None:
    script = project.root / "p.py"
    script.write_text(program, "utf-8")
    with pytest.raises(BuildError, match=says):
        suggest._answers(f"{sys.executable} {script}", [suggest.Question(0, 1, "A sentence.", ("x",))])


def test_propose_names_an_unknown_article(project) -> None:
    with pytest.raises(BuildError, match="no article has the id `ghost`"):
        list(suggest.asked(project.root, "true", ["ghost"]))


def test_propose_reads_an_article_as_the_build_does(project, monkeypatch) -> None:
    project.seed("d.txt", DAMAGED)
    given = []
    monkeypatch.setattr(
        suggest.assemble, "remembered", lambda content: {e.id: ("line",) for e in content.entries}
    )
    monkeypatch.setattr(
        suggest.assemble,
        "document_of",
        lambda entry, content, recurring: given.append(recurring) or pipeline.read(entry.seeds[-1].text),
    )
    list(suggest.asked(project.root, f"{sys.executable} -c pass", []))
    assert given == [("line",)]
