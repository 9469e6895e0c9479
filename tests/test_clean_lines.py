"""What the clean stage does quickly is what it would do plainly."""

from __future__ import annotations

import re
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import language
from digest.clean import features, glue
from digest.clean.around import ASKED, LISTED, LONGEST_NAME, Names, Vocabulary, camels
from digest.clean.context import NAMES, _widths, bins, context, weighed
from digest.clean.features import AROUND, AWAY, GROUPS, OWN, Sight, surroundings
from digest.clean.judge import sights_of
from digest.clean.learned import Table, own, scores, table
from digest.clean.lines import LONGEST, MANY, WORD, every_tokenised, normal, pieces, tokenised
from digest.clean.reasons import NEAR, SAID
from digest.plain import unmarked
from digest.rules import rules_for

RULES = rules_for()
SIGNS = "aezAÉZİßσΣ09_ \t\u00a0.,:;!?…'’‘“”\"()[]|-–*#$€©"
WORDS = st.sampled_from(
    "the a of Share McNally OpenAI USAid ABCd newsBy 2.5bn 3. Moss: “Yes” it’s end.The x-y Read (PhD) ago May 12"
    " 9:05pm 2020-01-12 1/12/20 march day-long http://www.x.org ...".split()
)
CHARS = st.text(st.sampled_from(SIGNS), max_size=120)
LINES = st.one_of(CHARS, st.lists(WORDS, max_size=90).map(" ".join), st.lists(WORDS, max_size=9).map("".join))
TEXTS = st.lists(LINES, max_size=8).map("\n".join)

# joints and names as one would write them down, without a thought of speed
JOINT = re.compile(
    r"(?<=[a-z])(?=[A-Z0-9“•★✅#(\[$£€*])|(?<=[:;])(?=[A-Z“‘])|(?<=[A-Z]{2})(?=[A-Z][a-z])"
    r"|(?<=[.!?…])(?=[A-Z“‘]|\"[A-Z])|(?<=[.!?:)])(?=\d{1,2}\. [A-Z])|(?<=[0-9])(?=[A-Z“★#\[$£€])"
    r"|(?<=[^\s(\[^]\")(?=[A-Z“0-9#$£€])|(?<=[a-z.!?)])(?=‘[A-Z])"
    r"|(?<=[)\]”’»›→>|*:©•™®%+])(?=[A-Z“0-9#$£€])"
)
DATE = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.? \d|\d{1,2}[:.]\d\d ?[ap]\.?m"
    r"|\d{4}-\d\d-\d\d|\d/\d\d?/\d\d|\b(?:ago|minutes?|hours?|days?)\b"
)
CAMEL = re.compile(r"(?<=\S)[ \t]+[“\"(]?(\w*[a-z][A-Z]\w*|[A-Z]{2,}[a-z]\w*)")


@given(LINES)
def test_a_line_is_cut_once_into_the_same_words(line: str) -> None:
    if not line.strip():
        return
    made = tokenised(line)
    _, low, words, length, *_ = made
    assert low == normal(line[:LONGEST])
    assert words == WORD.findall(low)
    assert length == min(len(line.split()), MANY + 1)
    own = dict(zip(OWN, features.sight(made, 0, 0).own, strict=True))
    assert own["signs"] == sum({bit for sign, bit in features.SIGNS if sign in low})
    assert own["digits"] // 5 == (length < 40) * min(4, len(re.findall(r"\d", low[:80])))
    assert own["quoted"] // 5 == ('"' in low) + 2 * ("“" in line)
    capitals = [t for t in line.split()[:30] if t[0].isupper()]
    assert line.isupper() or own["titled"] // 5 == min(4, len(capitals) * 5 // len(line.split()[:30]))
    assert bool(features.DATE.search(low)) == bool(DATE.search(low))


