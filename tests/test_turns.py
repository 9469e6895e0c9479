"""Dialogues without marks: what is protected, shown and kept of them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import digest
from digest import repair, textmode, turns
from digest.model import Sign
from digest.rules import rules_for

RULES = rules_for()
TALK = "MODERATOR: Will it hold?\n\nLEE: I think so.\n\nMODERATOR: You think?\n\nLEE: I know it, I built it."
LABELS = st.sampled_from(["Q: ", "A: ", "LEE: ", "Ann Lee: ", "Update: ", "", "Q. ", "(", "“"])
WORDS = st.sampled_from(["I know.", "Why?", "You may go.", "The bridge holds.", "Lee said so.", "?", ":"])


def test_words_of_a_turn_are_protected_and_labels_are_not() -> None:
    spans = turns.protected(TALK, RULES)
    assert [TALK[s.start : s.end] for s in spans] == [
        "Will it hold?",
        "I think so.",
        "You think?",
        "I know it, I built it.",
    ]


def test_no_word_of_a_turn_is_mended_where_the_same_word_outside_is() -> None:
    text = f"The rain fell fairly than snow.\n\n{TALK.replace('I think so.', 'I fell fairly than you.')}"
    signs = {"spun": Sign(1.0, True, ()), "back_translated": Sign(1.0, True, ())}
    made = list(repair.edits(text, RULES, turns.protected(text, RULES), (), signs))
    spoken = text.index("I fell")
    assert [e.status for e in made if e.end <= spoken] == ["applied"]
    assert [e.kind for e in made if spoken <= e.start < spoken + 23] == ["flag"]


def test_lines_of_a_dialogue_are_paragraphs() -> None:
    document = digest.read(TALK, skip=("clean",))
    assert {b.kind for b in document.blocks} == {"paragraph"}


def test_an_excerpt_does_not_show_an_interview_whole() -> None:
    document = digest.read(TALK + "\n\nThe bridge cost £12m, Jane Roe said. “It is dear,” she said.")
    shown = textmode.shown(document, "excerpt", "bridge")
    assert "I built it" not in shown.text and "It is dear" in shown.text


@pytest.mark.parametrize("text", ["A: x\n" * 50_000, ":" * 100_000, "Ann Lee: " * 50_000, "why?\n" * 90_000])
def test_hostile_lines_have_no_turns(text: str) -> None:
    assert turns.turns(text, RULES) == ()


@given(st.lists(st.tuples(LABELS, WORDS), max_size=30), st.sampled_from(["\n", "\n\n", " "]))
def test_turns_lie_in_order_within_their_text(lines: list[tuple[str, str]], between: str) -> None:
    text = between.join(label + words for label, words in lines)
    found = turns.turns(text, RULES)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= t.start < t.end <= len(text) and "\n" not in text[t.start : t.end] for t in found)
    assert all(t.speaker_end <= t.start for t in found)
