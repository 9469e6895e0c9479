"""The clean stage: tables, properties, and input that nobody should send."""

from pathlib import Path

import pytest
from effort import TWICE, growth
from hypothesis import given, settings
from hypothesis import strategies as st

import digest
from digest import clean, language
from digest.model import Residue
from digest.rules import rules_for
from digest.strict import load
from digest.text import Text

RULES = rules_for()
CASES = load((Path(__file__).parent / "cases/clean.yaml").read_text("utf-8"), "clean.yaml").value
LINES = st.sampled_from(
    [
        "The council voted on Monday to close the bridge, and the mayor said she would not stand again.",
        "Advertisement",
        "Share on Facebook",
        "By Jane Doe",
        "Photo: John Public",
        "What happens next",
        "“We will see,” he said. “Nobody knows.”",
        "Sign up for our newsletter",
        "Your support helps us to tell the story",
        "Read more: The town that moved",
        "Your support makes all the difference.The river rose again on Friday, officials said.",
        "OpenAI and YouTube said nothing.It was late.",
        "The council met at noon on a Monday.AdvertisementThe mayor was late, she said.",
        "The council met at noon on a Monday.Read more: How OpenAI won",
        "The council met at noon.pic.twitter.com/AbCdEfGh12The mayor was late.",
        "",
        "  ",
        "* * *",
        "Comments",
        "5 min read",
        "\u202eمرحبا بالعالم",
        "\x00\x07",
    ]
)
TEXTS = st.one_of(st.lists(LINES, max_size=25).map("\n".join), st.text(max_size=300))


def cleaned(text: str) -> Text:
    return Text(text).revise("clean", clean.edits(text, RULES))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_case(case: dict) -> None:
    lines = case["input"].splitlines()
    text = cleaned(case["input"])
    want = case.get("result") or [lines[int(i)] for i in case["stays"]]
    assert text.value.split("\n\n") == want
    for kind, key in (("excise", "gone"), ("move", "moved")):
        found = {e.old.strip(): e.edit.cls for e in text.raw_edits() if e.edit.kind == kind}
        for i, cls in case.get(key, {}).items():
            assert found[lines[int(i)]] == cls


@given(TEXTS)
@settings(max_examples=150)
def test_kept_moved_and_removed_are_the_raw_text(raw: str) -> None:
    text = cleaned(raw)
    assert text.undo() == raw
    pieces = [(k.raw_start, raw[k.raw_start : k.raw_start + k.length]) for k in text.kept]
    pieces += [(e.raw_start, e.old) for e in text.raw_edits()]
    assert "".join(old for _, old in sorted(pieces)) == raw


@given(TEXTS)
@settings(max_examples=150)
def test_every_edit_says_what_why_and_how_sure(raw: str) -> None:
    text = cleaned(raw)
    for e in text.raw_edits():
        assert e.edit.cls and e.edit.rule and e.edit.why and e.edit.cert in ("high", "medium", "low")
        assert e.edit.kind in ("excise", "move", "split", "space")
        if e.edit.kind in ("space", "split"):
            assert not e.old.strip()
        else:
            assert "\n" not in e.old.strip()
    assert text.value == text.value.strip()
    assert all(line.strip() or not line for line in text.value.split("\n"))


@pytest.mark.parametrize(
    "raw",
    [
        "",
        " \n\t\n ",
        "word " * 200_000,
        "a" * 1_000_000,
        "Ab" * 200_000,
        "x.Y" * 100_000,
        "\n".join(["word"] * 20_000),
        "\n".join(f"Share{i}" for i in range(20_000)),
        "\n" * 100_000,
        "“" * 100_000,
        "your support helps " * 20_000,
        "\x00\x01\x02\n" * 1000,
        "مرحبا بالعالم\n" * 500,
        "Die Stadt hat am Montag beschlossen, die Brücke für acht Wochen zu sperren.\n" * 40,
    ],
    ids=lambda x: repr(x[:12]),
)
def test_hostile_input_is_cleaned_and_can_be_undone(raw: str) -> None:
    assert cleaned(raw).undo() == raw


@pytest.mark.parametrize(
    "unit",
    [
        "word ",
        "a",
        "Ab",
        "x.Y",
        "word\n",
        "Share1\nShare22\nShare333\n",
        "\n",
        "“",
        "your support helps ",
        "\x00\x01\x02\n",
        "مرحبا بالعالم\n",
        "a b c d e.Advertisement",
        "a b c d e.AdvertisementThe “b” was c d e f. ",
        "a b c d e.Read more: aThe b c d e f g h i. ",
        "a b c d e.Read more: a b c d e f g h i j k l m n o p",
    ],
)
def test_hostile_input_takes_effort_by_its_length_only(unit: str) -> None:
    assert growth(cleaned, lambda n: unit * n, 500) < TWICE


