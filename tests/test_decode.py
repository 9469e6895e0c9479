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
        ("The first part\x0bof it.\x0cSecond paragraph", "The first part of it.\nSecond paragraph"),
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


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("iso-8859-1", "cp1252"),
        ("Latin1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("iso-8859-9", "cp1254"),
        ("x-user-defined", "cp1252"),
        ("gb2312", "gb18030"),
    ],
)
def test_a_label_means_what_it_means_to_browsers(label: str, codec: str) -> None:
    page = f'<meta charset="{label}"><p>“The harbour authority’s pier – é”</p>'
    text, encoding, doubt = text_of(page.encode(codec), markup=True)
    assert (text, encoding, doubt) == (page, codec, "")
    assert edits(text) == ()


def test_bytes_that_a_windows_page_leaves_undefined_do_not_spoil_the_rest() -> None:
    data = b'<meta charset="iso-8859-1"><p>\x93Yes\x94 \x81</p>'
    text, encoding, doubt = text_of(data, markup=True)
    assert "“Yes”" in text and text.encode(encoding) == data and not doubt


def test_a_page_whose_bytes_are_readable_is_not_in_utf_16() -> None:
    assert text_of(b'<meta charset="utf-16"><p>caf\xe9  </p>', markup=True)[1] == "cp1252"


def test_a_few_nul_bytes_are_control_characters_and_many_are_no_text() -> None:
    text, encoding, _ = text_of(b"The ferry\x00 sails on Monday.")
    assert encoding == "utf-8"
    (edit,) = edits(text)
    assert (edit.start, edit.new, edit.rule) == (9, "", "decode.control")
    assert text_of(b"The caf\xe9 by the har\x00bour, which opens at nine in the morning.")[1] == "cp1252"
    with pytest.raises(NotText, match="NUL"):
        text_of(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00")
