"""What links articles: people, outlets, stories, conflicts, lineages, corrections, pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from digest import dates
from digest.cited import Citation
from digest.load.bench import Bench, bad_date
from digest.model import KnownName, MentionKind, Residue
from digest.site import (
    Compared,
    Comparison,
    Conflict,
    ContentPage,
    Correction,
    Entity,
    Lineage,
    Outlet,
    Reading,
    Register,
    Story,
    Term,
)
from digest.strict import Loaded
from digest.sums import rounds_to, worked_out

KINDS: Mapping[str, MentionKind] = {
    "people": "person",
    "organisations": "organisation",
    "products": "product",
}
# what stands at the top of a site (digest/views, digest/render): no page of one's own may be called so
RESERVED = frozenset(
    "404 a archive atom c data f feed feeds glossary index log manifest method o p q robots rss s search"
    " sitemap src static t tree".split()
)
Named = tuple[tuple[str | int, ...], str]  # where in a file, and the id that stands there


def entities(bench: Bench) -> tuple[tuple[Entity, ...], tuple[KnownName, ...]]:
    """People, organisations and products with a file of their own, and their names as evidence."""
    entities, names = [], []
    for folder, kind in KINDS.items():
        for path in bench.named(folder, ".yaml"):
            got = bench.yaml(path, "entity")
            if got:
                d = got[0]
                aliases = tuple(d.get("aliases", ()))
                entities.append(Entity(path.stem, kind, d["name"], aliases, d.get("about", ""), "editor"))
                names.append(KnownName(path.stem, kind, d["name"], aliases, d.get("gender")))
    return tuple(entities), tuple(names)


def outlets(bench: Bench) -> tuple[Outlet, ...]:
    """The outlets that have a file."""
    out = []
    for path in bench.named("outlets", ".yaml"):
        got = bench.yaml(path, "outlet")
        if got:
            d = got[0]
            residue = tuple(d.get("residue", ()))
            out.append(
                Outlet(
                    path.stem,
                    d["name"],
                    d.get("home", ""),
                    d.get("about", ""),
                    residue,
                    d.get("text_mode"),
                    tuple(d.get("aliases", ())),
                )
            )
    return tuple(out)


def stories(bench: Bench, known: set[str]) -> tuple[Story, ...]:
    """The stories, their articles checked against the ids there are."""
    out = []
    for path in bench.named("stories", ".md"):
        got = bench.markdown(path, "story")
        if not got:
            continue
        d, summary, loaded = got
        _articles(bench, loaded, [(("articles", i), a) for i, a in enumerate(d["articles"])], known)
        moments = {k: _moment(bench, loaded, d, k) for k in ("added", "updated")}
        if d.get("when") and not dates.valid(d["when"]):
            bench.problems.append(bad_date(loaded, ("when",), d["when"]))
        out.append(
            Story(path.stem, d["title"], summary, tuple(d["articles"]), when=d.get("when", ""), **moments)
        )
    return tuple(out)


def _articles(bench: Bench, loaded: Loaded, named: Sequence[Named], known: set[str]) -> None:
    """Says which ids of `named` are no article's, and which stand a second time."""
    _once(bench, loaded, named, "article")
    for where, article in named:
        if article not in known:
            bench.problems.append(loaded.problem(where, _nobody(article, known), "id"))


def _nobody(article: str, known: set[str]) -> str:
    near = get_close_matches(article, sorted(known), 1)
    return f"no article has the id `{article}`" + (f"; did you mean `{near[0]}`?" if near else "")


def _once(bench: Bench, loaded: Loaded, named: Sequence[Named], what: str) -> None:
    seen: set[str] = set()
    for where, name in named:
        if name in seen:
            bench.problems.append(loaded.problem(where, f"{what} `{name}` a second time", "id"))
        seen.add(name)


