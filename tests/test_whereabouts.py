"""What the page says of a headline, an author or a date that was not found: never that there is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from digest import build
from digest.site import Article
from digest.views import whereabouts
from tests import factory

RAW = "Bridge is shut\n\nInterview: Jo Fox\n\n3 May 2024\n\nThe bridge is old."


def article(title: str = "Bridge is shut", headline: str = "", **more: object) -> Article:
    gone = [
        factory.edit(f"e{i}", "excise", old, "", cls="label", status="applied")
        for i, old in enumerate(("Bridge is shut\n\n", "Interview: Jo Fox\n", "3 May 2024\n"))
    ]

    shown = replace(factory.shown(), headline=headline, byline="", published="", edits=tuple(gone))
    return replace(factory.article("bridge", shown), title=title, title_basis="editor", **more)


def test_a_removed_headline_is_shown_with_its_place() -> None:
    link = whereabouts.headline(article())
    assert (link.text, link.href) == ("Bridge is shut", "a/bridge/clean/#e0")
    assert whereabouts.headline(article("Another")).text == ""
    assert whereabouts.headline(article("Another", "Bridge is shut")).href == ""
    assert whereabouts.headline(article("Another", "Bridge is shut")).text == "Bridge is shut"


def test_a_removed_author_and_date_have_their_place() -> None:
    assert whereabouts.author(article()).href == "a/bridge/clean/#e1"
    assert whereabouts.date(article()).href == "a/bridge/clean/#e2"


@pytest.mark.parametrize(
    ("headline", "said"),
    [
        ("A bridge is opened", "none was found in the scrape"),
        ("bridge opened in the rain", None),
        ("Rain", "the scrape’s own is: Bridge opened in the rain"),
    ],
)
def test_a_headline_of_the_editor_is_told_from_the_scrapes(project, headline: str, said: str | None) -> None:
    body = "The mayor opened the new bridge in heavy rain on Monday, and nobody else had come to see it, the town said.\n"
    own = "" if said and "none" in said else "Bridge opened in the rain\n\nBy Ann Lee\n\n"
    project.seed("bridge.txt", own + "\n".join([body] * 3))
    project.content("articles/bridge.md", f"---\nid: bridge\nseed: bridge.txt\nheadline: {headline}\n---\n")
    build.built(project.root, project.root / "_site")
    page = html.parse(str(Path(project.root) / "_site/a/bridge/index.html")).getroot().text_content()
    assert (said in " ".join(page.split())) if said else "headline is ours" not in page
