"""`build.py ids` keeps old addresses alive."""

from __future__ import annotations

from digest import build
from digest.register import renewed

TEXT = "The mayor opened the bridge on Monday, in heavy rain.\n“It will stand for a century,” said Ann Miller, the mayor of the town.\n"
ARTICLE = "---\nid: bridge\nseed: bridge.txt\nheadline: A bridge\nadded: 2025-02-01T09:30:00Z\n---\n"


def test_an_address_that_is_gone_leads_to_what_replaced_it(project) -> None:
    seed = project.seed("bridge.txt", TEXT)
    project.content("articles/bridge.md", ARTICLE)
    first = renewed(project.root)
    assert first.new == first.recorded > 0 and first.moved == {}
    [quote] = [q.id for q in build.built(project.root, project.root / "_site").site.quotes]
    seed.write_text(TEXT.replace("for a century", "for a century at least"), "utf-8")  # a corrected scrape
    second = renewed(project.root)
    assert list(second.moved) == [f"q/{quote}/"]
    build.built(project.root, project.root / "_site")
    page = (project.root / "_site" / "q" / quote / "index.html").read_text("utf-8")
    assert "refresh" in page and second.moved[f"q/{quote}/"].strip("/") in page
    assert renewed(project.root).moved == {}


def test_a_build_never_writes_the_register(project) -> None:
    project.seed("bridge.txt", TEXT)
    build.built(project.root, project.root / "_site")
    assert not (project.root / "content" / "register.yaml").exists()
