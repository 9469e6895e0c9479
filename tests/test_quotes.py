"""Quotes: cases, the examples of every cue, the seeds against the gold."""

import re
from pathlib import Path
from typing import Any

import pytest
from effort import TWICE, growth

import digest
from digest.model import QuoteOverride, Target
from digest.pipeline import read
from digest.rules import rules_for
from digest.strict import load

HERE = Path(__file__).parent
SKIP = ("clean", "repair", "figures")
CASES = load((HERE / "cases" / "quotes.yaml").read_text("utf-8"), "quotes.yaml").value["cases"]
REPORTED = load((HERE / "cases" / "indirect.yaml").read_text("utf-8"), "indirect.yaml").value["cases"]
CUES = rules_for().of("cues")


def quotes(text: str) -> list[dict[str, Any]]:
    """Quotes and turns, left to right."""
    found = digest.to_json(digest.read(text, skip=SKIP))
    return sorted(
        [*found["quotes"], *found["turns"]], key=lambda q: (q["part"] != "body", q["start"], q["end"])
    )


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_case(case: dict[str, Any]) -> None:
    found = quotes(case["input"])
    assert [q["text"] for q in found] == [q["text"] for q in case["quotes"]]
    for got, want in zip(found, case["quotes"], strict=True):
        assert got["kind"] == want["kind"]
        if "speaker" in want:
            assert got["speaker"] == want["speaker"]
        if "full" in want:
            assert got["speaker_full"] == want["full"]
        if "frame" in want:
            assert got["frame"] == want["frame"]


@pytest.mark.parametrize("rule", CUES, ids=lambda r: r.id)
def test_every_cue_hits_and_misses(rule: Any) -> None:
    for text in rule.hits:
        assert any(q["cue"] in rule.phrases and q["speaker"] == "Ann Lee" for q in quotes(text)), text
    for text in rule.misses:
        assert not any(q["cue"] in rule.phrases and q["speaker"] for q in quotes(text)), text


@pytest.mark.parametrize("mark", ["“", "”", '"', "''", "‘", "«", "„", "「", "’ "])
def test_marks_without_end_are_read_in_linear_time(mark: str) -> None:
    digest.read(mark * 100_000, skip=SKIP)
    digest.read((mark + "word ") * 20_000, skip=SKIP)


@pytest.mark.parametrize("rule", rules_for().of("attribution"), ids=lambda r: r.id)
def test_every_way_to_a_speaker_hits_and_misses(rule: Any) -> None:
    for text in rule.hits:
        assert rule.id in [q["rule"] for q in quotes(text)], text
    for text in rule.misses:
        assert rule.id not in [q["rule"] for q in quotes(text)], text


@pytest.mark.parametrize("rule", rules_for().of("venues"), ids=lambda r: r.id)
def test_every_venue_hits_and_misses(rule: Any) -> None:
    for text in rule.hits:
        assert re.search(rule.pattern, text), text
    for text in rule.misses:
        assert not re.search(rule.pattern, text), text


FRAMES = [
    ("Ann Lee wrote that the rain does not mean the bridge is “as weak as paper”.", "denied"),
    ("Ann Lee denied that the bridge was “a ruin in the making”.", "denied"),
    ("Ann Lee rejected the claim that the bridge was “a ruin in the making”.", "denied"),
    ("“Will the bridge hold?” Ann Lee asked.", "asked"),
    ("“The bridge will hold,” Ann Lee said.", "asserted"),
    ("Ann Lee said not only that it holds but that it is “as good as new”.", "asserted"),
]


@pytest.mark.parametrize(("text", "frame"), FRAMES)
def test_frame(text: str, frame: str) -> None:
    assert [q["frame"] for q in quotes(text)] == [frame]


def test_words_put_in_the_mouths_of_others_are_not_the_speakers_view() -> None:
    text = "Ann Lee wrote on her page:\n\n“To those who see the bridge and think:\n“The bridge is a ruin.”\nYou are wrong.\nIt will hold. “"
    whole, inner = quotes(text)
    assert (whole["kind"], whole["speaker"], whole["frame"]) == ("block", "Ann Lee", "asserted")
    assert (inner["kind"], inner["speaker"], inner["frame"]) == ("partial", "Ann Lee", "attributed-to-others")


VENUES = [
    ("“The bridge will hold,” Ann Lee told the Ferrol Echo.", "the Ferrol Echo"),
    ("“The bridge will hold,” Ann Lee wrote in a Threads post.", "Threads post"),
    ("“The bridge will hold,” Ann Lee wrote on X.", "X"),
    ("“The bridge will hold,” Ann Lee said.", None),
]


@pytest.mark.parametrize(("text", "venue"), VENUES)
def test_venue(text: str, venue: str | None) -> None:
    assert [q["venue"] for q in quotes(text)] == [venue]


