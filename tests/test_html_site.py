"""What a scraped HTML page says of itself, on the pages, feeds and data made of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html

from digest import build
from digest.load.articles import Entry
from digest.load.declared import told
from digest.load.seeds import Seed
from digest.site import Fact, Outlet, Witness

HEAD = """<link rel="canonical" href="https://www.gazette.example/2024/ferry-held">
<meta property="og:site_name" content="Gazette Online"><meta name="author" content="Jo Fox">
<meta property="article:published_time" content="2024-03-12T14:32:00Z">"""
STORY = [
    "The ferry to the islands will not sail before Monday, the harbour master said on Friday.",
    "Two of its three engines failed during the storm, and the spare parts are held up at the border.",
    "About 400 people are waiting in the town, many of them in the school, which the council has opened for them.",
]
LIST = "<ul><li>Bread for two days</li><li>Milk for the children</li></ul>"
BODY = f"""<nav><a href=/>Home</a></nav><article><h1>Ferry held in port</h1><p>{STORY[0]}</p><img src=a.jpg>
<h2>What happens next</h2><p>{STORY[1]}</p>{LIST}<blockquote><p>Nobody sails before the storm is over.</p></blockquote>
<p>{STORY[2]}</p></article><script>let a = 1</script><aside><p><a href=/x>Read more</a></p></aside>"""


def page(head: str = HEAD, body: str = BODY) -> str:
    return f"<!doctype html><html lang=en><head><title>Ferry held in port</title>{head}</head><body>{body}</body></html>"


def entry(markup: str = page(), **facts: Fact) -> Entry:
    return Entry("a", (Seed(Witness("a.html", "", 0, "utf-8", "", "html"), markup),), **facts)


def of(markup: str, *outlets: Outlet) -> Entry:
    (made,) = told([entry(markup)], outlets)
    return made


def test_a_page_tells_its_address_outlet_and_date() -> None:
    made = of(page())
    assert made.address == Fact("https://www.gazette.example/2024/ferry-held", "stated")
    assert made.outlet == Fact("Gazette Online", "stated")
    assert made.date == Fact("2024-03-12", "stated", moment="2024-03-12T14:32:00Z")


def test_the_editors_word_stands() -> None:
    own = {
        "address": Fact("https://a.example/1", "stated"),
        "date": Fact("2024-03~", "inferred", "it says so"),
    }
    (made,) = told([entry(**own, outlet=Fact("The Herald", "inferred", "its style"))], ())
    assert (made.address, made.date, made.outlet.value) == (own["address"], own["date"], "The Herald")


@pytest.mark.parametrize(
    ("outlet", "joined"),
    [
        (Outlet("gazette", "The Gazette", aliases=("Gazette Online",)), True),
        (Outlet("gazette", "The Gazette-Online"), True),
        (Outlet("gazette", "The Gazette", "https://gazette.example/"), True),
        (Outlet("gazette", "The Gazette", "https://gazette.example/2024/"), True),
        (Outlet("gazette", "The Gazette", "https://gazette.example/20"), False),
        (Outlet("gazette", "The Gazette", "https://azette.example/"), False),
        (Outlet("gazette", "The Gazette"), False),
    ],
)
def test_a_page_joins_an_outlet_by_name_alias_or_domain(outlet: Outlet, joined: bool) -> None:
    assert of(page(), outlet).outlet.value == ("gazette" if joined else "Gazette Online")


def test_an_editors_alias_joins_too() -> None:
    outlet = Outlet("gazette", "The Gazette", aliases=("Gazette Online",))
    (made,) = told([entry("x", outlet=Fact("gazette online", "inferred", "its style"))], [outlet])
    assert made.outlet == Fact("gazette", "inferred", "its style")


@pytest.mark.parametrize(
    "said",
    [
        "javascript:alert(1)",
        "https://gazette.example/",
        "https://gazette.example",
        "/relative",
        "https://me@gazette.example/a",
        "https://gazette.example/a b",
        "https://gazette.example/" + "a" * 3000,
        "https://[gazette/a",
    ],
)
def test_what_is_no_address_of_a_page_is_not_taken(said: str) -> None:
    assert not of(page(f'<link rel=canonical href="{said}">')).address.value


@pytest.mark.parametrize("said", ["2024-02-30", "yesterday", "2024"])
def test_what_is_no_day_is_no_date(said: str) -> None:
    assert not of(page(f'<meta property="article:published_time" content="{said}">')).date.value


@pytest.fixture
def made(project) -> Path:
    project.seed("ferry.html", page())
    project.content("outlets/gazette.yaml", "name: The Gazette\naliases: [Gazette Online]\n")
    out = project.root / "_site"
    build.built(project.root, out)
    return out


def article(made: Path) -> Path:
    return next(p for p in sorted((made / "a").iterdir()) if p.is_dir())


def test_the_article_page_shows_what_the_page_tells(made: Path) -> None:
    tree = html.parse(str(article(made) / "index.html")).getroot()
    (facts,) = tree.xpath("//dl[@class='facts']")
    said = " ".join(facts.text_content().split())
    for words in ("https://www.gazette.example/2024/ferry-held", "The Gazette", "Jo Fox", "12 March 2024"):
        assert words in said
    assert "not in the scrape" not in said
    assert facts.xpath(".//time/@datetime") == ["2024-03-12T14:32:00Z"]
    assert facts.xpath(".//a/@href")[0] == "https://www.gazette.example/2024/ferry-held"
    assert tree.xpath("//link[@rel='canonical']/@href") == ["https://www.gazette.example/2024/ferry-held"]


def test_the_data_and_feeds_have_it_too(made: Path) -> None:
    (known,) = json.loads((made / "data/digest.json").read_text("utf-8"))["articles"]
    assert known["address"]["value"] == "https://www.gazette.example/2024/ferry-held"
    assert known["date"] == {"value": "2024-03-12", "basis": "stated", "moment": "2024-03-12T14:32:00Z"}
    assert known["author"] == {"value": "Jo Fox", "basis": "stated"}
    rows = (made / "data/articles.csv").read_text("utf-8")
    assert "https://www.gazette.example/2024/ferry-held,stated" in rows
    feed = json.loads(next(made.rglob("feed.json")).read_text("utf-8"))
    (item,) = feed["items"]
    assert item["date_published"].startswith("2024-03-12T14:32:") and item["authors"] == [{"name": "Jo Fox"}]
    structured = html.parse(str(article(made) / "index.html")).xpath("//script[@type='application/ld+json']")
    words = "".join(x.text for x in structured)
    assert '"datePublished":"2024-03-12T14:32:00Z"' in words and '"name":"The Gazette"' in words


def test_the_clean_page_says_that_the_text_was_extracted(made: Path) -> None:
    words = " ".join(html.parse(str(article(made) / "clean/index.html")).getroot().text_content().split())
    assert "gives the extracted text back, not the page" in words and "byte for byte" not in words
    assert "1 line of text beside the story, 1 script, 1 image, 1 navigation block, 1 aside." in words
    assert "The page’s SHA-256 is" in words


def test_a_form_that_holds_the_story_is_not_left_out() -> None:
    from digest import clean

    assert dict(clean.page(page(body=f"<form>{BODY}</form><form><input></form>")).left_out)["forms"] == 1


def test_a_text_without_a_page_is_given_back_byte_for_byte(project) -> None:
    project.seed("ferry.txt", "\n\n".join(STORY))
    build.built(project.root, project.root / "_site")
    page = article(project.root / "_site") / "clean/index.html"
    assert "byte for byte" in page.read_text("utf-8")


def test_the_figures_page_leads_to_their_data(made: Path) -> None:
    links = html.parse(str(made / "f/index.html")).xpath("//main//a/@href")
    assert {"../data/figures.csv", "../data/digest.json"} <= set(links)
    assert (made / "data/figures.csv").is_file() and (made / "data/digest.json").is_file()


def kinds(body: str) -> list[tuple[str, str]]:
    import digest

    document = digest.read(page(body=body), kind="html")
    return [(b.kind, document.body.value[b.start : b.end]) for b in document.blocks]


def test_blocks_are_what_the_markup_calls_them() -> None:
    assert kinds(BODY) == [
        ("paragraph", STORY[0]),
        ("heading", "What happens next"),
        ("paragraph", STORY[1]),
        ("list-item", "Bread for two days"),
        ("list-item", "Milk for the children"),
        ("block-quote", "Nobody sails before the storm is over."),
        ("paragraph", STORY[2]),
    ]


@pytest.mark.parametrize("tag", ["h3", "blockquote", "li"])
def test_markup_that_only_lays_the_page_out_makes_no_kinds(tag: str) -> None:
    paragraphs = [*STORY, *STORY[:1]]
    held = "".join(f"<p>{p}</p>" for p in paragraphs)
    held = "".join(f"<h3>{p}</h3>" for p in paragraphs) if tag == "h3" else f"<{tag}>{held}</{tag}>"
    assert {kind for kind, _ in kinds(f"<article>{held}</article>")} == {"paragraph"}


def test_what_the_words_say_of_a_line_holds() -> None:
    found = kinds(BODY.replace("Bread for two days", "Correction: the ferry has three engines, not two."))
    assert ("correction", "Correction: the ferry has three engines, not two.") in found


def test_the_page_shows_headings_lists_and_quotations(made: Path) -> None:
    (body,) = html.parse(str(article(made) / "index.html")).xpath("//div[contains(@class, 'body')]")
    assert [e.text_content() for e in body.iter("h2")] == ["What happens next"]
    (items,) = body.iter("ul")
    assert [" ".join(e.text_content().split()) for e in items] == [
        "Bread for two days",
        "Milk for the children",
    ]
    assert [e.text_content() for e in body.iter("blockquote")] == ["Nobody sails before the storm is over."]
    assert len(body.xpath(".//p[contains(@class, 'dot')]")) == 2


def test_an_item_with_a_sign_of_its_own_is_given_none(project) -> None:
    project.seed("ferry.txt", f"{STORY[0]}\n\n• Bread for two days\n\n{STORY[1]}\n\n{STORY[2]}")
    build.built(project.root, project.root / "_site")
    page = html.parse(str(article(project.root / "_site") / "index.html"))
    assert page.xpath("//p[@class='item']") and not page.xpath("//p[contains(@class, 'dot')]")
