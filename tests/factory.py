"""A small site made by hand: every kind of page, mark and doubt, in our own sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from digest.across import Alignment, Cell, Member, Tally, Utterance
from digest.load.theme import theme as load_theme
from digest.model import Block, Figure, Quote
from digest.render import Theme, files
from digest.site import (
    Appearance,
    Article,
    Conflict,
    ContentPage,
    Correction,
    Entity,
    Fact,
    FigureItem,
    Lineage,
    Noted,
    Outlet,
    QuoteItem,
    Reading,
    Settings,
    Shown,
    ShownEdit,
    Site,
    Story,
    Witness,
)

ROOT = Path(__file__).parent.parent
ADDED = datetime(2025, 2, 1, 9, 30, tzinfo=UTC)
FIRST = "Ada Moss said “the harbour costs $5.6mn and <b>nobody</b> asked us” on Monday & left."
SECOND = "The cost rose by 12 per cent."
TEXT = f"{FIRST}\n\n{SECOND}"
RAW = TEXT.replace("The cost", "The associated fee") + "\n\nGive us money"
SECRET = "Only the withdrawn text says pomegranate."


def span(text: str, words: str) -> tuple[int, int]:
    at = text.index(words)
    return at, at + len(words)


def quote(text: str, words: str, **more: object) -> Quote:
    return Quote(*span(text, words), words, more.pop("kind", "direct"), "marks", **more)  # type: ignore[arg-type]


def figure(text: str, words: str, low: str, **more: object) -> Figure:
    return Figure(*span(text, words), words, low, low, "number", **more)  # type: ignore[arg-type]


def edit(id: str, kind: str, old: str, new: str, **more: object) -> ShownEdit:
    start = RAW.find(old)
    values = {
        "layer": "repair",
        "cls": "spinner",
        "rule": "test.rule",
        "why": "a reason",
        "cert": "high",
        "status": "applied",
        "by": "machine",
        "line": 1,
        "raw_start": start,
        "raw_end": start + len(old),
    } | more
    return ShownEdit(id=id, kind=kind, old=old, new=new, **values)  # type: ignore[arg-type]


def shown() -> Shown:
    said = quote(
        TEXT, "the harbour costs $5.6mn and <b>nobody</b> asked us", speaker_full="Ada Moss", cue="said"
    )
    cost = figure(TEXT, "$5.6mn", "5600000", unit="USD", key=True, status="claim", claimant="Ada Moss")
    rise = figure(TEXT, "12 per cent", "12", unit="%", change="up", key=False)
    at, _ = span(TEXT, "cost rose")
    cut = RAW.index("\n\nGive")
    return Shown(
        mode="full",
        text=TEXT,
        headline="Harbour <costs> & doubts",
        raw=RAW,
        raw_length=len(RAW),
        sha256="ab" * 32,
        blocks=(Block("paragraph", 0, len(FIRST)), Block("paragraph", len(FIRST) + 2, len(TEXT))),
        quotes=(Noted("nquote1", "quote001", said, FIRST, *span(RAW, said.text)),),
        figures=(
            Noted("nfigure", "figure01", cost, FIRST, *span(RAW, "$5.6mn")),
            Noted("nrise00", "", rise, SECOND, *span(RAW, "12 per cent")),
        ),
        edits=(
            edit("eword001", "emend", "associated fee", "cost", at=at, end=at + 4),
            edit(
                "egive001",
                "excise",
                "\n\nGive us money",
                "",
                layer="clean",
                cls="donation",
                at=len(TEXT),
                end=len(TEXT),
                raw_start=cut,
                raw_end=len(RAW),
            ),
            edit("enote001", "flag", "nobody", "", status="flagged", cls="sic", by="editor", **_at("nobody")),
        ),
        counts={"words": 20, "removed": 1, "mended": 1, "open": 1, "quotes": 1, "figures": 1},
    )


def _at(words: str) -> dict[str, int]:
    at, end = span(TEXT, words)
    return {"at": at, "end": end}


def excerpt() -> Shown:
    text = "“We never said that,” Moss wrote."
    said = quote(text, "We never said that,", speaker_full="Ada Moss", cue="wrote")
    return Shown(
        mode="excerpt",
        text=text,
        blocks=(Block("paragraph", 0, len(text)),),
        gaps=(0,),
        quotes=(Noted("nother1", "quote002", said, text, 40, 59),),
        counts={"quotes": 1},
    )


def article(id: str, body: Shown, **more: object) -> Article:
    witness = Witness(f"{id}.txt", "cd" * 32, 100, "utf-8")
    values: dict[str, object] = {
        "title": body.headline or f"Text {id}",
        "title_basis": "stated",
        "witnesses": (witness,),
        "added": ADDED,
    }
    return Article(id=id, shown=body, **(values | more))  # type: ignore[arg-type]


def site(base_url: str = "https://example.org/digest/") -> Site:
    one = article(
        "one",
        shown(),
        outlet=Fact("The Gazette", "stated"),
        date=Fact("2025-01-27", "stated"),
        note="A note with [a link](/p/ada-moss/) and <script>alert(1)</script>.\n\n| a | b |\n|:--|--:|\n| 1 | 2 |",
    )
    two = article("two", excerpt(), date=Fact("2025-01~", "inferred", "it says so"))
    gone = article(
        "gone",
        replace(excerpt(), text=SECRET, headline=SECRET, quotes=()),
        title=SECRET,
        withdrawn="the owner asked",
    )
    bare = article(
        "bare", Shown("full", "A text that nobody has described.", blocks=(Block("paragraph", 0, 33),))
    )
    quotes = (QuoteItem("quote001", "one", one.shown.quotes[0], "ada-moss"),)
    quotes += (QuoteItem("quote002", "two", two.shown.quotes[0], "ada-moss"),)
    return Site(
        settings=Settings(
            "The <Digest> & Co",
            base_url,
            "/" + base_url.split("/", 3)[3],
            description="Texts & notes",
            text_mode="full",
            report="mailto:desk@example.org",
        ),
        articles=(bare, gone, one, two),
        stories=(
            Story(
                "harbour",
                "The harbour",
                "What happened.\n\n## Later\n\nMore.",
                ("one", "two", "gone"),
                ADDED,
                None,
                "2025-01",
            ),
        ),
        outlets=(Outlet("gazette", "The Gazette", "https://gazette.example/", "A paper."),),
        entities=(
            Entity("ada-moss", "person", "Ada Moss", about="Harbour *master*.", by="editor"),
            Entity("nobody-known", "organisation", "Nobody Known"),
        ),
        appearances=(
            Appearance("ada-moss", "one", 1, (("body", 0, 8),)),
            Appearance("ada-moss", "two", 1, (("body", 22, 26),)),
        ),
        quotes=quotes,
        figures=(FigureItem("figure01", "one", one.shown.figures[0], "ada-moss"),),
        conflicts=(
            Conflict(
                "who-said-it",
                "Did she say it?",
                "disagreement",
                (Reading("one", "nobody", FIRST), Reading("two", "never", "")),
                "Look at [both](/a/two/).",
            ),
        ),
        lineages=(
            Lineage("gazette-report", "A report", False, (("one", "copy", "the same words"),), "Lost."),
        ),
        corrections=(
            Correction(datetime(2025, 3, 1, 8, 0, tzinfo=UTC), "a/one/", "5.5", "5.6", "misread", "editor"),
            Correction(datetime(2025, 3, 1, 8, 0, tzinfo=UTC), "a/gone/", SECRET, "", "withdrawn", "editor"),
        ),
        pages=(ContentPage("about", "About us", "We are *us*."),),
        moved={"a/old/": "a/one/"},
        utterances=(utterance(),),
    )


def utterance() -> Utterance:
    """Two wordings of one sentence."""
    one = Member("quote001", "quote001", "one", "nquote1", 0, 4, "nobody asked us")
    two = Member("quote002", "quote002", "two", "nother1", 0, 4, "no one asked")
    columns = (
        (Cell("nobody", "same"), Cell("no one", "changed")),
        (Cell("asked", "same"), Cell("asked", "same")),
        (Cell("us", "same"), Cell("", "missing")),
    )
    return Utterance("quote001", "ada-moss", "Ada Moss", (one, two), Alignment(0, columns), Tally(2, 2, 2))


@lru_cache
def theme() -> Theme:
    return load_theme(ROOT)


@lru_cache
def built(base_url: str = "https://example.org/digest/") -> dict[str, bytes]:
    """All files of the site, once."""
    return dict(files(site(base_url), theme()))


def page(path: str) -> str:
    return built()[path].decode()
