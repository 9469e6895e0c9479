"""Targets find their place by words; a lost or doubtful one is said."""

from digest.editor import edits, nearest, places, unless_rejected
from digest.model import Emendation, Target
from digest.text import Edit, Text

TEXT = "The cat sat. The dog sat. The cat ran."


def emendation(exact: str, action: str = "emend", **more) -> Emendation:
    target = Target(exact, more.pop("prefix", ""), more.pop("suffix", ""))
    return Emendation(target, action, "why", where="content/emendations/x.yaml:3:5", **more)


def test_prefix_and_suffix_choose_among_equals() -> None:
    assert [TEXT[s:e] for s, e in places(TEXT, Target("The cat"))] == ["The cat", "The cat"]
    assert places(TEXT, Target("cat", "The ", " ran")) == ((30, 33),)


def test_an_emendation_becomes_an_edit_of_the_editor() -> None:
    made, lost = edits(Text(TEXT), [emendation("dog", text="hen")])
    assert not lost
    assert Text(TEXT).revise("editor", made).value == "The cat sat. The hen sat. The cat ran."


def test_sic_and_lacuna_change_nothing() -> None:
    made, _ = edits(Text(TEXT), [emendation("dog", "sic"), emendation("ran", "lacuna")])
    assert [(e.kind, e.status, e.cls) for e in made] == [
        ("flag", "flagged", "sic"),
        ("flag", "flagged", "lacuna"),
    ]


def test_a_target_that_stands_twice_or_nowhere_is_a_doubt_with_its_place() -> None:
    _, lost = edits(Text(TEXT), [emendation("The cat"), emendation("The bat sat")])
    assert [d.rule for d in lost] == ["editor.target"] * 2
    assert "stand 2 times" in lost[0].message
    assert lost[1].message.startswith("content/emendations/x.yaml:3:5: ")
    assert "nearest: 'The cat sat'" in lost[1].message
    assert nearest(TEXT, "zzzz") == ""


def test_a_rejection_silences_a_rule_at_its_place_only() -> None:
    found = [Edit(4, 7, "x", "emend", "c", "r", "w"), Edit(17, 20, "y", "emend", "c", "r", "w")]
    kept = list(unless_rejected(found, TEXT, [emendation("dog", "reject")]))
    assert [e.new for e in kept] == ["x"]
