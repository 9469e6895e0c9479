"""No ten words in a row that a text mode forbids stand in anything that is published."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from digest import build

RUN = 10  # words: shorter runs are common phrases, first words of a cut, or neighbours in a list
OWN = ("articles", "stories", "people", "organisations", "products", "outlets", "pages")
CORRECTIONS = """corrections:
  - {{date: '2026-11-21T20:00:00Z', page: {page}, before: {before!r}, after: 'other words', reason: a test, who: editor}}
"""


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def editors_words(root: Path) -> set[tuple[str, ...]]:
    """What the editor writes on his own account: a note may quote what a mode holds back."""
    files = [p for name in OWN for p in (root / "content" / name).glob("*")]
    files += [
        root / "content" / "glossary.yaml",
        root / "content" / "comparisons.yaml",
        root / "content" / "lineages.yaml",
    ]
    files += list((root / "templates").glob("*.yaml"))
    files += list((root / "content" / "conflicts").glob("*.yaml"))
    out = set()
    for path in files:
        text = path.read_text("utf-8")
        if path.parent.name == "conflicts":  # of a conflict only question and note are the editor's words
            text = re.sub(r"(?ms)^readings:.*?(?=^\w|\Z)", "", text)
        if path.parent.name == "articles":  # overrides name their place by the text's words
            text = re.sub(r"(?m)^ +- ?(?:exact|prefix|suffix):.*$|^ +(?:exact|prefix|suffix):.*$", "", text)
        text = re.sub(r"(?m)^\w+: ?(?:[fmn]$|>-$)?", "", text)  # keys, so that name and text read on
        out |= runs(text) | runs(re.sub(r"\]\([^)]*\)", "", text))
    return out


def published(folder: Path) -> set[tuple[str, ...]]:
    out = set()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in (".css", ".js", ".svg", ".png"):
            text = path.read_bytes().decode("utf-8", "replace")
            text = re.sub(r"(?m)^\w+: ?(?:[fmn]$|>-$)?", "", text)  # keys, so that name and text read on
        out |= runs(text) | runs(re.sub(r"<[^>]*>", " ", text)) | runs(re.sub(r"<[^>]*>", "", text))
    return out


def as_scraped(shown) -> str:
    """The sentences that are shown, with what was mended in them put back."""
    text = shown.text
    for e in sorted(shown.edits, key=lambda e: -e.at):
        if e.at >= 0 and not e.cut and e.status == "applied":
            text = text[: e.at] + e.old + text[e.end :]
    return text


def leaks(digest, forbidden) -> set[tuple[str, ...]]:
    report = build.built(digest.root, digest.root / "_site")
    allowed = editors_words(digest.root)
    for a in report.site.articles:
        allowed |= runs(a.shown.text) | runs(as_scraped(a.shown)) | runs(a.title) | runs(a.shown.headline)
    found = (forbidden - allowed) & published(digest.root / "_site")
    # a headline that is shown, and the first word of whatever stands after it in a list
    heads = [" ".join(re.findall(r"\w+", a.title.lower())) for a in report.site.articles]
    return {run for run in found if not any(" ".join(run[: RUN - 2]) in head for head in heads)}


def with_mode(digest, mode: str) -> None:
    path = digest.root / "site.yaml"
    path.write_text(path.read_text("utf-8").replace("text_mode: full", f"text_mode: {mode}"), "utf-8")


def raw_runs(digest) -> set[tuple[str, ...]]:
    return set().union(*(runs(p.read_text("utf-8")) for p in (digest.root / "seeds").glob("*.txt")))


@pytest.mark.parametrize("mode", ["excerpt", "private"])
def test_our_own_digest_holds_back_what_the_mode_forbids(digest, mode: str) -> None:
    if not (digest.root / "content" / "articles" / "8473.md").exists():
        pytest.skip("another digest's content")
    with_mode(digest, mode)
    text = (digest.root / "seeds" / "000_8473dc4c9294ab61.txt").read_text("utf-8").split("\n")[7]
    digest.content("corrections.yaml", CORRECTIONS.format(page="a/8473/", before=text))
    assert leaks(digest, raw_runs(digest)) == set()


@pytest.mark.parametrize("article", ["8473", "a8ba", "8384", "6c4e", "b234"])
def test_a_withdrawn_article_is_gone_from_everything(digest, article: str) -> None:
    path = digest.root / "content" / "articles" / f"{article}.md"
    if not path.exists():
        pytest.skip("another digest's content")
    path.write_text(
        path.read_text("utf-8").replace("added:", "withdrawn: its owner asked\nadded:", 1), "utf-8"
    )
    [seed] = [p for p in (digest.root / "seeds").glob("*.txt") if f"_{article}" in p.name]
    others = set().union(
        *(runs(p.read_text("utf-8")) for p in (digest.root / "seeds").glob("*.txt") if p != seed)
    )
    assert leaks(digest, runs(seed.read_text("utf-8")) - others) == set()
    assert "its owner asked" in (digest.root / "_site" / "a" / article / "index.html").read_text("utf-8")


def test_quotes_of_a_withdrawn_article_lead_to_its_page(digest) -> None:
    path = digest.root / "content" / "articles" / "8473.md"
    if not path.exists():
        pytest.skip("another digest's content")
    before = build.built(digest.root, digest.root / "_site").site
    [first, *_] = [q.id for q in before.quotes if q.article == "8473"]
    path.write_text(
        path.read_text("utf-8").replace("added:", "withdrawn: its owner asked\nadded:", 1), "utf-8"
    )
    build.built(digest.root, digest.root / "_site")
    assert "a/8473/" in (digest.root / "_site" / "q" / first / "index.html").read_text("utf-8")
