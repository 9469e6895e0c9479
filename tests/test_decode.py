"""From bytes to characters, with nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.decode import NotText, edits, text_of
from digest.text import Text


@given(st.binary(max_size=60))
def test_bytes_are_given_back_or_refused(data: bytes) -> None:
    try:
        text, encoding, _ = text_of(data)
    except NotText:
        return
    assert text.encode(encoding) == data


@given(st.text(max_size=80))
def test_decoding_can_be_undone(raw: str) -> None:
    text = Text(raw).revise("decode", edits(raw))
    assert text.undo() == raw
    assert "\r" not in text.value


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("\ufeffone", "one"),
        ("a\x00b\x07c", "abc"),
        ("It â\x80\x9cworksâ\x80\x9d", "It “works”"),
        ("donâ€™t", "don’t"),
        ("the cafÃ© opens", "the café opens"),
        ("“He’s ‘fine’” – café, naïve, Łódź, 東京", "“He’s ‘fine’” – café, naïve, Łódź, 東京"),
        ('"straight" &amp; entities stay', '"straight" &amp; entities stay'),
    ],
)
def test_what_decoding_mends_and_what_it_leaves(raw: str, value: str) -> None:
    assert Text(raw).revise("decode", edits(raw)).value == value


def test_other_encodings_are_a_recorded_guess() -> None:
    assert text_of("café".encode("cp1252"))[1:] == (
        "cp1252",
        "not UTF-8 (line 1, byte 0xe9): read as cp1252, a guess",
    )
    with pytest.raises(NotText, match="NUL"):
        text_of(b"PK\x03\x04\x00\x00")


def test_a_pile_of_combining_marks_is_capped_in_linear_time() -> None:
    raw = "e" + "\u0301" * 200_000
    assert len(Text(raw).revise("decode", edits(raw)).value) == 17


def test_a_page_is_read_as_it_declares_itself() -> None:
    page = '<meta charset="windows-1251"><p>Мост открыт.</p>'
    assert text_of(page.encode("windows-1251"), markup=True) == (page, "cp1251", "")
    assert text_of(page.encode("utf-8"), markup=True) == (page, "utf-8", "")
    assert text_of(b'<meta charset="klingon"><p>x</p>', markup=True) == (
        '<meta charset="klingon"><p>x</p>',
        "utf-8",
        "",
    )
    assert text_of('<meta charset="ascii"><p>é</p>'.encode(), markup=True)[1] == "utf-8"
