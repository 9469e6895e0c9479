"""Anchors of sentences: one each, unique, and the same whatever is mended."""

import re
from dataclasses import replace

import factory
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Block
from digest.site import Shown
from digest.views.anchors import anchors

WORDS = st.sampled_from(
    ["The cost rose.", "It fell again!", "Nobody asked?", "“Why,” she said.", "Well…", "\n\n"]
)


def article(text: str, id: str = "x", edits: tuple = ()):  # type: ignore[no-untyped-def,type-arg]
    blocks, at = [], 0
    for part in text.split("\n\n"):
        blocks.append(Block("paragraph", at, at + len(part)))
        at += len(part) + 2
    return factory.article(id, Shown("full", text, blocks=tuple(blocks), edits=edits))


@given(st.lists(WORDS, max_size=20))
def test_anchors_are_unique_in_order_and_begin_a_sentence(parts: list[str]) -> None:
    text = re.sub(r"\s*\n\s*", "\n\n", " ".join(parts)).strip()
    made = anchors(article(text))
    assert len({a.id for a in made}) == len(made)
    assert [a.start for a in made] == sorted({a.start for a in made})
    assert all(not text[a.start].isspace() for a in made)


def test_equal_sentences_have_different_ids_that_stay_when_another_follows() -> None:
    two, three = (anchors(article(" ".join(["The cost rose."] * n))) for n in (2, 3))
    assert [a.id for a in two] == [a.id for a in three][:2]
    assert two[0].id != two[1].id


def test_another_text_has_other_ids() -> None:
    one, other = (anchors(article("The cost rose.", id))[0].id for id in ("x", "y"))
    assert one != other


def test_a_mended_word_or_sign_changes_no_id() -> None:
    scraped = anchors(article("The associated fee rose . It fell."))
    text = "The cost rose. It fell."
    fee = factory.edit("e1", "emend", "associated fee", "cost", at=4, end=8)
    dot = factory.edit("e2", "space", " ", "", at=13, end=13)
    cut = factory.edit("e3", "excise", "Give us money.", "", at=len(text), end=len(text))
    mended = anchors(article(text, edits=(fee, dot, cut)))
    assert [a.id for a in scraped] == [a.id for a in mended]
    assert [a.id for a in anchors(article(text))] != [a.id for a in mended]  # were it the words as shown


def test_headline_edits_and_proposals_count_for_nothing() -> None:
    text = "The cost rose."
    head = factory.edit("e1", "emend", "fee", "cost", at=4, end=8, part="headline")
    idea = factory.edit("e2", "emend", "fee", "cost", at=4, end=8, status="proposed")
    assert anchors(article(text, edits=(head, idea))) == anchors(article(text))


def test_long_texts_are_read_once() -> None:
    text = "The cost rose. " * 20_000
    edits = tuple(
        factory.edit(f"e{i}", "emend", "fee", "cost", at=i * 15 + 4, end=i * 15 + 8) for i in range(20_000)
    )
    assert len(anchors(article(text.strip(), edits=edits))) == 20_000


def test_the_first_sentence_is_the_paragraph_the_others_stand_within() -> None:
    page = factory.page("a/one/index.html")
    first, second = anchors(next(a for a in factory.site().articles if a.id == "one"))
    assert f'<p id="{first.id}">' in page
    assert f'<p id="{second.id}">' in page
    site = factory.site()
    joined = replace(
        site.articles[2],
        shown=replace(site.articles[2].shown, text="One. Two.", blocks=(Block("paragraph", 0, 9),)),
    )
    from digest.render import files

    bare = replace(joined, shown=replace(joined.shown, quotes=(), figures=(), edits=()))
    made = dict(
        files(
            replace(
                site, articles=(*site.articles[:2], bare, site.articles[3]), conflicts=(), appearances=()
            ),
            factory.theme(),
        )
    )
    _, inner = anchors(bare)
    assert f'One. <i id="{inner.id}"></i>Two.' in made["a/one/index.html"].decode()
