"""Block quotations of a page that names their speaker beside them."""

from __future__ import annotations

import pytest

import digest
from digest.clean.titled import titled
from digest.text import Edit

PROSE = "<p>The bridge over the river was shut on Monday after a diver found a crack in its north pier, the town said.</p>"
SAID = "The bridge is the heart of the town."


def read(quoted: str) -> digest.model.Document:
    page = f"<html><body><article><h1>A bridge is shut</h1>{PROSE * 3}{quoted}{PROSE * 2}</article></body></html>"
    return digest.read(page, kind="html")


@pytest.mark.parametrize(
    ("quoted", "said", "speaker"),
    [
        (f"<blockquote><p>{SAID}</p><footer>Ann Lee, mayor</footer></blockquote>", SAID, "Ann Lee"),
        (f"<blockquote><p>“{SAID}”</p><footer>— Ann Lee</footer></blockquote>", SAID, "Ann Lee"),
        (f"<blockquote>{SAID} <cite>Ann Lee</cite></blockquote>", SAID, "Ann Lee"),
        (f"<blockquote><p>{SAID} <cite>Dr Ann Lee</cite></p></blockquote>", SAID, "Ann Lee"),
        (
            f"<blockquote><p>{SAID}</p><footer><p>A baker from Ferrol</p></footer></blockquote>",
            SAID,
            "A baker from Ferrol",
        ),
        (
            f"<figure><blockquote><p>{SAID}</p></blockquote><figcaption>Ann Lee, <cite>The Long Bridge</cite></figcaption></figure>",
            SAID,
            "Ann Lee",
        ),
        (
            f"<blockquote><p>{SAID}</p><p>So it is.</p>&mdash; Ann Lee (@annlee) <a href='x'>3 May 2024</a></blockquote>",
            f"{SAID}\n\nSo it is.",
            "Ann Lee",
        ),
    ],
)
def test_the_speaker_is_named_beside_the_quotation(quoted: str, said: str, speaker: str) -> None:
    document = read(quoted)
    (quote,) = [q for q in document.quotes if q.part == "body"]
    assert (quote.text, quote.speaker, quote.rule) == (said, speaker, "quote.signed")
    assert f"\n\n— {speaker}" in document.body.value.replace("— Dr ", "— ")


def test_a_block_quotation_without_marks_has_its_kind_and_its_words_are_protected() -> None:
    said = "It cost one.4 million, and it will hold."
    document = read(f"<blockquote><p>{said}</p><footer>Ann Lee</footer></blockquote>")
    assert [b.kind for b in document.blocks].count("block-quote") == 1
    assert said in document.body.value


@pytest.mark.parametrize(
    "quoted",
    [
        "<blockquote><p>In <cite>The Long Bridge</cite> she says that it will not hold for long.</p></blockquote>",
        "<blockquote><p>Tickets are sold at the north bank from nine in the morning on.</p></blockquote>",
    ],
)
def test_a_title_is_no_speaker_and_a_set_off_paragraph_no_quotation(quoted: str) -> None:
    assert not read(quoted).quotes


def test_a_line_above_the_story_is_the_standfirst_where_the_page_names_another_headline() -> None:
    text = "Divers find a crack as long as a man\nThe rain fell."
    moved = Edit(0, 36, "", "move", "headline", "head.headline", "it looks like one")
    (mended,) = titled([moved], text, "Old bridge shut for a year")
    assert (mended.cls, mended.rule) == ("standfirst", "head.page-tells")
    assert list(titled([moved], text, "Divers find a crack in the bridge")) == [moved]
    assert list(titled([moved], text, None)) == [moved]
