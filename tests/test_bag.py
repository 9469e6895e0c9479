"""What a text cannot hold is not looked for: what is found is the same as by looking for everything."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.bag import bag
from digest.repair import lexicon, nameforms
from digest.rules import rules_for

RULES = rules_for()
LEXICON = RULES.once(lexicon._lexicon)
PHRASES = sorted(LEXICON.entries)
LISTED = RULES.once(nameforms._gazetteer)
SIGNS = st.sampled_from(
    [" ", "  ", "\n", ".", ",", "-", "_", "é", "3", "’", "\u00a0", "\u212a", "İ", "\ud800"]
)
PHRASE = st.sampled_from(PHRASES).flatmap(lambda p: st.sampled_from([p, p.upper(), p.capitalize(), p[:-1]]))
NAME = st.sampled_from(
    [*sorted(LISTED.values())[:40], "NorthRail", "OakLine", "FerroBANK", "ALLCAPS"]
).flatmap(lambda n: st.sampled_from([n, n.capitalize(), n.lower(), n.upper(), f"{n}x"]))
FEWEST = st.sampled_from([0, 2, 40])


def plain_phrases(text: str) -> list[tuple[int, str]]:
    """What the one pattern with all phrases finds."""
    return [(m.start(), m[1]) for m in LEXICON.pattern.finditer(" " + lexicon.folded(text))]


@given(st.lists(PHRASE | SIGNS, max_size=12).map("".join), FEWEST)
@settings(max_examples=300)
def test_phrases_are_those_that_the_pattern_finds(text: str, few: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexicon, "FEW", few)
        assert list(lexicon._stand(text, LEXICON)) == plain_phrases(text)


@given(st.lists(NAME | SIGNS, max_size=14).map("".join), FEWEST)
@settings(max_examples=300)
def test_names_without_their_capitals_are_those_of_all_words(text: str, few: int) -> None:
    words = list(nameforms.WORD.finditer(text))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nameforms, "FEW", few)
        assert list(nameforms._misspelt.__wrapped__(text, RULES, ())) == list(
            nameforms._forms(words, LISTED, {})
        )


@given(st.text(st.characters(), max_size=30))
def test_a_bag_stands_sign_by_sign_beside_its_text(text: str) -> None:
    found = bag(text)
    assert len(found.plain) == len(found.low) == len(found.outline) == len(text)
    for sign, low, shape in zip(text, lexicon.folded(text), found.outline.decode(), strict=True):
        assert (shape in "aA") == (low.isascii() and low.isalpha())
        assert shape != "A" or sign.isupper()
        assert shape == "." or sign not in ".!?"


def test_hostile_texts_are_walked_a_few_times_only() -> None:
    camels = " ".join(
        f"Ab{chr(65 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676)}" for i in range(3000)
    )
    assert nameforms.misspelt(camels, RULES) == ()
    assert len(list(lexicon._stand("each " * 3000, LEXICON))) == 3000
