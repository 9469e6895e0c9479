"""What a subscriber sees: years pass, an article is added, one is corrected. feedparser is the client."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import jsonschema
import pytest
import time_machine

from digest import build

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = datetime(2027, 4, 2, 3, tzinfo=UTC)
BASE = "https://example.org/digest/"
SCHEMA = json.loads((Path(__file__).parent / "schemas" / "jsonfeed-1.1.schema.json").read_text("utf-8"))
STORY = """---
title: The harbour
added: 2026-02-01T08:00:00Z
articles: [{}]
---
The harbour is to close.
"""
TEXTS = {
    "one": "Ada Moss of Quay Works said “the harbour costs us five million dollars a year” on Monday.\n\nForty boats lie there.",
    "two": "“We never said that the gates stay open,” wrote Ada Moss.\n\nQuay Works paid $3 million for the gates.",
    "three": "Nobody at Quay Works was asked, Bo Ray said: “we read it in the paper like you.”",
    "four": "Bo Ray said “the gates are shut” on Friday, and Quay Works confirmed it.",
}
# two added in one minute, one whose day is exact, one that is added later in the same minute as the first
FACTS = {
    "one": "added: 2026-02-01T09:30:00Z\noutlet:\n  stated: The Gazette",
    "two": "added: 2026-02-01T09:30:00Z\ndate:\n  stated: 2026-01-30",
    "three": "date:\n  stated: 2026-01-31\noutlet:\n  stated: The Gazette",
    "four": "added: 2026-02-01T09:30:00Z\noutlet:\n  stated: The Gazette",
}
CORRECTION = """corrections:
  - date: 2027-03-01T08:00:00Z
    page: a/one/
    before: five million
    after: six million
    reason: A slip of ours.
    who: editor
"""


@dataclass(frozen=True)
class Seen:
    """What a client keeps of an entry."""

    published: str
    updated: str
    link: str
    title: str
    content: str


def client(name: str, data: bytes) -> dict[str, Seen]:
    """The entries of a feed by id, as a reader's client has them. Fails for a feed that it cannot read."""
    if name.endswith(".json"):
        feed = json.loads(data)
        jsonschema.validate(feed, SCHEMA, jsonschema.Draft202012Validator)
        return {
            i["id"]: Seen(i["date_published"], i["date_modified"], i["url"], i["title"], i["content_html"])
            for i in feed["items"]
        }
    feed = feedparser.parse(data)
    assert not feed.bozo, (name, feed.get("bozo_exception"))
    assert feed.version == ("rss20" if name.endswith("rss.xml") else "atom10")
    found = {}
    for e in feed.entries:
        body = e.content[0].value if "content" in e else e.summary
        changed = e.updated if name.endswith("atom.xml") else ""
        found[e.id] = Seen(e.published, changed, e.link, e.title, body)
    assert len(found) == len(feed.entries)
    return found


Feeds = Mapping[str, Mapping[str, Seen]]


def feeds(folder: Path) -> Feeds:
    """Every feed of a built site, read."""
    kinds = ("rss.xml", "atom.xml", "feed.json")
    paths = sorted(p for p in folder.rglob("*") if p.name in kinds)
    return {(n := p.relative_to(folder).as_posix()): client(n, p.read_bytes()) for p in paths}


class Digest:
    """A digest that is added to, and built at any time."""

    def __init__(self, project) -> None:
        self.project = project
        project.content("people/ada-moss.yaml", "name: Ada Moss\n")
        project.content("people/bo-ray.yaml", "name: Bo Ray\n")
        project.content("organisations/quay-works.yaml", "name: Quay Works\n")
        project.content("outlets/gazette.yaml", "name: The Gazette\n")
        self.tell("one", "two", "three")

    def tell(self, *ids: str) -> None:
        for id in ids:
            self.project.seed(f"{id}.txt", TEXTS[id])
            self.project.content(f"articles/{id}.md", f"---\nid: {id}\nseed: {id}.txt\n{FACTS[id]}\n---\n")
        self.project.content("stories/harbour.md", STORY.format(", ".join(ids)))

    def built(self, when: datetime) -> Feeds:
        with time_machine.travel(when, tick=False):
            assert datetime.now(UTC) == when
            build.built(self.project.root, self.project.root / "_site")
        return feeds(self.project.root / "_site")

    def files(self) -> dict[str, bytes]:
        site = self.project.root / "_site"
        return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


