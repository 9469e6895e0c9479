"""The checks of feeds: each rule of the W3C's feed validator that we hold has a feed that breaks it."""

import json
from datetime import UTC, datetime, timedelta

import factory
import feedparser
import jsonschema
import pytest
from fakesite import BASES, fake
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from test_subscriber import SCHEMA

from digest.check import check
from digest.check.entries import rfc822
from digest.render.feeds import distinct

URL = "https://owner.github.io/repo/"
RSS_ITEM = f"""<item><title>Two</title><link>{URL}</link><guid isPermaLink="false">tag:digest.example,2025:2</guid>
<pubDate>Mon, 27 Jan 2025 08:00:00 +0000</pubDate><description>Two</description></item>"""
ENTRY = f"""<entry><title>Two</title><id>tag:digest.example,2025:2</id><updated>2025-01-27T08:00:00Z</updated>
<link href="{URL}"/></entry>"""
CREATOR = '<d:creator xmlns:d="http://purl.org/dc/elements/1.1/">A</d:creator>'
ENCODED = '<c:encoded xmlns:c="http://purl.org/rss/1.0/modules/content/">x</c:encoded>'
GUID = '<guid isPermaLink="false">tag:digest.example,2025:1</guid>'
SELF = f'<link rel="self" href="{URL}atom.xml"/>'
A_SELF = f'<a:link rel="self" href="{URL}rss.xml"/>'
ALTERNATE = f'<link href="{URL}a/1/#n1"/>'

