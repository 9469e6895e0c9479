"""Utterances: which quoted sentences are one, statements by order, alignment, stable ids."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from linked import article, site

from digest.link.alignment import Later, aligned, pieces, wording
from digest.link.clusters import again
from digest.link.speakers import name_of, same
from digest.link.words import Weights, shared, tokens, word
from digest.site import Fact

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "link.yaml").read_text("utf-8"))
SHARED = Path(__file__).parent.parent.parent / "shared"


def stems(text: str) -> list[str]:
    return [t.stem for t in tokens(text)]


def one(case: dict) -> bool:
    who = same(name_of(case["speaker_a"]), name_of(case["speaker_b"]))
    return bool(again(stems(case["a"]), stems(case["b"]), who, Weights()))


@pytest.mark.parametrize("case", CASES["same"], ids=lambda c: c["label"])
def test_the_same_utterance(case: dict) -> None:
    assert one(case) == case["expected"]


@pytest.mark.parametrize("case", CASES["known-failures"], ids=lambda c: c["label"])
@pytest.mark.xfail
def test_what_words_alone_cannot_tell(case: dict) -> None:
    assert one(case) == case["expected"]


@pytest.mark.parametrize("case", CASES["names"], ids=lambda c: c["label"])
def test_names_of_speakers(case: dict) -> None:
    assert same(name_of(case["a"]), name_of(case["b"])) == case["expected"]


POST_A = (
    "Reyl wrote on his page: “Anyone who thinks the United Nations has given up on the valley reads it wrong. "
    "Eleven farms will drown. The engineers drew their plans at a desk in the capital. "
    "That is what a reservoir costs.” [Tomas Reyl]"
)
POST_B = (
    "Reyl said the ruling did not mean “the UN gave up” [Tomas Reyl], rather that “eleven farms will be "
    "drowned.” [Tomas Reyl]\n“Plans were drawn at a desk by engineers. That is what a reservoir costs,” "
    "[Tomas Reyl] he said."
)


def test_sentences_are_found_by_their_place_in_the_post() -> None:
    made = site(article("a", POST_A, 1), article("b", POST_B, 2))
    pairs = {(u.members[0].text[:12], u.members[1].text[:12]): u.members[1].via for u in made.utterances}
    assert pairs["That is what", "That is what"] == "words"
    assert pairs["Anyone who t", "the UN gave "] == "order"
    assert len({u.statement for u in made.utterances}) == 1
    (statement,) = (s for s in made.statements if len(s.quotes) > 2)
    assert statement.speaker == "Tomas Reyl" and statement.tally.texts == 2


def test_two_sentences_of_one_quote_are_never_one() -> None:
    text = "“Build the harbour wall now. Build the harbour wall now.” [Ines Duarte]"
    assert site(article("a", text)).utterances == ()


@pytest.mark.parametrize(
    ("first", "again_", "one"),
    [
        ("Proud of it,", "A proud moment.", False),
        ("But there is some risk,", "There is a risk, right?", False),
        ("The people who decide the tolls,", "are the people who never pay tolls.", False),
        ("From now on the ferry will sail in the second division,", "sail in the second division", True),
        ("Build the harbour wall before winter,", "Build the harbour wall before winter", True),
    ],
)
def test_in_one_text_only_the_same_words_are_the_same_utterance(first: str, again_: str, one: bool) -> None:
    text = f"“{first}” [Ines Duarte] she said.\n“{again_}” [Ines Duarte] she said later."
    assert bool(site(article("a", text)).utterances) is one


def test_a_quote_within_a_quote_is_counted_once() -> None:
    from dataclasses import replace

    from digest.model import Quote
    from digest.site import Noted

    a = article("a", "“The phrase was “the ferry timetable is fiction” and it stuck.” [Ines Duarte]", 1)
    whole = a.shown.text
    start = whole.index("the ferry")
    inner = Quote(start, start + 31, whole[start : start + 31], "partial", "test", speaker="Ines Duarte")
    outer = a.shown.quotes[0].item._replace(start=1, end=len(whole) - 1)
    shown = replace(a.shown, quotes=(replace(a.shown.quotes[0], item=outer), Noted("n2", "inner", inner, "")))
    b = article("b", "She said: “the ferry timetable is fiction” [Ines Duarte].", 2)
    made = site(replace(a, shown=shown), b)
    assert all(len({m.article for m in u.members}) == len(u.members) for u in made.utterances)


def test_an_id_is_that_of_the_first_added_and_stays() -> None:
    first = article("m", "“Nobody asked the farmers of this valley about a reservoir.” [Tomas Reyl]", 3)
    second = article("b", "“Nobody asked the farmers of the valley about a reservoir,” [Reyl] he said.", 4)
    third = article("a", "“Nobody asked the farmers of this valley about the reservoir” [Tomas Reyl]", 5)
    (two,), (three,) = site(first, second).utterances, site(first, second, third).utterances
    assert two.id == three.id == first.shown.quotes[0].page
    assert [m.article for m in three.members] == ["m", "b", "a"]
    assert site(third, second, first).utterances == site(first, second, third).utterances


def test_counts_are_of_wordings_texts_and_lineages() -> None:
    words = "“The ferry timetable is a work of fiction” [Marta Oyelaran]"
    made = site(*(article(n, words, d) for d, n in enumerate("abc", 1)))
    (u,) = made.utterances
    assert (u.tally.wordings, u.tally.texts, u.tally.lineages) == (1, 3, 3)
    assert {c.state for column in u.alignment.columns for c in column} == {"same"}


def test_the_base_is_the_witness_in_the_best_condition() -> None:
    spun = article(
        "a",
        "“The ferry schedule is a work of fiction, like the harbour plan and the budget” [Marta Oyelaran]",
        1,
        copy=Fact("spun", "inferred"),
    )
    sound = article(
        "b",
        "“The ferry timetable is a work of fiction, like the harbour plan and the budget” [Marta Oyelaran]",
        2,
    )
    (u,) = site(spun, sound).utterances
    assert u.members[0].article == "a" and u.members[u.alignment.base].article == "b"


def test_columns_show_what_differs() -> None:
    made = aligned(["We came home late.", "We came late", "We went home very late."], 0)
    rows = {m: [(c.words, c.state) for c in row] for m, row in made.rows()}
    assert ("home", "same") in rows[0] and ("", "missing") in rows[1]
    assert ("went", "changed") in rows[2] and ("very", "added") in rows[2]


WORDS = st.lists(
    st.sampled_from("the ferry is late again, and. nobody knows why—really".split()), max_size=12
)


@settings(max_examples=150)
@given(st.lists(WORDS.map(" ".join), min_size=1, max_size=4))
def test_every_row_gives_its_text_back(texts: list[str]) -> None:
    made = aligned(texts, 0)
    for m, text in enumerate(texts):
        row = " ".join(c.words for c in made.row(m) if c.words)
        if pieces(text):
            assert row.replace(" ", "") == text.replace(" ", "")
        for c in made.row(m):
            assert (c.state == "missing") == (not c.words)


@settings(max_examples=100)
@given(WORDS, WORDS)
def test_what_is_shared_never_weighs_more_than_either(a: list[str], b: list[str]) -> None:
    weights = Weights()
    both = shared(a, b, weights)
    assert both <= min(weights.sum(a), weights.sum(b)) + 1e-9
    assert abs(both - shared(b, a, weights)) < 1e-9


def test_hostile_quotes_are_linear() -> None:
    text = "“" + "wall " * 60_000 + "” [Ines Duarte]"
    site(article("a", text, 1), article("b", text, 2))


@pytest.mark.skipif(not SHARED.exists(), reason="the shared bench is not here")
def test_scores_on_judged_pairs_and_the_seeds_gold() -> None:
    from benchmarks import linking

    f1, _, false, _ = linking.pair_scores(Weights())
    assert f1 >= 0.9 and false <= 1
    made, cluster = linking.gold_site()
    found, wanted = linking.gold_pairs(made, cluster)
    assert found == wanted
    got, every, lost = linking.statement_hits(made, cluster)
    assert got == every, lost


def test_json_of_an_alignment_is_plain() -> None:
    from dataclasses import asdict

    assert json.loads(json.dumps(asdict(aligned(["a b", "a c"], 0))))["base"] == 0


def test_an_alignment_made_later_is_the_one_made_at_once() -> None:
    texts = ("The ferry will sail at noon.", "The old ferry will sail at dusk.", "Ferry sails at noon.")
    now, later = aligned(texts, 1), Later(texts, 1)
    assert later == now and now == later and hash(later) == hash(now)
    assert later == pickle.loads(pickle.dumps(later)) and later == Later(texts, 1)
    assert list(later.rows()) == list(now.rows()) and later.row(2) == now.row(2)
    assert later != aligned(texts, 0) and later != Later(texts[:2], 1) and now != Later(texts, 0)


@given(st.text("ab-Bß’'.19,İ é“\n", max_size=40))
def test_a_wording_has_the_bare_words_of_all_pieces(text: str) -> None:
    assert wording(text).split() == [p.bare for p in pieces(text)]


@given(st.text("ab-Bß’'.19,İ é“\n", max_size=40))
def test_one_word_is_found_as_all_of_them_are(text: str) -> None:
    every = tokens(text)
    assert [word(text, k) for k in range(len(every))] == every