def test_only_boilerplate_leaves_nothing_and_a_doubt() -> None:
    document = digest.read("Share on Facebook\nLeave a Reply\nAdvertisement\nSubscribe\n")
    assert document.body.value == ""
    assert any(d.rule == "empty" for d in document.doubts)


def test_a_phrase_of_the_editor_may_have_the_entities_of_the_page() -> None:
    raw = "The rain fell.\n\nArts & Crafts – it’s\u00a0all here"
    residue = (Residue("Arts &amp; Crafts &ndash; it&rsquo;s&nbsp;all here", "the editor says so"),)
    assert Text(raw).revise("corpus", clean.corpus(raw, residue)).value == "The rain fell."


def test_corpus_cuts_whole_lines_with_their_reason() -> None:
    raw = "The bridge is closed.\n\nGet the  Example  app!\n\nIt opens in May."
    residue = [Residue("get the example app!", "stands in 3 stories of the outlet")]
    text = Text(raw).revise("corpus", clean.corpus(raw, residue))
    assert text.value == "The bridge is closed.\n\nIt opens in May."
    assert [e.edit.why for e in text.raw_edits()] == ["stands in 3 stories of the outlet"]


PAGE = """<html lang="en-GB"><head><title>Bridge shut | Example</title>
<meta property="og:site_name" content="Example Post"><link rel="canonical" href="/bridge">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Bridge shut for eight weeks",
"author":[{"name":"Jane Doe"}],"datePublished":"2023-05-03T10:00:00Z"}</script></head><body>
<nav><a href="/">Home</a></nav><article><h1>Bridge shut for eight weeks</h1>
<p>The bridge will be closed for eight weeks from the first of June, the county council said on Thursday.</p>
<h2>The way round</h2><p>Traffic will be led over the old road through the woods, which is narrow and has no lights.</p>
<ul><li>Cars use the old road by the mill.</li><li>Lorries use the motorway to the north.</li></ul>
<p>The council expects the work to be done by the end of July, before the holidays are over.</p></article>
<script>alert(1)</script><form><input></form></body></html>"""


def test_page_gives_text_hints_and_metadata() -> None:
    page = clean.page(PAGE, "https://example.org/x")
    assert (page.headline, page.byline, page.published) == (
        "Bridge shut for eight weeks",
        "Jane Doe",
        "2023-05-03T10:00:00Z",
    )
    assert (page.site_name, page.canonical, page.language) == (
        "Example Post",
        "https://example.org/bridge",
        "en",
    )
    kinds = {page.text[b.start : b.end]: b.kind for b in page.hints}
    assert kinds["The way round"] == "heading"
    assert kinds["Cars use the old road by the mill."] == "list-item"
    assert dict(page.left_out)["scripts"] == 2
    assert "alert" not in page.text and "Home" not in page.text


@pytest.mark.parametrize(
    "markup", ["", "<", "<!-- x -->", "\x00", "<p>", "<html></html>", "<div>" * 3000, "&#0;&#xD800;"]
)
def test_page_of_nothing(markup: str) -> None:
    page = clean.page(markup)
    assert page.published is None and page.headline is None
    assert len(page.text) < 20


@pytest.mark.parametrize("deep", [200, 260, 2000])
def test_a_page_of_many_nested_boxes_keeps_its_text(deep: int) -> None:
    said = "The ferry left at noon and came back at dusk with all its passengers aboard."
    markup = "<html><body>" + "<div>" * deep + f"<p>{said}</p>" + "</div>" * deep + "</body></html>"
    assert said in digest.read(markup, kind="html").body.value


MENU = "Mainz Alverton Bergisch Lido Castelrosso Quarnaro Brenta\n" * 100
ENGLISH = (
    "The council voted on Monday to close the bridge, and the mayor said that she would not stand again.\n"
)
GERMAN = "Der Rat stimmte am Montag dafür, die Brücke zu schließen, und die Bürgermeisterin tritt nicht an.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MENU + ENGLISH * 3, False),
        (MENU + GERMAN * 3, True),
        (MENU, True),
        (GERMAN * 3, True),
        (ENGLISH * 3, False),
        ("Lido\n" * 100_000, True),
    ],
    ids=["menu-english", "menu-german", "menu", "german", "english", "labels"],
)
def test_a_menu_of_names_does_not_tell_the_language(text: str, expected: bool) -> None:
    assert language.foreign(text) is expected
