"""What is learnt from an original, and what an outside program may propose."""

from hypothesis import given
from hypothesis import strategies as st

from digest import marks
from digest.editor import places
from digest.model import Emendation
from digest.repair.learn import lesson
from digest.repair.propose import Refusal, proposal, questions
from digest.text import Edit

DAMAGED = "The mill was sold fairly than closed. At the identical time, prices rose 4 per cent."
ORIGINAL = "The mill was sold rather than closed. At the same time, prices rose 4 per cent."


def test_lesson_pairs_and_targets() -> None:
    found = lesson(DAMAGED, ORIGINAL)
    assert [(e.target.exact, e.text) for e in found.emendations] == [
        ("fairly", "rather"),
        ("identical", "same"),
    ]
    assert all(e.status == "proposed" for e in found.emendations)
    assert all(len(places(DAMAGED, e.target)) == 1 for e in found.emendations)
    assert [(p.damaged, p.original, p.times) for p in found.pairs] == [
        ("fairly", "rather", 1),
        ("identical", "same", 1),
    ]


def test_lesson_in_a_quotation_is_sic() -> None:
    text = "“They left fairly than fight,” she said."
    found = lesson(text, text.replace("fairly", "rather"), marks.protected(text))
    assert [e.action for e in found.emendations] == ["sic"]


def test_lesson_learns_no_digits_as_pairs_and_nothing_from_strangers() -> None:
    assert lesson("It cost 5 crowns then.", "It cost 6 crowns then.").pairs == ()
    assert lesson(DAMAGED, "Quite another text about boats.").emendations == ()


@given(st.text(alphabet="ab .\n“”", max_size=60), st.text(alphabet="ab .\n“”", max_size=60))
def test_lesson_never_fails(a: str, b: str) -> None:
    for e in lesson(a, b).emendations:
        assert e.target.exact in a


def flagged(text: str, words: str) -> tuple[Edit, ...]:
    at = text.index(words)
    return (Edit(at, at + len(words), "", "flag", "spinner", "x", "odd", "low", "flagged"),)


TEXT = "It rained. Anna did not sell 5 boats fairly than 6. “So it goes,” she said."


def answer(said: str) -> Emendation | Refusal | None:
    (question,) = questions(TEXT, flagged(TEXT, "fairly"))
    assert question.sentence == "Anna did not sell 5 boats fairly than 6."
    return proposal(TEXT, question, said, "helper", marks.protected(TEXT))


def test_proposal_kept() -> None:
    kept = answer("Anna did not sell 5 boats rather than 6.")
    assert isinstance(kept, Emendation)
    assert (kept.by, kept.status) == ("helper", "proposed")


def test_proposal_refused() -> None:
    for said, why in {
        "Anna did not sell 7 boats rather than 6.": "digits",
        "Anna did sell 5 boats rather than 6.": "negation",
        "Anna did not sell 5 Berta boats rather than 6.": "names",
        "Anna did not sell 5 “boats” rather than 6.": "quotation marks",
        "No.": "no repair",
    }.items():
        refused = answer(said)
        assert isinstance(refused, Refusal), said
        assert why in refused.why


def test_nothing_changed() -> None:
    assert answer("Anna did not sell 5 boats fairly than 6.") is None
