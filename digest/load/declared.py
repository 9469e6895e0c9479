"""What a scraped page says of itself, where the editor says nothing: its address, its outlet and its date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from digest import clean, dates
from digest.load.articles import Entry
from digest.model import Page
from digest.site import Fact, Outlet

SIGNS = re.compile(r"[\W_]+")
ADDRESS = re.compile(
    r"https?://[^\s/?#@<>\"]+\.[^\s/?#@<>\".]+[/?][^\s<>\"]+"
)  # of a page, not of a whole site
LONGEST = 80  # characters of an outlet's name: what is longer is a slogan
FAR = 2000  # characters of an address
NOTHING = Page("")


def told(entries: Iterable[Entry], outlets: Sequence[Outlet]) -> Iterator[Entry]:
    """The entries with what their pages say of themselves; the editor's word stands, an outlet by its id where it has a file.

    Nothing is taken that is no address of a page, no name, no day of the calendar.
    """
    for e in entries:
        seed = e.seeds[-1] if e.seeds else None
        page = clean.declared(seed.text) if seed and seed.witness.kind == "html" else NOTHING
        address, date = e.address, e.date
        if not address.value and _is_address(page.canonical):
            address = Fact(page.canonical or "", "stated")
        if not date.value:
            date = _date(page.published or "") or date
        yield replace(e, address=address, date=date, outlet=_outlet(e.outlet, page, outlets))


def _is_address(address: str | None) -> bool:
    return address is not None and len(address) <= FAR and ADDRESS.fullmatch(address) is not None


def _date(moment: str) -> Fact | None:
    """The day that a page names, with the moment where it tells one; None where the calendar has no such day."""
    day = moment[:10]
    return Fact(day, "stated", moment="" if moment == day else moment) if dates.exact(day) else None


def _outlet(own: Fact, page: Page, outlets: Sequence[Outlet]) -> Fact:
    """The editor's outlet, else the page's: by name or alias, by the domain of its address, else by the name as it stands."""
    if own.value:
        known = _named(own.value, outlets)
        return replace(own, value=known.id) if known else own
    name = page.site_name or ""
    if found := _named(name, outlets) or _at(page.canonical or "", outlets) or _at(f"//{name}", outlets):
        return Fact(found.id, "stated")
    return Fact(name, "stated") if 0 < len(name) <= LONGEST and SIGNS.sub("", name) else own


def _named(name: str, outlets: Sequence[Outlet]) -> Outlet | None:
    """The outlet of an id, a name or an alias, whatever its case and signs; `The` is no part of it."""
    if exact := next((o for o in outlets if name in (o.id, o.name)), None):
        return exact
    wanted = _plain(name)
    return next((o for o in outlets if wanted and wanted in map(_plain, (o.name, *o.aliases))), None)


def _plain(name: str) -> str:
    return SIGNS.sub(" ", name.casefold()).strip().removeprefix("the ")


def _at(address: str, outlets: Sequence[Outlet]) -> Outlet | None:
    """The outlet at whose home an address stands, the longest such home; None if none."""
    host, path = _place(address)
    found = [(len(h) + len(p), o) for o in outlets for h, p in [_place(o.home)] if _within(host, path, h, p)]
    return max(found, key=lambda x: (x[0], x[1].id))[1] if found else None


def _within(host: str, path: str, home: str, under: str) -> bool:
    return bool(home) and (host == home or host.endswith(f".{home}")) and f"{path}/".startswith(f"{under}/")


def _place(address: str) -> tuple[str, str]:
    """Host and path of an address; empty where it has none."""
    try:
        parts = urlsplit(address)
        return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/")
    except ValueError:
        return "", ""