def _moment(bench: Bench, loaded: Loaded, data: Mapping[str, Any], key: str) -> Any:
    if key not in data:
        return None
    moment = dates.timestamp(data[key])
    if moment is None:
        bench.problems.append(bad_date(loaded, (key,), data[key]))
    return moment


def conflicts(bench: Bench, known: set[str]) -> tuple[tuple[Conflict, ...], tuple[Citation, ...]]:
    """The editor's conflicts with their readings, and what these cite of the texts."""
    out, cited = [], []
    for path in bench.named("conflicts", ".yaml"):
        got = bench.yaml(path, "conflict")
        if got:
            d = got[0]
            for i, r in enumerate(d["readings"]):
                _articles(bench, got[1], [(("readings", i, "article"), r["article"])], known)
                cited += [_citation(got[1], i, r, key) for key in ("words", "exact") if key in r]
            readings = tuple(Reading(r["article"], r["words"], r.get("exact", "")) for r in d["readings"])
            out.append(Conflict(path.stem, d["question"], d["kind"], readings, d.get("note", "")))
    return tuple(out), tuple(cited)


def _citation(loaded: Loaded, i: int, reading: Mapping[str, str], key: str) -> Citation:
    at = loaded.problem(("readings", i, key), "")
    return Citation(reading["article"], reading[key], key, at.path, at.line, at.column)


def _single(bench: Bench, name: str, make: Callable[[dict[str, Any], Loaded], Any], empty: Any) -> Any:
    path = bench.root / "content" / f"{name}.yaml"
    got = bench.yaml(path, name) if path.is_file() else None
    return make(*got) if got else empty


def lineages(bench: Bench, known: set[str]) -> tuple[Lineage, ...]:
    """The editor's word on which texts share an original."""

    def made(data: dict[str, Any], loaded: Loaded) -> tuple[Lineage, ...]:
        """The lineages, once their ids, members and wordings are known to stand."""
        ids = [(("lineages", i, "id"), d["id"]) for i, d in enumerate(data["lineages"])]
        _once(bench, loaded, ids, "lineage")
        for i, d in enumerate(data["lineages"]):
            members = [
                (("lineages", i, "members", n, "article"), m["article"]) for n, m in enumerate(d["members"])
            ]
            _articles(bench, loaded, members, known)
        return tuple(
            Lineage(
                d["id"],
                d["title"],
                d.get("held", False),
                tuple((m["article"], m["copy"], m["evidence"]) for m in d["members"]),
                d.get("note", ""),
            )
            for d in data["lineages"]
        )

    found: tuple[Lineage, ...] = _single(bench, "lineages", made, ())
    return found


def corrections(bench: Bench) -> tuple[Correction, ...]:
    """Dated corrections of what was published."""

    def made(data: dict[str, Any], loaded: Loaded) -> tuple[Correction, ...]:
        """The corrections whose date and address can be read; the others are problems."""
        out = []
        for i, c in enumerate(data["corrections"]):
            moment = dates.timestamp(c["date"])
            if moment is None:
                bench.problems.append(bad_date(loaded, ("corrections", i, "date"), c["date"]))
                continue
            if fault := _no_address(c["page"]):
                bench.problems.append(
                    loaded.problem(("corrections", i, "page"), f"`page`: {fault}", "address")
                )
            out.append(Correction(moment, c["page"], c["before"], c["after"], c["reason"], c["who"]))
        return tuple(out)

    found: tuple[Correction, ...] = _single(bench, "corrections", made, ())
    return found


def _no_address(page: str) -> str:
    """Why `page` cannot be an address within the site; "" when it can."""
    if re.match(r"[a-z][a-z0-9+.-]*:|//", page, re.I):
        return f"{page!r} leads out of the site; write the path alone, like /a/harbour/"
    if ".." in page.split("/") or not re.fullmatch(r"[^\s\\<>\"?]+", page):
        return f"{page!r} is no address of a page; write it like /a/harbour/"
    return ""