INDIRECT = [
    ("Ann Lee said that the bridge would hold for years.", "the bridge would hold for years", "Ann Lee"),
    ("Ann Lee claimed it was going to make the town rich.", "it was going to make the town rich", "Ann Lee"),
    ("According to Ann Lee, the bridge would hold for years.", "the bridge would hold for years", "Ann Lee"),
    ("The bridge would hold for years, Ann Lee said.", "The bridge would hold for years", "Ann Lee"),
    (
        "Ann Lee described the bridge as a wonder of its time.",
        "the bridge as a wonder of its time",
        "Ann Lee",
    ),
]


@pytest.mark.parametrize(("text", "said", "speaker"), INDIRECT)
def test_reported_statement(text: str, said: str, speaker: str) -> None:
    found = digest.to_json(digest.read(text, skip=SKIP))["indirect"]
    assert [(i["text"], i["speaker"]) for i in found] == [(said, speaker)]


@pytest.mark.parametrize("case", REPORTED, ids=lambda c: c["label"])
def test_reported_case(case: dict[str, Any]) -> None:
    found = digest.to_json(digest.read(case["input"], skip=SKIP))["indirect"]
    assert [i["text"] for i in found] == [i["text"] for i in case["indirect"]]
    for got, want in zip(found, case["indirect"], strict=True):
        assert got["speaker"] == want.get("speaker", got["speaker"])
        assert got["speaker_full"] == want.get("full", got["speaker_full"])


def test_the_organisation_behind_it_claims_its_figures() -> None:
    text = "Ferrol Bank opened an office in Lugo. It claimed that the office cost only $5 million."
    (figure,) = read(text, skip=("clean", "repair")).figures
    assert (figure.claimant, figure.status) == ("Ferrol Bank", "claim")


def test_no_reported_statement_where_nobody_speaks() -> None:
    text = "The bridge holds. It was built in 1900, and the town is proud of it. The council added two lanes."
    assert digest.read(text, skip=SKIP).indirect == ()


def test_the_editor_may_correct_a_quote() -> None:
    override = QuoteOverride(Target("as good as new"), speaker="Robert Marsh", note="heard it")
    document = read("Ann Lee said the bridge was “as good as new”.", evidence=(override,), skip=SKIP)
    (quote,) = document.quotes
    assert (quote.speaker_full, quote.rule, quote.cert) == ("Robert Marsh", "quote.editor", "high")


def test_the_editor_may_say_that_it_is_no_quote() -> None:
    override = QuoteOverride(Target("as good as new"), kind="term")
    (quote,) = read("Ann Lee said the bridge was “as good as new”.", evidence=(override,), skip=SKIP).quotes
    assert (quote.kind, quote.speaker_full) == ("term", None)


def gold() -> list[dict[str, Any]]:
    """The five seeds' quotes as a person reads them: ours, and the shared gold where it is at hand."""
    return load((HERE / "cases" / "quotes-seeds.yaml").read_text("utf-8"), "quotes-seeds.yaml").value[
        "quotes"
    ]


@pytest.mark.parametrize("seed", sorted({g["seed"] for g in gold()}))
def test_seed(seed: str) -> None:
    path = HERE.parent / "seeds" / seed
    if not path.exists():
        pytest.skip("a fork has other texts")
    text = path.read_text("utf-8")
    found = [
        {
            "text": q["text"],
            "kind": q["kind"],
            "speaker": q["speaker_full"],
            "frame": q["frame"],
            "venue": q["venue"],
        }
        for q in quotes(text)
    ]
    wanted = [
        {k: g[k] for k in ("text", "kind", "speaker", "frame", "venue")} for g in gold() if g["seed"] == seed
    ]
    assert found == wanted


def test_marks_of_many_scripts_and_a_quote_without_end() -> None:
    for a, b in ("“”", "«»", "„“", "‘’", "「」", "『』", "‹›", '""', "»«"):
        digest.read(f"Ann Lee said: {a}The bridge will hold.{b} " * 200, skip=SKIP)
    digest.read("“The bridge will hold, " * 1 + "and so on " * 200_000, skip=SKIP)


HOSTILE = {
    "pairs in one sentence": "“a b,” he said, ",
    "one opening mark after another": "“a “b c” ",
    "nothing but cues": "he said that ",
    "nothing but `according to`": "according to ",
    "appositions without end": "Lee, the boss, ",
    "a dialogue without end": "“We are here,” she said.\n\n“It is so.\n\n“More.”\n\n",
    "blocks of lines": "Ann Lee wrote:\n“For us:\n“A b c.”\nno\nyes. “\n",
    "whole quotations in lines of their own": "“We are not going to the sea today.”\n\n",
    "open quotations in lines of their own": "“We are not going to the sea today.\n\n",
    "names without end": "Ann Lee ",
    "initials without end": "A.B.",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_costs_effort_by_its_length_only(text: str) -> None:
    assert growth(lambda t: digest.read(t, skip=SKIP), lambda n: text * n, 200) < TWICE
