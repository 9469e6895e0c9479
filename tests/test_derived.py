"""Sums that the program makes of figures, the editor's word on them, and how units are named."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from linked import article

from digest import assemble, load
from digest.across import Derived
from digest.link.derived import derived
from digest.model import Figure
from digest.render import data, tables, units
from digest.render.words import Words
from digest.site import Article, FigureItem, Noted
from digest.strict import load as strict
from digest.views import pages
from digest.views.derived import derived_cards
from digest.views.known import known as index

HERE = Path(__file__).parent
CASES = strict((HERE / "cases" / "derived.yaml").read_text("utf-8"), "derived.yaml").value
STRINGS = strict((HERE.parent / "templates" / "strings.yaml").read_text("utf-8"), "strings.yaml").value
ENGLISH = Words(STRINGS, "en")
PRICES = "The mill asks 8 cents for every 100 pages. By contrast, its rival charges $2.40 for the same amount of pages.\n"
ARTICLE = '---\nid: "a1"\nseed: one.txt\n{}---\n'


def site(project, text: str, front: str = ""):
    project.seed("one.txt", text)
    project.content("articles/a1.md", ARTICLE.format(front))
    made = assemble.assembled(load.content(project.root))
    assert not made.problems
    return made.site


@pytest.mark.parametrize("case", CASES, ids=[c["label"] for c in CASES])
def test_what_is_worked_out_of_a_text(project, case: dict) -> None:
    known = index(site(project, case["text"] + "\n"))
    cards = derived_cards(known.site.derived, known)
    assert [f"{ENGLISH.sum(c)}, {c.where}" for c in cards] == case["expected"]


def test_an_editor_says_that_a_sum_is_not_like_for_like(project) -> None:
    front = "figures:\n  - exact: $2.40\n    unlike: The rival's price holds a binding.\n"
    made = site(project, PRICES, front)
    (one,) = made.derived
    assert one.unlike == "The rival's price holds a binding."
    assert (one.values, one.unit, one.result, one.exact) == (("2.4", "0.08"), "USD", "30", True)


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("subject", "price of a mill's pages", "price of a mill's pages"),
        ("claimant", "Ada Moss", "Ada Moss"),
        ("status", "estimate", "estimate"),
        ("note", "A list price.", "A list price."),
        ("unlike", "It holds a binding.", "It holds a binding."),
    ],
)
def test_the_editor_s_word_on_a_figure_found_by_its_words(project, key: str, value: str, shown: str) -> None:
    text = "A lamp costs $2.40.\n\n" + PRICES
    front = f'figures:\n  - exact: $2.40\n    prefix: "rival charges "\n    {key}: "{value}"\n'
    lamp, rival = (f.noted.item for f in site(project, text, front).figures if f.noted.item.text == "$2.40")
    assert getattr(rival, key) == shown and rival.rule == "figure.editor"
    assert getattr(lamp, key) != shown and lamp.rule == "figure.number"


def test_the_editor_takes_a_figure_out_and_puts_one_in(project) -> None:
    front = "figures:\n  - {exact: $2.40, key: false}\n  - {exact: two horses, key: true}\n"
    made = site(project, PRICES + "It keeps two horses.\n", front)
    assert [f.noted.item.text for f in made.figures] == ["8 cents", "100 pages", "two horses"]
    assert not made.derived


def test_a_comparison_of_the_editor_lends_its_note(project) -> None:
    project.content(
        "comparisons.yaml",
        "comparisons:\n  - id: mills\n    statement: The rival charges 30 times as much.\n    figures:\n"
        '      - {name: a, article: a1, words: $2.40, value: "2.40", unit: USD}\n'
        '      - {name: b, article: a1, words: 8 cents, value: "0.08", unit: USD}\n'
        '    sum: a / b\n    result: "30"\n    like_for_like: false\n    note: One price holds a binding.\n',
    )
    views = {p.path: p.view for p in pages(site(project, PRICES))}
    (card,) = views["f/index.html"].derived
    assert card.unlike == "One price holds a binding." and card.comparison == "f/compared/#mills"
    of = [
        v
        for path, v in views.items()
        if path.startswith("f/") and getattr(v, "derived", ()) and "index" in path
    ]
    assert len(of) == 3  # the list and the pages of both
    assert all(v.compared for v in of)


def test_the_article_s_notes_and_the_data_have_the_sum(project) -> None:
    made = site(project, PRICES)
    view = next(p.view for p in pages(made) if p.path == "a/a1/index.html")
    notes = [n for b in view.blocks for n in b.notes if n.derived]
    assert len(notes) == 2
    known = index(made)
    (row,) = json.loads(data.digest_json(known))["derived"]
    table = dict(tables.table_files(known, False))["derived.csv"].decode()
    (line,) = csv.DictReader(StringIO(table))
    assert line["id"] == row["id"] and line["result"] == row["result"] == "30"
    assert row["larger_value"] == "2.4" and row["per"] == "100 page" and row["url"].endswith(f"#{row['id']}")


def test_two_texts_that_differ_are_set_side_by_side() -> None:
    from digest.across import FigureGroup

    articles, items = [], []
    for i, value in (("a", "5600000"), ("b", "7000000")):
        item = Figure(0, 4, "$5mn", value, value, "test", unit="USD", key=True)
        articles.append(article(i, "$5mn it was.", 1))
        items.append(FigureItem(f"f{i}", i, Noted("f", f"f{i}", item, "")))
    group = FigureGroup("fa", ("fa", "fb"), "$5mn", "USD", "", True, "")
    (one,) = derived(articles, items, [group])
    assert one == Derived(
        one.id,
        "difference",
        ("fb", "fa"),
        ("7000000", "5600000"),
        "USD",
        None,
        "1400000",
        True,
        False,
        "texts",
    )


def test_many_figures_take_linear_time() -> None:
    text = "It cost $5 versus the other. " * 20_000
    items = [
        FigureItem(
            f"f{i}",
            "a",
            Noted("n", f"f{i}", Figure(8 + 29 * i, 10 + 29 * i, "$5", "5", "5", "t", unit="USD"), ""),
        )
        for i in range(20_000)
    ]
    a: Article = article("a", text, 1)
    assert derived([a], items, ()) == ()


@pytest.mark.parametrize(
    ("low", "high", "unit", "per", "shown"),
    [
        ("5600000", "5600000", "USD", None, "US$5.6 million"),
        ("2.8", "2.8", "USD", "1000000 token", "US$2.80 per 1 million tokens"),
        ("60000000000", "65000000000", "EUR", "a", "€60 billion to €65 billion per year"),
        ("-5", "-5", "GBP", None, "−£5"),
        ("79", "79", "MYR", "mo", "MYR\u00a079 per month"),
        ("70", "70", "USD", "[bbl_us]", "US$70 per barrel"),
        ("700000", "700000", "word", None, "700,000 words"),
        ("1", "1", "a", None, "1 year"),
        ("3", "3", "[mi_i]", None, "3 miles"),
        ("4", "4", "km2", None, "4 km²"),
        ("9", "9", "kW.h", None, "9 kWh"),
        ("60", "60", "GBy", None, "60 GB"),
        ("12", "12", "city", "a per person", "12 cities per year per person"),
        ("1300000", "1300000", "GPU", None, "1.3 million GPUs"),
        ("5.2", "4.9", "%", None, "from 5.2 to 4.9 per cent"),
    ],
)
def test_a_value_for_readers(low, high, unit, per, shown) -> None:
    assert ENGLISH.amount(low, high, unit, per) == shown


def test_a_value_in_another_language_puts_the_sign_where_it_belongs() -> None:
    assert Words(STRINGS, "de").amount("2.8", "2.8", "USD", None) == "2,80\u00a0US$"


def test_a_sum_is_never_rounded_on_its_way() -> None:
    assert ENGLISH.exact("12345678901", "JPY") == "¥12,345,678,901"
    assert ENGLISH.exact("5600000", "JPY") == "¥5.6 million"


@pytest.mark.parametrize(
    ("one", "many"),
    [("city", "cities"), ("day", "days"), ("man", "men"), ("policewoman", "policewomen"), ("box", "boxes"), ("staff", "staff"),
     ("year of age", "years of age"), ("coal-fired power plant", "coal-fired power plants"), ("GPU", "GPUs"),
     ("German", "Germans"), ("human", "humans"), ("criterion", "criteria"), ("grandchild", "grandchildren")],
)  # fmt: skip
def test_plural(one: str, many: str) -> None:
    assert units.plural(one) == many


@pytest.mark.parametrize(
    ("table", "columns"),
    [("figures", [c.name for c in tables.FIGURES]), ("derived", [c.name for c in tables.DERIVED])],
)
def test_every_column_is_documented(table: str, columns: list[str]) -> None:
    text = (
        (HERE.parent / "docs" / "data.md")
        .read_text("utf-8")
        .partition(f"## {table}.csv")[2]
        .partition("\n## ")[0]
    )
    assert [c for c in columns if f"`{c}`" not in text] == []
