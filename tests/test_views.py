"""Views: what a page may show, and nothing of what it may not."""

from dataclasses import fields, is_dataclass, replace

import factory
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.site import Settings, Site
from digest.views import pages, prose
from digest.views.page import PageView
from digest.views.tokens import Mark, Token, tokens


def by_path(site: Site) -> dict[str, PageView]:
    return {p.path: p for p in pages(site)}


def strings(value: object) -> list[str]:
    """Every string in a view."""
    if isinstance(value, str):
        return [value]
    if is_dataclass(value):
        return [s for f in fields(value) for s in strings(getattr(value, f.name))]
    return [s for v in value for s in strings(v)] if isinstance(value, tuple | list) else []


def test_every_page_kind_is_there() -> None:
    made = set(by_path(factory.site()))
    wanted = """index.html s/harbour/index.html a/one/index.html a/one/clean/index.html q/quote001/index.html
    q/index.html f/index.html f/figure01/index.html p/ada-moss/index.html o/nobody-known/index.html src/index.html
    src/gazette/index.html c/index.html c/who-said-it/index.html tree/index.html log/index.html method/index.html
    search/index.html feeds/index.html data/index.html archive/index.html archive/2025-01/index.html
    archive/undated/index.html about/index.html a/old/index.html 404.html"""
    assert set(wanted.split()) <= made


def test_an_empty_site_has_its_pages() -> None:
    made = by_path(Site(Settings("Nothing")))
    assert {"index.html", "c/index.html", "log/index.html", "q/index.html", "404.html"} <= set(made)


def test_equal_sites_give_equal_views() -> None:
    assert pages(factory.site()) == pages(factory.site())


def test_an_article_in_no_story_stands_on_the_front_page() -> None:
    front = by_path(factory.site())["index.html"].view
    assert [a.id for a in front.articles] == ["bare"]


def test_a_withdrawn_article_says_so_and_nothing_else() -> None:
    for path, page in by_path(factory.site()).items():
        assert not any("pomegranate" in s for s in strings(page.view)), path
        assert not any("pomegranate" in c.text for c in page.crumbs), path
    page = by_path(factory.site())["a/gone/index.html"]
    assert (page.template, page.listed, page.view.reason) == ("withdrawn.html", False, "the owner asked")


def test_clean_pages_are_not_listed_and_know_their_last_change() -> None:
    made = by_path(factory.site())
    assert not made["a/one/clean/index.html"].listed
    assert made["a/one/index.html"].updated == "2025-03-01"  # of the correction
    assert made["a/two/index.html"].updated == "2025-02-01"  # of `added`


def test_unknown_facts_stay_unknown() -> None:
    card = by_path(factory.site())["a/bare/index.html"].view.card
    assert {f.basis for f in (card.outlet, card.author, card.date)} == {"unknown"}


def test_notes_are_numbered_in_the_order_of_their_numbers_in_the_text() -> None:
    view = by_path(factory.site())["a/one/index.html"].view
    refs = [t.ref for b in view.blocks for t in b.tokens if t.op == "ref"]
    assert refs == sorted(refs) == [n.number for b in view.blocks for n in b.notes]
    kinds = [n.kind for b in view.blocks for n in b.notes]
    assert sorted(kinds) == ["conflict", "figure", "quote", "repair", "repair"]


def test_two_pages_at_one_path_are_refused() -> None:
    site = factory.site()
    twice = replace(site, pages=(*site.pages, replace(site.pages[0], id="log")))
    with pytest.raises(ValueError, match=r"two pages at log/index\.html"):
        pages(twice)


def flat(run: tuple[Token, ...]) -> str:
    return "".join(t.text for t in run if t.op == "text")


SPANS = st.tuples(
    st.integers(0, 30),
    st.integers(0, 30),
    st.sampled_from(["q", "fix", "flag", "fig", "name", "term", "diff", "here"]),
)


@given(st.lists(SPANS, max_size=8))
def test_marks_always_nest_and_lose_no_character(spans: list[tuple[int, int, str]]) -> None:
    text = "abcdefghijklmnopqrstuvwxyzäöü🙂"
    marks = [
        Mark(min(a, b), max(a, b), kind, f"i{n}", n + 1)  # type: ignore[arg-type]
        for n, (a, b, kind) in enumerate(spans)
    ]
    run = tokens(text, 0, len(text), marks)
    assert flat(run) == text
    stack: list[str] = []
    for t in run:
        if t.op == "open":
            stack.append(t.kind)
        elif t.op == "close":
            assert stack.pop() == t.kind
    assert not stack
    ids = [t.id for t in run if t.id]
    assert len(ids) == len(set(ids)) == len(spans)
    assert sorted(t.ref for t in run if t.op == "ref") == list(range(1, len(spans) + 1))


def test_prose_is_clean() -> None:
    made = prose.html("# One\n\n<script>x</script>[bad](javascript:1) **b**\n\n|a|\n|:-:|\n|c|", 3)
    assert "<script" not in made
    assert "javascript" not in made
    assert "style" not in made
    assert "<h3>One</h3>" in made
    assert '<td class="center">c</td>' in made


def test_a_note_with_many_changes_folds_what_six_lines_do_not_hold() -> None:
    from digest.views.notes import Change, Changes, Note

    def note(*sizes: int) -> Note:
        groups = (Changes("why", "applied", (Change("o" * n, ""),)) for n in sizes)
        return Note("n1", 1, "repair", "machine", "high", changes=tuple(groups))

    assert note(10, 10).folds == 2
    assert note(200, 100, 5).folds == 1
    assert note(900).folds == 1  # one at least
    assert note(100, 100, 100).folds == 2


def test_a_page_that_was_corrected_knows_it_once() -> None:
    site = factory.site()
    log = replace(site.corrections[0], page="p/ada-moss/")
    made = by_path(replace(site, corrections=(*site.corrections, log)))
    assert [c.after for c in made["p/ada-moss/index.html"].changed] == ["5.6"]
    assert made["a/one/index.html"].changed == ()  # its own view shows them
    assert made["a/one/index.html"].view.corrections


def test_a_story_leads_with_figures_that_its_copies_left_sound() -> None:
    site = factory.site()
    sound = site.figures[0]
    hurt = replace(sound.noted, item=sound.noted.item._replace(damaged=True))  # type: ignore[call-arg]
    both = replace(site, figures=(replace(sound, id="figure00", noted=hurt), sound))
    (story,) = by_path(both)["index.html"].view.stories
    assert [f.damaged for f in story.figures] == [False, True]
