"""The glossary and the comparisons: loaded, linked, shown, and held back with their texts."""

import json
from dataclasses import replace

import pytest

from digest import assemble, load
from digest.errors import BuildError
from digest.site import Term
from digest.strict import checked
from digest.strict import load as strict
from digest.views import pages
from digest.views.terms import arithmetic, first_mentions, term_anchor

TEXT = "The town spent $40mn on a levy bridge.\n\nIt had planned for $160mn, the council said."
ARTICLE = '---\nid: "a1"\nseed: one.txt\n{}---\n'
TERMS = """terms:
  - {id: levy, term: levy, forms: [levy], meaning: A charge., see: [toll]}
  - {id: toll, term: toll, forms: [toll], meaning: A charge for passing.}
"""
COMPARED = """comparisons:
  - id: saved
    statement: It planned 4 times as much.
    figures:
      - {name: planned, article: a1, words: $160mn, value: "160000000", unit: USD}
      - {name: spent, article: a1, words: $40mn, value: "40000000", unit: USD}
    sum: planned / spent
    result: "4"
    like_for_like: false
"""


@pytest.fixture
def folder(project):
    project.seed("one.txt", TEXT)
    project.content("articles/a1.md", ARTICLE.format(""))
    project.content("glossary.yaml", TERMS)
    project.content("comparisons.yaml", COMPARED)
    return project


def views(project) -> dict:
    site = assemble.assembled(load.content(project.root)).site
    return {p.path: p.view for p in pages(site)}


def test_a_term_names_the_texts_that_use_it_and_what_to_see(folder) -> None:
    levy, toll = views(folder)["glossary/index.html"].terms
    assert [t.href for t in levy.texts] == [f"a/a1/#{term_anchor('a1', 'levy')}"]
    assert toll.texts == ()
    assert [(s.text, s.href) for s in levy.see] == [("toll", "glossary/#toll")]


def test_a_comparison_shows_its_sum_and_leads_to_its_figures(folder) -> None:
    (card,) = views(folder)["f/compared/index.html"].comparisons
    assert card.arithmetic == "160,000,000 ÷ 40,000,000 = 4"
    assert not card.like_for_like
    assert all(f.page.href.startswith(("f/", "a/a1/")) for f in card.figures)


@pytest.mark.parametrize("held", ["text_mode: private\n", "withdrawn: Asked for by its owner.\n"])
def test_figures_of_a_text_that_is_held_back_are_not_compared(folder, held: str) -> None:
    folder.content("articles/a1.md", ARTICLE.format(held))
    there = views(folder)
    assert "f/compared/index.html" not in there
    assert not there["f/index.html"].compared
    assert all(t.texts == () for t in there["glossary/index.html"].terms)


def test_without_terms_there_is_no_page(project) -> None:
    assert not {"glossary/index.html", "f/compared/index.html"} & set(views(project))


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("glossary.yaml", TERMS.replace("see: [toll]", "see: [tol]"), "no term has the id `tol`"),
        ("comparisons.yaml", COMPARED.replace("article: a1", "article: a2"), "no article has the id `a2`"),
        ("comparisons.yaml", COMPARED.replace('result: "4"', 'result: "5"'), "gives 4, not 5"),
        ("comparisons.yaml", COMPARED.replace("planned / spent", "planned ** spent"), "not simple"),
        (
            "comparisons.yaml",
            COMPARED.replace("planned / spent", "planned / (spent - spent)"),
            "cannot be worked out",
        ),
        ("comparisons.yaml", COMPARED.replace("like_for_like: false", "like: no"), "like"),
    ],
)
def test_a_slip_names_its_file_and_line(folder, name: str, text: str, message: str) -> None:
    folder.content(name, text)
    with pytest.raises(BuildError) as e:
        load.content(folder.root)
    assert message in str(e.value)
    assert f"content/{name}:" in str(e.value)


def test_arithmetic_is_written_with_its_signs(folder) -> None:
    (c,) = load.content(folder.root).comparisons
    made = replace(c, sum="(planned - spent) * 100", result="12000000000", unit="USD")
    assert arithmetic(made) == "(160,000,000 − 40,000,000) × 100 = 12,000,000,000 USD"


def test_a_rounded_result_says_so(folder) -> None:
    folder.content("comparisons.yaml", COMPARED.replace("planned / spent", "planned / (spent + 1)"))
    (c,) = load.content(folder.root).comparisons
    assert arithmetic(c).endswith("≈ 4")


def test_the_schemas_are_json(folder) -> None:
    for name in ("glossary", "comparisons"):
        assert checked(
            strict("{}", name), json.loads((load.bench.SCHEMAS / f"{name}.schema.json").read_text())
        )


def test_a_sum_that_is_too_long_is_refused_not_cut_short() -> None:
    from decimal import Decimal

    import pytest

    from digest.sums import worked_out

    with pytest.raises(ValueError, match="longer than 200"):
        worked_out(" + ".join(["a"] * 80), {"a": Decimal(1)})


AI = Term("ai", "AI", ("AI", "artificial intelligence"), "A *kind* of program.")
LAB = Term("lab", "AI lab", ("AI lab", "AI labs"), "A place.\n\nMore.")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("AI labs and AI", [("lab", "AI labs"), ("ai", "AI")]),
        ("Artificial Intelligence, then AI", [("ai", "Artificial Intelligence")]),
        ("He said it again; AIs are not it", []),
        ("an AI-lab, (AI)", [("ai", "AI")]),
        ("", []),
    ],
)
def test_the_first_mention_of_each_term_is_found(text: str, found: list[tuple[str, str]]) -> None:
    made = first_mentions(text, (AI, LAB))
    assert [(m.term.id, text[m.start : m.end]) for m in made] == found


def test_without_a_glossary_nothing_is_a_term() -> None:
    assert first_mentions("AI " * 1000, ()) == ()


def test_what_a_term_means_is_told_with_links_and_without() -> None:
    (m,) = first_mentions("AI", (AI,))
    assert m.meaning.lead == "<p>A <em>kind</em> of program.</p>"
    assert m.plain == "A kind of program."
    (m,) = first_mentions("An AI lab", (LAB,))
    assert (m.meaning.lead, m.meaning.rest) == ("<p>A place.</p>", "<p>More.</p>")


def test_a_term_and_its_note_stand_once_in_the_first_paragraph_that_has_it(folder) -> None:
    view = next(v for p, v in views(folder).items() if p == "a/a1/index.html")
    first, second = view.blocks
    assert [n.kind for n in first.notes].count("term") == 1
    assert first.terms == 1
    assert second.terms == 0
    note = next(n for n in first.notes if n.kind == "term")
    assert (note.by, note.page, note.id) == ("editor", "glossary/#levy", term_anchor("a1", "levy"))
    assert [t.text for t in first.tokens if t.op == "text"].count("levy") == 1
