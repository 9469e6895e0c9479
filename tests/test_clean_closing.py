"""The short last sentence of a story stays, whatever box stands below it; the box's own sentences go."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

import digest
from digest.clean import closing, judge
from digest.clean.features import OWN
from digest.clean.lines import Verdict, pieces

STORY = (
    "The bridge over the river was shut on Monday after Tom Fox, a diver, found a crack in its north pier, the town said.\n\n"
    "“It was a shock to all of us,” said Ann Lee, the mayor, who has lived beside the bridge for forty years.\n\n"
    "Nobody knows how long it will take to mend, and the shops on the south bank fear for their trade in the summer.\n\n"
)
BOXES = [
    "Sign up to our newsletter\nThe day's news at seven\nEnter your email\nSign up",
    "More on this story\nFive things to know about the bridge\nWhy bridges fail\n\nMost read\n1\nMan fined",
    "Got a tip? Email us at news@echo.example\n\nShare this article",
    "Comments\nadd a comment\n© Echo 2025",
]


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize(
    "last",
    ["He was 84.", "The trial continues.", "The case was adjourned until March.", "Fox denies the charge."],
)
def test_a_short_last_sentence_stays(last: str, box: str) -> None:
    assert digest.read(f"{STORY}{last}\n\n{box}").body.value == f"{STORY}{last}"


@pytest.mark.parametrize(
    "line",
    [
        "You can read more here.",
        "The newsletter is sent at seven.",
        "Jo Roe is a reporter for the Echo.",
        "Check out our shop.",
        "Terms apply.",
        "The views expressed are her own.",
        "Lugo was sunny.",  # a name that the story does not have
        "Have they gone?",
    ],
)
def test_what_speaks_of_the_page_or_to_its_readers_is_no_last_sentence(line: str) -> None:
    found = pieces(STORY + line)
    out = {len(found) - 1: Verdict("teaser", "learned.teaser", "")}
    assert closing.kept(found, out) == []


def test_what_a_rule_knows_is_left_to_the_rule() -> None:
    found = pieces(STORY + "He was 84.")
    assert closing.kept(found, {3: Verdict("teaser", "learned.teaser", "")}) == [3]
    assert closing.kept(found, {3: Verdict("share", "residue.share", "")}) == []
    assert (
        closing.kept(found, {2: Verdict("teaser", "learned.x", ""), 3: Verdict("t", "learned.x", "")}) == []
    )


def test_a_line_that_stays_for_the_prose_above_lets_no_other_stay() -> None:
    found = pieces(STORY + "The gulls are fed in Ferrol.\n\nThe boats are sold in Vigo.")
    sights = [SimpleNamespace(shape=3, length=6, own=[0] * len(OWN))] * len(found)
    scored = SimpleNamespace(final=[1.0] * len(found), columns={"kind": [0] * len(found)})
    assert judge._goes_on(3, sights, {}, set(), scored, found)
    assert judge._goes_on(4, sights, {3}, set(), scored, found)
    assert not judge._goes_on(4, sights, {}, {3}, scored, found)


@pytest.mark.parametrize(
    ("cls", "cert", "ends"),
    [
        ("related", "high", True),
        ("copyright", "high", True),
        ("related", "low", False),
        ("share", "high", False),
    ],
)
def test_what_stands_right_above_the_links_does_not_go_on(cls: str, cert: str, ends: bool) -> None:
    rule = SimpleNamespace(cls=cls, cert=cert)
    assert judge._ends(0, [None, rule]) == ends
    assert not judge._ends(1, [rule, None])