def pages(bench: Bench) -> tuple[ContentPage, ...]:
    """The editor's own pages."""
    out = []
    for path in bench.named("pages", ".md"):
        if path.stem in RESERVED:
            bench.say(path, f"the site makes /{path.stem}/ itself; choose another name", rule="id")
        got = bench.markdown(path, "page")
        if got:
            out.append(
                ContentPage(path.stem, got[0]["title"], got[1], _moment(bench, got[2], got[0], "updated"))
            )
    return tuple(out)


def glossary(bench: Bench) -> tuple[Term, ...]:
    """The terms that pages explain."""

    def made(data: dict[str, Any], loaded: Loaded) -> tuple[Term, ...]:
        """The terms, once their ids are single and each `see` leads to one of them."""
        known = {t["id"] for t in data["terms"]}
        _once(bench, loaded, [(("terms", i, "id"), t["id"]) for i, t in enumerate(data["terms"])], "term")
        for i, t in enumerate(data["terms"]):
            for n, other in enumerate(t.get("see", ())):
                if other not in known:
                    message = f"no term has the id `{other}`"
                    bench.problems.append(loaded.problem(("terms", i, "see", n), message, "id"))
        return tuple(
            Term(t["id"], t["term"], tuple(t["forms"]), t["meaning"], tuple(t.get("see", ())))
            for t in data["terms"]
        )

    found: tuple[Term, ...] = _single(bench, "glossary", made, ())
    return found


def comparisons(bench: Bench, known: set[str]) -> tuple[Comparison, ...]:
    """Figures set side by side, with their sums."""

    def made(data: dict[str, Any], loaded: Loaded) -> tuple[Comparison, ...]:
        """The comparisons whose articles are known and whose sum is right."""
        out = []
        for i, c in enumerate(data["comparisons"]):
            for n, f in enumerate(c["figures"]):
                where = ("comparisons", i, "figures", n, "article")
                _articles(bench, loaded, [(where, f["article"])], known)
            got = _worked_out(bench, loaded, i, c)
            figures = tuple(Compared(**f) for f in c["figures"])
            exact = got == Decimal(c["result"])
            out.append(Comparison(**(c | {"figures": figures, "exact": exact})))
        return tuple(out)

    found: tuple[Comparison, ...] = _single(bench, "comparisons", made, ())
    return found


def _worked_out(bench: Bench, loaded: Loaded, i: int, c: Mapping[str, Any]) -> Decimal:
    """What a comparison's sum gives; a problem when that is not its result."""
    try:
        got = worked_out(c["sum"], {f["name"]: Decimal(f["value"]) for f in c["figures"]})
    except ValueError as e:
        bench.problems.append(loaded.problem(("comparisons", i, "sum"), f"`sum`: {e}", "sum"))
        return Decimal(0)
    if not rounds_to(got, c["result"]):
        message = f"`result`: {c['sum']} gives {got:.6g}, not {c['result']}"
        bench.problems.append(loaded.problem(("comparisons", i, "result"), message, "sum"))
    return got


def register(bench: Bench) -> Register:
    """What was published, and old addresses with where they lead."""

    def made(data: dict[str, Any], loaded: Loaded) -> Register:
        """The register; old addresses and where each leads now are checked for shape."""
        moved: Mapping[str, str] = data.get("moved", {})
        for old, new in moved.items():
            if fault := _no_address(old) or _no_address(new):
                bench.problems.append(loaded.problem(("moved", old), fault, "address"))
        order = {a: i for i, a in reversed(list(enumerate(data.get("order") or ())))}
        return Register(moved, data.get("published") or {}, order)

    found: Register = _single(bench, "register", made, Register())
    return found


def residue_of(outlet: Outlet) -> tuple[Residue, ...]:
    """An outlet's own leftover lines, as evidence for the corpus layer."""
    why = f"the editor lists this line as residue of {outlet.name}"
    return tuple(Residue(line, why, "editor") for line in outlet.residue)
