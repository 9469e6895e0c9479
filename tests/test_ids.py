"""Addresses come from words, so they stay."""

from hypothesis import given
from hypothesis import strategies as st

from digest.ids import occurrence, short, slug


def test_ids_differ_by_every_part() -> None:
    assert len({short("a", "b"), short("ab", ""), short("a", "b", ""), short("b", "a")}) == 4
    assert len(short("a")) == 8


def test_the_occurrence_counts_equal_words_before() -> None:
    assert [occurrence("x said x to x", "x", i) for i in (0, 7, 12)] == [0, 1, 2]


@given(st.text())
def test_a_slug_is_a_safe_path_segment(name: str) -> None:
    made = slug(name)
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not made.startswith("-")
    assert len(made) <= 70


def test_slugs_read_well() -> None:
    assert slug("Léa Müller-Lüdenscheidt’s") == "lea-muller-ludenscheidt"
    assert slug("CON") == "con-name"
    assert slug("../../etc") == "etc"
