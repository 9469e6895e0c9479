"""What spares most lines and texts a pattern must never hide what the pattern would find."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from digest.annotate.blocks import CORRECTION, CREDIT, LIST_ITEM, _kind, _lines
from digest.glyphs import MARK
from digest.marks import _marked

BEGIN = "correction Clarification EDITOR’S editor's update an a previous earlier version of this story article has been was photo Photographs image pictures illustration CREDITS by : / | ſ ı İ x 1. (2) • - –".split(
    " "
)
LINE = re.compile(r"[^\n]*\S[^\n]*")  # the lines that are not blank


@given(st.lists(st.sampled_from(BEGIN), min_size=1, max_size=7), st.sampled_from(["", " ", "ı"]))
def test_a_line_is_of_the_kind_that_its_patterns_say(words: list[str], glue: str) -> None:
    line = " ".join(words).replace(": ", ":" + glue).strip() or "x"
    kind = _kind(0, line, [(0, len(line), line)], quoted=True)
    if LIST_ITEM.match(line):
        assert kind == "list-item"
    elif CORRECTION.match(line):
        assert kind == "correction"
    else:
        assert kind == "block-quote"
    if kind == "block-quote" and CREDIT.match(line):
        assert _kind(0, line, [(0, len(line), line)], quoted=False) == "caption"


@given(st.text(alphabet="a \n\t\x1c\x85\u2028", max_size=20))
def test_lines_are_those_of_the_plain_expression(text: str) -> None:
    assert _lines(text) == [(*m.span(), m[0].strip()) for m in LINE.finditer(text)]


@given(st.text(alphabet="ab '\"`’“é\n", max_size=12))
def test_a_text_is_marked_where_the_pattern_finds_a_mark(text: str) -> None:
    assert _marked(text) == (MARK.search(text) is not None)
