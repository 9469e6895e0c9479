"""The strict YAML loader: what others read wrongly is an error with its place."""

import pytest

from digest.strict import checked, load

SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["title"],
    "properties": {
        "title": {"type": "string"},
        "text_mode": {"enum": ["full", "excerpt", "private"]},
        "items": {"type": "integer"},
        "added": {"type": "string", "pattern": "^\\d{4}-", "description": "a timestamp"},
    },
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: no", "no"),
        ("a: off", "off"),
        ("a: 12:30", "12:30"),
        ("a: 2025-02-31", "2025-02-31"),
        ("a: 007", "007"),
        ("a: 1_000", "1_000"),
        ("a: 0x1F", "0x1F"),
        ("a: 1e3", "1e3"),
        ("a: .inf", ".inf"),
        ("a: true", True),
        ("a: null", None),
        ("a:", None),
        ("a: 12", 12),
        ("a: 1.50", 1.5),
        ("a: '12'", "12"),
        ("a: nULL", "nULL"),
    ],
)
def test_a_bare_word_is_text_unless_it_is_plainly_a_number(text: str, value: object) -> None:
    loaded = load(text, "x.yaml")
    assert loaded.problems == []
    assert loaded.value == {"a": value}


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("a: 1\nb: 2\na: 3\n", "x.yaml:3:1", "a second time (first on line 1)"),
        ("a: &x 1\nb: *x\n", "x.yaml:2:4", "alias *x"),
        ("a: !!python/object:os.system x\n", "x.yaml:1:4", "tag"),
        ("a: 1234567890123456789012\n", "x.yaml:1:4", "22 digits"),
        ("a: [1, 2\n", "x.yaml:2:1", "not valid YAML"),
        ("a: b: c\n", "x.yaml:1:5", "not valid YAML: a colon in the value: put the value in quotes"),
        ("a: b\n  c: d\n", "x.yaml:2:4", "indented wrongly"),
        ("a:\n\tb: c\n", "x.yaml:2:1", "a tab; YAML wants spaces"),
        ("a:\n  - b\n\t- c\n", "x.yaml:3:1", "a tab; YAML wants spaces"),
        ("a: 1" + "0" * 400 + ".5\n", "x.yaml:1:4", "a number of 402 digits"),
        ('a: "x\\0y"\n', "x.yaml:1:4", "a character that no page may hold: U+0000"),
        ('a: "\\ud800"\n', "x.yaml:1:7", "not valid YAML"),
        ("a: {}\n<<: {b: 1}\n", "x.yaml:2:1", "write the keys out"),
        ("a: 1\n---\nb: 2\n", "x.yaml:2:1", "second document"),
        ("[a, b]: 1\n", "x.yaml:1:1", "a key must be a plain word"),
        ("a: \x07\n", "x.yaml:1:1", "U+0007"),
        ("a: " + "[" * 5000 + "]" * 5000, "x.yaml:1:43", "nested more than"),
        ("a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]\n", "x.yaml:1:4", "anchor &a"),
    ],
)
def test_what_is_refused_names_its_place(text: str, place: str, says: str) -> None:
    problems = load(text, "x.yaml").problems
    assert problems, text
    assert any(str(p).startswith(place) and says in p.message for p in problems), [str(p) for p in problems]


def test_an_unknown_key_is_named_with_the_nearest_known_one() -> None:
    [problem] = checked(load("title: a\ntext_mood: full\n", "site.yaml"), SCHEMA)
    assert str(problem).startswith("site.yaml:2:1: unknown key `text_mood`; did you mean `text_mode`?")


def test_all_problems_come_at_once() -> None:
    found = checked(load("text_mode: fully\nitems: many\nadded: soon\nfoo: 1\n", "site.yaml"), SCHEMA)
    text = "\n".join(map(str, found))
    assert (
        "site.yaml:1:1: `text_mode`: found 'fully', expected one of full, excerpt, private (did you mean full?)"
        in text
    )
    assert "site.yaml:2:1: `items`: found 'many', expected a whole number" in text
    assert "site.yaml:3:1: `added`: found 'soon', expected a timestamp" in text
    assert "`title` is missing" in text
    assert "unknown key `foo`" in text


def test_lines_count_from_where_the_text_begins_in_its_file() -> None:
    [problem] = checked(load("title: a\nx: 1\n", "a.md", first_line=2), SCHEMA)
    assert str(problem).startswith("a.md:3:1")


def test_a_number_where_text_is_wanted_is_told_to_stand_in_quotes() -> None:
    [problem] = checked(load("title: 2025\n", "site.yaml"), SCHEMA)
    assert problem.message == "`title`: found 2025, expected text; put it in quotes"
