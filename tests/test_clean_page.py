"""HTML pages: which lines are the text, and how they are cut."""

from __future__ import annotations

import pytest
from effort import TWICE, growth
from lxml import html

import digest
from digest import clean
from digest.clean import dom
from digest.clean.lines import Piece, Verdict
from digest.clean.nesting import flattened
from digest.clean.standing import items
from digest.model import Block

STORY = [
    "The ferry to the islands will not sail before Monday, the harbour master said on Friday.",
    "Two of its three engines failed during the storm, and the spare parts are held up at the border.",
    "“We have asked the navy for help, but have heard nothing so far,” said Jane Doe, who runs the line.",
    "About 400 people are waiting in the town, many of them in the school, which the council has opened for them.",
]
PARAGRAPHS = "".join(f"<p>{p}</p>" for p in STORY)


def lines(markup: str) -> list[dom.Line]:
    return dom.lines(html.document_fromstring(f"<html><body>{markup}</body></html>").find("body"))


def body(markup: str) -> str:
    return digest.read(f"<html lang='en'><body>{markup}</body></html>", kind="html").body.value


def test_a_table_row_is_one_line_and_a_layout_cell_is_not() -> None:
    data = "<table><tr><th>Year</th><th>Ships</th></tr><tr><td>1990</td><td><b>12</b></td></tr></table>"
    assert [x.text for x in lines(data)] == ["Year | Ships", "1990 | 12"]
    layout = "<table><tr><td><p>One paragraph.</p><p>Another one.</p></td><td>x</td></tr></table>"
    assert [x.text for x in lines(layout)] == ["One paragraph.", "Another one.", "x"]


def test_a_line_knows_its_links_and_whether_it_is_hidden() -> None:
    found = lines(
        "<p>See <a href='/a'>the map</a></p><div style='display: none'><p>Later</p></div><p>Now</p>"
    )
    assert [(x.text, round(x.linked, 2), x.hidden) for x in found] == [
        ("See the map", 0.64, False),
        ("Later", 0.0, True),
        ("Now", 0.0, False),
    ]


def test_the_container_is_the_element_with_most_prose() -> None:
    found = lines(
        f"<div id=a><p>Short.</p></div><div id=b>{PARAGRAPHS}<div class='relatedBox'><p>x</p></div></div>"
    )
    assert dom.container(found)[0].element.get("id") == "b"
    places = dom.places(found)
    assert places[1].up == 0
    assert {"related", "box"} <= places[-1].names and not places[1].names & {"related"}


@pytest.mark.parametrize(
    "wrapped",
    [
        f"<form><div>{PARAGRAPHS}</div></form>",
        f"<div hidden><div>{PARAGRAPHS}</div></div>",
        f"<main><section>{PARAGRAPHS}</section></main>",
        f"<table><tr><td>{PARAGRAPHS}</td></tr></table>",
    ],
    ids=["form", "hidden", "main", "table"],
)
def test_the_story_is_found_whatever_holds_it(wrapped: str) -> None:
    page = f"<nav><a href=/>Home</a></nav>{wrapped}<footer><p>© The Example</p></footer>"
    assert body(page) == "\n\n".join(STORY)


def test_links_and_boxes_beside_the_story_go() -> None:
    teasers = "".join(f"<li><a href='/{i}'>Ten ways to cook a fish, part {i}</a></li>" for i in range(6))
    page = f"<article>{PARAGRAPHS}</article><aside class='related-stories'><h3>Read next</h3><ul>{teasers}</ul></aside>"
    assert body(page) == "\n\n".join(STORY)


def test_a_caption_in_the_story_is_moved_not_lost() -> None:
    caption = "The ferry at its berth on Friday"
    page = f"<article><p>{STORY[0]}</p><figure><img src=a.jpg><figcaption>{caption}</figcaption></figure>{PARAGRAPHS}</article>"
    document = digest.read(f"<html lang='en'><body>{page}</body></html>", kind="html")
    assert caption not in document.body.value
    assert [m.text for m in document.moved if m.cls == "caption"] == [caption]


def test_words_in_a_script_are_found_where_the_page_shows_none() -> None:
    text = " ".join(STORY)
    page = f'<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{text}"}}</script><p>Loading</p>'
    assert STORY[3] in body(page)


@pytest.mark.parametrize("deep", [150, 1000, 5000])
@pytest.mark.parametrize("close", ["</div>", ""])
def test_a_story_is_found_however_deep_it_stands(deep: int, close: str) -> None:
    assert body("<div>" * deep + PARAGRAPHS + close * deep) == "\n\n".join(STORY)


def test_words_of_containers_too_deep_stay_apart_and_in_order() -> None:
    cells = "".join(f"<div>word{i}" for i in range(400)) + "</div>" * 400
    assert "word150 word151" not in flattened(cells)
    text = html.document_fromstring(flattened(cells)).text_content()
    assert text.split()[-1] == "word399" and " word300 " in text
    assert flattened(PARAGRAPHS * 200) == PARAGRAPHS * 200


def test_a_nul_in_a_page_is_passed_over_as_browsers_do() -> None:
    assert body(PARAGRAPHS.replace("ferry", "fer\0ry")) == "\n\n".join(STORY)


@pytest.mark.parametrize(
    ("rules", "stays"),
    [
        (["", "learned.label", ""], [1]),  # by rule of each item, "" for one that stays
        (["learned.label", "", "residue.share"], [0]),
        (["learned.label", "learned.teaser", "learned.label"], []),
    ],
)
def test_an_item_that_only_the_table_cuts_stays_where_its_list_stays(
    rules: list[str], stays: list[int]
) -> None:
    found = [Piece(10 * i, 10 * i + 9, "an item x") for i in range(5)]
    hints = [Block("list-item", p.start, p.end) for p in found[:3]]
    cut = {i: Verdict("label", rule, "", "low") for i, rule in enumerate(rules) if rule}
    cut[4] = Verdict("label", "learned.label", "", "low")
    assert items(found, cut, hints) == stays
    assert items(found, cut, []) == []


HOSTILE = {
    "tables": lambda n: "<table><tr><td>" * n,
    "paragraphs": lambda n: "<p>x</p>" * n * 10,
    "boxes": lambda n: "<div>" * n + "<p>word</p></div>" * n,
    "links": lambda n: "<a href=/>" * n + "word",
    "posts": lambda n: "<blockquote class='twitter-tweet'><p>word <a href=/>y</a></p>" * n,
    "unclosed": lambda n: "<div " * n + "word",
    "captions": lambda n: "<blockquote>x</blockquote><figure>" + "<figcaption>word</figcaption>" * n,
    "titles": lambda n: "<blockquote>word" + "<b> </b><i><cite>word</cite></i>" * n,
    "classes": lambda n: "<div class='" + "a b-c " * n * 10 + "'><p>word</p></div>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_takes_effort_by_its_length_only(name: str) -> None:
    clean.page("<html><body>" + HOSTILE[name](3000))
    assert growth(clean.page, lambda n: "<html><body>" + HOSTILE[name](n), 150) < TWICE


def test_a_figure_is_searched_once_for_all_its_captions(monkeypatch: pytest.MonkeyPatch) -> None:
    searched = []
    monkeypatch.setattr(dom, "_holds_quotation", lambda e: bool(searched.append(e)))
    clean.page("<html><body><figure>" + "<figcaption>word</figcaption>" * 50)
    assert len(searched) == 1
