"""Lines that a scrape broke or ran together are whole again before anything is judged, and every step can be undone."""

import re
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yaml import safe_load

from digest import pipeline, read
from digest.clean import parted, reflowed
from digest.exchange import to_json
from digest.explain import explained
from digest.model import Emendation, Residue, Target
from digest.text import Text

CASES = safe_load((Path(__file__).parent / "cases" / "reflow.yaml").read_text("utf-8"))
WHOLE = [line for case in CASES for line in case.get("lines", ()) if "-" not in line]
STORY = "\n".join(WHOLE)


def laid_out(text: str) -> Text:
    done = Text(text)
    for step in (parted, reflowed):
        done = done.revise("reflow", step(done.value))
    return done


def lines(text: str) -> list[str]:
    return [x for x in laid_out(text).value.splitlines() if x.strip()]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_lines_stand_as_the_page_had_them(case: dict) -> None:
    text = case["text"]
    assert lines(text) == (text.splitlines() if case.get("same") else case["lines"])


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_only_white_space_changes_and_all_can_be_undone(case: dict) -> None:
    done = laid_out(case["text"])
    letters = re.sub(r"\s", "", case["text"])
    assert re.sub(r"\s", "", done.value).replace("-", "") == letters.replace("-", "")
    assert done.undo() == case["text"]
    for e in reversed([e for e in done.raw_edits() if e.edit.status == "applied"]):
        assert case["text"][e.raw_start : e.raw_end] == e.old
        assert e.edit.kind == "space" and e.edit.why


@pytest.mark.parametrize("width", [45, 60, 72, 80, 100])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_text_broken_at_any_width_is_read_as_if_it_were_not(width: int, between: str) -> None:
    broken = between.join("\n".join(textwrap.wrap(line, width, break_on_hyphens=False)) for line in WHOLE)
    assert read(broken).body.value.split() == read(STORY).body.value.split()
    # between paragraphs only a break at the very width may be lost
    assert len(lines(broken)) >= 0.75 * len(WHOLE)


@given(
    st.lists(
        st.sampled_from([*" .,;-“”\n\n\n", "the", "of", "Arle", "it said", "Then they left", "1911"]),
        max_size=80,
    )
)
def test_any_text_keeps_its_letters_and_gives_the_raw_text_back(parts: list[str]) -> None:
    text = "".join(parts)
    done = laid_out(text)
    letters = str.maketrans("", "", " \n\t-")
    assert done.value.translate(letters) == text.translate(letters)
    assert done.undo() == text
    assert not reflowed(text) or text.count("\n") > 2


@pytest.mark.parametrize(
    "unit",
    [
        "the\n",
        "ab-\ncd ",
        "a,\n",
        ". A",
        "x \n",
        "\n",
        "“\n",
        " " * 6 + "A",
        "of the\n,",
        ").”",
        "and so on to\nx",
    ],
)
def test_hostile_texts_are_laid_out_in_bounded_steps(unit: str) -> None:
    text = unit * 20_000
    assert laid_out(text).undo() == text


def test_the_headline_of_a_broken_text_is_whole() -> None:
    story = next(case["text"] for case in CASES if case["label"].startswith("mail"))
    text = "Second ferry a day for the outer islands from May, board\nsays\n\nBy Jane Doe\n\n" + story
    document = read(text)
    assert document.headline == "Second ferry a day for the outer islands from May, board says"
    assert document.byline == "By Jane Doe"


def test_the_edits_are_told_and_an_editor_may_ask_for_a_line() -> None:
    text = CASES[0]["text"]
    told = to_json(read(text))["edits"]
    assert {(e["layer"], e["class"]) for e in told if e["new"] == " "} == {("reflow", "line-wrap")}
    assert not any("are broken at" in line for line in explained(read(text)))
    assert any("broken at about 5" in line for line in explained(read(text), 2))


def test_a_page_keeps_its_own_lines() -> None:
    rows = "".join(f"<p>{line}</p>" for line in CASES[0]["text"].splitlines() if line)
    document = read(f"<html><body><article>{rows}</article></body></html>", kind="html")
    assert not any(layer.name == "reflow" for layer in document.body.layers)


def test_a_story_in_one_line_is_kept_and_doubted() -> None:
    text = "Menu Sport Culture Sign up for our newsletter. " + " ".join(WHOLE * 6)
    document = read(text)
    assert WHOLE[0] in document.body.value
    assert [d.rule for d in document.doubts] == ["one-line"]


def test_a_notice_that_recurs_is_known_again_where_its_lines_are_broken() -> None:
    notice = "The harbour and lighthouse friends meet each month in the hall by the pier, and all who care may come."
    text = f"{WHOLE[0]}\n{WHOLE[1]}\n{notice}\n{WHOLE[2]}"
    broken = "\n".join("\n".join(textwrap.wrap(line, 60)) for line in text.split("\n"))
    assert notice in pipeline.laid_out(broken).split("\n")
    residue = Residue(notice, "stands in other stories of this outlet", "corpus")
    assert notice not in read(broken, evidence=[residue]).body.value


def test_an_editor_may_name_a_place_by_the_lines_of_the_scrape() -> None:
    text = "\n".join(textwrap.wrap(" ".join(WHOLE), 60))
    line = text.split("\n")[3]
    exact = line[-12:] + "\n" + text.split("\n")[4][:12]
    emended = Emendation(Target(exact), "emend", "as the paper has it", "nothing of this")
    value = read(text, evidence=[emended]).body.value
    assert "nothing of this" in value
    assert not [d for d in read(text, evidence=[emended]).doubts if d.rule.startswith("editor")]
