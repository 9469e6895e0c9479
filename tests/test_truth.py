"""The editor's words are held against the texts; and the check itself finds what it should."""

import importlib.util
import json
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from digest import sums
from digest.strict import checked, load

ROOT = Path(__file__).parent.parent
own = pytest.mark.skipif(not (ROOT / "content" / "glossary.yaml").exists(), reason="a digest begun anew")


def module():
    spec = importlib.util.spec_from_file_location("truth", ROOT / "benchmarks" / "truth.py")
    made = importlib.util.module_from_spec(spec)
    sys.modules["truth"] = made
    spec.loader.exec_module(made)
    return made


truth = module()
TEXT = (
    "Ann Lee, head of Corvel, said on Tuesday that “the bridge will open in 2031”. "
    "It costs $40mn, a quarter of the $160mn that was planned. “We are glad,” she said."
)
ARTICLE = '---\nid: "a1"\nseed: one.txt\n---\n{}\n'
COMPARISON = """comparisons:
  - id: saved
    statement: It costs {result} times less.
    figures:
      - {{name: planned, article: a1, words: "{words}", value: "160000000", unit: USD}}
      - {{name: built, article: a1, words: $40mn, value: "40000000", unit: USD}}
    sum: planned / built
    result: "{result}"
    like_for_like: true
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("seeds", "content/articles", "content/people", "content/conflicts"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "site.yaml").write_text("title: A digest\n", "utf-8")
    (tmp_path / "seeds" / "one.txt").write_text(TEXT, "utf-8")
    (tmp_path / "content/people/ann-lee.yaml").write_text("name: Ann Lee\naliases: [Lee]\n", "utf-8")
    return tmp_path


@own
def test_this_digest_says_nothing_that_its_texts_do_not_carry() -> None:
    assert [str(b) for b in truth.breaches(ROOT)] == []


SOUND = [
    "The head of Corvel says that “the bridge will open in 2031”.",
    "“The bridge will open in 2031”, she says.",  # a capital at the beginning
    "It says “a quarter of the $160mn” and “We are glad”.",
    "She is [Ann Lee](/p/ann-lee/), in [this text](/a/a1/).",
    "It opens in May 2031, which is general knowledge and not in the text.",
    "It is probably the bridge at Sundsvall.",
    "Plain words.\n\n1. First.\n2. Then Lee.",
]
UNSOUND = [
    ("She says that “the bridge will open soon”.", "words in no text", "the bridge will open soon"),
    ("It costs $45mn.", "number in no text", "$45mn"),
    ("It costs $16mn.", "number in no text", "$16mn"),  # not the 16 in 160
    ("It opens in May 2031.", "date without its ground", "May 2031"),
    ("It stands at Sundsvall.", "name in no text", "Sundsvall"),
    ("See https://example.org/bridge.", "address in no text", "https://example.org/bridge."),
    ("She is [Ann Lee](/p/lee/).", "leads nowhere", "/p/lee/"),
]


@pytest.mark.parametrize("note", SOUND)
def test_sound_prose_passes(folder: Path, note: str) -> None:
    (folder / "content/articles/a1.md").write_text(ARTICLE.format(note), "utf-8")
    assert truth.breaches(folder) == []


@pytest.mark.parametrize(("note", "kind", "what"), UNSOUND)
def test_an_invention_is_found(folder: Path, note: str, kind: str, what: str) -> None:
    (folder / "content/articles/a1.md").write_text(ARTICLE.format(note), "utf-8")
    assert [(b.kind, b.what) for b in truth.breaches(folder)] == [(kind, what)]


def test_a_conflict_quotes_the_text_that_it_names(folder: Path) -> None:
    (folder / "content/articles/a1.md").write_text(ARTICLE.format(""), "utf-8")
    (folder / "content/conflicts/opening.yaml").write_text(
        "question: When?\nkind: slip\nreadings:\n"
        '  - {article: a1, words: "2031", exact: said on Tuesday}\n  - {article: a1, words: "2032"}\n',
        "utf-8",
    )
    assert [b.what for b in truth.breaches(folder)] == ["2032"]


@pytest.mark.parametrize(
    ("words", "result", "wrong"),
    [("$160mn", "4", 0), ("$170mn", "4", 1)],
)
def test_a_comparison_takes_its_figures_from_the_text_it_names(
    folder: Path, words: str, result: str, wrong: int
) -> None:
    (folder / "content/articles/a1.md").write_text(ARTICLE.format(""), "utf-8")
    made = COMPARISON.format(words=words, result=result)
    (folder / "content/comparisons.yaml").write_text(made, "utf-8")
    assert len(truth.breaches(folder)) == wrong


def test_arithmetic_is_rounded_to_the_last_digit_shown() -> None:
    third = sums.worked_out("(a - b) / 3", {"a": Decimal(5), "b": Decimal(1)})
    assert sums.rounds_to(third, "1.3")
    assert sums.rounds_to(third, "1")
    assert not sums.rounds_to(third, "1.4")
    for wrong in ("a ** 2", "b + 1", "a +", "-a", "a / 0", "f(a)", "a if a else a"):
        with pytest.raises(ValueError, match=r"simple|cannot"):
            sums.worked_out(wrong, {"a": Decimal(3)})


@own
def test_every_term_of_the_glossary_stands_in_a_text() -> None:
    folder = truth.Folder(ROOT)
    terms = next(d["terms"] for p, d, _ in folder.files if p == "content/glossary.yaml")
    texts = folder.all_words.casefold()
    assert [t["id"] for t in terms if not any(f.casefold() in texts for f in t["forms"])] == []
    ids = [t["id"] for t in terms]
    assert len(ids) == len(set(ids))
    assert {s for t in terms for s in t.get("see", ())} <= set(ids)


@own
def test_the_editors_files_pass_their_schemas() -> None:
    for name in ("glossary", "comparisons"):
        path = ROOT / "content" / f"{name}.yaml"
        schema = json.loads((ROOT / "digest/schemas" / f"{name}.schema.json").read_text("utf-8"))
        assert checked(load(path.read_text("utf-8"), path.name), schema) == []
