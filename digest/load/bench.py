"""The reading of one folder: its files, checked, and every problem found on the way."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from digest import dates
from digest.errors import Problem
from digest.strict import Loaded, checked, load

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}\Z")  # as the schemas have it
FOLDERS = (
    "articles", "conflicts", "emendations", "organisations", "outlets", "pages", "people", "products", "stories",
    "templates",
)  # fmt: skip
FILES = (
    "comparisons.yaml", "corrections.yaml", "glossary.yaml", "lineages.yaml", "register.yaml", "README.md",
)  # fmt: skip
SCHEMAS = Path(__file__).parent.parent / "schemas"


@dataclass(slots=True)
class Bench:
    """What the loading of one folder works on: its root, and the problems so far."""

    root: Path
    problems: list[Problem] = field(default_factory=list)

    def layout(self, own_templates: str = "") -> None:
        """Says what is wrong with the folders: an empty site must not take the place of a good one."""
        seeds, content = self.root / "seeds", self.root / "content"
        for base in (seeds, content):
            if base.is_symlink():
                self.say(base, "a symbolic link; a digest's own folder is needed here", rule="layout")
            elif base.exists() and not base.is_dir():
                self.say(base, "not a folder", rule="layout")
        if not seeds.exists() and not seeds.is_symlink():
            self.say(seeds, "not found; make the folder (it may be empty)", rule="layout")
        if content.is_dir() and not content.is_symlink():
            for path in sorted(content.iterdir()):
                if not path.name.startswith(".") and not _leads(self.shown(path), own_templates):
                    self._known(path)

    def _known(self, path: Path) -> None:
        if path.name in FOLDERS:
            if path.is_symlink() or not path.is_dir():
                self.say(path, "expected a folder", rule="layout")
        elif path.name in FILES:
            if path.is_symlink() or not path.is_file():
                self.say(path, "expected a plain file", rule="layout")
        else:
            near = get_close_matches(path.name, [*FOLDERS, *FILES], 1, cutoff=0.5)
            known = f"known here: {', '.join([f'{f}/' for f in FOLDERS] + list(FILES))}"
            hint = f"did you mean {near[0]}{'/' * (near[0] in FOLDERS)}?" if near else known
            self.say(path, f"not expected here; {hint}", rule="layout")

    def files(self, folder: str, *endings: str) -> Iterator[Path]:
        """Files of a content folder, sorted; others are a problem."""
        base = self.root / "content" / folder
        for path in sorted(base.iterdir()) if base.is_dir() else ():
            if path.name.startswith(".") or path.name == "README.md":
                continue
            if path.is_symlink() or not path.is_file() or path.suffix not in endings:
                want = " or ".join(f"*{e}" for e in endings)
                self.say(path, f"not expected here; content/{folder}/ holds {want}")
            else:
                yield path

    def named(self, folder: str, ending: str) -> Iterator[Path]:
        """Files of a content folder whose names are ids, and so addresses of the site."""
        for path in self.files(folder, ending):
            if not ID.match(path.stem):
                plain = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore").decode().lower()
                slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
                hint = f"; rename it {slug}{ending}" if slug else ""
                message = f"the name becomes an address: small letters, digits and hyphens, at most 60{hint}"
                self.say(path, message, rule="id")
            yield path

    def shown(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def say(self, path: Path, message: str, line: int = 0, rule: str = "") -> None:
        self.problems.append(Problem(self.shown(path), message, line, 0, rule))

    def yaml(self, path: Path, schema: str) -> tuple[dict[str, Any], Loaded] | None:
        """A checked YAML file; None when it has problems."""
        text = self.text(path)
        return None if text is None else self.accept(load(text, self.shown(path)), schema)

    def accept(self, loaded: Loaded, schema: str) -> tuple[dict[str, Any], Loaded] | None:
        """The value and its places where the file fits the schema; else None, with the problems kept."""
        found = checked(loaded, _schema(schema))
        self.problems.extend(found)
        return None if found else (loaded.value, loaded)

    def markdown(self, path: Path, schema: str) -> tuple[dict[str, Any], str, Loaded] | None:
        """Front matter between two lines `---`, and the Markdown after it."""
        text = self.text(path)
        if text is None:
            return None
        lines = text.split("\n")
        if lines[0].rstrip() != "---":
            self.say(path, f"expected `---` on the first line, found {lines[0][:40]!r}", 1, "front-matter")
            return None
        end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
        if end is None:
            self.say(path, "the front matter is not closed by a second line `---`", 1, "front-matter")
            return None
        got = self.accept(load("\n".join(lines[1:end]) + "\n", self.shown(path), 2), schema)
        return None if got is None else (got[0], "\n".join(lines[end + 1 :]).strip(), got[1])

    def text(self, path: Path) -> str | None:
        """A file's characters with plain line ends; None, and a problem, when it cannot be read."""
        try:
            return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as e:
            self.say(path, f"not UTF-8: byte {e.start} is 0x{e.object[e.start]:02x}", rule="encoding")
        except OSError as e:
            self.say(path, f"cannot be read: {e.strerror}")
        return None


@lru_cache(maxsize=32)
def _schema(name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    return found


def _leads(shown: str, folder: str) -> bool:
    return f"{folder.strip('/')}/".startswith(f"{shown}/")


def bad_date(loaded: Loaded, where: tuple[str | int, ...], found: str) -> Problem:
    return loaded.problem(where, f"`{where[-1]}`: {dates.fault(found)}", "date")
