"""Old addresses and what stands for them: joins, splits and withdrawals of pages.

A build never writes the register. `build.py ids` compares the ids that were
published with a site and proposes lines for `content/register.yaml`; what
is in it already stays, so an old address leads on for ever.
"""

from __future__ import annotations

from collections.abc import Mapping

from digest.ids import slug
from digest.site import Site

FOLDERS: Mapping[str, str] = {
    "person": "p",
    "organisation": "o",
    "product": "t",
    "place": "l",
}
Ids = Mapping[str, str]  # address -> the words that stand there, to find them again


def site_ids(site: Site) -> dict[str, str]:
    """Every address of the site that must not die, with the words it stands for; sorted.

    Addresses are as in `Site.moved`: `q/ID/`, `f/ID/`, `a/ID/`, `c/ID/`,
    `p/ID/`, `o/ID/`, `t/ID/` (people, organisations, products).
    """
    out = {f"a/{a.id}/": a.id for a in site.articles}
    out |= {f"q/{q.id}/": f"{q.article} {_plain(q.noted.item.text)}" for q in site.quotes}
    out |= {f"f/{f.id}/": f"{f.article} {_plain(f.noted.item.text)}" for f in site.figures}
    out |= {f"{FOLDERS[e.kind]}/{e.id}/": e.name for e in site.entities}
    out |= {f"c/{c.id}/": c.question for c in site.conflicts}
    return dict(sorted(out.items()))


def register_changes(old: Ids, site: Site) -> dict[str, str]:
    """Lines to add to the register: each address that is gone, and where to go instead.

    `old` is what `site_ids` gave when the site was last published. A thing
    whose words stand at another address has moved there; a quote or a figure
    that is gone altogether leads to its article, an article that is gone to
    the front page ("/"). Addresses that the register has already are left
    out, unless what it leads to is gone itself.
    """
    new = site_ids(site)
    aliases = _aliases(site)
    at: dict[tuple[str, str], str] = {}
    for address, words in new.items():
        at.setdefault((_kind(address), words), address)
    out: dict[str, str] = {}
    for address, words in sorted(old.items()):
        if address not in new and not _leads(site.moved, address, new):
            out[address] = _target(address, words, at, aliases, new)
    for address, target in sorted(site.moved.items()):
        if address not in out and address not in new and target.lstrip("/") in out:
            out[address] = out[target.lstrip("/")]
    return dict(sorted(out.items()))


def _target(
    address: str, words: str, at: Mapping[tuple[str, str], str], aliases: Mapping[str, str], new: Ids
) -> str:
    kind = _kind(address)
    if (kind, words) in at:
        return at[kind, words]
    if kind in ("q", "f"):
        article = words.split(" ", 1)[0]
        like = _nearest(kind, article, words, new)
        return like or (f"a/{article}/" if f"a/{article}/" in new else "/")
    return aliases.get(slug(words), "/")


def _nearest(kind: str, article: str, words: str, new: Ids) -> str:
    """A quote of the same article that holds the words or is held by them: it was split, joined or mended."""
    bare = words.split(" ", 1)[1] if " " in words else ""
    best, found = 0, ""
    for address, other in new.items():
        if _kind(address) == kind and other.startswith(f"{article} "):
            theirs = other.split(" ", 1)[1]
            if bare and theirs and (bare in theirs or theirs in bare) and min(len(bare), len(theirs)) > best:
                best, found = min(len(bare), len(theirs)), address
    return found


def _leads(moved: Mapping[str, str], address: str, new: Ids) -> bool:
    """Whether the register already leads from an address to a page that is there."""
    target = moved.get(address, moved.get(f"/{address}", ""))
    return bool(target) and (target.strip("/") + "/" in new or target.strip("/") == "")


def _aliases(site: Site) -> dict[str, str]:
    """Where an entity of this name is now."""
    out: dict[str, str] = {}
    for e in site.entities:
        for name in (e.name, *e.aliases):
            out.setdefault(slug(name), f"{FOLDERS[e.kind]}/{e.id}/")
    return out


def _kind(address: str) -> str:
    return address.split("/", 1)[0]


def _plain(text: str) -> str:
    return " ".join(text.split())
