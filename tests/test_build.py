"""A whole build: what a reader gets, what a bad input does, what stays untouched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from digest import build
from digest.errors import BuildError

PRIVATE = "The mayor opened the new bridge in heavy rain. Nobody else had come to see it that day."
QUOTED = "“It will stand for a century,” said Ann Miller, the mayor of the town."
TEXT = f"{PRIVATE}\n\n{QUOTED} The rain had fallen since the early morning.\n\nA third paragraph speaks of sheep.\n"
ARTICLE = """---
id: bridge
seed: bridge.txt
headline: A bridge is opened
added: 2025-02-01T09:30:00Z
%s
---
"""


def tree(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def everything(folder: Path) -> str:
    """All that is published, as text, with markup taken out so that no tag hides a phrase."""
    text = b"\n".join(tree(folder).values()).decode("utf-8", "replace")
    return text + re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", text))


def bridge(project, more: str = "", mode: str = "full") -> Path:
    project.seed("bridge.txt", TEXT)
    project.content("articles/bridge.md", ARTICLE % more)
    project.site(f"title: A digest\nbase_url: https://example.org/digest/\ntext_mode: {mode}\n")
    target = project.root / "_site"
    build.built(project.root, target)
    return target


def test_the_digest_of_this_repository_builds_twice_to_the_same_bytes(digest) -> None:
    build.built(digest.root, digest.root / "_site")
    first = tree(digest.root / "_site")
    report = build.built(digest.root, digest.root / "_site")
    assert tree(digest.root / "_site") == first
    assert "index.html" in first
    assert "a/8473/index.html" in first
    assert "5 texts" in report.summary()


def test_seeds_and_content_are_never_written_to(digest) -> None:
    before = {name: tree(digest.root / name) for name in ("seeds", "content", "templates")}
    build.built(digest.root, digest.root / "_site")
    assert {name: tree(digest.root / name) for name in before} == before


def test_an_empty_digest_is_an_empty_site(project) -> None:
    build.built(project.root, project.root / "_site")
    assert "index.html" in tree(project.root / "_site")


def test_full_publishes_the_text(project) -> None:
    text = everything(bridge(project))
    assert "Nobody else had come" in text
    assert "century" in text


def test_an_excerpt_publishes_the_sentences_of_quotes_and_nothing_else(project) -> None:
    text = everything(bridge(project, mode="excerpt"))
    assert "It will stand for a century" in text
    for forbidden in ("opened the new bridge", "Nobody else had come", "rain had fallen", "speaks of sheep"):
        assert forbidden not in text


def test_private_publishes_counts_alone(project) -> None:
    text = everything(bridge(project, mode="private"))
    assert "A bridge is opened" in text
    for forbidden in ("opened the new bridge", "stand for a century", "Ann Miller", "speaks of sheep"):
        assert forbidden not in text


def test_an_outlets_mode_wins_over_the_sites_and_an_articles_over_both(project) -> None:
    project.content("outlets/gazette.yaml", "name: The Gazette\ntext_mode: private\n")
    outlet = "outlet: {stated: The Gazette}"
    assert "century" not in everything(bridge(project, outlet))
    assert "century" in everything(bridge(project, outlet + "\ntext_mode: full"))


def test_a_withdrawn_article_says_so_at_its_address_and_is_gone_elsewhere(project) -> None:
    standing = tree(bridge(project))
    assert "a/bridge/index.html" in standing
    target = bridge(project, "withdrawn: The outlet asked us to.")
    now = tree(target)
    assert "The outlet asked us to." in now["a/bridge/index.html"].decode()
    for forbidden in ("opened the new bridge", "stand for a century", "Ann Miller"):
        assert forbidden not in everything(target)


def test_scraped_text_is_never_markup(project) -> None:
    hostile = "<script>alert(1)</script> <img src=x onerror=alert(2)> {{ 7*7 }} {% raw %} “<b>Hi</b>,” said Ann Miller."
    project.seed("bridge.txt", f"The mayor opened the bridge on Monday with these words.\n{hostile}\n")
    project.content(
        "articles/bridge.md",
        ARTICLE % "" + "A note with <script>alert(3)</script> and [x](javascript:alert(4)).\n",
    )
    build.built(project.root, project.root / "_site")
    for name, data in tree(project.root / "_site").items():
        if name.endswith((".html", ".xml")):
            text = data.decode()
            assert "<script>alert" not in text, name
            assert "<img src=x" not in text, name
            assert 'href="javascript:' not in text, name
            assert not re.search(r"<[^>]*\sstyle=", text), name
    assert "{{ 7*7 }}" in (project.root / "_site/a/bridge/index.html").read_text("utf-8")


def test_texts_laid_out_anew_build_and_show_what_was_done(project) -> None:
    lines = "It will stand for a century, the mayor of the town said on Monday, when she\nopened the new bridge with her own hands in the heaviest rain of the year, and\nthe town will pay for it until her grandchildren are as old as she is, which is\na long time for a bridge of wood that leads to nothing but a field of sheep and\na mill.\n"
    project.seed("wrapped.txt", lines * 2)
    project.seed(
        "marked.md",
        "[The mayor](https://example.org/m) opened the [bridge](https://example.org/b) on **Monday** in the rain.\n",
    )
    project.seed(
        "tagged.txt",
        "<p>The mayor opened the bridge.</p><p>&ldquo;It stands,&rdquo; <b>Ann Miller</b> said of it.</p>",
    )
    build.built(project.root, project.root / "_site")  # and every link on its pages leads somewhere
    said = everything(project.root / "_site")
    assert "signs of markup" in said and "the lines are broken at about" in said


def test_problems_leave_the_last_site_and_come_all_at_once(project) -> None:
    target = bridge(project)
    before = tree(target)
    project.content("articles/bridge.md", ARTICLE % "datte: unknown")
    project.content("people/x.yaml", "nam: x\n")
    with pytest.raises(BuildError) as e:
        build.built(project.root, target)
    assert len(e.value.problems) >= 2
    assert tree(target) == before


def test_a_bad_seed_is_left_out_and_fatal_only_when_strict(project) -> None:
    project.seed("bad.txt", b"PK\x03\x04\x00")
    target = bridge(project)
    report = build.built(project.root, target)
    assert any("bad.txt" in d.path for d in report.doubts)
    with pytest.raises(BuildError, match=r"seeds/bad\.txt"):
        build.built(project.root, target, strict=True)


def test_a_foreign_folder_is_never_replaced(project) -> None:
    project.seed("bridge.txt", TEXT)
    target = project.root / "photos"
    target.mkdir()
    (target / "me.jpg").write_bytes(b"x")
    with pytest.raises(BuildError, match="photos"):
        build.built(project.root, target)
    assert tree(target) == {"me.jpg": b"x"}


def test_an_undefined_word_of_a_template_names_template_line_and_page(project) -> None:
    project.content(
        "templates/front.html",
        "{% extends 'base.html' %}\n{% set heading = 'x' %}{% set about = 'x' %}\n{% block content %}{{ nonsense }}{% endblock %}\n",
    )
    project.seed("bridge.txt", TEXT)
    with pytest.raises(BuildError) as e:
        build.built(project.root, project.root / "_site")
    assert "templates/front.html:3" in str(e.value)
    assert "nonsense" in str(e.value)
    assert "index.html" in str(e.value)


def test_a_line_cut_out_of_a_quote_is_no_misquotation(project) -> None:
    text = (
        "The mayor opened the bridge on Monday, and spoke to those who had come.\n"
        "“We have waited for this bridge for ten long years.\nAdvertisement\n“Now it is here,” said Ann Miller.\n"
    )
    project.seed("bridge.txt", text)
    project.content("articles/bridge.md", ARTICLE % "")
    build.built(project.root, project.root / "_site")
    assert "Advertisement" not in (project.root / "_site/a/bridge/index.html").read_text("utf-8").split(
        "<main"
    )[1].split("</main")[0].replace("label", "")


def test_an_html_witness_builds(project) -> None:
    project.seed(
        "bridge.html",
        "<html><head><meta charset='iso-8859-1'><title>x</title></head><body><article><h1>A bridge at Orl\xe9ans</h1>"
        "<p>The mayor opened the new bridge on Monday, in rain that did not stop all day.</p>"
        "<p>\x93It will stand for a century,\x94 said Ann Miller, who had come from Orl\xe9ans.</p>"
        "<p>Nobody else spoke, and the band went home before the mayor had cut the ribbon.</p></article></body></html>".encode(
            "latin-1"
        ),
    )
    report = build.built(project.root, project.root / "_site")
    [article] = report.site.articles
    assert "Orléans" in article.shown.text
    assert article.witnesses[0].kind == "html"


def test_mojibake_in_a_quote_and_as_its_marks_stops_nothing(project) -> None:
    project.seed(
        "bridge.txt",
        "The mayor opened the bridge on Monday, in heavy rain that had not stopped since the morning.\n"
        "“It will stand for a centuryâ€™s end,” said Ann Miller, the mayor of the town.\n"
        "â€œIt cost more than we thought,â€\x9d said Bob Stone, who keeps the town’s books.\n",
    )
    project.content("articles/bridge.md", ARTICLE % "")
    report = build.built(project.root, project.root / "_site")
    assert [q.noted.item.text for q in report.site.quotes] == [
        "It will stand for a century’s end,",
        "It cost more than we thought,",
    ]
    project.site("title: A digest\nbase_url: https://example.org/digest/\ntext_mode: excerpt\n")
    build.built(project.root, project.root / "_site")


def test_an_emendation_that_restores_two_figures_gives_two_pages(project) -> None:
    project.seed(
        "bridge.txt", "The mayor opened the bridge. It cost lost words and nobody knows why they were lost.\n"
    )
    project.content("articles/bridge.md", ARTICLE % "")
    project.content(
        "emendations/bridge.yaml",
        "emendations:\n  - exact: It cost lost words\n    action: emend\n    text: It cost $5 million in 2018 and $7 million in 2020\n    why: a test\n",
    )
    report = build.built(project.root, project.root / "_site")
    assert len({f.id for f in report.site.figures}) == len(report.site.figures) == 2


def test_a_quote_broken_within_a_word_at_a_line_end_passes_the_check(project) -> None:
    text = """The mayor of the town opened the new bridge in heavy rain, and
nobody else had come to see it. She walked over it alone, from
the north bank to the south and back again, while the band pla-
yed to itself under the roof of the old toll house. Then she cut
the ribbon and went home to her dinner, which was cold by then.

“It will stand for a hundred years, and who will then remem-
ber the rain,” said Ann Miller, who has been the mayor of the
town for as long as most of those who live there can remember.
"""
    project.seed("bridge.txt", text)
    project.content("articles/bridge.md", ARTICLE % "")
    build.built(project.root, project.root / "_site")
    assert "remember the rain" in everything(project.root / "_site")
