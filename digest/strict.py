"""The one YAML loader: strict, with the place of every value.

YAML as libraries read it by default turns `no` into False and `12:30` into
750, lets the second of two equal keys win, and follows aliases without end.
Here a bare word is text unless it is true, false, null or a plain number;
equal keys, aliases, anchors, tags, deep nesting and huge numbers are
problems with file, line and column.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from digest.errors import Problem

Path = tuple[str | int, ...]
DEPTH = 40  # an editor's file nests five deep; Python's own stack ends near 1,000
DIGITS = 18  # what fits a 64-bit integer, and so every other program's reader
INT = re.compile(r"[-+]?[0-9]+\Z")
FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]+\Z")
PLAIN = {  # JSON Schema's types for a person
    "string": "text", "integer": "a whole number", "number": "a number", "boolean": "true or false",
    "object": "a mapping", "array": "a list", "null": "nothing",
}  # fmt: skip
WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Loaded:
    """A YAML value and the line and column (from 1) of each value and key in it.

    `places[("a", 0)]` is where the value of the first item under `a` stands;
    a mapping's value is placed at its key.
    """

    value: Any
    path: str
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, where: Path, message: str, rule: str = "") -> Problem:
        """A problem at the place of `where`, or of the nearest thing around it."""
        while where and where not in self.places:
            where = where[:-1]
        line, column = self.places.get(where, (1, 1))
        return Problem(self.path, message, line, column, rule)


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being filled."""

    at: Path
    value: Any
    key: str | None = None
    dead: int = 0  # keys refused: their values are read and dropped


def load(text: str, path: str, first_line: int = 1) -> Loaded:
    """The value of a YAML text, with places and problems; never raises on bad input.

    `first_line` is the file's line on which `text` begins (front matter).
    """
    out = Loaded(None, path)
    shift = first_line - 1
    try:
        _read(text, out, shift)
    except yaml.MarkedYAMLError as e:
        mark = e.problem_mark or e.context_mark
        line, col = (mark.line + 1 + shift, mark.column + 1) if mark else (first_line, 1)
        message = f"not valid YAML: {_plainly(e, text)}"
        out.problems.append(Problem(path, message, line, col, "yaml"))
    except yaml.reader.ReaderError:
        out.problems.append(_forbidden(text, path, first_line))
    return out


def _plainly(e: yaml.MarkedYAMLError, text: str) -> str:
    """What is wrong, for somebody who does not know YAML."""
    found = e.problem or e.context or ""
    lines = text.split("\n")
    at = e.problem_mark.line if e.problem_mark else 0
    line = lines[at] if at < len(lines) else ""
    if "\t" in line and ("cannot start any token" in found or "\t" in line[: len(line) - len(line.lstrip())]):
        return "a tab; YAML wants spaces"
    if "mapping values are not allowed" in found:
        if len(re.findall(r":(?=\s|\Z)", line)) > 1:
            return "a colon in the value: put the value in quotes"
        return "a key where none can stand: this line or the one before is indented wrongly"
    return found


UNPRINTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
)  # by an escape in quotes: XML has none of them
FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _forbidden(text: str, path: str, first_line: int) -> Problem:
    """Which character no YAML may hold, and on which line; the libraries count bytes."""
    m = FORBIDDEN.search(text)
    at, code = (m.start(), ord(m[0])) if m else (0, 0)
    line = text.count("\n", 0, at) + first_line
    return Problem(path, f"a character that YAML forbids: U+{code:04X}", line, 1, "yaml")


