"""What sets two sentences of nearly the same words apart, and what is asked about it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from effort import TWICE, growth
from hypothesis import given
from hypothesis import strategies as st
from linked import article, site

from digest.link.contrast import apart, contrast
from digest.link.site import Records
from digest.link.words import tokens
from digest.site import Conflict, Fact, Lineage

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "contrast.yaml").read_text("utf-8"))
WHO = "[Tomas Reyl]"


def stems(text: str) -> tuple[str, ...]:
    return tuple(t.stem for t in tokens(text))


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['a']} / {c['b']}")
def test_what_sets_two_sentences_apart(case: dict) -> None:
    for a, b in ((case["a"], case["b"]), (case["b"], case["a"])):
        found, quick = contrast(a, b), apart(a, b, stems(a), stems(b))
        assert (found.kind if found else None) == case["expected"]
        assert quick == found, "the cheap question must let it through"


WORDS = st.lists(
    st.sampled_from("the ferry is not safe, Velm 3 two never He she rise? [x]".split()), max_size=9
)


@given(WORDS.map(" ".join), WORDS.map(" ".join))
def test_the_order_does_not_matter_and_nothing_differs_from_itself(a: str, b: str) -> None:
    assert contrast(a, a) is None
    one, two = contrast(a, b), contrast(b, a)
    for found, left, right in ((one, a, b), (two, b, a)):
        if found:
            assert 0 <= found.a[0] <= found.a[1] <= len(left) and 0 <= found.b[0] <= found.b[1] <= len(right)


@pytest.mark.parametrize("text", ["not ", "1,", "Velm [", "?", "un"])
def test_hostile_sentences_take_effort_by_their_length_only(text: str) -> None:
    assert growth(lambda n: contrast(n, n + "x not 3"), lambda n: text * n, 3000) < TWICE


def made(a: str, b: str, *lineages: Lineage, **more: object) -> tuple[int, list[Conflict]]:
    """How many utterances two texts share, and what is asked about their words."""
    found = site(
        article("a", a, 1, **more),
        article("b", b, 2),
        records=Records(lineages=lineages),  # type: ignore[arg-type]
    )
    shared = [u for u in found.utterances if len({m.article for m in u.members}) > 1]
    return len(shared), [c for c in found.conflicts if c.slot in ("word", "speaker")]


SELL = f"“We will sell the shipyard at Velm before the herring season.” {WHO}"
KEEP = f"“We will not sell the shipyard at Velm before the herring season.” {WHO}"


def test_opposite_statements_are_two_and_are_asked_about() -> None:
    shared, (asked,) = made(SELL, KEEP)
    assert not shared and asked.kind == "disagreement" and asked.cert == "low"
    assert asked.question == "Did Tomas Reyl say “sell” or “not sell”?"
    assert [(r.article, r.words) for r in asked.readings] == [("a", "sell"), ("b", "not sell")]
    for r, text in zip(asked.readings, (SELL, KEEP), strict=True):
        assert r.exact in text and r.quote


def test_copies_of_one_original_that_differ_are_a_slip_or_damage() -> None:
    copies = Lineage("one", "One", False, (("a", "copy", ""), ("b", "copy", "")))
    shared, (asked,) = made(SELL, KEEP, copies)
    assert not shared and asked.kind == "slip" and asked.cert == "medium"


def test_a_month_apart_two_statements_are_two() -> None:
    found = site(
        article("a", SELL, 1, date=Fact("2026-01-05", "stated")),
        article("b", KEEP, 2, date=Fact("2026-02-05", "stated")),
    )
    assert not found.utterances and not found.conflicts


def test_a_question_is_not_its_answer() -> None:
    a = f"“We will sell the shipyard at Velm before the herring season?” {WHO}"
    assert made(SELL, a) == (0, [])


def test_a_damaged_copy_may_change_a_name_but_no_number() -> None:
    lineage = Lineage("one", "One", False, (("a", "spun", ""), ("b", "original", "")))
    spun = Fact("spun", "inferred")
    names = f"“They drew the plans for the reservoir in {{}} and nowhere else.” {WHO}"
    farms = f"“All of {{}} farms will drown when the reservoir fills in spring.” {WHO}"
    assert made(names.format("Karlsund"), names.format("Trondheim"))[0] == 0
    assert made(names.format("Karlsund"), names.format("Trondheim"), lineage)[0] == 0
    assert made(names.format("Karlsund"), names.format("Trondheim"), lineage, copy=spun)[0] == 1
    shared, (asked,) = made(farms.format("eleven"), farms.format("twelve"), lineage, copy=spun)
    assert not shared and asked.kind == "damage"
    assert {r.words for r in asked.readings} == {"eleven", "twelve"}


def test_in_a_post_the_place_of_a_sentence_makes_it_no_other() -> None:
    post = f"“Nobody asked the ferrymen of the lower town. {{}} That is what a reservoir costs the valley.” {WHO}"
    one, two = "The council will pay for the new quay.", "The council will never pay for the new quay."
    shared, (asked,) = made(post.format(one), post.format(two))
    assert shared == 2 and asked.cert == "medium"
    assert {r.words for r in asked.readings} == {"pay", "never pay"}


LONG = (
    "“Nobody asked the ferrymen of the lower town about the reservoir, the harbour wall or the herring quay.”"
)


def test_one_sentence_of_two_people_is_asked_about() -> None:
    shared, (asked,) = made(f"{LONG} [Ines Duarte]", f"{LONG} [Tomas Reyl]")
    assert shared == 1 and asked.slot == "speaker" and asked.kind == "disagreement"
    assert [(r.article, r.words) for r in asked.readings] == [("a", "Ines Duarte"), ("b", "Tomas Reyl")]
    assert asked.question.endswith("Ines Duarte or Tomas Reyl?")


@pytest.mark.parametrize("other", ["Duarte", "she", "a ferry pilot", "Ms. Duarte"])
def test_one_person_under_two_names_is_no_conflict(other: str) -> None:
    assert made(f"{LONG} [Ines Duarte]", f"{LONG} [{other}]") == (1, [])
