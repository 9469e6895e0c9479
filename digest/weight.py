"""How heavy a site is for GitHub Pages, and what to fold when it grows too heavy.

Pages takes sites of at most 1 GB (docs.github.com, "GitHub Pages limits").
It is given them as a tar archive, which is what is weighed here: each file
has a head of 512 bytes and fills whole blocks of 512.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from digest.errors import Problem

MB = 1_000_000
BLOCK = 512
NAMED = 5  # parts that a message names, heaviest first


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of the archive from which a build warns, and from which it fails."""

    warn: int = 800 * MB
    fail: int = 1000 * MB


LIMITS = Limits()
# What can be done about a part, by the beginning and the end of its paths; the first that fits speaks.
FOLDS = (
    ("data/digest.", "", "the two files that hold everything at once: build without --release"),
    ("", ".xml", "feeds: fewer entries each (`feeds: {items: 20}` in site.yaml)"),
    ("", "/feed.json", "feeds: fewer entries each (`feeds: {items: 20}` in site.yaml)"),
    ("feed.json", "", "feeds: fewer entries each (`feeds: {items: 20}` in site.yaml)"),
    (
        "a/",
        "",
        "texts and the pages that list their edits: `text_mode: excerpt` for texts or outlets that few read",
    ),
    ("search/", "", "the search index: it shrinks with the texts that are shown"),
    ("data/", "", "tables of everything: move older texts into a second digest"),
    (
        "q/",
        "",
        "pages of quotes: `text_mode: private` takes a text's away; or a second digest for older texts",
    ),
    (
        "f/",
        "",
        "pages of figures: `text_mode: private` takes a text's away; or a second digest for older texts",
    ),
    ("", "", "pages: move older texts into a second digest"),
)


@dataclass(slots=True)
class Weight:
    """The weight of the files that were added so far, by part of the site."""

    limits: Limits = LIMITS
    total: int = 0
    parts: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))

    def add(self, path: str, size: int) -> None:
        """Counts a file of `size` bytes."""
        heavy = BLOCK + -(-size // BLOCK) * BLOCK
        self.total += heavy
        part = self.parts[_part(path)]
        part[0] += heavy
        part[1] += 1

    @property
    def fatal(self) -> bool:
        """Whether GitHub Pages would refuse the site."""
        return self.total >= self.limits.fail

    def problems(self) -> Iterator[Problem]:
        """The warning or the failure, with the heaviest parts and what to fold of each; none for a light site."""
        if self.total < self.limits.warn:
            return
        lines = [
            f"the site weighs {_mb(self.total)}; GitHub Pages takes {_mb(self.limits.fail)}. What is heavy:"
        ]
        heaviest = sorted(self.parts.items(), key=lambda x: (-x[1][0], x[0]))[:NAMED]
        for part, (size, count) in heaviest:
            files = f"{count:,} file{'s' * (count != 1)}"
            lines.append(f"  {part}: {_mb(size)} in {files}; to fold: {_fold(part)}")
        yield Problem("_site", "\n".join(lines), rule="publish.size")


def _part(path: str) -> str:
    """The part of the site that a file belongs to: `a/*.html`, `data/digest.json`."""
    folder, slash, rest = path.partition("/")
    if folder == "data" or not slash:
        return path
    name = rest.rpartition("/")[2]
    return f"{folder}/*/{name}" if name == "feed.json" else f"{folder}/*.{name.rpartition('.')[2]}"


def _fold(part: str) -> str:
    return next(advice for begins, ends, advice in FOLDS if part.startswith(begins) and part.endswith(ends))


def _mb(size: int) -> str:
    return f"{size / MB:,.1f} MB"
