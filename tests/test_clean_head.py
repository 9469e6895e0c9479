"""The top of a naive scrape: headline, standfirst, byline and dateline are moved, the story stays."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yaml import safe_load

from digest import read
from digest.clean.byline import bylined, first_names, names, signed, writes
from digest.clean.headline import NAMES, Story, looks, stems, story, weights
from digest.clean.judge import removed, verdicts
from digest.clean.lines import pieces
from digest.rules import rules_for

CASES = safe_load((Path(__file__).parent / "cases" / "head.yaml").read_text("utf-8"))
RULES = rules_for()
FIRST = RULES.once(first_names)
FIELDS = ("headline", "standfirst", "byline", "dateline", "published")


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_what_stands_above_the_story(case: dict) -> None:
    document = read(case["text"])
    assert {k: getattr(document, k) for k in FIELDS} == {k: case.get(k) for k in FIELDS}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_the_story_stays_whole(case: dict) -> None:
    sentences = [x for x in case["text"].splitlines() if len(x.split()) > 7 and x[-1] in '."']
    kept = read(case["text"]).body.value
    missing = [x for x in sentences if x not in kept and x != case.get("standfirst")]
    assert not missing


LINE = st.sampled_from(
    [x for case in CASES for x in case["text"].splitlines()]
    + ["Share", "By", "42", "By Jane Doe", "Menu", "…"]
)


@given(st.lists(LINE, max_size=30))
def test_the_top_only_says_where_lines_go(lines: list[str]) -> None:
    """What the top takes was out before, but for a byline, a standfirst or a headline of the page's head."""
    found = pieces("\n".join(lines))
    out, _ = removed(found, RULES)
    more = verdicts(found, RULES)
    assert out.keys() <= more.keys()
    for i in more.keys() - out.keys():
        assert more[i].move or more[i].rule in ("head.release", "head.kicker")
        assert more[i].cls in ("headline", "standfirst", "byline", "label")
    classes = [v.cls for v in more.values() if v.rule.startswith("head.")]
    assert classes.count("headline") <= 1
    assert classes.count("dateline") <= 1


@given(st.lists(LINE, max_size=30))
def test_only_signs_that_the_table_may_weigh(lines: list[str]) -> None:
    found = pieces("\n".join(lines))
    out, _ = removed(found, RULES)
    about = story(found, out) or Story(len(found), frozenset(), frozenset())
    for i, signs in looks(found, out, about, FIRST).items():
        assert i < about.start
        assert set(signs) <= set(NAMES)
    assert set(RULES.once(weights)) <= set(NAMES)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Laura Finch", True),
        ("By JIM KELSO jkelso@daily.example", True),
        ("Helena Smith and Rob Dean", True),
        ("Maria Holt  | Example News", True),
        (
            "By Friday the roads were clear and the town had begun to count what it had lost in the flood.",
            False,
        ),
        ("Severe Weather", False),
        ("Helena Smith said she would go", False),
        ("Rob Dean.", False),
    ],
)
def test_a_line_of_authors(line: str, expected: bool) -> None:
    assert bylined(line, FIRST) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Thabo Mokone   Parliamentary editor", ["Thabo Mokone"]),
        ("By Ann Lee, Tom van der Berg and AFP", ["Ann Lee", "Tom van der Berg", "AFP"]),
        ("Nora Kinsella2 minutes ago", ["Nora Kinsella"]),
        ("the harbour board", None),
        ("Powered by", None),
    ],
)
def test_names_of_a_line(line: str, expected: list[str] | None) -> None:
    assert names(line) == expected


def test_the_post_of_one_who_writes() -> None:
    assert writes("Eastern rivers correspondent")
    assert not writes("The editor said that he would not go to court over it.")
    assert not writes("Eastern rivers")


def test_words_are_compared_by_their_beginnings() -> None:
    assert stems("The court blocks a plan") == stems("Courts blocked plans") | {"plan"} - {"plans"}
    assert not stems("the of and")


def test_a_long_menu_is_not_looked_through_for_each_line() -> None:
    """Twenty thousand lines above one story: only the nearest are asked for their signs."""
    text = "\n".join([f"Section {i} Of The Paper" for i in range(20_000)] + [CASES[0]["text"]])
    found = pieces(text)
    out, _ = removed(found, RULES)
    about = story(found, out)
    assert about is not None
    assert len(looks(found, out, about, FIRST)) <= 40
    assert read(text).headline == CASES[0]["headline"]


