"""The repair stage as a whole: what it does, and what it must never do."""

from pathlib import Path

import pytest
from effort import TWICE, growth
from hypothesis import given
from hypothesis import strategies as st

from digest import marks, read
from digest.errors import BuildError
from digest.model import KnownName, Sign
from digest.repair import diagnosis, edits
from digest.rules import Rule, Rules, rules_for
from digest.strict import load
from digest.text import Edit, Text

RULES = rules_for()
CASES = load((Path(__file__).parent / "cases" / "repair.yaml").read_text("utf-8"), "repair.yaml").value
SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))


def made(text: str, spun: bool = False, back: bool = False, known: tuple[KnownName, ...] = ()) -> list[Edit]:
    signs = {"spun": Sign(9.0 * spun, spun), "back_translated": Sign(9.0 * back, back)}
    return list(edits(text, RULES, marks.protected(text), known, signs))


def line(text: str, e: Edit) -> str:
    old = text[e.start : e.end]
    return f"flagged {old}" if e.status == "flagged" else f"{e.status} {old} -> {e.new}"


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_case(case: dict) -> None:
    found = made(case["input"], case.get("spun", False), case.get("translated", False))
    assert [line(case["input"], e) for e in found] == case["expected"]


def test_the_editor_vouches_for_a_name() -> None:
    known = (KnownName("karatbox", "organisation", "KaratBox"),)
    text = "It is Karatbox."
    assert [line(text, e) for e in made(text, known=known)] == ["applied Karatbox -> KaratBox"]


def signs(text: str) -> dict[str, Sign]:
    return dict(diagnosis(text, RULES))


def test_sound_text_opens_nothing() -> None:
    text = "A couple of boats sank, fairly slowly, in order that whole fleets might learn. It rained."
    assert not any(s.open for s in signs(text).values())


def test_two_hard_signs_open_the_gate_one_does_not() -> None:
    one = "Rain fell fairly than snow."
    assert not signs(one)["spun"].open
    assert not signs(one * 3)["spun"].open, "the same phrase again is no second sign"
    many = one + " At the identical time it blew. The corporate was sold. It is one of many largest."
    assert signs(many)["spun"].open
    assert "spun.fairly-than" in signs(many)["spun"].evidence


def test_chance_in_a_long_text_opens_nothing() -> None:
    many = "Rain fell fairly than snow. At the identical time it blew. The corporate was sold."
    assert not signs(many + " It rained." * 20_000)["spun"].open


PROSE = "The mayor opened the bridge on Monday. She said that it had cost more than the town could pay.\n\n"


def test_truncated() -> None:
    assert signs(PROSE + "Nobody knew what the other bridge would cost. The council then met and")[
        "truncated"
    ].open
    assert signs(PROSE + "The council then… [+1234 chars]")["truncated"].open
    for end in (
        "The council met.",
        "“It rained,” she said",
        "Anna Berg writes for the paper",
        "Mail: a.berg@example.org",
    ):
        assert not signs(PROSE + end)["truncated"].open, end


def test_mojibake_that_decoding_mended_is_diagnosed() -> None:
    document = read("The cafÃ© on the corner donâ€™t open on Mondays, said the owner.")
    assert dict(document.diagnosis)["mojibake"].score == 2
    assert not dict(document.diagnosis)["mojibake"].open, "two words are a slip"
    assert "café" in document.body.value


def changed(text: str, e: Edit) -> bool:
    return e.status == "applied" and (e.kind != "split" or e.new != " ")


@given(st.lists(st.sampled_from([
    "“", "”", "‘", "’", '"', "\n", " ", "fairly than", "the corporate was", "Openai", "one.4 cents", "end.The ",
    "the the sea", "a-b-c”>d", "within the", "he said", ".", ":", "…", "at the identical time", "İ", "\u00a0",
]), max_size=30))  # fmt: skip
def test_no_word_in_a_quotation_is_touched(pieces: list[str]) -> None:
    text = "".join(pieces)
    if "”>" in text:  # the mark in a link's debris belongs to no quotation
        return
    found = made(text, True, True)
    for e in found:
        if changed(text, e):
            assert not any(e.start < s.end and s.start < e.end for s in marks.protected(text))
    Text(text).revise("repair", found)


@given(
    st.lists(
        st.sampled_from(
            ["fairly than ", "the corporate was ", "Openai ", "one.4 cents ", "end.The ", "rain. "]
        )
    )
)
def test_repaired_twice_changes_nothing_more(pieces: list[str]) -> None:
    once = Text("".join(pieces))
    once = once.revise("repair", made(once.value, True, True))
    assert not [e for e in made(once.value, True, True) if e.status == "applied"]


@pytest.mark.parametrize(
    ("text", "end"), [("“", ""), ("a-", "”>x"), ("end.The ", ""), ("one.", ""), ("the ", "")]
)
def test_hostile_input_takes_effort_by_its_length_only(text: str, end: str) -> None:
    def repaired(text: str) -> None:
        list(edits(text, RULES, (), (), dict(diagnosis(text, RULES))))

    assert growth(repaired, lambda n: text * n + end, 2_000) < TWICE


def test_foreign_text_gets_the_shape_rules_alone() -> None:
    shapes = RULES.shapes()
    text = "Der Regen fiel. Das Café war donâ€™t fairly than Openai."
    assert dict(diagnosis(text, shapes))["spun"] == Sign()
    list(edits(text, shapes, (), (), {}))


EXPECTED = {"000": (), "001": ("spun",), "002": ("back_translated",), "003": ("back_translated",), "004": ()}


KNOWN = [seed for seed in SEEDS if seed.name[:3] in EXPECTED]  # a fork has other texts


@pytest.mark.parametrize("seed", KNOWN, ids=lambda p: p.name[:3])
def test_diagnosis_of_the_seeds(seed: Path) -> None:
    document = read(seed.read_text("utf-8"))
    assert tuple(n for n, s in document.diagnosis if s.open) == EXPECTED[seed.name[:3]]


def test_a_name_that_only_looks_alike_is_flagged() -> None:
    text = "KaratBox grew. KaratBox and KaratBox staff met. So did Karatbex."
    assert [line(text, e) for e in made(text, back=True)] == ["flagged Karatbex"]
    assert not made(text)


def rules_with(**more: object) -> Rules:
    rule = Rule("x.bad", "bad.yaml", 7, cls="spinner", more={"severity": "hard", "action": "apply", **more})
    return Rules("en", {"damage-spun": (rule,)})


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        ({"ten men": "10 men"}, "changes a digit"),
        ({"the bank": "the Bank"}, ""),
        ({"the bank": "the Fed"}, "changes a name"),
        ({"The bank": "the bank"}, "lower case"),
    ],
)
def test_a_rule_may_not_change_digits_or_names(pairs: dict[str, str], message: str) -> None:
    rules = rules_with(pairs=pairs)
    if not message:
        assert diagnosis("x", rules)
        return
    with pytest.raises(BuildError, match=message):
        diagnosis("x", rules)