@pytest.fixture
def subscribed(project) -> Digest:
    return Digest(project)


def dates(seen: Mapping[str, Seen]) -> dict[str, tuple[str, str, str, str]]:
    return {id: (s.published, s.updated, s.link, s.title) for id, s in seen.items()}


def of_article(feeds: Feeds, id: str) -> str:
    """The id that an article's entry has in every feed."""
    found = {key for seen in feeds.values() for key, s in seen.items() if s.link == f"{BASE}a/{id}/"}
    found -= {key for name in feeds if name.startswith("log/") for key in feeds[name]}
    assert len(found) == 1
    return found.pop()


def test_all_kinds_of_feed_are_there_and_every_article_is_in_them(subscribed: Digest) -> None:
    found = subscribed.built(NOW)
    folders = {name.rpartition("/")[0] for name in found}
    assert folders == {"", "log", "s/harbour", "p/ada-moss", "p/bo-ray", "o/quay-works", "src/gazette"}
    assert len(found) == 3 * len(folders)
    for folder in folders - {"log"}:
        kinds = [set(found[f"{folder}/{kind}".lstrip("/")]) for kind in ("rss.xml", "atom.xml", "feed.json")]
        assert kinds[0] == kinds[1] == kinds[2] != set(), folder
    assert {s.link for s in found["rss.xml"].values()} == {f"{BASE}a/{i}/" for i in ("one", "two", "three")}


def test_a_year_later_not_a_byte_has_changed(subscribed: Digest) -> None:
    first = subscribed.built(NOW)
    files = subscribed.files()
    assert subscribed.built(LATER) == first
    assert subscribed.files() == files


def test_a_new_article_is_new_and_nothing_else_is(subscribed: Digest) -> None:
    before = subscribed.built(NOW)
    subscribed.tell("one", "two", "three", "four")
    after = subscribed.built(LATER)
    new = of_article(after, "four")
    assert before.keys() == after.keys()
    holding = set()
    for name, seen in after.items():
        assert dates(before[name]).items() <= dates(seen).items(), name
        assert seen.keys() - before[name].keys() <= {new}, name
        holding |= {name.rpartition("/")[0]} if new in seen else set()
    assert holding == {"", "s/harbour", "p/bo-ray", "o/quay-works", "src/gazette"}
    assert all(
        next(iter(after[name])) == new for name in after if new in after[name] and name.startswith("p/")
    )


def test_a_corrected_article_is_updated_and_nothing_else_is(subscribed: Digest) -> None:
    before = subscribed.built(NOW)
    subscribed.project.content("corrections.yaml", CORRECTION)
    after = subscribed.built(LATER)
    one = of_article(before, "one")
    for name, seen in after.items():
        if name.startswith("log/"):
            assert not before[name] and len(seen) == 1
            continue
        assert seen.keys() == before[name].keys(), name
        changed = {id for id in seen if dates(seen)[id] != dates(before[name])[id]}
        assert changed == ({one} & seen.keys() if not name.endswith("rss.xml") else set()), name
        assert all(seen[id].published == before[name][id].published for id in seen)
    for name in ("rss.xml", "atom.xml", "feed.json"):
        content = after[name][one].content
        assert content.startswith("<p>What changed: A slip of ours."), name
        assert "<del>five million</del> <ins>six million</ins>" in content
    assert after["atom.xml"][one].updated.startswith("2027-03-01T08:00")
    assert next(iter(after["atom.xml"])) == one  # the newest change stands first


def test_every_entry_has_a_moment_of_its_own(subscribed: Digest) -> None:
    subscribed.tell("one", "two", "three", "four")
    for name, seen in subscribed.built(NOW).items():
        assert len({s.published for s in seen.values()}) == len(seen), name
        assert len({s.updated or id for id, s in seen.items()}) == len(seen), name


def test_a_digest_that_moves_keeps_its_ids(subscribed: Digest) -> None:
    before = subscribed.built(NOW)
    subscribed.project.site("title: A digest\nbase_url: https://news.example/\ntext_mode: full\n")
    after = subscribed.built(LATER)
    assert {n: set(s) for n, s in after.items()} == {n: set(s) for n, s in before.items()}