BROKEN = [
    # the feed
    ("rss.xml", '<rss version="2.0"', '<rss version="0.92"', '<rss version="0.92">: expected 2.0'),
    ("rss.xml", "</channel>", "</channel><channel/>", "<rss> has 2 <channel>"),
    ("rss.xml", "<title>D</title>", "", "<channel> has no <title>"),
    ("rss.xml", f"<link>{URL}</link>", "", "<channel> has no <link>"),
    ("rss.xml", A_SELF, "", "names nothing as its own address"),
    ("rss.xml", A_SELF, A_SELF + A_SELF, "as its own address"),
    ("atom.xml", SELF, "", "names nothing as its own address"),
    ("atom.xml", f"<id>{URL}</id>", "", "<feed> has no <id>"),
    ("atom.xml", f"<id>{URL}</id>", "<id>feed</id>", "<id> 'feed' is no absolute address"),
    ("atom.xml", "<updated>2025-01-27T08:00:00Z</updated><author>", "<author>", "<feed> has no <updated>"),
    (
        "atom.xml",
        "<updated>2025-01-27T08:00:00Z</updated><author>",
        "<updated>2024-01-27T08:00:00Z</updated><author>",
        "older than its newest entry",
    ),
    ("atom.xml", "<name>D</name>", "<name> </name>", "an <author> of <feed> has no <name>"),
    ("atom.xml", "<title>D</title>", "", "<feed> has no <title>"),
    ("feed.json", "version/1.1", "version/9", "no version of JSON Feed"),
    ("feed.json", '"title": "D", ', "", "has no title"),
    ("feed.json", f'"feed_url": "{URL}feed.json",', "", "names nothing as its own address"),
    (
        "rss.xml",
        "<description>D</description>",
        "<description>D</description><language>d e</language>",
        "no language",
    ),
    (
        "rss.xml",
        "<description>D</description>",
        "<description>D</description><lastBuildDate>now</lastBuildDate>",
        "lastBuildDate 'now' is no RFC 822 date",
    ),
    (
        "rss.xml",
        '<?xml version="1.0"?>',
        '<?xml version="1.0" encoding="latin-1"?>',
        "is declared as latin-1",
    ),
    # ids
    ("rss.xml", GUID, "", "an entry has no id"),
    ("rss.xml", ' isPermaLink="false"', ' isPermaLink="no"', "isPermaLink='no': expected true or false"),
    ("rss.xml", GUID, '<guid isPermaLink="true">urn:uuid:1</guid>', "guid 'urn:uuid:1' is no address"),
    ("rss.xml", GUID, '<guid isPermaLink="false">17</guid>', "too short to be the only one"),
    ("rss.xml", "</channel>", RSS_ITEM.replace("2025:2", "2025:1") + "</channel>", "2025:1 a second time"),
    ("atom.xml", "<id>tag:digest.example,2025:1</id>", "<id>one</id>", "<id> 'one' is no absolute address"),
    ("feed.json", '"id": "1"', '"id": 1', "item 1: its id is no string"),
    # times
    ("rss.xml", "Mon, 27 Jan 2025 08:00:00 +0000", "Tue, 27 Jan 2025 08:00:00 +0000", "no RFC 822 date"),
    ("rss.xml", "Mon, 27 Jan 2025 08:00:00 +0000", "Mon, 27 Jan 25 08:00:00 +0000", "no RFC 822 date"),
    ("rss.xml", "Mon, 27 Jan 2025 08:00:00 +0000", "Mon, 27 Jan 2025", "no RFC 822 date"),
    ("rss.xml", "Mon, 27 Jan 2025 08:00:00 +0000", "", "no RFC 822 date"),
    (
        "rss.xml",
        "</channel>",
        RSS_ITEM + "</channel>",
        "has the time Mon, 27 Jan 2025 08:00:00 +0000 of another",
    ),
    ("atom.xml", "</feed>", ENTRY + "</feed>", "has the time 2025-01-27T08:00:00Z of another"),
    ("atom.xml", "08:00:00Z</updated>\n", "08:00:00</updated>\n", "no RFC 3339 date"),
    ("atom.xml", ALTERNATE, ALTERNATE + "<published>27 Jan</published>", "published '27 Jan' is no RFC 3339"),
    ("feed.json", '"date_published": "2025-01-27T08:00:00Z", ', "", "is no RFC 3339 date"),
    # links
    ("atom.xml", ALTERNATE, "", "has no link"),
    ("atom.xml", ALTERNATE, ALTERNATE + ALTERNATE, "two alternate links of one type"),
    ("rss.xml", f"<link>{URL}a/1/</link>", "", "has no link"),
    ("feed.json", f'"url": "{URL}a/1/", ', "", "has no link"),
    # bodies
    ("feed.json", "<p>x", "<script>x</script>", "<script> has no place in an entry"),
    ("feed.json", "<p>x", "<p onclick='x'>", "onclick='x' has no place in an entry"),
    ("feed.json", "<p>x", "<p style='x'>", "style='x' has no place in an entry"),
    ("feed.json", "<p>x", "<iframe>", "<iframe> has no place in an entry"),
    ("feed.json", "<p>x", "<q cite='a/1/'>x</q>", "'a/1/': must be absolute"),
    ("feed.json", '"content_html": "<p>x"', '"summary": "x"', "neither content_html nor content_text"),
    ("rss.xml", "<description>One</description>", ENCODED, "<content:encoded> and no <description>"),
    ("atom.xml", 'type="html"', 'type="text"', "<content> is markup, but its type is text"),
    (
        "atom.xml",
        'type="html">',
        'type="html"><p xmlns="">x</p>',
        "holds elements: its markup must be escaped",
    ),
    ("atom.xml", 'type="html"', 'type="markdown"', "no such type"),
    # authors
    ("rss.xml", "<description>One", "<author>Ada Moss</author><description>One", "is no e-mail address"),
    (
        "rss.xml",
        "<description>One",
        f"<author>a@b.example (A)</author>{CREATOR}<description>One",
        "both <author> and <dc:creator>",
    ),
    # characters
    (
        "atom.xml",
        "<title>One</title>",
        "<title>One\u0085\u0092</title>",
        "holds the control character U+0092",
    ),
    ("feed.json", '"title": "D"', '"title": "D\\u0007"', "holds the control character U+0007"),
    ("rss.xml", "<title>One</title>", "<title>One\x08</title>", "not well-formed XML"),
]


@pytest.mark.parametrize(("name", "old", "new", "message"), BROKEN)
def test_what_is_broken_in_a_feed_is_named(name: str, old: str, new: str, message: str) -> None:
    files = fake(URL)
    text = files[name].decode()
    assert old in text
    found = [str(p) for p in check({**files, name: text.replace(old, new).encode()}, URL)]
    assert any(f.startswith(name) and message in f for f in found), found


def test_an_item_with_neither_title_nor_description_is_named() -> None:
    files = fake(URL)
    files["rss.xml"] = files["rss.xml"].replace(b"<title>One</title>", b"")
    assert not check(files, URL)  # a description alone is enough
    files["rss.xml"] = files["rss.xml"].replace(b"<description>One</description>", b"")
    assert [p.message for p in check(files, URL)] == ["an item has neither <title> nor <description>"]


