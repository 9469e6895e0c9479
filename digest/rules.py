"""Rule data: short YAML files under `rules/`, one folder a language, `any` for shapes.

Code knows a few kinds of rule; the many rules are data. Each entry has an
id, says why it exists and where the like was seen, and carries examples
that it must hit and sound prose that it must miss: all of them are tests.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from digest.errors import BuildError, Problem
from digest.strict import checked, load
from digest.text import Cert

T = TypeVar("T")
HERE = Path(__file__).parent
FOLDER = HERE / "rules"


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of a rule file; `more` holds what only its kind of rule has."""

    id: str
    file: str
    line: int
    cls: str = ""
    pattern: str = ""
    phrases: tuple[str, ...] = ()
    why: str = ""
    seen: str = ""
    cert: Cert = "high"
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Rules:
    """All rules for one language, by file name without ending."""

    language: str
    files: Mapping[str, tuple[Rule, ...]]
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    shape_files: frozenset[str] = frozenset()
    _made: dict[Any, Any] = field(default_factory=dict, repr=False)

    def of(self, name: str) -> tuple[Rule, ...]:
        """The rules of one file in their order; () when the language has none."""
        return self.files.get(name, ())

    def shapes(self) -> Rules:
        """Only the rules that hold in any language."""
        return self.once(_shapes)

    def words(self, name: str, key: str) -> tuple[str, ...]:
        """A plain word list of a file (its top-level `lists`), () when absent."""
        lists = self.settings.get(name, {}).get("lists", {})
        return tuple(str(w) for w in lists.get(key, ()))

    def once(self, make: Callable[[Rules], T]) -> T:
        """What `make` builds from these rules, built at first use (compiled patterns)."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made


class ResidueClass(NamedTuple):
    """A kind of residue: its name, what readers are told it is, and whether its lines are moved, not cut."""

    name: str
    label: str
    moves: bool


def classes(rules: Rules) -> tuple[ResidueClass, ...]:
    """The classes of residue that `residue.yaml` lists, then those that a rule's own `label` declares; for `once`."""
    return tuple(_declared(rules.files, rules.settings).values())


def _declared(
    files: Mapping[str, tuple[Rule, ...]], settings: Mapping[str, Mapping[str, Any]]
) -> dict[str, ResidueClass]:
    """Classes by name; what several declare is the first one's."""
    entries = [e for top in settings.values() for e in top.get("classes", ())]
    found = [ResidueClass(e["class"], e["label"], bool(e.get("moves"))) for e in entries]
    for rule in (r for rules in files.values() for r in rules):
        if label := rule.more.get("label"):
            found.append(ResidueClass(rule.cls, label, bool(rule.more.get("moves"))))
    made: dict[str, ResidueClass] = {}
    for one in found:
        made.setdefault(one.name, one)
    return made


def one_of(words: Iterable[str]) -> str:
    """A pattern that matches the longest of `words`, as a tree of shared beginnings.

    Ten times faster than the same words in a row for a hundred of them.
    """
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for c in word:
            node = node.setdefault(c, {})
        node[""] = None
    return _branch(root)


def _branch(node: Mapping[str, Any]) -> str:
    parts = [re.escape(c) + _branch(after) for c, after in sorted(node.items()) if c]
    if not parts:
        return ""
    if len(parts) == 1 and "" not in node:
        return parts[0]
    return f"(?:{'|'.join(parts)})" + ("?" if "" in node else "")


def _shapes(rules: Rules) -> Rules:
    files = {k: v for k, v in rules.files.items() if k in rules.shape_files}
    settings = {k: v for k, v in rules.settings.items() if k in rules.shape_files}
    return Rules("und", files, settings, rules.shape_files)


@lru_cache(maxsize=8)
def rules_for(language: str = "en", folder: Path = FOLDER) -> Rules:
    """The rules for a language; for one we have none for, the shape rules alone.

    Raises BuildError with every problem of every rule file.
    """
    problems: list[Problem] = []
    files: dict[str, tuple[Rule, ...]] = {}
    settings: dict[str, Mapping[str, Any]] = {}
    shapes = frozenset(p.stem for p in (folder / "any").glob("*.yaml"))
    for name in ("any", language):
        for path in sorted((folder / name).glob("*.yaml")):
            rules, top = _file(path, problems)
            if path.stem in files:
                problems.append(Problem(str(path), f"a second rule file named {path.stem}"))
            files[path.stem], settings[path.stem] = rules, top
    _unique(files, problems)
    _classed(files, settings, problems)
    if problems:
        raise BuildError(problems)
    return Rules(language, files, settings, shapes)


def _file(path: Path, problems: list[Problem]) -> tuple[tuple[Rule, ...], Mapping[str, Any]]:
    shown = f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
    loaded = load(path.read_text("utf-8"), shown)
    kind = loaded.value.get("kind") if isinstance(loaded.value, dict) else None
    schema = HERE / "schemas" / f"rules-{kind}.schema.json"
    if not loaded.problems and not (kind and schema.is_file()):
        problems.append(loaded.problem(("kind",), f"`kind: {kind}` is no kind of rule file", "rules.kind"))
        return (), {}
    if loaded.problems:
        problems.extend(loaded.problems)
        return (), {}
    found = checked(loaded, json.loads(schema.read_text("utf-8")))
    problems.extend(found)
    if found:
        return (), {}
    entries = loaded.value.get("rules") or []
    made = [_rule(e, shown, loaded.places[("rules", i)][0]) for i, e in enumerate(entries)]
    return tuple(made), loaded.value


COMMON = {"id", "class", "pattern", "phrases", "why", "seen", "cert", "hits", "misses"}


def _rule(entry: Mapping[str, Any], file: str, line: int) -> Rule:
    return Rule(
        id=entry["id"],
        file=file,
        line=line,
        cls=entry.get("class", ""),
        pattern=entry.get("pattern", ""),
        phrases=tuple(entry.get("phrases", ())),
        why=entry.get("why", ""),
        seen=entry.get("seen", ""),
        cert=entry.get("cert", "high"),
        hits=tuple(entry.get("hits", ())),
        misses=tuple(entry.get("misses", ())),
        more={k: v for k, v in entry.items() if k not in COMMON},
    )


def _classed(
    files: Mapping[str, tuple[Rule, ...]],
    settings: Mapping[str, Mapping[str, Any]],
    problems: list[Problem],
) -> None:
    """A problem for each residue rule whose class nobody declared: a slip of the pen would cut under a name unheard of."""
    declared = _declared(files, settings)
    residue = (n for n in files if settings[n].get("kind", "").startswith("residue"))
    for rule in (r for name in residue for r in files[name]):
        if rule.cls not in declared:
            near = get_close_matches(rule.cls, declared, 1)
            guess = f" (did you mean {near[0]}?)" if near else ""
            message = f"class `{rule.cls}` is not declared{guess}; a new one needs a `label` in this rule"
            problems.append(Problem(rule.file, message, rule.line, 1, "rules.class"))


def _unique(files: Mapping[str, tuple[Rule, ...]], problems: list[Problem]) -> None:
    seen: dict[str, Rule] = {}
    for rule in (r for rules in files.values() for r in rules):
        if rule.id in seen:
            was = seen[rule.id]
            message = f"rule id `{rule.id}` a second time (first in {was.file}:{was.line})"
            problems.append(Problem(rule.file, message, rule.line, 1, "rules.id"))
        seen[rule.id] = rule
