"""Block quotations of a page that names their speaker beside them."""

from __future__ import annotations

import re

import pytest

import digest
from digest.clean.titled import titled
from digest.text import Edit

TAG = re.compile(r"<[^>]+>")
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
        (f"<blockquote><p>{SAID}</p><p>— <cite>Ann Lee</cite></p></blockquote>", SAID, "Ann Lee"),
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
        "<blockquote><p>All of it is told at the end of <cite>The Long Bridge</cite></p></blockquote>",
        "<blockquote><p>Tickets are sold at the north bank from nine in the morning on.</p></blockquote>",
    ],
)
def test_a_title_is_no_speaker_and_a_set_off_paragraph_no_quotation(quoted: str) -> None:
    document = read(quoted)
    assert not document.quotes
    assert TAG.sub("", quoted) in document.body.value


def test_a_line_above_the_story_is_the_standfirst_where_the_page_names_another_headline() -> None:
    text = "Divers find a crack as long as a man\nThe rain fell."
    moved = Edit(0, 36, "", "move", "headline", "head.headline", "it looks like one")
    (mended,) = titled([moved], text, "Old bridge shut for a year")
    assert (mended.cls, mended.rule) == ("standfirst", "head.page-tells")
    assert list(titled([moved], text, "Divers find a crack in the bridge")) == [moved]
    assert list(titled([moved], text, None)) == [moved]


@pytest.mark.parametrize(
    "told", ["Ferry held in port after storm", "Ferry held in port after storm | The Gazette"]
)
def test_what_the_page_calls_its_headline_is_moved(told: str) -> None:
    paragraphs = [
        "The ferry to the islands will not sail before Monday, the harbour master said on Friday.",
        "Two of its three engines failed during the storm, and the spare parts are held up at the border.",
    ]
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    document = digest.read(
        f'<html><head><meta property="og:title" content="{told}"></head><body><h1>Ferry held in port after storm</h1>{body}</body></html>',
        kind="html",
    )
    assert document.body.value == "\n\n".join(paragraphs)
    assert [(m.cls, m.text) for m in document.moved] == [("headline", "Ferry held in port after storm")]


BY = "Tom Reed (@tomreed)"
LINKED = "<a href='https://x.com/tomreed/status/1'>March 12, 2024</a>"


@pytest.mark.parametrize(
    ("markup", "speaker", "venue"),
    [
        (
            f'<blockquote class="twitter-tweet"><p>No ferry today.</p>&mdash; {BY} {LINKED}</blockquote>',
            "Tom Reed",
            "X",
        ),
        (
            f'<div><blockquote class="twitter-tweet"><p>No ferry today.</p>&mdash; {BY}</blockquote></div>',
            "Tom Reed",
            "X",
        ),
        (f"<blockquote><p>No ferry today.</p>&mdash; {BY} {LINKED}</blockquote>", "Tom Reed", "X"),
        (f"<blockquote><p>No ferry today.</p>&mdash; {BY}</blockquote>", "Tom Reed", None),
        (
            '<blockquote class="instagram-media"><div>View this post on Instagram</div><p>No ferry today.</p>'
            "<p>A post shared by <a href=x>Tom Reed</a> (@tomreed) on Mar 12, 2024</p></blockquote>",
            "Tom Reed",
            "Instagram",
        ),
        (
            '<blockquote class="bluesky-embed"><p>No ferry today.<br><br><a href=x>[image or embed]</a></p>'
            "&mdash; Tom Reed (<a href=x>@tomreed.example</a>) <a href=x>March 12, 2024</a></blockquote>",
            "Tom Reed",
            "Bluesky",
        ),
        (
            '<blockquote class="mastodon-embed"><p>No ferry today.</p><p>— Tom Reed (@tom@reed.example)</p></blockquote>',
            "Tom Reed",
            "Mastodon",
        ),
        (
            '<blockquote class="text-post-media"><p>No ferry today.</p><p>Posted by Tom Reed (@tomreed)</p></blockquote>',
            "Tom Reed",
            "Threads",
        ),
        (
            '<blockquote class="twitter-tweet"><p>No ferry today. pic.twitter.com/abc</p>&mdash; ⛴ the ferry ⛴ (@ferry)</blockquote>',
            "the ferry",
            "X",
        ),
        (
            '<blockquote class="twitter-tweet"><p>No ferry today.</p>&mdash; ⛴ (@ferry)</blockquote>',
            "@ferry",
            "X",
        ),
    ],
)
def test_a_post_of_a_network_is_its_authors_block_quotation(
    markup: str, speaker: str, venue: str | None
) -> None:
    document = read(markup)
    (quote,) = [q for q in document.quotes if q.part == "body"]
    assert (quote.text, quote.kind, quote.speaker, quote.venue) == (
        "No ferry today.",
        "block",
        speaker,
        venue,
    )
    kinds = {document.body.value[b.start : b.end]: b.kind for b in document.blocks}
    assert kinds["No ferry today."] == "block-quote" and "attribution" in kinds.values()
    assert document.body.undo() == document.body.raw


@pytest.mark.parametrize(
    "silent",
    [
        '<blockquote class="instagram-media"><div>View this post on Instagram</div><p><a href=x>A post shared by Tom Reed (@tomreed)</a></p></blockquote>',
        '<blockquote class="text-post-media"><a href=x><div>Post by @tomreed</div><div>View on Threads</div></a></blockquote>',
    ],
)
def test_a_post_without_words_is_counted_and_not_shown(silent: str) -> None:
    document = read(silent)
    assert "tomreed" not in document.body.raw and document.page
    assert dict(document.page.left_out)["embedded posts"] == 1


def test_a_post_in_a_box_far_from_the_story_is_none_of_its_quotations() -> None:
    box = f'<div class="sidebar"><div><div><div><blockquote class="twitter-tweet"><p>No ferry today.</p>&mdash; {BY}</blockquote></div></div></div></div>'
    document = digest.read(
        f"<html><body><div><main><section><article>{PROSE * 5}</article></section></main></div>{box}</body></html>",
        kind="html",
    )
    assert "ferry" not in document.body.value
