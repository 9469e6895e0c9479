"""The look of the site: templates, their words and assets, with the digest's own put over them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from digest.errors import BuildError, Problem
from digest.render import Theme
from digest.rules import classes, rules_for
from digest.strict import load

PACKAGE = Path(__file__).parent.parent
# Installed, they lie in the package; in the repository beside it, where an editor finds them.
OURS = next((p for p in (PACKAGE / "templates", PACKAGE.parent / "templates") if p.is_dir()), PACKAGE)
TEXTS = (".html", ".xml", ".txt", ".svg")


def theme(root: Path, folder: str = "") -> Theme:
    """The theme in `templates/` (or ours, where there is none), file by file replaced by those of an own folder.

    That folder is `content/templates`, or `folder` (`templates` in site.yaml).
    Raises BuildError for a folder that is named and missing, and for words
    that are no text.
    """
    own = root / (folder or "content/templates")
    if folder and not own.is_dir():
        raise BuildError([Problem("site.yaml", f"`templates`: the folder {folder} does not exist")])
    files: dict[str, Path] = {}
    whole = root / "templates"
    for base in (whole if whole.is_dir() else OURS, own):
        files |= {p.relative_to(base).as_posix(): p for p in sorted(base.rglob("*")) if p.is_file()}
    return Theme(
        templates=dict(sorted(_templates(files))),
        assets={n.removeprefix("static/"): p.read_bytes() for n, p in sorted(files.items()) if _static(n)},
        strings=_strings(files, root),
    )


def _static(name: str) -> bool:
    return name.startswith("static/") and not Path(name).name.startswith(".")


def _templates(files: Mapping[str, Path]) -> list[tuple[str, str]]:
    wanted = {n: p for n, p in files.items() if not n.startswith("static/") and p.suffix in TEXTS}
    return [(n, p.read_text("utf-8")) for n, p in wanted.items()]


def _strings(files: Mapping[str, Path], root: Path) -> Mapping[str, object]:
    path = files.get("strings.yaml")
    if path is None:
        raise BuildError([Problem("templates/strings.yaml", "not found: the words of the interface")])
    shown = path.relative_to(root) if path.is_relative_to(root) else path
    loaded = load(path.read_text("utf-8"), shown.as_posix())
    if loaded.problems or not isinstance(loaded.value, dict):
        raise BuildError(loaded.problems or [Problem(loaded.path, "expected a mapping of words")])
    return _labelled(loaded.value)


def _labelled(strings: Mapping[str, object]) -> Mapping[str, object]:
    """The words with a label for each class of residue that the rules declare; the theme's own go first."""
    own = strings.get("cls", {})
    if not isinstance(own, dict):
        return strings
    return {**strings, "cls": {c.name: c.label for c in classes(rules_for())} | own}