@given(
    st.lists(st.one_of(LINES, st.text(st.sampled_from("a \t\r\x0b\x1c\x85\u00a0\u2028\u3000")))).map(
        "\n".join
    )
)
def test_pieces_are_the_lines_without_the_blanks_around_them(text: str) -> None:
    plain = re.finditer(r"[^\s](?:[^\n]*[^\s])?", text)
    assert [piece[:3] for piece in pieces(text)] == [(m.start(), m.end(), m[0]) for m in plain]


@given(st.lists(LINES))
def test_many_lines_are_cut_as_each_is(lines: list[str]) -> None:
    some = [line for line in lines if line.strip()]
    long = [" ".join([line] * 20) for line in some]
    for every in (some, long, [*some, "two\nlines"]):
        assert [*every_tokenised(every)] == [*map(tokenised, every)]


@given(LINES)
def test_joints_are_those_of_the_plain_expression(line: str) -> None:
    plain = [
        m.start()
        for m in JOINT.finditer(line, 1, glue.REACH)
        if not line[m.start() - 1].isspace() and not glue.KNOWN.search(line, max(0, m.start() - 8), m.start())
    ]
    assert glue.joints(line) == plain[: glue.MOST]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('The ferryman said, "No boat today."', []),
        ('Share"No boat today," he said.', [6]),
        ("Article content‘No boat today’, says the ferryman", [15]),
        ("Open the charts >>The ferry sank.", [18]),
        ('Rates ["No" on the poll] fell.', []),
    ],
)
def test_a_mark_that_opens_a_quotation_ends_no_text(line: str, expected: list[int]) -> None:
    assert glue.joints(line) == expected


@pytest.mark.parametrize("sure", [0.16, 0.5, 0.9, 1 - 2**-53, 1.0])
def test_a_joint_among_many_is_likelier(sure: float) -> None:
    weights = RULES.once(table)
    assert weights
    among = [glue._among(sure, share, weights) for share in (0.0, 0.02, 0.05, 0.08, 0.5)]
    assert 0 < among[0] <= among[-1] <= 1 and all(0 < p <= 1 for p in among)
    assert sure in (1 - 2**-53, 1.0) or among[0] < sure < among[-1]


@given(TEXTS)
def test_names_with_a_capital_inside_are_those_of_the_plain_expression(text: str) -> None:
    plain = [name for name in CAMEL.findall(text) if len(name) <= LONGEST_NAME]
    assert [name for name in camels(text) if len(name) <= LONGEST_NAME] == plain
    every = [w for w in re.findall(r"\w+", text) if len(w) <= LONGEST_NAME]
    names = Names(text, {})
    assert [names.get(w) for w in every] == [plain.count(w) for w in every]


def test_a_name_asked_for_in_a_long_text() -> None:
    names = Names("a xAby\n" * 200 + "\nin OpenAI, OpenAI and USAid", {"YouTube": LISTED})
    assert [names.get(w) for w in ("OpenAI", "USAid", "YouTube", "Ab", "openai")] == [2, 1, LISTED, 0, 0]
    assert all(names.get(w) == 200 * (w == "xAby") for w in ["xAby", *(f"a{n}B" for n in range(ASKED))])


@given(TEXTS, st.lists(st.one_of(WORDS, st.text(st.sampled_from("aez09"), max_size=3)), max_size=99))
def test_a_vocabulary_holds_the_words_of_its_text(text: str, asked: list[str]) -> None:
    text += "\u212aelvin \u0130s" if len(text) % 7 == 1 else ""  # whose lower case is ASCII, in part
    every, words = set(re.findall(r"\w+", text.lower())), Vocabulary(text)
    for word in (w.lower() for w in asked if re.fullmatch(r"\w+", w)):
        assert (word in words) == (word in every)


def test_a_vocabulary_asked_for_a_part_of_many_words() -> None:
    few = Vocabulary("banana cafés an” mané")
    assert "an" in few and "ana" not in few and "caf" not in few and "man" not in few and "cafés" in few
    words = Vocabulary("banana " * 200 + "an\nΟΔΟΣ’Α Café.")
    assert "an" in words and "ana" not in words and "" not in words
    assert "café" in words and "caf" not in words and "οδοσ" in words


