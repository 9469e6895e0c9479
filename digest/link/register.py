"""Old addresses and what stands for them: joins, splits and withdrawals of pages.

A build never writes the register. `build.py ids` compares the ids that were
published with a site and proposes lines for `content/register.yaml`; what
is in it already stays, so an old address leads on for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz

from digest.ids import slug
from digest.site import FigureItem, Site

FOLDERS: Mapping[str, str] = {
    "person": "p",
    "organisation": "o",
    "product": "t",
    "place": "l",
}
WITHIN = " | "  # between a figure and its sentence
SENTENCE = 200  # characters of it
LONGEST = 2000  # characters of a quote that are compared
LIKE = 60  # of 100: one word of five changed; two different quotes of a text seldom reach 50
MOST = 100  # quotes or figures of one article that are compared
Ids = Mapping[str, str]  # address -> the words that stand there, to find them again


def site_ids(site: Site) -> dict[str, str]:
    """Every address of the site that must not die, with the words it stands for; sorted.

    Addresses are as in `Site.moved`: `q/ID/`, `f/ID/`, `a/ID/`, `c/ID/`,
    `p/ID/`, `o/ID/`, `t/ID/` (people, organisations, products).
    """
    out = {f"a/{a.id}/": a.id for a in site.articles}
    out |= {f"q/{q.id}/": f"{q.article} {_plain(q.noted.item.text)}" for q in site.quotes}
    out |= {f"f/{f.id}/": f"{f.article} {_plain(f.noted.item.text)}{_within(f)}" for f in site.figures}
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
    mended = _mended(old, new)
    at: dict[tuple[str, str], str] = {}
    for address, words in new.items():
        at.setdefault((_kind(address), words), address)
    out: dict[str, str] = {}
    for address, words in sorted(old.items()):
        if address not in new and not _leads(site.moved, address, new):
            out[address] = mended.get(address) or _target(address, words, at, aliases, new)
    for address, target in sorted(site.moved.items()):
        if address not in out and address not in new and target.lstrip("/") in out:
            out[address] = out[target.lstrip("/")]
    return dict(sorted(out.items()))


def _mended(old: Ids, new: Ids) -> dict[str, str]:
    """Quotes and figures that are gone, each with the one new of its article that is most like it.

    One word of a text was corrected: the quote has other words and the
    figure another value, so the address is new, but nobody is meant to lose
    the page. Each new one takes the place of one old one, the likest first.
    """
    gone = _by_article(a for a in old.items() if a[0] not in new)
    fresh = _by_article(a for a in new.items() if a[0] not in old)
    out: dict[str, str] = {}
    for key in sorted(gone.keys() & fresh.keys()):
        left, right = gone[key][:MOST], fresh[key][:MOST]
        pairs = sorted((-_alike(a[1], b[1]), a[0], b[0]) for a in left for b in right)
        taken: set[str] = set()
        for score, a, b in pairs:
            if -score >= LIKE and a not in out and b not in taken:
                out[a] = b
                taken.add(b)
    return out


def _by_article(ids: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Addresses of quotes and figures with their words, by kind and article; sorted."""
    out: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for address, words in sorted(ids):
        if _kind(address) in ("q", "f"):
            article, _, rest = words.partition(" ")
            out.setdefault((_kind(address), article), []).append((address, rest))
    return out


def _alike(a: str, b: str) -> float:
    """How alike two quotes or figures are, of 100; a figure is known by its sentence as much as by its words."""
    (one, _, here), (two, _, there) = a.partition(WITHIN), b.partition(WITHIN)
    own = fuzz.ratio(one[:LONGEST], two[:LONGEST])
    return (own + fuzz.ratio(here, there)) / 2 if here and there else own


def _within(f: FigureItem) -> str:
    """The sentence that a figure stands in, as the register keeps it: without the figure, so that it may change."""
    sentence = _plain(f.noted.sentence.replace(f.noted.item.text, "…"))[:SENTENCE]
    return f"{WITHIN}{sentence}" if sentence else ""


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
