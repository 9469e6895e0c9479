"""From the disk: settings, the editor's content, the witnesses.

Everything is checked, then all problems are raised at once. Nothing here is
ever written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from digest.cited import Citation
from digest.errors import BuildError, Problem
from digest.load import records
from digest.load.articles import Entry, emendations, entries
from digest.load.bench import Bench
from digest.load.declared import told
from digest.load.records import residue_of
from digest.load.seeds import Seed
from digest.load.seeds import seeds as all_seeds
from digest.load.theme import theme
from digest.model import KnownName
from digest.site import (
    Comparison,
    Conflict,
    ContentPage,
    Correction,
    Entity,
    Lineage,
    Outlet,
    Register,
    Settings,
    Story,
    Term,
)

__all__ = ["Content", "Entry", "Seed", "content", "residue_of", "theme"]


@dataclass(frozen=True, slots=True)
class Content:
    """Everything an editor put in: settings, articles, entities, stories."""

    settings: Settings
    entries: tuple[Entry, ...] = ()
    entities: tuple[Entity, ...] = ()
    names: tuple[KnownName, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    stories: tuple[Story, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    cited: tuple[Citation, ...] = ()  # by the readings of conflicts
    lineages: tuple[Lineage, ...] = ()
    corrections: tuple[Correction, ...] = ()
    pages: tuple[ContentPage, ...] = ()
    glossary: tuple[Term, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    register: Register = Register()
    left_out: tuple[Problem, ...] = ()  # bad seeds: reported, the others publish


def content(root: Path, base_url: str | None = None) -> Content:
    """Everything under `root` that a build needs.

    Raises BuildError with every problem of every file; a seed that cannot be
    read is not one of them but stands in `left_out`.
    """
    bench = Bench(root)
    settings = _settings(bench, base_url)
    bench.layout(settings.templates)
    found, left_out = all_seeds(bench, settings.max_seed_bytes)
    edited = emendations(bench)
    made_of, absent = entries(bench, found, edited, {p.path.removeprefix("seeds/") for p in left_out})
    known, names = records.entities(bench)
    ids = set(absent) | {e.id for e in made_of}
    outlets = records.outlets(bench)
    conflicts, cited = records.conflicts(bench, ids)
    made = Content(
        settings=settings,
        entries=tuple(told(made_of, outlets)),
        entities=known,
        names=names,
        outlets=outlets,
        stories=records.stories(bench, ids),
        conflicts=conflicts,
        cited=cited,
        lineages=records.lineages(bench, ids),
        corrections=records.corrections(bench),
        pages=records.pages(bench),
        glossary=records.glossary(bench),
        comparisons=records.comparisons(bench, ids),
        register=records.register(bench),
        left_out=left_out,
    )
    if bench.problems:
        raise BuildError(bench.problems)
    return made


def _settings(bench: Bench, base_url: str | None) -> Settings:
    path = bench.root / "site.yaml"
    if not path.is_file():
        raise BuildError([Problem("site.yaml", "not found; is this the digest's folder?")])
    got = bench.yaml(path, "site")
    if got is None:
        return Settings("")
    data = dict(got[0])
    written = data.pop("base_url", "")
    address, fault = _address(base_url or written or "http://localhost:8000/")
    if fault:
        own = got[1].problem(("base_url",), f"`base_url`: {fault}")
        bench.problems.append(Problem("--base-url", fault) if base_url else own)
    feeds = data.pop("feeds", {})
    return Settings(
        **data,
        base_url=address,
        base_path=urlsplit(address).path or "/",
        feed_items=feeds.get("items", 50),
    )


def _address(written: str) -> tuple[str, str]:
    """A site's address with a slash at its end, other letters than ASCII encoded; and what is wrong with it."""
    try:
        parts = urlsplit(written)
        host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
        _ = parts.port
    except ValueError as e:  # UnicodeError is one
        return "http://localhost:8000/", f"{written!r} is no address of a site: {e}"
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._").rstrip("/") + "/"
    fault = ""
    if parts.scheme not in ("http", "https"):
        bare = written.removeprefix("//")
        fault = f"{written!r} does not begin with https://"
        fault += f"; write https://{bare}" if "://" not in written and ":/" not in written else ""
    elif not parts.hostname:
        fault = f"{written!r} names no host; write it like https://you.github.io/digest/"
    elif parts.query or parts.fragment:
        fault = f"{written!r}: a site's address has no ? and no #"
    elif re.search(r"\s|[<>\"\\^`{|}\x00-\x1f]", written) or ".." in parts.path.split("/"):
        fault = f"{written!r}: a site's address has no spaces, no .. and no such signs"
    return f"{parts.scheme or 'http'}://{host or 'localhost'}{path}", fault
