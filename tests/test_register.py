"""`build.py ids` keeps old addresses alive."""

from __future__ import annotations

import re

import yaml

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


PRICE = "The council met in Velm on Tuesday and heard the engineers.\n\nThe price of the Velm ferry was {} in the end.\n"


def pages(project, out: str = "_site") -> set[str]:
    """The addresses at which the built site has a page."""
    build.built(project.root, project.root / out)
    return {
        p.parent.relative_to(project.root / out).as_posix() for p in (project.root / out).rglob("index.html")
    }


def leads(project, address: str) -> str:
    page = (project.root / "_site" / address / "index.html").read_text("utf-8")
    found = re.search(r'http-equiv="refresh" content="5; url=(?:\.\./)*([^"]*)"', page)
    return found[1] if found else ""


def undated(project, name: str, price: str) -> None:
    project.seed(f"{name}.txt", PRICE.format(price))
    project.content(f"articles/{name}.md", f"---\nid: {name}\nseed: {name}.txt\n---\n")


def test_a_sixth_text_without_a_date_moves_no_conflict(project) -> None:
    for name, price in zip("bcdef", ["$5.6 million", "$7 million", *["$5.6 million"] * 3], strict=True):
        undated(project, name, price)
    renewed(project.root)
    [conflict] = build.built(project.root, project.root / "_site").site.conflicts
    undated(project, "ab", "$9 million")
    [now] = build.built(project.root, project.root / "_site").site.conflicts
    assert now.id == conflict.id and {r.article for r in now.readings} == {"ab", *"bcdef"}
    assert renewed(project.root).moved == {}
    undated(project, "aa", "$9 million")
    [later] = build.built(project.root, project.root / "_site").site.conflicts
    assert later.id == conflict.id


def test_the_register_keeps_the_order_of_articles(project) -> None:
    for name in ("m", "b", "a"):
        undated(project, name, "$5.6 million")
        renewed(project.root)
    assert yaml.safe_load((project.root / "content/register.yaml").read_text())["order"] == ["m", "b", "a"]


SAID = "The bridge over the Velm was opened on Monday.\n\n“It will stand for {} century and nobody will {} it,” said Ann Miller, the mayor.\n\n“We are tired of waiting for the ferry,” said Ann Miller.\n\nIt cost {} and took two years.\n"


def test_a_word_corrected_in_a_quote_leads_to_the_same_quote_at_once(project) -> None:
    project.seed("bridge.txt", SAID.format("a", "mned", "$5.6 million"))
    project.content("articles/bridge.md", ARTICLE)
    renewed(project.root)
    before = pages(project)
    [old] = [
        q.id
        for q in build.built(project.root, project.root / "_site").site.quotes
        if "mned" in q.noted.item.text
    ]
    for words in (("a", "mend"), ("one", "mend")):  # corrected twice, and `ids` not run
        project.seed("bridge.txt", SAID.format(*words, "$5.6 million"))
        assert before <= pages(project)
        [new] = [
            q.id
            for q in build.built(project.root, project.root / "_site").site.quotes
            if "stand" in q.noted.item.text
        ]
        assert new != old and leads(project, f"q/{old}") == f"q/{new}/"
    assert renewed(project.root).moved == {f"q/{old}/": f"q/{new}/"}
    project.seed("bridge.txt", SAID.format("half a", "mend", "$5.6 million"))
    assert before <= pages(project)
    assert leads(project, f"q/{old}") == leads(project, f"q/{new}") != f"q/{new}/"


def test_a_corrected_figure_leads_to_the_same_figure(project) -> None:
    project.seed("bridge.txt", SAID.format("a", "mend", "$5.6 million"))
    project.content("articles/bridge.md", ARTICLE)
    renewed(project.root)
    before = pages(project)
    [old] = [
        f.id
        for f in build.built(project.root, project.root / "_site").site.figures
        if "5.6" in f.noted.item.text
    ]
    project.seed("bridge.txt", SAID.format("a", "mend", "$5.9 million"))
    assert before <= pages(project)
    [new] = [
        f.id
        for f in build.built(project.root, project.root / "_site").site.figures
        if "5.9" in f.noted.item.text
    ]
    assert leads(project, f"f/{old}") == f"f/{new}/" == renewed(project.root).moved[f"f/{old}/"]


def test_another_quote_does_not_take_the_place_of_one_that_is_gone(project) -> None:
    project.seed("bridge.txt", SAID.format("a", "mend", "$5.6 million"))
    project.content("articles/bridge.md", ARTICLE)
    renewed(project.root)
    [old] = [
        q.id
        for q in build.built(project.root, project.root / "_site").site.quotes
        if "stand" in q.noted.item.text
    ]
    gone = "“It will stand for a century and nobody will mend it,” said Ann Miller, the mayor."
    text = SAID.format("a", "mend", "$5.6 million").replace(
        gone, "“Rain delayed our guests, I fear,” said Ann Miller, the mayor."
    )
    project.seed("bridge.txt", text)
    pages(project)
    assert leads(project, f"q/{old}") == "a/bridge/"
