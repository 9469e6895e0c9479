"""One line of a series goes where most go, and stays where most stay."""

from __future__ import annotations

from digest.clean import series
from digest.clean.lines import Verdict, pieces

CUT = Verdict("teaser", "learned.teaser", "")
LIST = pieces("1. Oats\nRain fell.\n2. Rye\nIt was dry.\n3. Barley\nNobody came.\n4. Wheat\nSnow.")


def test_an_item_of_a_numbered_list_that_stays_is_kept() -> None:
    assert series.kept(LIST, {0: CUT, 6: CUT}) == []  # half of them
    assert series.kept(LIST, {0: CUT}) == [0]
    assert series.kept(LIST, {6: CUT, 7: CUT}) == [6]


def test_a_list_that_goes_is_left_to_go() -> None:
    assert series.kept(LIST, {0: CUT, 2: CUT, 4: CUT}) == []


def test_lines_that_differ_in_numbers_alone_go_together() -> None:
    found = pieces("Serves 4 | 50 minutes\nServes 1 | 5 minutes\nServes 6 | 35 minutes\n2 days")
    assert series.kept(found, {0: CUT, 3: CUT}) == [0]


def test_what_a_rule_knows_is_left_to_the_rule() -> None:
    assert series.kept(LIST, {0: Verdict("share", "residue.share", "")}) == []


def test_numbers_that_do_not_count_on_are_no_list() -> None:
    assert series.kept(pieces("1. Oats\n3. Rye\n7. Barley\n9. Wheat"), {0: CUT}) == []
