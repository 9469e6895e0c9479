"""The text layer: edits replay, offsets trace back, layers compose."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.text import Edit, OverlapError, Span, Text, settled

WORDS = st.text(alphabet="ab \n“é\U0001f600", max_size=30)


def edit(start: int, end: int, new: str = "", **more) -> Edit:
    return Edit(start, end, new, kind="emend", cls="test", rule="test", why="test", **more)


@st.composite
def revised(draw: st.DrawFn) -> Text:
    """A text with up to four layers of edits that do not overlap."""
    text = Text(draw(WORDS))
    for depth in range(draw(st.integers(0, 4))):
        cuts = sorted(draw(st.sets(st.integers(0, len(text.value)), max_size=8)))
        pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
        edits = [edit(a, b, draw(st.text(alphabet="xy ", max_size=4))) for a, b in pairs]
        edits += [edit(p, p, draw(st.text(alphabet="+", max_size=2))) for p in cuts[len(pairs) * 2 :]]
        text = text.revise(f"layer{depth}", edits)
    return text


@given(revised())
@settings(max_examples=400)
def test_undo_gives_the_raw_text(text: Text) -> None:
    assert text.undo() == text.raw


@given(revised())
@settings(max_examples=400)
def test_raw_edits_fold_the_raw_text_into_the_value(text: Text) -> None:
    out, pos = "", 0
    for e in text.raw_edits():
        assert e.old == text.raw[e.raw_start : e.raw_end]
        assert e.raw_start >= pos
        out += text.raw[pos : e.raw_start] + e.new
        pos = e.raw_end
    assert out + text.raw[pos:] == text.value


@given(revised())
def test_untouched_characters_trace_back_to_themselves(text: Text) -> None:
    for k in text.kept:
        for i in range(k.length):
            lo, hi = text.raw_span(k.start + i, k.start + i + 1)
            assert (lo, hi) == (k.raw_start + i, k.raw_start + i + 1)
            assert text.raw[lo:hi] == text.value[k.start + i]
            assert text.span_of_raw(lo, hi) == Span(k.start + i, k.start + i + 1)


@given(revised(), st.integers(0, 40), st.integers(0, 40))
def test_raw_spans_lie_in_the_raw_text(text: Text, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text.value)), min(b, len(text.value))))
    lo, hi = text.raw_span(start, end)
    assert 0 <= lo <= hi <= len(text.raw)


def test_a_span_that_touches_written_words_is_widened() -> None:
    text = Text("the associated fee of it").revise("repair", [edit(4, 18, "cost")])
    assert text.value == "the cost of it"
    assert text.raw_span(4, 8) == (4, 18)
    assert text.raw_span(5, 6) == (4, 18)
    assert text.raw_span(0, 8) == (0, 18)


def test_a_mended_word_beside_a_cut_traces_to_its_own_raw_word() -> None:
    text = (
        Text("Lee left AD bad early.").revise("clean", [edit(9, 12)]).revise("repair", [edit(9, 12, "good")])
    )
    assert text.value == "Lee left good early."
    assert text.raw_span(9, 13) == (12, 15)
    assert text.raw_span(9, 19) == (12, 21)
    assert text.raw_span(4, 13) == (4, 15)


@given(revised(), st.integers(0, 40), st.integers(0, 40))
def test_a_raw_span_is_what_its_edits_and_untouched_characters_were(text: Text, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text.value)), min(b, len(text.value))))
    if start == end:
        return
    ends: list[tuple[int, int]] = [
        (e.raw_start, e.raw_end) for e in text.raw_edits() if e.start < end and start < e.end
    ]
    for k in text.kept:
        lo, hi = max(start, k.start), min(end, k.start + k.length)
        if lo < hi:
            ends.append((lo - k.start + k.raw_start, hi - k.start + k.raw_start))
    assert text.raw_span(start, end) == (min(x for x, _ in ends), max(x for _, x in ends))


def test_a_later_layer_that_touches_an_earlier_edit_is_shown_with_it() -> None:
    text = Text("one two three").revise("a", [edit(4, 7, "TWO")]).revise("b", [edit(0, 5, "X")])
    assert text.value == "XWO three"
    [e] = text.raw_edits()
    assert (e.old, e.new, e.layer) == ("one two", "XWO", "b")


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(OverlapError):
        Text("abc").revise("x", [edit(0, 2, "1"), edit(1, 3, "2")])


def test_an_edit_outside_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        Text("abc").revise("x", [edit(2, 9, "1")])


def test_notes_do_not_change_the_text() -> None:
    text = Text("abc").revise("x", [edit(0, 1, "z", status="proposed")])
    assert text.value == "abc"
    assert [e.edit.status for e in text.raw_edits()] == ["proposed"]


def test_settled_lets_the_first_listed_win() -> None:
    assert [e.new for e in settled([edit(2, 5, "first"), edit(0, 3, "second"), edit(5, 6, "z")])] == [
        "first",
        "z",
    ]
