"""Two people of one name are kept apart, or joined with a doubt that can be seen; one person stays one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import factory
import pytest
import yaml
from effort import TWICE, growth
from linked import article, site
from test_link_across import named

from digest.link.described import described
from digest.link.site import Records
from digest.model import MentionKind
from digest.render import files
from digest.site import Article, Entity, Shown, Site

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "namesakes.yaml").read_text("utf-8"))


def text(id: str, words: str, day: int, case: dict) -> Article:
    names: list[tuple[str, MentionKind]] = [("Ines Duarte", "person")]
    for other in case.get("both", ()):
        words += f" {other} stayed."
        names.append((other, "person"))
    if case.get("firm"):
        names.append((case["firm"], "organisation"))
    return article(id, words, day, named(words, *names))


def two(case: dict, *editors: Entity) -> Site:
    texts = [text(i, case[i], day, case) for day, i in enumerate("ab", 1)]
    return site(*texts, records=Records(entities=editors))


def doubts(made: Site) -> list[str]:
    return [r.message for r in made.review if r.kind == "same-name" and not r.mild]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_who_is_who(case: dict) -> None:
    made = two(case)
    people = [e.id for e in made.entities if e.name == "Ines Duarte"]
    assert len(people) == 1 + (case["expected"] == "two")
    assert bool(doubts(made)) == (case["expected"] != "one")


def test_a_person_of_the_editors_who_seems_to_be_two_is_a_doubt() -> None:
    known = Entity("duarte", "person", "Ines Duarte", by="editor")
    made = two(CASES[0], known)
    assert [e.id for e in made.entities] == ["duarte"]
    assert doubts(made) == [
        "“Ines Duarte” may be 2 people, all joined to `duarte`: “of Tarnow Capital”, “of dockers’ union”"
    ]
    assert not doubts(two({"a": "Ines Duarte, 24, a welder, left.", "b": "Ines Duarte left."}, known))


def test_a_text_without_a_description_goes_where_more_names_are_shared() -> None:
    case = {"both": ["Rui Reyl"]}
    one = text("a", "Ines Duarte of Tarnow Capital left.", 1, {})
    other = text("b", "Ines Duarte, the goalkeeper, left.", 2, case)
    made = site(one, other, text("c", "Ines Duarte left.", 3, case))
    assert {x.entity for x in made.appearances if x.article == "c"} == {"ines-duarte-b"} | {"rui-reyl"}


def test_the_doubt_stands_on_the_page() -> None:
    page = dict(files(two(next(c for c in CASES if c["expected"] == "doubt")), factory.theme()))[
        "p/ines-duarte/index.html"
    ].decode()
    assert "“Ines Duarte” may be two people" in page


def test_the_page_of_a_name_is_the_machines_and_tells_its_bearers_apart() -> None:
    texts = [replace(text(i, CASES[0][i], 1, {}), added=None) for i in "ab"]
    page = dict(files(site(*texts), factory.theme()))["p/ines-duarte/index.html"].decode()
    assert '<span class="by machine">' in page and '<span class="by editor">' not in page
    assert "Ines Duarte, “of Tarnow Capital”</a>" in page and "Ines Duarte, “of dockers’ union”</a>" in page


def test_a_description_cannot_write_markup() -> None:
    case = {"a": "Ines Duarte of Tarn](/x/) *Capital* left.", "b": "Ines Duarte, the goalkeeper, left."}
    texts = [replace(text(i, case[i], 1, {}), added=None) for i in "ab"]
    page = dict(files(site(*texts), factory.theme()))["p/ines-duarte/index.html"].decode()
    assert 'href="/x/"' not in page and "<em>Capital" not in page


@pytest.mark.parametrize(
    "words",
    [
        "Ines Duarte, the ",
        "the head of Ines Duarte, ",
        "Ines Duarte of Velm and Velm ",
        "union head Ines Duarte ",
    ],
)
def test_hostile_lines_take_effort_by_their_length_only(words: str) -> None:
    def taken(text: str) -> None:
        described(Shown("full", text, mentions=named(text, ("Ines Duarte", "person"))))

    assert growth(taken, lambda n: words * n, 500) < TWICE
