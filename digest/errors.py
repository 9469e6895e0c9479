"""The one exception that reaches a person, and the problems it carries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that a person can mend: where it is, what was found, what was expected."""

    path: str
    message: str
    line: int = 0
    column: int = 0
    rule: str = ""

    def __str__(self) -> str:
        where = self.path
        if self.line:
            where += f":{self.line}:{self.column or 1}"
        return f"{where}: {self.message}" + (f" [{self.rule}]" if self.rule else "")


class BuildError(Exception):
    """All problems of a run, raised once, printed a line each."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.path, p.line, p.column, p.message)))
        super().__init__("\n".join(str(p) for p in self.problems))
