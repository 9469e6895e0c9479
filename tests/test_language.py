"""Whether a text is English: the quick way over bytes against the plain definition."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digest.language import ENOUGH, FUNCTION_WORDS, SAMPLE, SHARE, TALE, WORD, foreign

WORDS = "The of it's and WAS wort-fuer-wort zu den Preis 5 x2 a_b nicht in to, [by] mehr als".split()
GERMAN = (
    "Der Preis liegt bei drei Euro und bleibt dort, sagte die Firma am Montag nach einer langen Sitzung. "
)


def plain(text: str) -> bool:
    words = WORD.findall(text[:SAMPLE].lower())
    return (
        len(words) >= ENOUGH and not english(words) and not english(WORD.findall(prose(text).lower()), TALE)
    )


def english(words: list[str], least: int = ENOUGH) -> bool:
    return len(words) >= least and sum(w in FUNCTION_WORDS for w in words) >= SHARE * len(words)


def prose(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if len(line) >= 80)[:SAMPLE]


@given(st.lists(st.sampled_from(WORDS), max_size=90), st.sampled_from([" ", "\n", "_", "-", "\x1f"]))
def test_ascii_text_is_judged_as_by_the_plain_definition(words: list[str], glue: str) -> None:
    text = glue.join(words)
    assert foreign(text) == plain(text)


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=300))
def test_any_ascii_text_is_judged_as_by_the_plain_definition(text: str) -> None:
    assert foreign(text) == plain(text)


def test_an_english_notice_does_not_make_a_german_text_english() -> None:
    wrapped = "\n".join(GERMAN.split(", ")) + "\n"
    notice = "The shop sets a cookie on your machine so that it knows you when you come back to it, and that is all that it is for.\n"
    assert foreign(notice + wrapped * 20)
    assert not foreign(notice * 3 + wrapped * 20)  # three of them are a tale


def test_languages() -> None:
    assert foreign(GERMAN * 2)
    assert not foreign(GERMAN)  # too short to judge
    assert not foreign("The price of it is what they said it was, and that is all there was to it. " * 3)
