"""Live pages keep their entries, in their order, under their times; what only has times is cut as before."""

from __future__ import annotations

import pytest

import digest
from digest.clean import live
from digest.clean.judge import removed
from digest.clean.lines import Verdict, pieces
from digest.rules import rules_for

TOP = "Bridge shut at Ferrol – live updates\n\nAnn Lee\n\n14 May 2024\n\n"
ALONE = """18.20
What we know so far
The bridge is shut and nobody is hurt.
- The crack is in the north pier
- Divers go down again at noon
Share

17:55 BST
Jo Roe
I am on the south bank, where some forty people stand in the rain and look at the water as if it could tell them.
Updated at 17.59 BST

5.10pm
Divers are in the river
Two divers have gone down at the north pier, the harbour master says. They are to stay below for half an hour.
“We go down until we see it,” said Tom Fox, who leads them.

16:02
The bridge has been shut to all but walkers after a boatman saw stones fall into the river, the town has just told us.
More soon.

Related topics
Rivers
Bridges
"""
INLINE = """6:20 PM Divers come up
The divers are back and have found a crack as long as a man, the harbour master says.

5:45 PM Divers are in the river
Two divers have gone down at the north pier, and are to stay below for half an hour.

4:02 PM Bridge shut
The bridge has been shut to all but walkers after a boatman saw stones fall into the river.
"""
STORY = (
    "The bridge over the river was shut on Monday after a diver found a crack in its north pier, the town said.\n\n"
    "Nobody knows how long it will take to mend, and the shops on the south bank fear for their trade in the summer.\n\n"
)


def lines(text: str) -> list[str]:
    return digest.read(text).body.value.split("\n\n")


def test_times_titles_writers_and_lists_of_a_live_page_stay_in_their_order() -> None:
    found = lines(TOP + ALONE)
    gone = ("Share", "Updated at", "Related", "Rivers", "Bridges")
    assert found == [x for x in ALONE.split("\n") if x and not x.startswith(gone)]


def test_times_are_crossheads() -> None:
    document = digest.read(TOP + ALONE)
    kinds = {document.body.value[b.start : b.end]: b.kind for b in document.blocks}
    assert {kinds[t] for t in ("18.20", "17:55 BST", "5.10pm", "16:02")} == {"heading"}


def test_a_time_may_have_its_title_beside_it() -> None:
    assert lines(TOP + INLINE) == [x for x in INLINE.split("\n") if x]


@pytest.mark.parametrize(
    "rest",
    [
        "Latest\n\n06:12\nMan fined for feeding gulls\n06:40\nTen best walks\n07:15\nBakery wins prize\n",
        "Comments\n\nseadog\n06:12\nI have never liked it, and I said so to anybody who would hear it in those years.\nReply\n"
        "jw\n06:40\nWell done to the divers, who went down in such weather for so little money.\nReply\n"
        "kim\n07:15\nIt was always going to fall down some day, and now it very nearly has.\nReply\n",
    ],
)
def test_a_ticker_and_comments_with_times_are_no_entries(rest: str) -> None:
    found = pieces(STORY + rest)
    out, _ = removed(found, rules_for())
    taken = {i: Verdict("label", "learned.label", "") for i in range(2, len(found))}
    assert live.kept(found, taken | {i: v for i, v in out.items() if v.cls == "comments"}) == []
