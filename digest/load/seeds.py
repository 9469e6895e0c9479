"""The witnesses: plain files of `seeds/`, read and never written."""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from digest import decode
from digest.errors import Problem
from digest.load.bench import Bench
from digest.site import Witness

SEED_ENDINGS = (".txt", ".md", *decode.PAGES)
# `---`, then nothing but keys, items, comments and indented lines until the next `---`
FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]*\r?\n[A-Za-z_]\w*[ \t]*:(?:[ \t][^\n]{0,500})?\n"
    r"(?:(?:[A-Za-z_]\w*[ \t]*:|[ \t#-]|\r?$)[^\n]{0,500}\n){0,200}?---[ \t]*(?:\r?\n|\Z)",
    re.M,
)


@dataclass(frozen=True, slots=True)
class Seed:
    """One file of `seeds/`: its characters and how they were read."""

    witness: Witness
    text: str
    doubt: str = ""


def seeds(bench: Bench, limit: int) -> tuple[dict[str, Seed], tuple[Problem, ...]]:
    """The witnesses by file name, and those that cannot be used."""
    base, out, bad = bench.root / "seeds", {}, []
    for path in sorted(base.iterdir()) if base.is_dir() and not base.is_symlink() else ():
        if path.name.startswith(".") or path.name == "README.md":
            continue
        try:
            out[path.name] = _seed(path, limit)
        except (OSError, ValueError) as e:
            bad.append(Problem(f"seeds/{path.name}", str(getattr(e, "strerror", None) or e), rule="seed"))
    return out, tuple(bad)


def _seed(path: Path, limit: int) -> Seed:
    mode = path.lstat()
    if stat.S_ISLNK(mode.st_mode):
        raise ValueError("a symbolic link; seeds are plain files")
    if not stat.S_ISREG(mode.st_mode):
        raise ValueError("not a plain file")
    if path.suffix.lower() not in SEED_ENDINGS:
        raise ValueError(f"ends in {path.suffix or 'nothing'}; expected {', '.join(SEED_ENDINGS)}")
    if mode.st_size > limit:
        raise ValueError(
            f"{mode.st_size:,} bytes, over the limit of {limit:,} (`max_seed_bytes` in site.yaml)"
        )
    data = path.read_bytes()
    kind: Any = "html" if decode.is_page(path.suffix, data) else "text"
    text, encoding, doubt = decode.text_of(data, markup=kind == "html")
    if FRONT_MATTER.match(text):
        raise ValueError(
            "begins with front matter (`---`), and a seed is published as it was scraped;"
            f" front matter belongs in content/articles/{Path(path.name).stem}.md"
        )
    digest = sha256(data).hexdigest()
    return Seed(Witness(path.name, digest, len(data), encoding, "", kind), text, doubt)
