"""Figures: own sentences with what must be read from them, and hostile input."""

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from effort import TWICE, growth
from hypothesis import given
from hypothesis import strategies as st

import digest
from digest.annotate.figures import figures as stage
from digest.annotate.numbers.addition import Addition
from digest.annotate.numbers.lexicon import BEGINS, DIGITAL, lexicon
from digest.annotate.numbers.numerals import BEHIND, _mended, alone
from digest.annotate.numbers.passes import Passes
from digest.annotate.numbers.tokens import LEAP, LEAP_ASCII, Token, tokens
from digest.model import Figure, Reading
from digest.plain import plain_words
from digest.render import units
from digest.rules import rules_for
from digest.strict import load

WORDS = ", . ( ) the of in $5 million cost rose (WTI) which to plans one more than a year S&P 500 — “ ” & 5% has by".split(
    " "
)
PASSING = "one tenth billion than a 5 in 2024 on monday last week by the end of the year said is to will ’ll ’25 may march a thousands".split(
    " "
)
HERE = Path(__file__).parent
SKIP = ("clean", "repair", "quotes", "mentions")
CASES = load((HERE / "cases" / "figures.yaml").read_text("utf-8"), "figures.yaml").value
SUBJECTS = load((HERE / "cases" / "figure-subjects.yaml").read_text("utf-8"), "figure-subjects.yaml").value


def figures(text: str) -> tuple[Figure, ...]:
    return digest.read(text, skip=SKIP).figures


def shown(f: Figure) -> str:
    ends = f.low if f.low == f.high else f"{f.low or '_'}..{f.high or '_'}"
    rate = f" per {f.per}" if f.per else ""
    sign = "" if f.change == "=" else f" {f.change}"
    return f"{ends} {f.unit or '_'}{rate}{sign}{' !' if f.damaged else ''}"


@pytest.mark.parametrize("case", CASES, ids=[c["label"] for c in CASES])
def test_cases(case: dict) -> None:
    assert [shown(f) for f in figures(case["input"])] == case["expected"]


@pytest.mark.parametrize("case", SUBJECTS, ids=[c["label"] for c in SUBJECTS])
def test_what_is_measured(case: dict) -> None:
    assert [f.subject for f in figures(case["input"])] == case["expected"]


STATUSES = [
    ("Prices may rise to $5 million.", "estimate"),
    ("Prices rose to 5.5% in May.", "fact"),
    ("On May 12 the firm sold 300 trucks.", "fact"),
    ("Bank May Cut $5m", "estimate"),
    ("The firm will hire 400 welders.", "plan"),
    ("Growth may slow. Rents rose 4% last year.", "fact"),
]


@pytest.mark.parametrize("text, status", STATUSES)
@pytest.mark.parametrize("more", ["", "\n" + "Nothing else was said of it that day. " * 30])
def test_words_of_doubt_and_plan_near_a_figure(text: str, status: str, more: str) -> None:
    assert [f.status for f in figures(text + more)] == [status]


@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_any_words_around_a_figure_give_a_subject_or_none(words: list[str]) -> None:
    for f in figures(" ".join(words)):
        assert f.subject is None or f.subject.strip()


@given(st.text(alphabet="0123456789,.-$€ kmbn%/oneti½×^'’\n", max_size=80))
def test_any_text_gives_ordered_spans_and_plain_decimals(text: str) -> None:
    end = 0
    for f in figures(text):
        assert end <= f.start < f.end
        end = f.end
        for value in (f.low, f.high):
            assert value is None or ("E" not in value and Decimal(value).is_finite())


# What is only for speed is held against the plain definition.


@given(st.text(alphabet="0123456789.,-−/⁄ex×*+^ \u00a0\u202f\n½a%—", max_size=20))
def test_plain_digits_are_the_digits_of_the_whole_pattern(text: str) -> None:
    found = [(m.start(), m.lastindex and m.end()) for m in LEAP.finditer(text)]
    for start, end in found:
        whole = DIGITAL.match(text, start)
        assert not end or (whole and whole.lastgroup == "d" and whole.span() == (start, end))
    if text.isascii():
        assert found == [(m.start(), m.lastindex and m.end()) for m in LEAP_ASCII.finditer(text)]
    begun = [m.start() for m in BEGINS.finditer(text)]
    taken = {i for start, end in found for i in range(start + 1, end or 0)}
    assert [i for i in begun if i not in taken] == [start for start, _ in found]


@given(st.lists(st.sampled_from(PASSING), max_size=12), st.sampled_from(["", " ", "(", "é", "’", "-", "_"]))
def test_what_the_passes_find_is_what_their_patterns_find(words: list[str], glue: str) -> None:
    low, lex = (glue or " ").join(words), rules_for().once(lexicon)
    for known in (None, plain_words(low)):
        can = Passes(low, lex, known)
        assert can.numbers() == [(m.start(), m.end() - 1) for m in lex.number.finditer(" " + low)]
        cues = can.cues()
        assert cues is None or cues == [(m.start(), m.end() - 1) for m in lex.cue.finditer(" " + low)]
        assert can.times() or not lex.when.search(" " + low)


@pytest.mark.parametrize("of", ["words", "spun", "cues"])
def test_no_word_of_the_tables_is_passed_over(of: str) -> None:
    lex = rules_for().once(lexicon)
    for phrase in getattr(lex, of):
        can = Passes(f"so {phrase}.", lex)
        assert (can.cues() if of == "cues" else can.numbers()) in (None, [(3, 3 + len(phrase))])


