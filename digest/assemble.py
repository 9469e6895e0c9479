"""The editor's content read, cut to its text mode, and linked to a site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from digest import corpus, dates, load, textmode
from digest.clean import page
from digest.errors import Problem
from digest.link import linked
from digest.link.facts import facts
from digest.link.site import Records
from digest.load import Content, Entry, Seed
from digest.model import Document, Residue
from digest.pipeline import laid_out, read
from digest.rules import Rules, rules_for
from digest.site import Article, Mode, Outlet, Site, TitleBasis

Watch = Callable[[Sequence[Entry]], Iterable[Entry]]
FATAL = ("editor.target",)  # doubts that are the editor's own mistakes


@dataclass(frozen=True, slots=True)
class Assembled:
    """A site, and what a person should look at: `problems` stop a build, `doubts` do not."""

    site: Site
    problems: tuple[Problem, ...]
    doubts: tuple[Problem, ...]


def assembled(content: Content, rules: Rules | None = None, watch: Watch = iter) -> Assembled:
    """Everything read and linked. Pure: the same content gives the same site.

    `watch` is given the articles to be read and gives them back one by one
    (a progress bar).
    """
    rules = rules or rules_for()
    problems: list[Problem] = []
    doubts: list[Problem] = list(content.left_out)
    articles = []
    memory = remembered(content)
    for entry in watch(content.entries):
        seed = entry.seeds[-1]
        try:
            document = document_of(entry, content, rules, memory.get(entry.id, ()))
        except Exception as e:  # a fault of ours in one text: it is named, the others publish
            doubts.append(_failed(seed, e))
            continue
        for d in document.doubts:
            line = seed.text.count("\n", 0, d.raw_start) + 1
            (problems if d.rule in FATAL else doubts).append(_problem(entry, seed, d.rule, d.message, line))
        made = _article(entry, content, document)
        doubts.extend(Problem(f"seeds/{seed.witness.file}", d) for d in made.doubts)
        articles.append(made)
    records = Records(
        content.entities,
        content.outlets,
        content.stories,
        content.conflicts,
        content.lineages,
        content.corrections,
        content.pages,
        content.moved,
        content.glossary,
        content.comparisons,
    )
    site = linked(content.settings, articles, records)
    return Assembled(site, tuple(problems), tuple(doubts))


def _failed(seed: Seed, error: Exception) -> Problem:
    said = f"left out: reading it failed ({type(error).__name__}: {error}); please report this text"
    return Problem(f"seeds/{seed.witness.file}", said, rule="reading")


def document_of(
    entry: Entry, content: Content, rules: Rules | None = None, recurring: Sequence[Residue] = ()
) -> Document:
    """One article's text read with everything that is known beside it."""
    seed = entry.seeds[-1]
    outlet = _outlet(entry, content)
    residue = load.residue_of(outlet) if outlet else ()
    evidence = (*content.names, *residue, *recurring, *entry.evidence)
    return read(seed.text, rules, evidence, kind=seed.witness.kind, id=entry.id)


def remembered(content: Content) -> Mapping[str, tuple[Residue, ...]]:
    """For each article, lines of it that other stories of its outlet hold too."""
    stories: dict[str, set[str]] = {}
    for story in content.stories:
        for article in story.articles:
            stories.setdefault(article, set()).add(story.id)
    outlets = {e.id: _outlet_name(e, content) for e in content.entries}
    several = {n for n, k in Counter(outlets.values()).items() if n and k > 1}
    return corpus.recurring(
        corpus.Held(e.id, outlets[e.id], frozenset(stories.get(e.id, ())), raw_text(e.seeds[-1]))
        for e in content.entries
        if outlets[e.id] in several
    )


def _outlet_name(entry: Entry, content: Content) -> str:
    outlet = _outlet(entry, content)
    return outlet.name if outlet else entry.outlet.value


def raw_text(seed: Seed) -> str:
    """The lines that cleaning begins with: a text file's as they are laid out, a page's extracted ones."""
    return laid_out(seed.text) if seed.witness.kind == "text" else page(seed.text).text


def _problem(entry: Entry, seed: Seed, rule: str, message: str, line: int) -> Problem:
    if rule in FATAL:
        where, _, rest = message.partition(": ")
        path, *place = where.split(":")
        numbers = [int(n) for n in place if n.isdigit()]
        if rest and path.startswith("content/"):
            line, column = (*numbers, 0, 0)[:2]
            return Problem(path, rest, line, column, rule)
    return Problem(f"seeds/{seed.witness.file}", message, line, 1, rule)


def _outlet(entry: Entry, content: Content) -> Outlet | None:
    name = entry.outlet.value
    return next(
        (o for o in content.outlets if name and (name == o.id or name.casefold() == o.name.casefold())), None
    )


def _mode(entry: Entry, content: Content) -> Mode:
    """The article's own mode, else its outlet's, else the site's."""
    outlet = _outlet(entry, content)
    settings = content.settings
    if entry.text_mode:
        return entry.text_mode
    if outlet and outlet.id in settings.text_modes:
        return settings.text_modes[outlet.id]
    return (outlet.text_mode if outlet else None) or settings.text_mode


def _article(entry: Entry, content: Content, document: Document) -> Article:
    mode: Mode = "private" if entry.withdrawn else _mode(entry, content)
    seed = entry.seeds[-1]
    shown = textmode.shown(document, mode, entry.id, seed.witness.sha256)
    title, basis = _title(entry, document, mode)
    full = shown if mode == "full" else textmode.shown(document, "full", entry.id)
    # Which texts share an original is asked of whole texts, whatever may be shown of them.
    whole = shown if entry.withdrawn else full
    return Article(
        id=entry.id,
        title=title,
        title_basis=basis,
        shown=shown,
        witnesses=tuple(s.witness for s in entry.seeds),
        outlet=entry.outlet,
        author=entry.author,
        address=entry.address,
        date=entry.date,
        added=dates.timestamp(entry.added) if entry.added else None,
        language=entry.language or document.language,
        copy=entry.copy,
        note="" if entry.withdrawn else entry.note,
        withdrawn=entry.withdrawn,
        doubts=tuple(_own_doubts(entry, seed)),
        has_content=bool(entry.path),
        held_back=tuple(sorted(textmode.addresses(full) - textmode.addresses(shown))),
        facts=facts(shown, entry.id, whole),
    )


def _title(entry: Entry, document: Document, mode: Mode) -> tuple[str, TitleBasis]:
    if entry.headline:
        same = _plain(entry.headline) == _plain(document.headline or "")
        return entry.headline, "stated" if same else "editor"
    if mode == "private":
        return f"Article {entry.id}", "editor"
    if document.headline:
        return document.headline, "stated"
    words = document.body.value.split()
    if mode == "full" and words:
        return " ".join(words[:8]) + (" …" if len(words) > 8 else ""), "first-words"
    return f"Article {entry.id}", "editor"


def _plain(headline: str) -> str:
    """The words by which two headlines are one."""
    return " ".join(re.sub(r"[\W_]+", " ", headline.casefold()).split())


def _own_doubts(entry: Entry, seed: Seed) -> Iterable[str]:
    if seed.doubt:
        yield seed.doubt
    if not entry.path:
        yield "no file in content/articles/ names this seed: published with unknowns (docs/content.md shows one)"
    if not entry.added and dates.exact(entry.date.value) is None:
        yield f"article {entry.id} has neither an exact date nor `added`: it stays out of feeds"
