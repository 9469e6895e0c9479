"""Where quotations run: the scopes of `digest.marks`."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from digest.glyphs import MARK, found
from digest.marks import protected, scopes


def inner(text: str) -> list[str]:
    return [text[s.start : s.end] for s in scopes(text)]


def test_marks_of_many_kinds() -> None:
    for text in ("“a b”", '"a b"', "''a b''", "‘a b’", "«a b»", "„a b“", "'a b'", "« a b »"):
        assert inner(f"He said {text} once.") == ["a b"], text


def test_apostrophes_are_no_marks() -> None:
    for text in (
        "It’s Ann’s.",
        "the workers’ union and the bosses’ club",
        "rock 'n' roll",
        "the '90s",
        "'tis late",
        "6'2\" tall",
    ):
        assert inner(text) == [], text


def test_nested_marks_have_depth() -> None:
    text = "“She said ‘no’ twice.”"
    assert [(text[s.start : s.end], s.depth) for s in scopes(text)] == [
        ("She said ‘no’ twice.", 0),
        ("no", 1),
    ]


def test_a_paragraph_that_opens_again_continues() -> None:
    text = "“One thing.\n\n“Another thing.”"
    first, second = scopes(text)
    assert first.continues and not first.doubtful
    assert not second.continues


def test_an_unclosed_mark_is_doubtful_to_the_end_of_its_paragraph() -> None:
    text = "He said “never again.\nIt rained."
    (scope,) = scopes(text)
    assert scope.doubtful and text[scope.start : scope.end] == "never again."


def test_a_stray_second_opening_mark_is_no_quotation_of_its_own() -> None:
    assert inner("“One thing. “Another,” he said.") == ["One thing. “Another,"]


def test_markup_attributes_are_no_quotations() -> None:
    assert inner('<a href="x" title="y">z</a>') == []


@given(st.text(alphabet="ab ,.\n“”\"'‘’«»:", max_size=80))
def test_scopes_lie_in_the_text_in_order_and_nested(text: str) -> None:
    found = scopes(text)
    ends: list[int] = []
    for s in found:
        assert 0 <= s.outer_start <= s.start < s.end <= s.outer_end <= len(text)
        while ends and ends[-1] <= s.outer_start:
            ends.pop()
        assert not ends or s.outer_end <= ends[-1]
        assert s.depth == len(ends)
        ends.append(s.outer_end)
    assert [p.start for p in protected(text)] == sorted(p.start for p in protected(text))


@example("a'a")
@given(st.text(st.sampled_from("a '\"`‘’“”„«»‚「\n"), max_size=60))
def test_marks_are_those_of_the_plain_expression(text: str) -> None:
    plain = re.compile("''|``|‘‘|’’|[\"“”„‟«»‹›‘’'‚「」『』]")
    apostrophe = re.compile(r"(?<=[^\W_])['’](?=[^\W_])")  # within a word
    expected = [
        m.span() for m in plain.finditer(text) if len(m[0]) == 2 or not apostrophe.match(text, m.start())
    ]
    assert [m.span() for m in MARK.finditer(text)] == [m.span() for m in found(text)] == expected
