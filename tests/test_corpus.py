"""Lines that recur across an outlet's stories are residue; copies prove nothing."""

from digest.corpus import Held, recurring

ONE = "The council met on Monday to talk about the bridge over the river, which has been shut for a year.\nTown news, daily\nIt will be mended."
TWO = "A fire broke out in the old mill early on Tuesday, and the brigade needed six hours to put it out.\nTown News, daily\nNobody was hurt."


def found(*texts: Held) -> dict[str, list[str]]:
    return {k: [r.phrase for r in v] for k, v in recurring(texts).items()}


def held(name: str, text: str, outlet: str = "Gazette", story: str = "") -> Held:
    return Held(name, outlet, frozenset({story} if story else ()), text)


def test_a_line_in_two_stories_of_one_outlet_is_residue() -> None:
    assert found(held("a", ONE), held("b", TWO)) == {"a": ["Town news, daily"], "b": ["Town News, daily"]}


def test_the_reason_counts_the_stories() -> None:
    [r] = recurring([held("a", ONE), held("b", TWO)])["a"]
    assert r.why == "the line stands in 2 different stories of Gazette"


def test_another_outlet_does_not_count() -> None:
    assert found(held("a", ONE), held("b", TWO, "Herald"), held("c", TWO, "")) == {}


def test_texts_of_one_story_do_not_count() -> None:
    assert found(held("a", ONE, story="s"), held("b", TWO, story="s")) == {}


def test_copies_of_one_article_are_not_residue_of_each_other() -> None:
    assert found(held("a", ONE), held("b", ONE)) == {}
    assert found(held("a", ONE), held("b", ONE), held("c", TWO))["a"] == ["Town news, daily"]


def test_digits_do_not_hide_a_recurring_line() -> None:
    one, two = ONE + "\n3 comments", TWO + "\n17 comments"
    assert "3 comments" in found(held("a", one), held("b", two))["a"]