@given(TEXTS)
def test_a_joint_is_left_early_only_when_it_cannot_win(text: str) -> None:
    weights = RULES.once(table)
    assert weights
    found = pieces(text)
    every = [glue.joints(p.text) for p in found]
    whole = glue.around(text, found, every, RULES)
    for i, (piece, some) in enumerate(zip(found, every, strict=True)):
        for n in range(len(some)):
            names = glue.signs(piece.text, some, n, i, whole, RULES, weights)
            full = 1 / (1 + exp(-sum(weights.joint.get(name, 0.0) for name in names)))
            j = glue.joint(piece.text, some, n, i, whole)
            quick = glue._likely(j, whole, RULES, weights, glue.LIKELY)
            if j.kind == "stop" and "ask" in names:
                assert quick == 1.0
            elif full > glue.LIKELY:
                assert abs(quick - full) < 1e-9
            else:
                assert quick <= glue.LIKELY


def test_what_stands_around_a_line() -> None:
    story = "The mayor of the old town opened the new bridge in front of a large crowd on a cold day."
    found = pieces("\n".join(["Share", "Moss Gazette", story, "Share", story]))
    rows = [dict(zip(AROUND, row, strict=True)) for row in surroundings(sights_of(found, RULES)[0])]
    shapes = [s.shape for s in sights_of(found, RULES)[0]]
    read = [{k: v // 6 for k, v in row.items()} for row in rows]
    assert all(v % 6 == shape for row, shape in zip(rows, shapes, strict=True) for v in row.values())
    assert [r["from-top"] for r in read] == [r["from-bottom"] for r in read][::-1]
    assert [r["repeated"] for r in read] == [1, 0, 1, 2, 2]
    assert [r["prose-before"] for r in read] == [0, 0, 0, 1, 1]
    assert [r["prose-after"] for r in read] == [2, 2, 1, 1, 0]
    assert [r["before"] for r in read][1:] == shapes[:-1] and read[0]["before"] == 6
    assert [r["after"] for r in read][:-1] == shapes[1:] and read[-1]["after"] == 6
    assert surroundings([]) == []


def test_how_a_score_sits_among_its_neighbours() -> None:
    rows = [
        dict(zip(NAMES, r, strict=True))
        for r in context([9.0, -2.0, -4.0, 1.0], [3, 40, 40, 5], [0, 1, 1, 0])
    ]
    assert [r["score"] for r in rows] == [6.0, -2.0, -4.0, 1.0]
    assert [r["above-1"] for r in rows] == [0.0, 6.0, -2.0, -4.0]
    assert [r["below-2"] for r in rows] == [-4.0, 1.0, 0.0, 0.0]
    assert [r["in-story"] for r in rows] == [0.0, 1.0, 1.0, 0.0]
    assert [(r["before-story"], r["after-story"]) for r in rows] == [(1, 0), (0, 0), (0, 0), (0, 1)]
    assert [r["far-after"] for r in rows] == [0.0, 0.0, 0.0, 0.05]
    assert [r["long-score"] for r in rows] == [0.0, -2.0, -4.0, 0.0]
    chances = [1 / (1 + exp(-r["score"])) for r in rows]
    assert abs(rows[0]["near-2"] - sum(chances[:3]) / 3) < 1e-12
    assert all(abs(r["near-10"] - sum(chances) / 4) < 1e-12 for r in rows)
    assert abs(rows[2]["all-above"] - sum(chances[:2]) / 3) < 1e-12
    assert context([], [], []) == []


@given(
    st.lists(st.tuples(st.floats(-9, 9), st.integers(1, 90), st.booleans()), max_size=40),
    st.lists(st.floats(-2, 2), min_size=len(NAMES), max_size=len(NAMES)),
    st.integers(0, 9),
)
def test_the_second_look_sums_what_it_sees(
    lines: list[tuple[float, int, bool]], weights: list[float], ruled: int
) -> None:
    logits, words, big = ([line[k] for line in lines] for k in range(3))
    made = weighed(logits, words, big, ruled, dict(zip(NAMES, weights, strict=True)))
    looks = context(logits, words, big)
    plain = [sum(w * x for w, x in zip(weights, look, strict=True)) for look in looks]
    assert all(abs(a - b) < 1e-9 for a, b in zip(made.sums, plain, strict=True))
    assert made.scores == [look[0] for look in looks]
    assert made.bins == bins(logits, ruled)


@given(TEXTS)
def test_a_first_score_is_the_sum_of_what_is_seen(text: str) -> None:
    weights = RULES.once(table)
    sights = sights_of(pieces(text), RULES)[0]
    if not weights or not sights:
        return
    groups = weights.groups[len(OWN) :]
    plain = [
        own(weights, s) + sum(group[v] for group, v in zip(groups, row, strict=True))
        for s, row in zip(sights, surroundings(sights), strict=True)
    ]
    assert all(abs(a - b) < 1e-9 for a, b in zip(scores(sights, weights).first, plain, strict=True))


def word_terms(t: Table, s: Sight) -> list[tuple[str, float]]:
    """Each word of a line that has a weight, with it, once."""
    if not s.words:
        return []
    first, last = s.words[0], s.words[-1]
    if s.shape < 3:
        words, ends = t.short, [(first, t.first_short.get(first, 0.0)), (last, t.last_short.get(last, 0.0))]
    else:
        words, ends = t.long, [(first, t.first_long.get(first, 0.0))]
    return ends + [(word, words[word]) for word in words.keys() & s.words]


@given(TEXTS)
def test_a_reason_names_the_strongest_terms(text: str) -> None:
    weights = RULES.once(table)
    sights = sights_of(pieces(text), RULES)[0]
    if not weights or not sights:
        return
    made, around = scores(sights, weights), surroundings(sights)
    for i, s in enumerate(sights):
        seen = [group[v] for group, v in zip(weights.groups, (*s.own, *around[i]), strict=True)]
        terms = [(-w, SAID.get(name, NEAR)) for w, name in zip(seen, GROUPS, strict=True)]
        terms += [(-w, f"the word “{word}”") for word, w in word_terms(weights, s)]
        terms = [term for term in terms if -term[0] > 0.2]
        terms.append((made.first[i] - made.final[i], "the scores around it"))
        told = ", ".join(f"{name} ({-w:+.1f})" for w, name in sorted(terms)[:3])
        assert made.why(i) == f"learned table: {told}"


@given(st.lists(st.sampled_from([0, 0, 0, 1, 2, 7]), max_size=60), st.lists(LINES, max_size=30))
def test_places_and_neighbours_are_those_of_the_plain_words(classes: list[int], keys: list[str]) -> None:
    n = len(classes)
    places = features._places(n)
    assert places["where"] == [i * 10 // n for i in range(n)]
    assert places["from-top"] == [sum(edge <= i for edge in features.FAR) for i in range(n)]
    marks = [[at for at in range(i) if classes[at]] for i in range(n)]
    near = [classes[at[-1]] * 6 + AWAY[min(i - at[-1], 17)] if at else 0 for i, at in enumerate(marks)]
    assert features._nearest(classes) == near
    assert features._commented(classes) == [min(3, classes[:i].count(1)) for i in range(n)]
    assert all(features._twins(keys)[i] == 0 for i, key in enumerate(keys) if len(key) < features.TWIN)
    for k in (2, 5, 10):
        assert _widths(n, k) == [len(range(n)[max(0, i - k) : i + k + 1]) for i in range(n)]


@given(st.lists(st.one_of(WORDS, st.text(st.sampled_from("éßaİ’ \n"))), max_size=99).map(" ".join))
def test_english_is_told_as_by_its_words(text: str) -> None:
    sample = re.findall(r"[^\W\d_]+", text.lower())
    share = sum(word in language.FUNCTION_WORDS for word in sample)
    if language._surely_english(unmarked(text)):
        assert len(sample) >= language.ENOUGH and share >= language.SHARE * len(sample)
