"""The pages in Chromium: the ten checks of the page design, and what script adds.

Each check says which it is; none needs a seed. The site is the factory's with a
crowded article, and a small digest of our own that went through the whole build.
"""

import functools
import http.server
import os
import re
import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import factory
import pytest
from conftest import Project

from digest import build
from digest.check import check
from digest.model import Block
from digest.render import files
from digest.site import Article, Correction, Fact, FigureItem, Noted, Term

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
WIDTHS = (320, 390, 1100, 1280, 1920)
WIDE = tuple(w for w in WIDTHS if w >= 1100)
PAGES = """ s/harbour/ a/one/ a/many/ a/two/ a/gone/ a/one/clean/ q/ q/quote001/ f/ f/figure01/ p/ p/ada-moss/
    o/nobody-known/ src/ src/gazette/ c/ c/who-said-it/ tree/ log/ archive/ method/ search/ feeds/ data/ glossary/
    about/ nothing-here/"""
ALL = ["", *PAGES.split()]
PLACES = """() => [...document.querySelectorAll('.note')].map(n => {
  const r = n.getBoundingClientRect(), k = document.querySelector('.ref.k' + n.className.match(/n([0-9]+)/)[1]);
  const line = k.getBoundingClientRect();
  return {top: r.top, bottom: r.bottom, left: r.left, right: r.right, height: r.height, line: line.top, ink: line.bottom};
})"""
SAID = [f"word number {i} of the many" for i in range(9)]
MANY = " ".join(f"He said “{w}” and went on." for w in SAID[:8]) + f"\n\nShe said “{SAID[8]}” too."
SEED = """Bridge to open in spring

The new bridge will open in April, the council said. “We have spent $40mn,” said Ada Moss, its head.

It had planned for $160mn. The tolls will be “the lowest in the land”, Moss added, and nobody laughed.

Please donate today. Your support keeps our journalism free for everyone.
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if not CHROMIUM:
        pytest.skip("no Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        made = p.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield made
        made.close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass

    def send_error(self, code: int, *args: Any) -> None:
        """GitHub Pages' way: the digest's own page for what is not there."""
        body = (Path(self.directory) / "digest" / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(root: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=root))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/digest/"
    server.shutdown()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site under a sub-path; article `many` has eight notes in one paragraph."""
    root: Path = tmp_path_factory.mktemp("www")
    for name, data in files(crowded(), factory.theme()):
        path = root / "digest" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    with served(root) as url:
        yield url


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A digest of one seed, from the file to the pages: its address and its folder."""
    root = tmp_path_factory.mktemp("whole")
    shutil.copytree(factory.ROOT / "templates", root / "templates")
    project = Project(root)
    for name in ("seeds", "content", "www"):
        (root / name).mkdir()
    project.seed("bridge.txt", SEED)
    project.content(
        "glossary.yaml", "terms:\n  - {id: toll, term: toll, forms: [tolls], meaning: A charge.}\n"
    )
    project.site("title: A digest\nbase_url: https://example.org/digest/\ntext_mode: full\n")
    build.built(root, root / "www" / "digest")
    with served(root / "www") as url:
        yield url, root


def crowded() -> Any:
    """The factory's site with a glossary, a correction of a person's page, and a crowded article."""
    site = factory.site()
    terms = (
        Term("harbour", "harbour", ("harbour",), "A place where *ships* lie.", ("cost",)),
        Term("cost", "cost", ("cost",), "What one pays.\n\nMore than that."),
    )
    one = next(a for a in site.articles if a.id == "one")
    known = replace(one, address=Fact("https://gazette.example/harbour", "stated"))
    mended = Correction(factory.ADDED, "p/ada-moss/", "Moses", "Moss", "misspelt", "editor")
    return replace(
        site,
        articles=(*(a for a in site.articles if a.id != "one"), known, many()),
        glossary=terms,
        corrections=(*site.corrections, mended),
        figures=(*site.figures, *(in_words(site.figures[0], w) for w in ("zinc", "amber", "tin"))),
    )


def in_words(figure: FigureItem, words: str) -> FigureItem:
    """The same figure as written otherwise."""
    return replace(
        figure,
        id=f"sorted-{words}",
        noted=replace(figure.noted, item=figure.noted.item._replace(text=words)),
    )


def many() -> Article:
    """Eight quotes in a paragraph, one in the next."""
    quotes = tuple(
        Noted(f"nmany{i}", "", factory.quote(MANY, w, speaker_full="Ada Moss", cue="said"), w)
        for i, w in enumerate(SAID)
    )
    cut = MANY.index("\n\n")
    blocks = (Block("paragraph", 0, cut), Block("paragraph", cut + 2, len(MANY)))
    shown = replace(
        factory.shown(), text=MANY, raw=MANY, headline="", blocks=blocks, quotes=quotes, figures=(), edits=()
    )
    return factory.article("many", shown)


@contextmanager
def opened(browser: Any, url: str, width: int = 1280, **more: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": width, "height": 900}, **more)
    page = context.new_page()
    page.goto(url)
    yield page
    context.close()


def hrefs(page: Any, where: str) -> list[str]:
    return page.locator(where).evaluate_all("all => all.map(a => a.getAttribute('href'))")  # type: ignore[no-any-return]


# 1. Script off: every page, note and link works at 320 to 1920 px; no sideways scroll.


@pytest.mark.parametrize("script", [True, False])
def test_nothing_scrolls_sideways(browser: Any, address: str, script: bool) -> None:
    over = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
    wide = []
    with opened(browser, address, java_script_enabled=script) as page:
        for path in ALL:
            page.goto(address + path)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                if page.evaluate(over) > 0:
                    wide.append((path, width))
    assert not wide


def test_every_word_and_link_is_there_without_script(browser: Any, address: str) -> None:
    def seen(script: bool) -> dict[str, tuple[Counter[str], Counter[str]]]:
        out = {}
        with opened(browser, address, java_script_enabled=script) as page:
            for path in ALL:
                page.goto(address + path)
                if path == "search/" and script:  # the box needs script, and says so without
                    page.locator("#ask").evaluate("e => e.remove()")
                page.locator("thead [aria-hidden]").evaluate_all(
                    "all => all.forEach(e => e.remove())"
                )  # signs
                words = Counter(page.locator("body").inner_text().split())
                out[path] = (words, Counter(hrefs(page, "a[href]")))
        return out

    with_script, without = seen(True), seen(False)
    for path in ALL:
        assert not with_script[path][0] - without[path][0], path
        assert with_script[path][1] == without[path][1], path


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_number_leads_to_its_note_and_back(
    browser: Any, address: str, width: int, script: bool
) -> None:
    with opened(browser, f"{address}a/one/", width, java_script_enabled=script) as page:
        refs = hrefs(page, ".body .ref")
        assert len(refs) >= 5
        for ref in refs:
            page.locator(f".ref[href='{ref}']").first.click()
            note = page.locator(ref)
            note.wait_for()
            back = note.locator("a").first
            back.click()
            assert page.locator(back.get_attribute("href")).count() == 1


def test_layers_and_scraped_words_switch_without_script(browser: Any, address: str) -> None:
    with opened(browser, f"{address}a/one/", java_script_enabled=False) as page:
        kinds = {"quotes": "quote", "figures": "figure", "repairs": "repair", "conflicts": "conflict"}
        for layer, kind in (kinds | {"terms": "term"}).items():
            assert page.locator(f".note.{kind}").first.is_visible()
            page.locator(f"#show-{layer}").uncheck()
            assert not page.locator(f".note.{kind}").first.is_visible(), kind
        assert not page.locator(".was").first.is_visible()
        page.locator("#as-scraped").check()
        assert page.locator(".was").first.is_visible()
        assert not page.locator("ins.fix").first.is_visible()


# 2. Notes: no overlap with eight in one paragraph; the first within 2 px of its line.


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("width", WIDE)
@pytest.mark.parametrize("path", ["a/many/", "a/one/"])
def test_margin_notes_never_overlap(browser: Any, address: str, width: int, script: bool, path: str) -> None:
    with opened(browser, address + path, width, java_script_enabled=script) as page:
        places = page.evaluate(PLACES)
        text = page.evaluate("document.querySelector('.body p').getBoundingClientRect().right")
    assert len(places) >= 6
    assert all(p["height"] > 20 for p in places)
    for a, b in pairwise(places):
        assert b["top"] >= a["bottom"] - 0.5
    assert all(text <= p["left"] and p["right"] <= width for p in places)


def test_with_script_the_first_note_stands_at_its_line(browser: Any, address: str) -> None:
    with opened(browser, f"{address}a/many/") as page:
        first = page.evaluate(PLACES)[0]
    assert abs(first["top"] - first["line"]) <= 2


def test_notes_do_not_overlap_when_a_layer_is_switched_off(browser: Any, address: str) -> None:
    with opened(browser, f"{address}a/one/") as page:
        before = page.locator(".note").count()
        page.locator("#show-conflicts").uncheck()
        places = [p for p in page.evaluate(PLACES) if p["height"]]
    assert len(places) == before - 1
    for a, b in pairwise(places):
        assert b["top"] >= a["bottom"] - 0.5


# 3. axe-core finds nothing, in both schemes; every text colour has 7:1.


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["", "a/one/", "a/one/clean/", "p/ada-moss/", "q/quote001/", "search/", "glossary/"]
)
def test_axe_finds_nothing(browser: Any, address: str, path: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    tags = "wcag2a wcag2aa wcag2aaa wcag21a wcag21aa wcag22aa best-practice".split()
    for width in (390, 1280):
        with opened(browser, address + path, width, color_scheme=scheme) as page:
            found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
        names = [(v["id"], [n["target"] for n in v["nodes"][:3]]) for v in found.response["violations"]]
        assert not names, width


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, as WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    hi, lo = sorted((luminance(a), luminance(b)), reverse=True)
    return (hi + 0.05) / (lo + 0.05)


@pytest.mark.parametrize("scheme", [0, 1])
def test_every_text_colour_has_seven_to_one(scheme: int) -> None:
    css = factory.theme().assets["tokens.css"].decode()
    tokens = {n: pair.split(",") for n, pair in re.findall(r"--([\w-]+):light-dark\(([^)]*)\)", css)}
    grounds = [tokens["paper"][scheme], tokens["raised"][scheme]]
    texts = "ink muted link visited figure quote machine editor".split()
    for name in texts:
        assert all(contrast(tokens[name][scheme], g) >= 7 for g in grounds), name
    for name in ("added", "removed", "repair"):
        assert contrast(tokens[name][scheme], tokens[f"{name}-bg"][scheme]) >= 7, name
    assert contrast(tokens["rule"][scheme], grounds[0]) >= 3


# 4. Undo of all edits = scraped bytes; each removed character carries a reason.


def test_undoing_every_edit_on_the_clean_page_gives_the_scraped_text(
    browser: Any, whole: tuple[str, Path]
) -> None:
    url, _ = whole
    with opened(browser, url) as page:
        article = next(h for h in hrefs(page, "main a") if re.fullmatch(r"\./a/[^/]+/", h))
    with opened(browser, f"{url}{article}clean/") as page:
        raw, removed, codes = page.evaluate("""() => {
            const raw = document.querySelector('.raw').cloneNode(true), out = [], codes = [];
            for (const d of raw.querySelectorAll('del:not(.sp)')) {
                out.push(d.textContent);
                codes.push(d.previousElementSibling?.getAttribute('href') || '');
            }
            raw.querySelectorAll('ins, .code').forEach(e => e.remove());
            return [raw.textContent, out, codes];
        }""")
        assert raw == SEED
        assert any("donate" in words for words in removed)
        for code in codes:
            row = page.locator(code)
            assert row.locator(".by").inner_text().strip()
            assert len(row.locator("p.meta").inner_text().split(" · ")) >= 4


# 5. Each selector matches once in its text; each note's id is unique and in the data.


def test_every_selector_matches_once_and_every_note_is_in_the_data(browser: Any, address: str) -> None:
    for path in ("a/one/", "a/many/"):
        with opened(browser, address + path) as page:
            get = page.request.get
            items = get(f"{address}{path}annotations.jsonld").json()["items"]
            text = get(f"{address}{path}text.txt").text()
            ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
            notes = page.locator(".note").evaluate_all(
                "all => all.map(n => [n.className.split(' ')[1], n.id, n.querySelector('p ~ p a, p a')?.getAttribute('href'),"
                " [...n.querySelectorAll('a')].map(a => a.getAttribute('href'))])"
            )
        assert len(ids) == len(set(ids))
        for item in items:
            quote, position = item["target"]["selector"]
            whole = quote["prefix"] + quote["exact"] + quote["suffix"]
            assert text.count(whole) == 1
            assert text[position["start"] : position["end"]] == quote["exact"]
        known = {i["id"].rpartition("/digest/")[2] for i in items}
        sources = (
            {b.get("source", "") for i in items for b in i["body"] if isinstance(b, dict)} if items else set()
        )
        sources |= {b["source"] for i in items if isinstance(b := i["body"], dict) and "source" in b}
        for kind, id, _, links in notes:
            if kind in ("quote", "figure", "term"):
                assert f"{path}#{id}" in known, id
            elif kind == "conflict":
                assert any(s.endswith(h.removeprefix("../../")) for h in links[1:] for s in sources), id
            else:
                assert any(f"{path}{h}" in known for h in links) or f"{path}clean/#e{id[2:]}" in known, id


# 6. No word differs between any quote on a page and its witness, bracketed notes apart.


def quoted(page: Any) -> list[tuple[str, str]]:
    """Key and words of each quote that a page shows."""
    found = page.evaluate("""() => [...document.querySelectorAll('[data-quote]')].map(q => {
        const own = q.cloneNode(true);
        own.querySelectorAll('.ref, .sic, .was, .editorial').forEach(e => e.remove());
        return [q.dataset.quote, own.textContent];
    })""")
    return [(key, words) for key, words in found]


@pytest.mark.parametrize("path", ["", "s/harbour/", "a/one/", "q/", "q/quote001/", "p/ada-moss/"])
def test_no_word_of_a_quote_differs_from_its_witness(browser: Any, address: str, path: str) -> None:
    raws = {a.id: a.shown.raw for a in crowded().articles}
    with opened(browser, address + path) as page:
        found = quoted(page)
    assert found
    for key, words in found:
        article, span = key.split(":")
        start, end = map(int, span.split("-"))
        if raws[article]:
            assert "".join(words.split()) == "".join(raws[article][start:end].split()), key


def test_a_whole_build_says_what_its_seed_says(browser: Any, whole: tuple[str, Path]) -> None:
    url, _ = whole
    with opened(browser, f"{url}q/") as page:
        found = quoted(page)
    assert {words for _, words in found} >= {"We have spent $40mn,"}
    for key, words in found:
        start, end = map(int, key.split(":")[1].split("-"))
        assert SEED[start:end] == words


# 7. Print to PDF holds every note.


@pytest.mark.parametrize("path", ["a/many/", "a/one/"])
def test_a_pdf_holds_every_note(browser: Any, address: str, path: str, tmp_path: Path) -> None:
    with opened(browser, address + path) as page:
        notes = page.locator(".note").count()
        page.emulate_media(media="print")
        assert all(page.locator(".note").nth(i).is_visible() for i in range(notes))
        for gone in (".layers", ".top", ".text summary"):
            assert not page.locator(gone).first.is_visible(), gone
        assert page.locator(".printed").inner_text().endswith(path)
        links = len(re.findall(rb"/Subtype ?/Link", page.pdf(tagged=False)))
        told = page.locator("aside.note:visible").count()
    assert told == notes
    assert links > notes  # each note's number is a link on the paper


# 8. Ids stay over two builds; a rebuild without change is the same bytes. (Feeds: test_render, test_subscriber.)


def test_a_rebuild_is_the_same_bytes() -> None:
    assert dict(files(crowded(), factory.theme())) == dict(files(crowded(), factory.theme()))


def test_anchors_of_sentences_outlive_a_mended_word() -> None:
    """What is mended in a sentence changes no other id, nor its own."""

    def anchors(site: Any) -> list[str]:
        page = dict(files(site, factory.theme()))["a/one/index.html"].decode()
        return re.findall(r'<(?:p|i)[^>]* id="(s\w+)"', page[page.index('class="body') :])

    before = factory.site()
    raw = factory.TEXT.replace("The cost", "The associated fee")
    blocks = (Block("paragraph", 0, len(factory.FIRST)), Block("paragraph", len(factory.FIRST) + 2, len(raw)))
    scraped = replace(
        before.articles[2].shown,
        text=raw,
        blocks=blocks,
        edits=(),
        figures=(),
        quotes=before.articles[2].shown.quotes,
    )
    after = replace(
        before,
        articles=(*before.articles[:2], replace(before.articles[2], shown=scraped), before.articles[3]),
    )
    assert anchors(before) == anchors(after) != []


# 9. No dead internal link; no request leaves the site.


def test_no_link_is_dead() -> None:
    site = replace(crowded(), figures=factory.site().figures)  # those that stand in its text
    assert check(dict(files(site, factory.theme())), "https://example.org/digest/") == ()


@pytest.mark.parametrize("path", ["", "a/one/", "search/?q=harbour", "p/ada-moss/", "f/"])
def test_no_request_leaves_the_site_and_nothing_fails(browser: Any, address: str, path: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: wrong.append(str(e)))
    page.goto(address + path)
    page.wait_for_timeout(400)
    kept = context.cookies()
    context.close()
    assert all(u.startswith(address) for u in asked)
    assert not wrong
    assert not kept
    if "?" not in path:
        assert len(asked) <= 6


# 10. Budgets.


def budget(made: dict[str, bytes]) -> list[str]:
    """What is too heavy: bytes before compression."""
    css = sum(len(d) for n, d in made.items() if n.endswith(".css"))
    loaded = {
        n: set(re.findall(rb'<script src="[./]*(?:/digest/)?(static/[^"]+)"', d)) for n, d in made.items()
    }
    script = max(sum(len(made[s.decode()]) for s in each if b"search" not in s) for each in loaded.values())
    heavy = [f"css {css}"] * (css > 12_288) + [f"script {script}"] * (script > 10_240)
    heavy += [f"front {len(made['index.html'])}"] * (len(made["index.html"]) > 40_960)
    for name, data in made.items():
        if re.fullmatch(r"a/[^/]+/index\.html", name):
            notes = data.count(b'<aside class="note')
            if len(data) > 40_960 + 512 * notes:
                heavy.append(f"{name} {len(data)} with {notes} notes")
    return heavy


def test_pages_keep_to_their_budgets() -> None:
    assert not budget(dict(files(crowded(), factory.theme())))


def test_this_digest_keeps_to_its_budgets(digest: Project) -> None:
    out = digest.root / "_site"
    build.built(digest.root, out, check=False)
    made = {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    assert not budget(made)
    many = max(made, key=lambda n: made[n].count(b'<aside class="note'))
    assert budget({**made, many: made[many] + b" " * 40_000})  # the check can fail


# What a reader does: keyboard, cards, sentences, help, search


def test_tab_reaches_every_note_number_in_reading_order(browser: Any, address: str) -> None:
    with opened(browser, f"{address}a/many/") as page:
        seen = []
        for _ in range(120):
            page.keyboard.press("Tab")
            name = page.evaluate("document.activeElement.className")
            if name.startswith("ref"):
                seen.append(int(name.rpartition("k")[2]))
    assert seen[:9] == list(range(1, 10))


def test_n_and_p_walk_through_the_notes_and_a_switch_turns_keys_off(browser: Any, address: str) -> None:
    now = "document.activeElement.textContent"
    with opened(browser, f"{address}a/many/") as page:
        seen = []
        for key in "nnnp":
            page.keyboard.press(key)
            seen.append(page.evaluate(now))
        page.locator("#keys").uncheck()
        page.locator("#keys").evaluate("e => e.blur()")
        page.keyboard.press("n")
        off = page.evaluate("document.activeElement.tagName")
        page.reload()
        kept = page.locator("#keys").is_checked()
    assert seen == ["1", "2", "3", "2"]
    assert off == "BODY"
    assert not kept


def test_help_opens_takes_the_focus_and_gives_it_back(browser: Any, address: str) -> None:
    with opened(browser, f"{address}a/one/") as page:
        page.locator(".body .ref").first.focus()
        page.keyboard.press("?")
        page.wait_for_selector("dialog[open]")
        assert page.locator("dialog").get_attribute("aria-label") == "Keys"
        assert page.evaluate("document.activeElement.closest('dialog') !== null")
        assert "next sentence" in page.locator("dialog").inner_text()
        page.keyboard.press("Escape")
        assert page.locator("dialog").count() == 0
        assert page.evaluate("document.activeElement.className").startswith("ref")


def test_j_picks_a_sentence_and_l_copies_its_link(browser: Any, address: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}a/many/")
    assert not page.locator(".tool").is_visible()
    for key in "jjl":
        page.keyboard.press(key)
    page.wait_for_selector(".told:not(:empty)")
    link = page.evaluate("navigator.clipboard.readText()")
    page.locator("[data-copy=words]").click()
    page.wait_for_function("link => navigator.clipboard.readText().then(t => t !== link)", arg=link)
    words = page.evaluate("navigator.clipboard.readText()")
    shown = page.evaluate("[...CSS.highlights.get('here')].map(String).join('')")
    page.goto(link)
    there = page.evaluate("document.getElementById(location.hash.slice(1)) !== null")
    again = page.evaluate("[...CSS.highlights.get('here')].map(String).join('')")
    context.close()
    assert re.fullmatch(re.escape(f"{address}a/many/") + r"#s\w{4,}", link)
    assert words.startswith("He said “word number 1 of the many” and went on. (")
    assert "number 1" in shown and again == shown
    assert there


def test_a_selection_offers_its_sentence_and_the_original(browser: Any, address: str) -> None:
    with opened(browser, f"{address}a/one/") as page:
        page.locator(".pair > p").nth(1).select_text()
        page.locator(".tool").wait_for()
        href = page.locator(".tool a").get_attribute("href")
        page.keyboard.press("Escape")
        assert not page.locator(".tool").is_visible()
    assert href.startswith("https://gazette.example/harbour#:~:text=")
    assert unquote(href.rpartition("=")[2]).startswith("The cost rose by 12")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_card_shows_a_page_by_keyboard_and_covers_no_line_that_is_read(
    browser: Any, address: str, width: int
) -> None:
    with opened(browser, f"{address}a/one/", width) as page:
        link = page.locator(".body .who").first
        page.keyboard.press("Tab")
        link.focus()
        page.wait_for_selector(".peek")
        card, line = page.locator(".peek").bounding_box(), link.bounding_box()
        text = page.locator(".body p").first.bounding_box()
        assert "Ada Moss" in page.locator(".peek").inner_text()
        assert link.get_attribute("aria-describedby") == "peek"
        page.keyboard.press("Escape")
        assert page.locator(".peek").count() == 0
    below = card["y"] >= line["y"] + line["height"] or card["y"] + card["height"] <= line["y"]
    beside = card["x"] >= text["x"] + text["width"]
    assert beside if width == 1280 else below
    assert card["x"] >= 0 and card["x"] + card["width"] <= width


def test_a_card_opens_under_the_pointer_can_be_entered_and_switched_off(browser: Any, address: str) -> None:
    with opened(browser, f"{address}a/one/") as page:
        page.locator(".body .who").first.hover()
        page.wait_for_selector(".peek")
        page.locator(".peek").hover()
        page.wait_for_timeout(600)
        assert page.locator(".peek").count() == 1
        page.mouse.move(2, 2)
        page.locator(".peek").wait_for(state="detached")
        page.locator("#cards").uncheck()
        page.reload()
        page.locator(".body .who").first.hover()
        page.wait_for_timeout(900)
        assert page.locator(".peek").count() == 0


def test_colours_follow_the_switch_before_the_first_paint(browser: Any, address: str) -> None:
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    with opened(browser, f"{address}a/one/", color_scheme="light") as page:
        light = page.evaluate(ground)
        page.locator("#scheme").select_option("dark")
        dark = page.evaluate(ground)
        page.goto(address)
        assert page.evaluate(ground) == dark != light
        page.locator("#scheme").select_option("system")
        assert page.evaluate(ground) == light
    with opened(browser, address, color_scheme="dark", java_script_enabled=False) as page:
        assert page.evaluate(ground) == dark


def test_a_corrected_page_says_what_changed(browser: Any, address: str) -> None:
    for path, old, new in (("a/one/", "5.5", "5.6"), ("p/ada-moss/", "Moses", "Moss")):
        with opened(browser, address + path, java_script_enabled=False) as page:
            changed = page.locator(".banner", has_text="What changed")
            assert changed.locator("del").inner_text() == old
            assert changed.locator("ins").inner_text() == new
            assert changed.locator("time").count() == 1


def test_notes_can_be_reported_pages_passed_on_and_cited(browser: Any, address: str) -> None:
    with opened(browser, f"{address}a/one/", java_script_enabled=False) as page:
        notes = page.locator(".note").evaluate_all(
            "all => all.map(n => [n.id, n.querySelector('.tail').href])"
        )
        assert notes
        for id, href in notes:
            assert href.startswith("mailto:desk@example.org?subject=")
            assert unquote(href).endswith(f"a/one/#{id}")
        cite = page.locator("#cite")
        assert "The Gazette" in cite.inner_text() and "https://example.org/digest/a/one/" in cite.inner_text()
        assert any(h.startswith("mailto:?subject=Harbour") for h in hrefs(page, "#cite a"))
        bib = page.request.get(f"{address}a/one/cite.bib").text()
        csl = page.request.get(f"{address}a/one/cite.csl.json").json()
    assert re.findall(r"@(\w+)\{", bib) == ["article", "online"]
    assert [c["URL"] for c in csl] == ["https://gazette.example/harbour", "https://example.org/digest/a/one/"]


def test_a_term_has_one_note_by_the_editor_at_its_first_mention(browser: Any, address: str) -> None:
    with opened(browser, f"{address}a/one/") as page:
        terms = page.locator(".body span.term").all_inner_texts()
        note = page.locator(".note.term").first
        assert "A place where ships lie." in note.inner_text()
        assert note.locator("small").inner_text() == "editor"
        assert note.locator("a").nth(1).get_attribute("href") == "../../glossary/#harbour"
        page.goto(f"{address}glossary/")
        link = page.locator("#harbour a", has_text="Harbour").first.get_attribute("href")
        page.goto(f"{address}glossary/{link}")
        assert page.locator(".note.term:target").count() == 1
    assert terms == ["harbour", "cost"]


# Search


def asked(page: Any, address: str, query: str) -> tuple[list[str], str]:
    page.goto(f"{address}search/?{query}")
    page.wait_for_selector("#count:not(:empty)")
    return hrefs(page, "#found a"), page.locator("#count").inner_text()


def test_search_finds_words_by_their_beginning_and_marks_them(browser: Any, address: str) -> None:
    with opened(browser, f"{address}search/") as page:
        page.locator("#find").fill("harbo cost")
        page.wait_for_selector("#found li")
        assert "../q/quote001/" in hrefs(page, "#found a")
        assert page.locator("#found mark").first.inner_text().lower().startswith("harbour")
        assert not page.locator("#names").is_visible()
        found, _ = asked(page, address, "q=harbours")
        assert "../q/quote001/" in found


def test_a_phrase_is_checked_against_the_text(browser: Any, address: str) -> None:
    with opened(browser, address) as page:
        found, count = asked(
            page, address, "q=%22nobody%20asked%22"
        )  # the words stand so, but not with markup in mind
        words, _ = asked(page, address, "q=rose%20cost")
        reversed_, none = asked(page, address, "q=%22rose%20cost%22")
        straight, _ = asked(page, address, "q=%22cost%20rose%22")
        marked = page.locator("#found mark").all_inner_texts()
    assert count.startswith("Found") or not found
    assert any(h.startswith("../a/one/") for h in words)
    assert (reversed_, none) == ([], "Nothing found.")
    assert len(straight) == 1
    assert straight[0].startswith("../a/one/#:~:text=cost%20rose")
    assert "cost rose" in marked


def test_filters_work_by_keyboard_and_stay_in_the_address(browser: Any, address: str) -> None:
    with opened(browser, address) as page:
        every, _ = asked(page, address, "q=moss")
        page.locator("#find").focus()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "by-kind"
        page.keyboard.type("quo")
        page.wait_for_url("**kind=quote**")
        quotes = hrefs(page, "#found a")
        by_person, _ = asked(page, address, "q=said&person=ada-moss")
        by_outlet, _ = asked(page, address, "q=moss&outlet=gazette")
        page.locator("#find").focus()
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.closest('#found') !== null")
    assert quotes and all(h.startswith("../q/") for h in quotes)
    assert {h for h in every if h.startswith("../q/")} == set(quotes)
    assert by_person and all("bare" not in h for h in by_person)
    assert by_outlet and not any(h.startswith("../a/two/") for h in by_outlet)


def test_a_query_costs_a_few_small_files(browser: Any, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    sizes: list[int] = []
    page.on(
        "response",
        lambda r: sizes.append(len(r.body())) if "/search/" in r.url and ".json" in r.url else None,
    )
    page.goto(f"{address}search/?q=harbour%20cost")
    page.wait_for_selector("#found li")
    context.close()
    assert len(sizes) <= 5
    assert max(sizes) < 30_000


def test_without_script_there_is_an_a_to_z_and_a_word_about_it(browser: Any, address: str) -> None:
    with opened(browser, f"{address}search/", java_script_enabled=False) as page:
        assert not page.locator("#find").is_visible()
        assert "scripts" in page.locator("noscript p").inner_text()
        assert "../p/ada-moss/" in hrefs(page, "#names a")


# What others see of a page


@pytest.mark.parametrize(
    "path", ["", "a/one/", "q/quote001/", "f/figure01/", "p/ada-moss/", "s/harbour/", "c/who-said-it/"]
)
def test_the_share_image_is_there_with_size_and_words(browser: Any, address: str, path: str) -> None:
    with opened(browser, address + path) as page:
        og = page.evaluate(
            "Object.fromEntries([...document.querySelectorAll('meta[property^=\"og:image\"]')].map(m => [m.getAttribute('property'), m.content]))"
        )
        shown = page.request.get(address + og["og:image"].rpartition("/digest/")[2])
        size = page.evaluate(
            "u => new Promise(done => { const i = new Image(); i.onload = () => done([i.naturalWidth, i.naturalHeight]); i.src = u; })",
            address + og["og:image"].rpartition("/digest/")[2],
        )
    assert shown.ok
    assert [str(s) for s in size] == [og["og:image:width"], og["og:image:height"]] == ["1200", "630"]
    assert len(og["og:image:alt"]) > 20 and "*" not in og["og:image:alt"]


def test_the_manifest_names_icons_that_are_there(browser: Any, address: str) -> None:
    with opened(browser, address) as page:
        manifest = page.request.get(f"{address}manifest.webmanifest").json()
        icons = [page.request.get(address + i["src"]).ok for i in manifest["icons"]]
    assert len(icons) >= 3 and all(icons)
    assert manifest["background_color"].startswith("#")


# Figures


def test_figures_sort_by_their_heads(browser: Any, address: str) -> None:
    with opened(browser, f"{address}f/") as page:
        written = page.locator("table.sortable tbody td:first-child")
        before = written.all_inner_texts()
        first = page.locator("th").first
        first.get_by_role("button").focus()
        page.keyboard.press("Enter")
        signs = [first.get_attribute("aria-sort")]
        up = written.all_inner_texts()
        page.keyboard.press("Enter")
        signs.append(first.get_attribute("aria-sort"))
        down = written.all_inner_texts()
        page.locator("th[data-by] button").click()
        signs.append(first.get_attribute("aria-sort"))
        again = written.all_inner_texts()
    assert signs == ["ascending", "descending", None]
    assert sorted(up) == sorted(before) and len(set(up)) > 3
    assert up.index("amber") < up.index("tin") < up.index("zinc")
    assert (down, again) == (up[::-1], before)


def test_without_script_figures_stand_by_unit_and_have_no_buttons(browser: Any, address: str) -> None:
    with opened(browser, f"{address}f/", java_script_enabled=False) as page:
        assert page.locator("th button").count() == 0
        assert page.locator("table.sortable tbody tr").count() > 3


def test_heads_of_the_figures_are_printed_and_their_signs_are_not(browser: Any, address: str) -> None:
    with opened(browser, f"{address}f/") as page:
        page.emulate_media(media="print")
        assert page.locator("th").first.inner_text().strip() == "As written"
