"""Tags and entities left in a text go, each with its reason; a text that only has a pointed bracket stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import read
from digest.clean import untagged
from digest.exchange import to_json
from digest.text import Text

FEED = (
    "<p>The ferry to the outer islands will sail <b>twice a day</b> from May, the "
    '<a href="https://www.example.org/board">harbour board</a> said on Tuesday.</p>\n'
    "<p>&ldquo;We have waited four months for this,&rdquo; said <em>Ann Moore</em>, who keeps the shop &amp; the post office.</p>"
    "<!-- an advert --><script>var x = '<p>no</p>';</script><p>It&amp;#8217;s&nbsp;free.</p>"
)
STORY = (
    "The ferry to the outer islands will sail twice a day from May, the harbour board said on Tuesday.\n\n"
    "“We have waited four months for this,” said Ann Moore, who keeps the shop & the post office.\n\n"
    "It’s free."
)


def laid_out(text: str) -> Text:
    return Text(text).revise("reflow", untagged(text))


def test_a_text_of_a_feed_is_read_as_the_page_showed_it() -> None:
    assert [x for x in laid_out(FEED).value.split("\n") if x] == STORY.split("\n\n")
    assert [q.speaker for q in read(FEED).quotes] == ["Ann Moore"]


def test_an_item_of_a_feed_has_its_markup_escaped() -> None:
    story = (
        "The council voted by 23 to 14 to look again at the contract, after a meeting that took four hours."
    )
    item = f"<item>\n<title>Council votes on the ferry</title>\n<description>&lt;p&gt;{story}&lt;/p&gt; <![CDATA[<p>It ends in May.</p>]]></description>\n</item>"
    document = read(item)
    assert story in document.body.value.split("\n")
    assert "<" not in document.body.value and "]]" not in document.body.value
    assert document.body.undo() == item


def test_every_tag_and_entity_is_told_with_its_reason() -> None:
    told = [e for e in to_json(read(FEED))["edits"] if e["class"] == "markup"]
    assert {e["rule"] for e in told} == {"markup.tag", "markup.entity"}
    assert all(FEED[e["raw_start"] : e["raw_end"]] == e["old"] and e["why"] for e in told)


@pytest.mark.parametrize(
    "text",
    [
        "A is < B, and B > C & D; nobody asked why.",
        "The page began with <p> and ended with </p>, which is right.",
        "AT&T; and R&D;",
        "Use <name> and <place> and <date> in the letter.",
    ],
)
def test_a_text_without_markup_is_left_alone(text: str) -> None:
    assert untagged(text) == []


@pytest.mark.parametrize(
    ("entity", "shown"), [("&#x2019;", "’"), ("&amp;amp;lt;", "<"), ("&#0;", "&#0;"), ("&bogus;", "&bogus;")]
)
def test_an_entity_becomes_its_character(entity: str, shown: str) -> None:
    assert laid_out(f"a {entity} b").value == f"a {shown} b"


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<b",
                ">",
                "<!--",
                "-->",
                "<script>",
                "</script>",
                "&amp;",
                "&",
                ";",
                "word",
                "\n",
            ]
        ),
        max_size=50,
    )
)
def test_any_mixture_of_tags_can_be_put_back(parts: list[str]) -> None:
    text = "".join(parts)
    assert laid_out(text).undo() == text


@pytest.mark.parametrize("unit", ["<", "<p ", "<!--", "<script>", "&amp;", "&#", "</p><p>", "<a href='"])
def test_hostile_tags_take_bounded_steps(unit: str) -> None:
    text = "<p></p><p>" + unit * 20_000
    assert laid_out(text).undo() == text
