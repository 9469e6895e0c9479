"""One build, from the folder to the published site; the last good site stays until the end."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from digest import __version__, assemble, decode, load, pipeline, render
from digest.check import check as checked
from digest.errors import BuildError, Problem
from digest.model import Document
from digest.publish import publish
from digest.site import Noted, ShownEdit, Site
from digest.weight import LIMITS, Limits, Weight

CLEANING = ("decode", "excise", "move")
DUMPED = 200  # texts up to which every build makes the files that hold everything at once: about 10 MB


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did, for the lines at its end."""

    site: Site
    doubts: tuple[Problem, ...]
    pages: int
    files: int
    seconds: float
    target: Path
    warnings: tuple[Problem, ...] = ()

    def summary(self) -> str:
        """A few lines: texts, removals, mendings, quotes, figures, doubts, pages, seconds."""
        shown = [a.shown for a in self.site.articles if not a.withdrawn]

        def total(key: str) -> int:
            return sum(s.counts.get(key, 0) for s in shown)

        return (
            f"{len(shown)} texts: {total('removed')} passages removed, {total('moved')} moved,"
            f" {total('mended')} places mended, {total('open')} marked\n"
            f"{total('quotes')} quotes, {total('figures')} key figures, {len(self.doubts)} doubts\n"
            f"{self.pages} pages, {self.files} files in {self.target} ({self.seconds:.1f} s)"
        )


def built(
    root: Path,
    target: Path,
    *,
    base_url: str | None = None,
    strict: bool = False,
    check: bool = True,
    release: bool = False,
    limits: Limits = LIMITS,
    watch: assemble.Watch = iter,
) -> Report:
    """Builds and publishes; raises BuildError with all problems, and then nothing has changed.

    The data files that hold everything at once are made for a `release`, and
    for a digest of no more than `DUMPED` texts. `limits` are those of the
    host: a site that is too heavy is refused before it is checked or written.
    """
    start = time.monotonic()
    content = load.content(root, base_url)
    made = assemble.assembled(content, watch=watch)
    problems = [*made.problems, *(made.doubts if strict else ())]
    if problems:
        raise BuildError(problems)
    theme = load.theme(root, content.settings.templates)
    dumps = release or len(made.site.articles) <= DUMPED
    weight = Weight(limits)
    files = _collected(render.files(made.site, theme, dumps=dumps, version=__version__), weight)
    if check and (found := checked(files, content.settings.base_url, quotes_of(made.site))):
        raise BuildError(found)
    publish(files.items(), target)
    pages = sum(name.endswith(".html") for name in files)
    seconds = time.monotonic() - start
    return Report(made.site, made.doubts, pages, len(files), seconds, target, tuple(weight.problems()))


def _collected(files: Iterable[tuple[str, bytes]], weight: Weight) -> dict[str, bytes]:
    """The files by path. BuildError for two of one path (a fault of ours, not of the editor's), and too many bytes.

    What goes beyond the limit is weighed, so that the message can name the
    heaviest parts, and not kept.
    """
    out: dict[str, bytes] = {}
    for name, data in files:
        if name in out:
            raise BuildError([Problem(name, "two pages want this address", rule="publish.path")])
        weight.add(name, len(data))
        out[name] = b"" if weight.fatal else data
    if weight.fatal:
        raise BuildError(weight.problems())
    return out


def quotes_of(site: Site) -> dict[tuple[str, int, int], str]:
    """The witnesses' words of every quote that is shown, by article and raw offsets.

    They are read off the raw text, past everything that mends: only what
    cleaning cut out of the midst of a quote, wrong decoding and hyphens at
    line breaks are taken into account. Where the raw text may not be shown, the quote itself.
    """
    out = {}
    for a in site.articles:
        cleaning = [e for e in a.shown.edits if e.status == "applied" and e.part == "body" and _lays_out(e)]
        for n in a.shown.quotes:
            words = _witness(a.shown.raw, n, cleaning) if a.shown.raw else n.item.text
            out[a.id, n.raw_start, n.raw_end] = words
    return out


def _lays_out(e: ShownEdit) -> bool:
    """Whether an edit cuts, decodes, or joins a line that was broken: within a word its hyphen goes."""
    return e.kind in CLEANING or (e.cls == "line-wrap" and not any(c.isalnum() for c in e.old))


def _witness(raw: str, n: Noted, cleaning: Iterable[ShownEdit]) -> str:
    """The raw words of a quote with the cleaning edits that lie in it.

    Where wrong decoding took in a quotation mark with the word beside it,
    the raw stretch holds the mark too; then it is taken off again.
    """
    pieces, at = [], n.raw_start
    wider = False
    for e in cleaning:
        if n.raw_start <= e.raw_start and e.raw_end <= n.raw_end:
            pieces += [raw[at : e.raw_start], e.new]
            at = e.raw_end
            wider |= e.kind == "decode" and (e.raw_start == n.raw_start or e.raw_end == n.raw_end)
    words = "".join([*pieces, raw[at : n.raw_end]])
    own = n.item.text
    return own if wider and "".join(own.split()) in "".join(words.split()) else words


def problems_of(root: Path, folder: Path, base_url: str | None = None) -> tuple[Problem, ...]:
    """What is wrong with a site that was built from `root` into `folder`."""
    content = load.content(root, base_url)
    found = checked(folder, content.settings.base_url, quotes_of(assemble.assembled(content).site))
    weight = weight_of(folder)
    return (*found, *(weight.problems() if weight.fatal else ()))


def weight_of(folder: Path, limits: Limits = LIMITS) -> Weight:
    """The weight of a built site."""
    weight = Weight(limits)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            weight.add(path.relative_to(folder).as_posix(), path.stat().st_size)
    return weight


def base_path(root: Path, base_url: str | None = None) -> str:
    """The path under which the site is served, with slashes at both ends."""
    return load.content(root, base_url).settings.base_path


def document_at(root: Path, path: Path) -> Document:
    """A text read as the site reads it; as the bare command does when it is no seed of the site."""
    if path.parent == (root / "seeds").resolve():
        content = load.content(root)
        for entry in content.entries:
            if path.name in (s.witness.file for s in entry.seeds):
                memory = assemble.remembered(content).get(entry.id, ())
                return assemble.document_of(entry, content, recurring=memory)
    kind: pipeline.Kind = "html" if path.suffix.lower() in (".html", ".htm") else "text"
    return pipeline.read(decode.text_of(path.read_bytes(), kind == "html")[0], kind=kind, id=path.name)