def _read(text: str, out: Loaded, shift: int) -> None:
    stack: list[_Open] = []
    documents = 0
    for event in yaml.parse(text, Loader=_Loader):
        mark: Any = event.start_mark
        line, col = mark.line + 1 + shift, mark.column + 1
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                out.problems.append(
                    Problem(out.path, "a second document (`---`) in one file", line, col, "yaml")
                )
                return
        elif isinstance(event, yaml.AliasEvent):
            out.problems.append(
                Problem(out.path, f"alias *{event.anchor}: write the value out", line, col, "yaml.alias")
            )
            _put(out, stack, None, line, col, False)
        elif isinstance(event, yaml.ScalarEvent):
            _put(out, stack, _scalar(event, out, line, col), line, col, event.value is not None, event.value)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            if len(stack) >= DEPTH:
                out.problems.append(
                    Problem(out.path, f"nested more than {DEPTH} deep", line, col, "yaml.depth")
                )
                return
            value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
            at = _put(out, stack, value, line, col, False)
            if event.anchor:
                message = f"anchor &{event.anchor}: not used here"
                out.problems.append(Problem(out.path, message, line, col, "yaml.tag"))
            stack.append(_Open(at, value))
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            stack.pop()


def _put(
    out: Loaded, stack: list[_Open], value: Any, line: int, col: int, scalar: bool, word: str = ""
) -> Path:
    """Hangs a value into what is open; gives its path."""
    if not stack:
        out.value = value
        out.places[()] = (line, col)
        return ()
    top = stack[-1]
    if isinstance(top.value, list):
        at: Path = (*top.at, len(top.value))
        top.value.append(value)
        out.places[at] = (line, col)
        return at
    if top.key is None:
        top.key = word if scalar else "?"
        if word == "<<":
            message = "merging with `<<` is not used here: write the keys out"
            out.problems.append(Problem(out.path, message, line, col, "yaml.key"))
        if not scalar:
            out.problems.append(Problem(out.path, "a key must be a plain word", line, col, "yaml.key"))
        if top.key in top.value:
            was = out.places[(*top.at, top.key)][0]
            message = f"key `{top.key}` a second time (first on line {was})"
            out.problems.append(Problem(out.path, message, line, col, "yaml.duplicate"))
        else:
            out.places[(*top.at, top.key)] = (line, col)
        return (*top.at, top.key)
    at = (*top.at, top.key)
    top.value.setdefault(top.key, value)
    top.key = None
    return at


def _scalar(event: Any, out: Loaded, line: int, col: int) -> Any:
    word: str = event.value
    if event.tag or event.anchor:
        what = f"tag {event.tag}" if event.tag else f"anchor &{event.anchor}"
        out.problems.append(Problem(out.path, f"{what}: not used here", line, col, "yaml.tag"))
    if bad := UNPRINTED.search(word):
        message = f"a character that no page may hold: U+{ord(bad[0]):04X}"
        out.problems.append(Problem(out.path, message, line, col, "yaml"))
        return ""
    if event.style in ("'", '"', "|", ">"):
        return word
    if word.lower() in WORDS and word in (word.lower(), word.capitalize(), word.upper()):
        return WORDS[word.lower()]
    if (INT.match(word) and _digits(word) > DIGITS) or (FLOAT.match(word) and _digits(word) > 2 * DIGITS):
        message = f"a number of {_digits(word)} digits; put it in quotes if it is text"
        out.problems.append(Problem(out.path, message, line, col, "yaml.number"))
        return 0
    if INT.match(word):
        if len(word.lstrip("+-")) > 1 and word.lstrip("+-")[0] == "0":
            return word  # 007 is a name, not a number
        return int(word)
    return float(word) if FLOAT.match(word) else word


def _digits(word: str) -> int:
    return sum(c.isdigit() for c in word)


def checked(loaded: Loaded, schema: Mapping[str, Any]) -> list[Problem]:
    """The problems of a loaded file: of its YAML, then against a JSON Schema.

    An unknown key is named with the nearest known one.
    """
    if loaded.problems:
        return list(loaded.problems)
    found: list[Problem] = []
    for error in Draft202012Validator(schema).iter_errors(loaded.value):
        found.extend(_explained(error, loaded))
    return found


