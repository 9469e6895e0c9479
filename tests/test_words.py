"""Words and where they stand: cutting at the blanks gives what the pattern finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.annotate.sentences import FOLDED, TOKEN, tokens
from digest.marks import scopes

TEXT = st.text("abZé1_ ,.’'“”\"-…\n\t\u00a0\u3000@&", max_size=40)


@given(TEXT, st.integers(0, 5), st.integers(0, 5))
def test_words_are_those_that_the_pattern_finds(text: str, before: int, after: int) -> None:
    start, end = min(before, len(text)), max(min(before, len(text)), len(text) - after)
    found = tokens(text, start, end)
    plain = [(m[0], m.start()) for m in TOKEN.finditer(text, start, end)]
    assert list(zip(found, found.places, strict=True)) == plain


@given(TEXT)
def test_each_word_stands_where_it_is_said_to(text: str) -> None:
    quoted = [(i, s) for i, s in enumerate(scopes(text)) if s.depth == 0]
    found = tokens(text, 0, len(text), quoted)
    for i, word in enumerate(found):
        if word != FOLDED:
            assert text[found.start(i) : found.end(i)] == word
    assert found.places == sorted(found.places)
    half = found.part(len(found) // 2, len(found))
    assert half.places == found.places[len(found) // 2 :]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The builders’ boats, Ann’s too.", ["The", "builders’", "boats", ",", "Ann’s", "too", "."]),
        ("Two\u00a0blanks  here", ["Two", "blanks", "here"]),
        ("the builders’", ["the", "builders", "’"]),
        ("Ann Lee's U.S. tour", ["Ann", "Lee's", "U.S", ".", "tour"]),
    ],
)
def test_words_of_a_sentence(text: str, words: list[str]) -> None:
    assert tokens(text, 0, len(text)) == words