@pytest.mark.parametrize("url", BASES)
def test_a_feed_that_is_announced_as_another_kind_is_named(url: str) -> None:
    for said, what in [("atom.xml", "application/atom+xml"), ("data.json", "no feed")]:
        files = fake(url)
        link = f'<link rel="alternate" type="application/rss+xml" href="../../{said}">'
        files["a/1/index.html"] = files["a/1/index.html"].replace(b"</head>", link.encode() + b"</head>")
        [found] = [p.message for p in check(files, url)]
        assert found == f"announces ../../{said} as application/rss+xml, but it is {what}"


@pytest.mark.parametrize(
    ("date", "right"),
    [
        ("Mon, 27 Jan 2025 08:00:00 +0000", True),
        ("27 Jan 2025 08:00:00 GMT", True),
        ("Mon, 27 Jan 2025 08:00 +0100", True),
        ("Sun, 27 Jan 2025 08:00:00 +0000", False),
        ("Mon, 31 Feb 2025 08:00:00 +0000", False),
        ("Mon, 27 January 2025 08:00:00 +0000", False),
        ("Mon, 27 Jan 2025 08:00:00", False),
        ("2025-01-27T08:00:00Z", False),
    ],
)
def test_dates_of_rfc_822(date: str, right: bool) -> None:
    assert rfc822(date) is right


def test_no_client_stumbles_over_a_feed_of_ours() -> None:
    made = factory.built()
    feeds = [n for n in made if n.endswith(("rss.xml", "atom.xml", "feed.json"))]
    assert len(feeds) >= 12
    for name in feeds:
        if name.endswith(".json"):
            jsonschema.validate(json.loads(made[name]), SCHEMA, jsonschema.Draft202012Validator)
        else:
            assert not feedparser.parse(made[name]).bozo, name


def test_the_opml_names_every_feed_once() -> None:
    made = factory.built()
    named = [o.get("xmlurl") for o in _outlines(made["feeds/digest.opml"])]
    there = {"https://example.org/digest/" + n for n in made if n.endswith("rss.xml")}
    assert set(named) == there
    assert len(named) == len(there)


def _outlines(data: bytes) -> list[dict[str, str]]:
    return [{k.lower(): v for k, v in o.attrib.items()} for o in etree.fromstring(data).iter("outline")]


MINUTE = datetime(2026, 2, 1, 9, 30, tzinfo=UTC)
MOMENTS = st.dictionaries(
    st.text(max_size=4), st.integers(0, 200).map(lambda s: MINUTE + timedelta(seconds=s))
)


@given(MOMENTS)
def test_moments_are_distinct_and_close_to_what_was_told(moments: dict[str, datetime]) -> None:
    made = distinct(moments)
    assert made.keys() == moments.keys()
    assert len(set(made.values())) == len(made)
    for key, moment in moments.items():
        assert moment <= made[key] <= moment + timedelta(seconds=60 + len(moments))
        assert made[key].microsecond == 0


@given(MOMENTS, st.sets(st.integers(0, 90)))
def test_each_moment_is_the_first_that_is_free(moments: dict[str, datetime], taken: set[int]) -> None:
    seen = {MINUTE + timedelta(seconds=s) for s in taken}
    alone = {key: distinct({key: moment})[key] for key, moment in moments.items()}
    made = distinct(moments, set(seen))
    for key in sorted(alone, key=lambda k: (alone[k], k)):
        moment = alone[key]
        while moment in seen:
            moment += timedelta(seconds=1)
        seen.add(moment)
        assert made[key] == moment


def test_ten_thousand_texts_of_one_minute() -> None:
    made = distinct({f"a{i}": MINUTE for i in range(10_000)})
    assert len(set(made.values())) == 10_000
    assert max(made.values()) <= MINUTE + timedelta(seconds=10_060)


@given(MOMENTS, st.text(min_size=5))
def test_what_is_added_in_another_second_moves_nothing(moments: dict[str, datetime], key: str) -> None:
    before = distinct(moments)
    alone = distinct({key: MINUTE})[key]
    if alone not in before.values():
        assert before.items() <= distinct({**moments, key: MINUTE}).items()
