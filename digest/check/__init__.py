"""What is wrong with a built site: dead links and fragments, ids, orphans, feeds, misquotations.

Generators let a broken link pass in silence; here it ends the build. The
site is looked at as GitHub Pages will serve it under its base address: what
Pages answers with 404, or only after a redirect, is a problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from digest.check.addresses import Addresses
from digest.check.feeds import feed_problems, feed_type
from digest.check.listings import listing_problems
from digest.check.pages import Page, Quotes, read_page
from digest.errors import Problem

EXAMPLES = 1  # one problem is printed once, however many pages share it (a dead link in the menu)
NOT_FOUND = "404.html"


def check(
    files: Mapping[str, bytes] | Path, base_url: str, quotes: Quotes | None = None
) -> tuple[Problem, ...]:
    """The problems of a site, by path; none for a sound one.

    `files` are paths in the site and contents, or the folder that holds
    them; each is asked for once. `quotes` are the witnesses' words by
    (article, start, end), as attributes `data-quote` name them; None
    leaves quotes unlooked at.
    """
    files = Folder(files) if isinstance(files, Path) else files
    names = sorted(files)
    addresses = Addresses(names, base_url)
    pages = {n: read_page(n, files[n], quotes) for n in names if n.endswith(".html")}
    addresses.ids = {n: page.ids for n, page in pages.items()}
    problems = [p for page in pages.values() for p in page.problems]
    feeds = {}
    for name in names:
        if name not in pages:
            data = files[name]
            feeds[name] = feed_type(name, data)
            of_file = feed_problems if feeds[name] else listing_problems
            problems += of_file(name, data, addresses)
    problems += _announced(pages, feeds, addresses)
    problems += _dead_links(pages, addresses)
    problems += _orphans(pages, addresses)
    problems += _unlisted(pages, files, addresses)
    return tuple(sorted(_folded(problems)))


def address_of(folder: Path) -> str:
    """The address that a built site was made for, as its front page names it; "" if it names none."""
    page = folder / "index.html"
    tree = read_page("index.html", page.read_bytes(), None) if page.is_file() else None
    found = tree.canonical[0] if tree and len(tree.canonical) == 1 else ""
    return found if found.startswith(("https://", "http://")) else ""


class Folder(Mapping[str, bytes]):
    """The files of a folder by path, read when asked for; links and hidden files of ours left out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        found = (f for f in folder.rglob("*") if f.is_file() and not f.is_symlink())
        self.names = sorted(f.relative_to(folder).as_posix() for f in found)

    def __getitem__(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


def _dead_links(pages: Mapping[str, Page], addresses: Addresses) -> Iterator[Problem]:
    """Links of pages that lead nowhere, and fragments that name no id."""
    for page in pages.values():
        for link in page.links:
            fault = addresses.target(page.path, link.href).fault
            if not fault and page.path == NOT_FOUND and addresses.is_relative(link.href):
                fault = f"{NOT_FOUND} is served at any depth: begin the address with {addresses.base_path}"
            if fault:
                yield Problem(page.path, f"{link.attr}={link.href!r}: {fault}", link.line, rule="check.link")


def _announced(
    pages: Mapping[str, Page], feeds: Mapping[str, str], addresses: Addresses
) -> Iterator[Problem]:
    """Feeds that a page's head announces as what they are not."""
    for page in pages.values():
        for link, said in page.feeds:
            file = addresses.target(page.path, link.href).file
            if file and feeds.get(file) != said:
                message = f"announces {link.href} as {said}, but it is {feeds.get(file) or 'no feed'}"
                yield Problem(page.path, message, link.line, rule="check.feed")


def _orphans(pages: Mapping[str, Page], addresses: Addresses) -> Iterator[Problem]:
    """Pages that nobody can reach from the front page by links; old addresses that lead on are none."""
    seen = {"index.html"} & pages.keys()
    todo = sorted(seen)
    while todo:
        page = pages[todo.pop()]
        for link in page.links:
            if (
                link.walkable
                and (file := addresses.target(page.path, link.href).file) in pages
                and file not in seen
            ):
                seen.add(file)
                todo.append(file)
    forwarding = {path for path, page in pages.items() if page.leads_on}
    for path in sorted(pages.keys() - seen - forwarding - {NOT_FOUND}):
        yield Problem(path, "an orphan: no way of links leads here from the front page", rule="check.orphan")


def _unlisted(
    pages: Mapping[str, Page], files: Mapping[str, bytes], addresses: Addresses
) -> Iterator[Problem]:
    """Disagreements of canonical addresses and sitemap with the pages."""
    for page in pages.values():
        own = addresses.url(page.path)
        inside = _inside(page, addresses)
        if len(page.canonical) > 1:
            yield Problem(page.path, "more than one rel=canonical", rule="check.canonical")
        for address in inside:
            if page.path != NOT_FOUND and address != own:
                message = f"canonical is {address}, but the page stands at {own}"
                yield Problem(page.path, message, rule="check.canonical")
    if "sitemap.xml" not in files:
        return
    listed = addresses.listed
    elsewhere = {p.path for p in pages.values() if p.canonical and not _inside(p, addresses)}
    for path in sorted(pages.keys() - listed - elsewhere - {NOT_FOUND}):
        if not pages[path].noindex:
            yield Problem(path, "is not in sitemap.xml, and not marked noindex", rule="check.sitemap")
    for path in sorted(listed & elsewhere):
        yield Problem(
            path, "its canonical address is elsewhere, but it stands in sitemap.xml", rule="check.sitemap"
        )
    for path in sorted(listed & pages.keys()):
        if pages[path].noindex:
            yield Problem(path, "is marked noindex, but stands in sitemap.xml", rule="check.sitemap")


def _inside(page: Page, addresses: Addresses) -> list[str]:
    """The canonical addresses of a page that are this site's."""
    return [c for c in page.canonical if addresses.target("", c).file]


def _folded(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Each message once, at its first place, with the number of the other places."""
    places: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        places.setdefault((problem.message, problem.rule), []).append(problem)
    for (message, rule), found in places.items():
        found.sort()
        yield from found[:EXAMPLES]
        rest = len({p.path for p in found[EXAMPLES:]})
        if rest:
            first = found[EXAMPLES - 1]
            more = f"the same on {rest} more page{'s' if rest > 1 else ''}: {message}"
            yield Problem(first.path, more, first.line, rule=rule)
