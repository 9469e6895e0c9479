"""A digest of one's own: in a new folder, or in a fork, this one's texts out and a commented skeleton in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from digest.errors import BuildError, Problem

FOLDERS = ("seeds", "content")
SKELETON = Path(__file__).parent / "skeleton"
IGNORED = "_site/\n_site.*\n"  # what a build writes


def next_steps(call: str, folder: str = "") -> str:
    """What to do after `init`, for the person who called it."""
    there = f"{folder}/" if folder else ""
    if folder and call != "digest":  # `build.py` works on the digest that it lies in
        call = f"digest   (the command of this program: pip install {SKELETON.parent.parent})"
    more = "" if folder else ' (README.md, "Before you publish")'
    return f"""Your digest is empty now. Next:
  1. {there}site.yaml: title, description, base_url, text_mode{more}
  2. {there}seeds/: put in your texts, .txt, .md or .html, as they were scraped
  3. {f"cd {folder} && " if folder else ""}{call}
{there}content/README.md shows what you may add to them."""


def begin(folder: Path) -> None:
    """Writes an empty digest into a new folder. BuildError when it is there already and not empty."""
    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        why = "is there already and not empty; name a new folder, or none to start over in a digest"
        raise BuildError([Problem(str(folder), why, rule="init")])
    try:
        for path in _paths(SKELETON):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes((SKELETON / path).read_bytes())
        (folder / ".gitignore").write_text(IGNORED, "utf-8")
    except OSError as e:
        raise _refused(e, folder) from e


@dataclass(frozen=True, slots=True)
class Plan:
    """What `start_over` would remove and write: paths under the digest's folder, sorted."""

    remove: tuple[str, ...]
    write: tuple[str, ...]

    def __str__(self) -> str:
        """The plan for the person who is asked, a line a folder."""
        lines = [f"This removes {len(self.remove)} files:" if self.remove else "There is nothing to remove."]
        folders = sorted({path.rpartition("/")[0] for path in self.remove})
        for folder in folders:
            names = [p.rpartition("/")[2] for p in self.remove if p.rpartition("/")[0] == folder]
            more = f" and {len(names) - 3} more" if len(names) > 3 else ""
            lines.append(f"  {folder}/  {', '.join(names[:3])}{more}")
        lines.append(f"and writes {', '.join(self.write)}. Git still has what you committed.")
        return "\n".join(lines)


def plan(root: Path) -> Plan:
    """What starting over in the digest at `root` would do; nothing is changed.

    Hidden files and `site.yaml` stay. BuildError when `root` is no digest,
    or one of its folders is a link to somewhere else.
    """
    problems = []
    if not (root / "site.yaml").is_file():
        problems.append(Problem("site.yaml", "not found; is this the digest's folder?", rule="init"))
    problems += [
        Problem(name, "is a symbolic link; empty that folder yourself", rule="init")
        for name in FOLDERS
        if (root / name).is_symlink()
    ]
    if problems:
        raise BuildError(problems)
    write = tuple(sorted(f"{name}/{path}" for name in FOLDERS for path in _paths(SKELETON / name)))
    held = (f"{name}/{path}" for name in FOLDERS for path in _paths(root / name))
    return Plan(tuple(sorted(set(held) - set(write))), write)


def start_over(root: Path, decided: Plan) -> None:
    """Carries out a plan: writes the skeleton, then removes; folders that this leaves empty go too."""
    try:
        for path in decided.write:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes((SKELETON / path).read_bytes())
        for path in decided.remove:
            (root / path).unlink(missing_ok=True)
        inner = {folder for path in decided.remove for folder in Path(path).parents}
        for folder in sorted(inner - {Path(), *map(Path, FOLDERS)}, reverse=True):
            if not any((root / folder).iterdir()):
                (root / folder).rmdir()
    except OSError as e:
        raise _refused(e, root) from e


def _refused(e: OSError, root: Path) -> BuildError:
    return BuildError(
        [Problem(str(e.filename or root), f"cannot be changed: {e.strerror or e}", rule="init")]
    )


def _paths(folder: Path) -> list[str]:
    """The files and links below a folder, hidden ones apart; links are not followed."""
    if not folder.is_dir():
        return []
    found = []
    for path in folder.iterdir():
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            found += [f"{path.name}/{inner}" for inner in _paths(path)]
        else:
            found.append(path.name)
    return found
