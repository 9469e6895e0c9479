"""The pages in Chromium: what a reader sees and reaches, with and without script."""

import functools
import http.server
import os
import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import factory
import pytest

from digest.model import Block
from digest.render import files
from digest.site import FigureItem, Noted

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
WIDTHS = (320, 390, 1100, 1280, 1920)
PLACES = """() => [...document.querySelectorAll('.note')].map(n => {
  const r = n.getBoundingClientRect(), k = document.querySelector('.ref.k' + n.className.match(/n([0-9]+)/)[1]);
  const line = k.getBoundingClientRect();
  return {top: r.top, bottom: r.bottom, left: r.left, right: r.right, height: r.height, line: line.top, ink: line.bottom};
})"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM:
        pytest.skip("no Chromium")
    with api.sync_playwright() as p:
        made = p.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield made
        made.close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site under a sub-path; article `many` has eight notes in one paragraph."""
    root: Path = tmp_path_factory.mktemp("www")
    for name, data in files(crowded(), factory.theme()):
        path = root / "digest" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=root))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/digest/"
    server.shutdown()


def crowded() -> Any:
    """The factory's site with one more article: eight quotes in a paragraph, one in the next."""
    from dataclasses import replace

    site = factory.site()
    said = [f"word number {i} of the many" for i in range(9)]
    first = " ".join(f"He said “{w}” and went on." for w in said[:8])
    text = f"{first}\n\nShe said “{said[8]}” too."
    quotes = tuple(
        Noted(f"nmany{i}", "", factory.quote(text, w, speaker_full="Ada Moss", cue="said"), w)
        for i, w in enumerate(said)
    )
    cut = len(first)
    shown = replace(
        factory.shown(),
        text=text,
        raw=text,
        headline="",
        blocks=(Block("paragraph", 0, cut), Block("paragraph", cut + 2, len(text))),
        quotes=quotes,
        figures=(),
        edits=(),
    )
    more = tuple(
        FigureItem(
            f"sorted{i}",
            "one",
            replace(site.figures[0].noted, item=replace(site.figures[0].noted.item, text=w)),
        )
        for i, w in enumerate(("zinc", "amber", "tin"))
    )
    return replace(
        site, articles=(*site.articles, factory.article("many", shown)), figures=(*site.figures, *more)
    )


def opened(browser: Any, url: str, width: int = 1280, **more: Any) -> Any:
    page = browser.new_context(viewport={"width": width, "height": 900}, **more).new_page()
    page.goto(url)
    return page


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", [1100, 1280, 1920])
def test_margin_notes_never_overlap(browser: Any, address: str, width: int, script: bool) -> None:
    page = opened(browser, f"{address}a/many/", width, java_script_enabled=script)
    places = page.evaluate(PLACES)
    page.context.close()
    assert len(places) == 9
    assert all(p["height"] > 20 for p in places)
    for a, b in pairwise(places):
        assert b["top"] >= a["bottom"] - 0.5
    assert all(p["right"] <= width for p in places)


def test_with_script_the_first_note_stands_at_its_line(browser: Any, address: str) -> None:
    page = opened(browser, f"{address}a/many/")
    first = page.evaluate(PLACES)[0]
    page.context.close()
    assert abs(first["top"] - first["line"]) <= 2


@pytest.mark.parametrize(
    "path", ["", "a/one/", "a/one/clean/", "q/quote001/", "f/", "p/ada-moss/", "search/"]
)
def test_nothing_scrolls_sideways(browser: Any, address: str, path: str) -> None:
    page = opened(browser, address + path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        over = page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, width
    page.context.close()


@pytest.mark.parametrize("script", [True, False])
def test_on_a_phone_a_number_opens_its_note(browser: Any, address: str, script: bool) -> None:
    page = opened(browser, f"{address}a/one/", 390, java_script_enabled=script)
    note = page.locator("#nquote1")
    assert not note.is_visible()
    page.locator(".ref[href='#nquote1']").click()
    page.wait_for_timeout(200)
    assert note.is_visible()
    page.context.close()


def test_layers_and_scraped_words_switch_without_script(browser: Any, address: str) -> None:
    page = opened(browser, f"{address}a/one/", java_script_enabled=False)
    assert page.locator("#nquote1").is_visible()
    page.locator("#show-quotes").uncheck()
    assert not page.locator("#nquote1").is_visible()
    assert not page.locator(".was").first.is_visible()
    page.locator("#as-scraped").check()
    assert page.locator(".was").first.is_visible()
    assert not page.locator("ins.fix").first.is_visible()
    page.context.close()


def test_every_word_is_there_without_script(browser: Any, address: str) -> None:
    texts = []
    for script in (True, False):
        page = opened(browser, f"{address}a/one/", java_script_enabled=script)
        texts.append(Counter(page.locator("body").inner_text().split()))
        page.context.close()
    assert not texts[0] - texts[1]


def test_tab_reaches_every_note_number_in_reading_order(browser: Any, address: str) -> None:
    page = opened(browser, f"{address}a/many/")
    seen = []
    for _ in range(120):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.className")
        if name.startswith("ref"):
            seen.append(int(name.rpartition("k")[2]))
    page.context.close()
    assert seen[:9] == list(range(1, 10))


def test_no_request_leaves_the_site_and_nothing_fails(browser: Any, address: str) -> None:
    page = browser.new_context().new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: wrong.append(str(e)))
    page.goto(f"{address}a/one/")
    page.context.close()
    assert all(u.startswith(address) for u in asked)
    assert len(asked) <= 6
    assert not wrong


def test_print_holds_every_note(browser: Any, address: str) -> None:
    page = opened(browser, f"{address}a/many/")
    page.emulate_media(media="print")
    assert all(page.locator(f"#nmany{i}").is_visible() for i in range(9))
    assert not page.locator(".layers").is_visible()
    page.context.close()


def test_search_finds_words_and_marks_them(browser: Any, address: str) -> None:
    page = opened(browser, f"{address}search/")
    page.locator("#find").fill("harbo cost")
    page.wait_for_selector("#found li")
    links = page.locator("#found a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert "../q/quote001/" in links
    assert page.locator("#found mark").first.inner_text().lower().startswith("harbour")
    page.context.close()


def test_notes_do_not_overlap_when_a_layer_is_switched_off(browser: Any, address: str) -> None:
    page = opened(browser, f"{address}a/one/")
    before = page.locator(".note").count()
    page.locator("#show-conflicts").uncheck()
    places = [p for p in page.evaluate(PLACES) if p["height"]]
    page.context.close()
    assert len(places) == before - 1
    for a, b in pairwise(places):
        assert b["top"] >= a["bottom"] - 0.5


@pytest.mark.parametrize("script", [True, False])
def test_figures_sort_by_their_heads_and_stand_by_unit_without_script(
    browser: Any, address: str, script: bool
) -> None:
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(address + "f/")
    written = page.locator("table.sortable tbody td:first-child")
    before = written.all_inner_texts()
    assert len(before) > 1
    if not script:
        assert page.locator("th button").count() == 0
        context.close()
        return
    first = page.locator("th").first
    first.get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert first.get_attribute("aria-sort") == "ascending"
    up = written.all_inner_texts()
    assert sorted(up) == sorted(before)
    page.keyboard.press("Enter")
    assert first.get_attribute("aria-sort") == "descending"
    assert written.all_inner_texts() == up[::-1]
    page.locator("th[data-by] button").click()
    assert first.get_attribute("aria-sort") is None
    assert written.all_inner_texts() == before
    context.close()