def test_every_moved_line_can_be_undone() -> None:
    for case in CASES:
        document = read(case["text"])
        assert document.body.undo() == case["text"]
        for moved in document.moved:
            assert case["text"][moved.raw_start : moved.raw_end].strip() == moved.text
            assert re.search(r"\S", moved.text)


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("BY: JANE DOE & JOHN PUBLIC |", "JANE DOE, JOHN PUBLIC"),
        ("Analysis by Jane Doe, Example News", "Jane Doe, Example News"),
        ("By Jane Doe 10/5/24 09:19 PM", "Jane Doe"),
        ("Maria Holt", "Maria Holt"),
        ("By our own correspondent", "By our own correspondent"),
        ("", ""),
        ("By Ann Lee, Tom Fox and Jane Roe in Paris", "Ann Lee, Tom Fox, Jane Roe"),
        ("Words: Ann Lee; Pictures: Tom Fox", "Ann Lee, Tom Fox (pictures)"),
        ("Words by Ann Lee, photos by Tom Fox and Jane Roe", "Ann Lee, Tom Fox (photos), Jane Roe (photos)"),
        ("Pictures: Tom Fox", "Pictures: Tom Fox"),
        ("By Ann Lee with Tom Fox for The Echo", "Ann Lee, Tom Fox"),
        ("By Siobhán Ó Lee and Zoë Fox", "Siobhán Ó Lee, Zoë Fox"),
        ("By Ann Lee (words) and Tom Fox", "Ann Lee, Tom Fox"),
    ],
)
def test_a_byline_names_its_writers(line: str, who: str) -> None:
    assert signed(line) == who


PORT = (
    "The harbour wall at Ferrol, which fell in the storm of January, will be rebuilt by the summer, the port said on Monday. "
    "It will cost two million euros.\n\n"
    "“We will have it back by June,” said Ann Lee, who runs the port and its forty boats."
)


@pytest.mark.parametrize("label", ["PRESS RELEASE", "Media release", "FOR IMMEDIATE RELEASE"])
def test_the_label_of_a_press_release_is_cut_above_its_headline(label: str) -> None:
    document = read(f"{label}\n\nHarbour wall to be rebuilt\n\n{PORT}")
    assert document.headline == "Harbour wall to be rebuilt"
    assert document.body.value == PORT


def test_one_word_above_a_headline_is_cut_and_above_prose_it_stays() -> None:
    document = read(f"Harbours\n\nFerrol to see its wall rebuilt\nBy Jane Doe\n\n{PORT}")
    assert document.headline == "Ferrol to see its wall rebuilt"
    assert document.body.value == PORT
    assert [v.rule for v in verdicts(pieces(f"Harbours\n\n{PORT}"), RULES).values()] == []


def test_a_turn_of_a_transcript_is_no_headline() -> None:
    answer = "LEE: It paid since the court told it to, and since nobody on the board wished to go on with the case. That is all."
    for first in ("HOST: Why did the firm pay?", "HOST: Good morning to all of you"):
        document = read(f"{first}\n\n{answer}\n\nHOST: And now?\n\n{answer}")
        assert document.headline is None
        assert first in document.body.value
    text = f"UPDATE: Harbour wall to be rebuilt\nBy Jane Doe\n3 March 2025\n\n{PORT}"
    assert read(text).headline == "UPDATE: Harbour wall to be rebuilt"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Analysis: Ann Lee, Tom Fox", None),
        ("Commentary: Fox Must Go, Images: Echo Images", None),
        ("Report: Fox Must Go, Images: Echo Images", None),
        ("Video: Ann Lee; Words: Tom Fox", None),
        ("Analysis by Ann Lee, pictures by Tom Fox", ["Ann Lee", "Tom Fox (pictures)"]),
        ("Reporting: Ann Lee; Photos: Tom Fox", ["Ann Lee", "Tom Fox (photos)"]),
    ],
)
def test_behind_a_colon_alone_few_words_name_a_work(line: str, found: list[str] | None) -> None:
    assert names(line) == found
