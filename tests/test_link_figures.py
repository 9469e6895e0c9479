"""The same figure in texts that put it otherwise, and figures that should be the same: whole texts of our own."""

from __future__ import annotations

import pytest

from digest import build, load
from digest.assemble import assembled
from digest.site import Site

FIRST = (
    "Report of the day\n\n{}\n\nThe mayor of Velm was not there, and the rain went on until the evening.\n"
)
SECOND = (
    "Late news from the coast\n\n{}\n\nNobody else spoke at the meeting of the ferry owners in Karlsund.\n"
)

SAME = [
    ("Orsted Motors sold 1.31 million electric vans in 2023, more than any rival.", "Orsted Motors sold 1.31 million vans in 2023, the company said."),
    ("Orsted Motors sold roughly 1.3 million vans in 2023, more than any rival.", "Orsted Motors sold 1.31 million vans in 2023, the company said."),
    ("Orsted Motors employs 7,480 people at its yard in Velm.", "Orsted Motors employs about 7,500 people at the Velm yard."),
    ("The hull of the Petrel ferry cost $4.6m, Tarn said.", "The hull of the Petrel ferry cost just under $5m, Tarn said."),
    ("Tarn charges $0.16 per million tokens for the Petrel model.", "Tarn charges 16 cents per million tokens for its Petrel model."),
    ("The pension fund put nearly $8bn into Tarn in March.", "The pension fund put almost 8 billion dollars into Tarn in March."),
]  # fmt: skip
OTHER = [
    ("The new cannery in Velm will cost $2.4bn, Orsted said.", "The new cannery in Velm will cost $3.1bn, Orsted said on Monday."),
    ("The flood in Velm killed 113 people, officials said.", "The flood in Velm killed 131 people, officials said on Sunday."),
    ("At least 113 people were killed in the flood in Velm.", "The flood in Velm left 131 people dead."),
]  # fmt: skip
APART = [
    ("Orsted Motors sold 1.31 million electric vans in 2023.", "Orsted Motors sold 1.31 million petrol vans in 2023."),
    ("The flood in Velm killed 113 people.", "The flood in Velm injured 131 people."),
    ("The new cannery in Velm cost $2.4bn in 2019.", "The new cannery in Velm cost $3.1bn in 2024."),
    ("The new cannery in Velm will cost $2.4bn.", "The pension of the mayor of Velm will cost $3.1bn."),
    ("The flood in Velm killed 113 people.", "The flood in Velm killed 131 people, up from 113 people on Sunday."),
]  # fmt: skip


def linked(project, first: str, second: str) -> Site:
    project.seed("a.txt", FIRST.format(first))
    project.seed("b.txt", SECOND.format(second))
    return assembled(load.content(project.root)).site


@pytest.mark.parametrize(("first", "second"), SAME, ids=[a for a, _ in SAME])
def test_one_figure_put_otherwise(project, first: str, second: str) -> None:
    found = linked(project, first, second)
    assert [(len(g.figures), g.differ) for g in found.figure_groups] == [(2, False)]
    assert not found.conflicts


@pytest.mark.parametrize(("first", "second"), OTHER, ids=[a for a, _ in OTHER])
def test_another_value_of_one_thing_is_asked_about(project, first: str, second: str) -> None:
    found = linked(project, first, second)
    assert [(len(g.figures), g.differ) for g in found.figure_groups] == [(2, True)]
    assert [c.slot for c in found.conflicts] == ["value"]


@pytest.mark.parametrize(("first", "second"), APART, ids=[b for _, b in APART])
def test_figures_of_two_things_or_times_are_not_held_against_each_other(
    project, first: str, second: str
) -> None:
    found = linked(project, first, second)
    assert not [g for g in found.figure_groups if g.differ] and not found.conflicts


def test_what_is_counted_is_asked_by_its_numbers(project) -> None:
    (c,) = linked(project, *OTHER[1]).conflicts
    assert c.question == "Which is it: 113 people or 131 people?"
    (c,) = linked(project, *OTHER[0]).conflicts
    assert c.question == "How much is it: new cannery in Velm?"


def test_another_value_stands_under_a_heading_of_its_own(project) -> None:
    for first, second, heads in ((*OTHER[0], (False, True)), (*SAME[3], (True, False))):
        linked(project, first, second)
        build.built(project.root, project.root / "_site")
        pages = [p.read_text("utf-8") for p in project.root.glob("_site/f/*/index.html")]
        found = {("The same in other texts" in p, "Another value in other texts" in p) for p in pages}
        assert heads in found and heads[::-1] not in found and (True, True) not in found


COUNCIL = """The council of Velm voted on Tuesday to raise a second harbour wall at a cost of {}, over the protests of the ferrymen of the lower town.

Orsted Works has {} and will finish the wall by the herring season, when the trawlers Fulmar and Albatross come home to Karlsund.

Petra Lindqvist of the packers' union called it a monument to mayor Brandt, who grew up beside the smokehouse of the Nymans.

A consultancy, Hallam, found in March that the old quay would hold another winter if the sluices were mended.
"""  # fmt: skip


def test_copies_of_one_original_share_a_figure_however_it_is_put(project) -> None:
    project.seed("a.txt", COUNCIL.format("$2.6 billion", "6,480 workers"))
    project.seed("b.txt", COUNCIL.format("$2.6bn", "about 6,500 people"))
    project.seed("c.txt", COUNCIL.format("3.1 billion dollars", "6,480 employees"))
    found = assembled(load.content(project.root)).site
    assert len(found.lineages) == 1
    texts = {f.id: f.noted.item.text for f in found.figures}
    assert {(g.differ, frozenset(texts[i] for i in g.figures)) for g in found.figure_groups} == {
        (False, frozenset({"6,480 workers", "about 6,500 people", "6,480 employees"})),
        (False, frozenset({"$2.6 billion", "$2.6bn"})),
        (True, frozenset({"$2.6 billion", "$2.6bn", "3.1 billion dollars"})),
    }
    build.built(project.root, project.root / "_site")
    (page,) = (
        p for i, t in texts.items() if t == "$2.6bn" for p in [project.root / f"_site/f/{i}/index.html"]
    )
    same, _, other = page.read_text("utf-8").partition("Another value in other texts")
    assert (
        "3.1 billion dollars" in other and "3.1 billion dollars" not in same.partition("The same in other")[2]
    )
    assert "$2.6 billion" in same and "$2.6 billion" not in other.partition("</section>")[0]