JOINED = "5 12 100 0.4 .4 1/2 ½ one nine twelve twenty fifty hundred hundreds thousand million dozen couple half third quarters a point and an of twice more than".split()


@given(
    st.lists(st.sampled_from(JOINED), max_size=8), st.lists(st.sampled_from(["", " ", "-", ", "]), min_size=8)
)
def test_a_number_taken_alone_is_one_that_nothing_joins(words: list[str], gaps: list[str]) -> None:
    low, lex = "".join(w + g for w, g in zip(words, gaps, strict=False)), rules_for().once(lexicon)
    found = tokens(low, lex, Passes(low, lex).numbers())
    named = [Token(*t) for t in found]
    for i, (start, end, kind, value, _) in enumerate(found):
        if kind in BEHIND and i + 1 < len(found) and alone(low, end, kind, found[i + 1]):
            number, after = Addition(low, named, i).read()
            assert after == i + 1 and number and (number.start, number.end, number.low) == (start, end, value)
            assert kind != "U" or _mended(low, named[i], named[i + 1]) is None


@given(st.text(alphabet="aé five 5km\t\n\x00\x7f\u2028.", max_size=40))
def test_plain_words_are_those_of_plain_text_alone(text: str) -> None:
    known = plain_words(text)
    assert (known is not None) == (text.isascii() and not re.search(r"[^\t\n -~]", text))
    if known is not None:
        assert [w.decode() for w in known] == re.findall("[a-z]+", text.lower())


CURRENCIES = " ".join(
    f"{chr(c)}5 5{chr(c)} 5 {chr(c)}" for c in range(0x110000) if unicodedata.category(chr(c)) == "Sc"
)
HOSTILE: dict[str, tuple[Callable[[int], str], int]] = {
    "commas": (lambda n: "1," * n, 100_000),
    "digits": (lambda n: "7" * n, 10_000),
    "many long numbers": (lambda n: ("9" * 10_000 + " ") * n, 20),
    "signs": (lambda n: "".join(chr(c) for c in range(0x20A0, 0x20D0)) * n, 2_000),
    "sign and digit": (lambda n: "".join(f"{chr(c)}5 " for c in range(0x20A0, 0x20D0)) * n, 500),
    "nought fractions": (lambda n: "1/0 0/0 5⁄0 " * n, 10_000),
    "number words": (lambda n: "one hundred and " * n, 20_000),
    "scales": (lambda n: "million " * n, 50_000),
    "every currency sign of Unicode": (lambda n: CURRENCIES * n, 50),
    "lone commas": (lambda n: "It cost , $5 , " * n, 10_000),
    "rank and part": (lambda n: "one of the one of the " * n, 20_000),
    "over a": (lambda n: "over a more than a " * n, 20_000),
    "verbs": (lambda n: "it has had been cost was to pay to " * n + "$5 million", 10_000),
    "minus": (lambda n: "-" * n + "1", 100_000),
    "to": (lambda n: "1 to " * n, 20_000),
    "per": (lambda n: "5 per " * n, 20_000),
    "spaces": (lambda n: "5" + " " * n + "million", 100_000),
    "letters": (lambda n: "x" * n + "5", 500_000),
    "quotes": (lambda n: "5' " * n, 20_000),
}


def annotated(text: str) -> list[Figure]:
    return list(stage(Reading(text), rules_for()))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_read(name: str) -> None:
    text = HOSTILE[name][0](HOSTILE[name][1])
    spans = [(f.start, f.end) for f in annotated(text)]
    assert all(0 <= start < end <= len(text) for start, end in spans) and spans == sorted(spans)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_takes_effort_by_its_length_only(name: str) -> None:
    of, times = HOSTILE[name]
    assert growth(annotated, of, max(times // 50, 4)) < TWICE


@pytest.mark.parametrize("row", rules_for().words("numbers", "singulars"))
def test_a_counted_noun_is_shown_in_the_plural_that_it_came_from(row: str) -> None:
    many, _, one = row.partition(" = ")
    assert units.plural(one) == many


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        ("At least 35 people were killed and 12 hurt.", [True, True]),
        ("No fewer than 14 miners died.", [True]),
        ("The blast killed 14 and injured 9 miners.", [True, True]),
        ("The 35 people who came ate 12 cakes.", [False, False]),
        ("Sales hit 4m in March.", [True]),
        ("It sells a 30B model.", [False]),
    ],
)
def test_tolls_and_millions_are_noted(text: str, noted: list[bool]) -> None:
    assert [f.key for f in figures(text)] == noted


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Revenue was $39bn, up 78% from $22bn a year earlier.", [None, None, "a year earlier"]),
        ("The firm, founded in 1976, has 160,000 employees.", [None]),
        ("In 1976, it had 160,000 employees.", ["In 1976"]),
        ("It sold 160,000 cars in March.", ["in March"]),
    ],
)
def test_when_is_said_of_the_figure_it_stands_by(text: str, times: list[str | None]) -> None:
    assert [f.when for f in figures(text)] == times


def test_us_before_a_dollar_is_no_part_of_the_figure() -> None:
    assert [f.text for f in figures("The bank lends us $30 million.")] == ["$30 million"]
