"""A scrape in Markdown is read as the page it was taken from; a text that only uses such signs is left alone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import read
from digest.clean import unmarked
from digest.exchange import to_json
from digest.text import Text

PAGE = """\
[Skip to content](https://www.example.org/story#main)

*   [Home](https://www.example.org/)
*   [News](https://www.example.org/news "All news")

[![Example Post](https://cdn.example.org/logo.png)](https://www.example.org/)

# Ferry to the outer islands will sail twice a day

By [Jane Doe](https://www.example.org/author/jane-doe)

![The ferry at its berth in March](https://cdn.example.org/img/ferry_(1).jpg)

The ferry to the outer islands will sail **twice a day** from May, the [harbour board](/board) said on Tuesday. It had
sailed once a day since the storm took the second pier in January \\[see map\\].

"We have waited _four months_ for this," said [Ann Moore](https://www.example.org/p/ann_moore), who keeps the shop.

What it costs
-------------

A ticket will cost [$12](https://www.example.org/tickets), the board said, up from $9.50.

> "Nobody asked us," said the mayor, Tom Rees.

* * *

[Subscribe to our newsletter](https://www.example.org/nl)
"""
STORY = """\
The ferry to the outer islands will sail twice a day from May, the harbour board said on Tuesday. It had
sailed once a day since the storm took the second pier in January [see map].

"We have waited four months for this," said Ann Moore, who keeps the shop.

What it costs

A ticket will cost $12, the board said, up from $9.50.

"Nobody asked us," said the mayor, Tom Rees."""


def test_a_page_in_markdown_is_read_like_any_other() -> None:
    document = read(PAGE)
    assert document.headline == "Ferry to the outer islands will sail twice a day"
    assert document.byline == "By Jane Doe"
    assert document.body.value.split() == STORY.split()
    assert [q.speaker for q in document.quotes] == ["Ann Moore", "the mayor"]


def test_every_sign_is_told_with_its_reason_and_can_be_put_back() -> None:
    document = read(PAGE)
    signs = [e for e in to_json(document)["edits"] if e["class"] == "markup"]
    assert {e["rule"] for e in signs} >= {"markdown.link", "markdown.sign"}
    assert all(PAGE[e["raw_start"] : e["raw_end"]] == e["old"] and e["why"] for e in signs)
    assert document.body.undo() == PAGE


def test_what_a_scraping_service_wrote_above_goes() -> None:
    above = "Title: Ferry twice a day\n\nURL Source: https://www.example.org/1\n\nMarkdown Content:\n"
    done = Text(above + PAGE)
    done = done.revise("reflow", unmarked(done.value))
    assert done.value.startswith("Ferry twice a day\n")
    assert "example.org" not in done.value


def test_a_mail_that_was_quoted_is_read_without_its_signs() -> None:
    mail = "> Good morning. The ferry is still on the\n> bank, and the company now speaks of\n> Thursday at the earliest.\n>\n> The tug failed twice\n> yesterday, it said, to pull her free, and\n> will try again.\n"
    assert read(mail).body.value.split("\n\n") == [
        "Good morning. The ferry is still on the bank, and the company now speaks of Thursday at the earliest.",
        "The tug failed twice yesterday, it said, to pull her free, and will try again.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# is how she began each note, and *this* is how she ended it. A [list](see below) was never kept.",
        "The file is named a_b_c and costs 5 * 3 * 2 pounds.\n\n> nobody laughed\n\n- one\n- two",
        "He wrote [sic] and (https://www.example.org/) under it. One [link](https://www.example.org/) makes no page.",
    ],
)
def test_a_text_without_links_in_markdown_is_left_alone(text: str) -> None:
    assert unmarked(text) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[The ferry\nis late](https://e.org/a) and [full](/b).", "The ferry\nis late and full."),
        ("[\n\nThe ferry [again]\n\n](https://e.org/a) [full](/b).", "\n\nThe ferry [again]\n\n full."),
        ("[![A boat](/b.jpg)\nThe ferry](/a) and [full](/b)", "\nThe ferry and full"),
        ("It [sic] is ](https://e.org/a) late, [full](/b)", "It [sic] is  late, full"),
    ],
)
def test_a_link_that_runs_over_lines_leaves_no_bracket(text: str, shown: str) -> None:
    assert Text(text).revise("reflow", unmarked(text)).value == shown


SIGNS = [
    "[",
    "]",
    "(",
    ")",
    "!",
    "*",
    "_",
    "#",
    ">",
    "\\",
    "\n",
    " ",
    "word",
    "[a](/b)",
    "](https://e.org/x)",
    "- ",
    "===",
]


@given(st.lists(st.sampled_from(SIGNS), max_size=60))
def test_any_mixture_of_signs_can_be_put_back(parts: list[str]) -> None:
    text = "".join(parts) + "[a](/b)[c](/d)"
    done = Text(text).revise("reflow", unmarked(text))
    assert done.undo() == text
    assert re.sub(r"[^a-z]", "", done.value).count("word") <= text.count("word")


@pytest.mark.parametrize(
    "unit",
    [
        "[",
        "![",
        "[a](",
        "*a ",
        "_",
        "# ",
        " ",
        "](/",
        "\\",
        '[a](/b "',
        "[[a]",
        "[\\[x\\]",
        "text.\\[1\\]",
        "a\n---\n",
    ],
)
def test_hostile_signs_take_bounded_steps(unit: str) -> None:
    text = unit * 20_000 + "[a](/b) [c](/d)"
    assert Text(text).revise("reflow", unmarked(text)).undo() == text