def _explained(error: Any, loaded: Loaded) -> list[Problem]:
    schema: Any = error.schema
    wanted: Any = error.validator_value
    at: Path = tuple(error.absolute_path)
    name = f"`{at[-1]}`" if at and isinstance(at[-1], str) else "this"
    if error.validator == "additionalProperties":
        known: list[str] = sorted(schema.get("properties", ()))
        extra = [k for k in error.instance if k not in known]
        also = {a: k for k in known for a in schema["properties"][k].get("also", ())}
        return [loaded.problem((*at, k), _unknown(k, known, also), "schema.key") for k in extra]
    if error.validator == "required":
        missing = [k for k in wanted if k not in error.instance]
        return [loaded.problem(at, f"`{k}` is missing", "schema.required") for k in missing[:1]]
    if error.validator in ("anyOf", "oneOf"):
        return _no_option(error, loaded, at, name)
    if error.validator == "type":
        kinds = [wanted] if isinstance(wanted, str) else wanted
        want = " or ".join(PLAIN.get(k, k) for k in kinds)
        number = isinstance(error.instance, (int, float)) and not isinstance(error.instance, bool)
        quoted = "; put it in quotes" if number and "string" in kinds else ""
        message = f"{name}: found {_short(error.instance)}, expected {want}{quoted}"
        return [loaded.problem(at, message, "schema.type")]
    if error.validator == "enum":
        options = ", ".join(str(v) for v in wanted)
        near = get_close_matches(str(error.instance), [str(v) for v in wanted], 1)
        guess = f" (did you mean {near[0]}?)" if near else ""
        return [
            loaded.problem(
                at, f"{name}: found {_short(error.instance)}, expected one of {options}{guess}", "schema.enum"
            )
        ]
    hint = schema.get("description") if error.validator == "pattern" else None
    message = f"found {_short(error.instance)}, expected {hint}{_fix(error, at)}" if hint else error.message
    return [loaded.problem(at, f"{name}: {message}", f"schema.{error.validator}")]


def _no_option(error: Any, loaded: Loaded, at: Path, name: str) -> list[Problem]:
    """What is wrong with a value that is none of several: against the one it is nearest to."""
    options: dict[int, list[Any]] = {}
    for inner in error.context:
        options.setdefault(inner.schema_path[0], []).append(inner)
    near = [o for o in options.values() if all(e.validator not in ("const", "type") or e.path for e in o)]
    if at and isinstance(error.instance, dict) and near:
        return [p for e in min(near, key=len) for p in _explained(e, loaded)]
    hint = error.schema.get("description") or "; or ".join(dict.fromkeys(c.message for c in error.context))
    if not at and hint:
        return [loaded.problem(at, hint, "schema.type")]
    message = f"{name}: found {_short(error.instance)}, expected {hint or error.message}{_fix(error, at)}"
    return [loaded.problem(at, message, "schema.type")]


def _fix(error: Any, at: Path) -> str:
    """What to write instead, when the schema's `fix` says so and the value is a plain one."""
    if "fix" not in error.schema or isinstance(error.instance, (dict, list, type(None))) or not at:
        return ""
    return "; " + str(error.schema["fix"]).format(key=at[-1], value=error.instance)


def _unknown(key: str, known: list[str], also: Mapping[str, str]) -> str:
    if key.lower() in also:
        return f"unknown key `{key}`; the key for it is `{also[key.lower()]}`"
    near = get_close_matches(key, known, 1, cutoff=0.5)
    if near:
        return f"unknown key `{key}`; did you mean `{near[0]}`?"
    return f"unknown key `{key}`; known here: {', '.join(known) or 'none'}"


def _short(value: Any) -> str:
    text = repr(value) if isinstance(value, str) else str(value)
    kind = {dict: "a mapping", list: "a list", bool: "true or false", type(None): "nothing"}.get(type(value))
    return kind or (text if len(text) <= 60 else text[:57] + "…")
