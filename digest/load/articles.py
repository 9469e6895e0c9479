"""Articles: the editor's front matter joined to the witnesses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from digest import dates
from digest.load.bench import Bench, bad_date
from digest.load.seeds import Seed
from digest.model import Emendation, Evidence, FigureOverride, QuoteOverride, Target
from digest.site import Fact, Mode
from digest.strict import Loaded


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as the editor wrote it down; `path` for errors."""

    id: str
    seeds: tuple[Seed, ...]
    path: str = ""
    headline: str = ""
    outlet: Fact = Fact()
    author: Fact = Fact()
    address: Fact = Fact()
    date: Fact = Fact()
    copy: Fact = Fact()
    added: str = ""
    language: str = ""
    withdrawn: str = ""
    text_mode: Mode | None = None
    note: str = ""
    evidence: tuple[Evidence, ...] = ()


def entries(
    bench: Bench,
    seeds: Mapping[str, Seed],
    emendations: Mapping[str, tuple[Evidence, ...]],
    unusable: set[str],
) -> tuple[tuple[Entry, ...], frozenset[str]]:
    """All articles, and the ids of those whose witness cannot be used."""
    out: dict[str, Entry] = {}
    absent: set[str] = set()
    used: dict[str, str] = {}
    for path in bench.files("articles", ".md"):
        entry = _entry(bench, path, seeds, unusable)
        if entry is None:
            continue
        if entry.id in out:
            bench.say(path, f"id `{entry.id}` is taken by {out[entry.id].path}", 2, "id")
        for seed in entry.seeds:
            if seed.witness.file in used:
                bench.say(path, f"seed `{seed.witness.file}` is used by {used[seed.witness.file]}", 2, "seed")
            used[seed.witness.file] = bench.shown(path)
        if entry.seeds:
            out[entry.id] = entry
        else:
            absent.add(entry.id)
    for name in sorted(set(seeds) - set(used)):
        made = Entry(id=_own_id(name), seeds=(seeds[name],))
        if made.id in out:
            bench.say(
                bench.root / "seeds" / name,
                f"its id `{made.id}` is taken; give it a file in content/articles/",
            )
        out[made.id] = made
    for orphan in sorted(set(emendations) - set(out) - absent):
        path = bench.root / "content" / "emendations" / f"{orphan}.yaml"
        bench.say(path, f"no article has the id `{orphan}`")
    return tuple(_with(e, emendations.get(e.id, ())) for e in out.values()), frozenset(absent)


def _own_id(name: str) -> str:
    """The id of a seed that has no front matter: of its name, so it never changes."""
    return sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:10]


def _with(entry: Entry, more: tuple[Evidence, ...]) -> Entry:
    return replace(entry, evidence=(*entry.evidence, *more)) if more else entry


def _entry(bench: Bench, path: Path, seeds: Mapping[str, Seed], unusable: set[str]) -> Entry | None:
    got = bench.markdown(path, "article")
    if got is None:
        return None
    data, note, loaded = got
    found = tuple(_witnesses(bench, data, loaded, seeds, unusable))
    facts = {k: _fact(data.get(k)) for k in ("outlet", "author", "address", "date", "copy")}
    if facts["date"].value and not dates.valid(facts["date"].value):
        bench.problems.append(bad_date(loaded, ("date",), facts["date"].value))
    if facts["address"].value and not facts["address"].value.startswith(("https://", "http://")):
        bench.problems.append(loaded.problem(("address",), "`address`: expected https://…"))
    if data.get("added") and dates.timestamp(data["added"]) is None:
        bench.problems.append(bad_date(loaded, ("added",), data["added"]))
    where = bench.shown(path)
    return Entry(
        id=data["id"],
        seeds=found,
        path=where,
        headline=data.get("headline", ""),
        added=data.get("added", ""),
        language=data.get("language", ""),
        withdrawn=data.get("withdrawn", ""),
        text_mode=data.get("text_mode"),
        note=note,
        evidence=(*_quote_overrides(data, loaded), *_figure_overrides(data, loaded)),
        **facts,
    )


def _witnesses(
    bench: Bench, data: Mapping[str, Any], loaded: Loaded, seeds: Mapping[str, Seed], unusable: set[str]
) -> Iterator[Seed]:
    named = data.get("witnesses") or [{"file": data["seed"]}]
    for i, w in enumerate(named):
        where = ("witnesses", i, "file") if "witnesses" in data else ("seed",)
        seed = seeds.get(w["file"])
        if seed is None and w["file"] not in unusable:
            bench.problems.append(loaded.problem(where, f"seeds/{w['file']} does not exist", "seed"))
        elif seed is not None:
            yield replace(seed, witness=replace(seed.witness, obtained=w.get("obtained", "")))


def _fact(value: Any) -> Fact:
    if not isinstance(value, dict):
        return Fact()
    if "stated" in value:
        return Fact(str(value["stated"]), "stated", value.get("reason", ""))
    return Fact(str(value["inferred"]), "inferred", value["reason"])


def target(data: Mapping[str, Any]) -> Target:
    return Target(data["exact"], data.get("prefix", ""), data.get("suffix", ""))


def place(loaded: Loaded, *path: str | int) -> str:
    """`file:line:column` of a value, the start of the file where it is unknown."""
    line, column = loaded.places.get(path, (1, 1))
    return f"{loaded.path}:{line}:{column}"


def _quote_overrides(data: Mapping[str, Any], loaded: Loaded) -> Iterator[QuoteOverride]:
    for i, q in enumerate(data.get("quotes", ())):
        yield QuoteOverride(
            target(q), q.get("speaker"), q.get("kind"), q.get("note", ""), place(loaded, "quotes", i)
        )


def _figure_overrides(data: Mapping[str, Any], loaded: Loaded) -> Iterator[FigureOverride]:
    for i, f in enumerate(data.get("figures", ())):
        more = {k: f[k] for k in ("subject", "claimant", "status", "key", "note", "unlike") if k in f}
        yield FigureOverride(target(f), **more, where=place(loaded, "figures", i))


def emendations(bench: Bench) -> dict[str, tuple[Evidence, ...]]:
    """The editor's emendations by article id, each file in its own order."""
    out: dict[str, tuple[Evidence, ...]] = {}
    for path in bench.files("emendations", ".yaml"):
        got = bench.yaml(path, "emendations")
        if got:
            article = path.name.split(".")[0]  # ID.yaml, or ID.PROGRAM.yaml for proposals
            out[article] = out.get(article, ()) + tuple(
                Emendation(
                    target(e), e["action"], e["why"], where=place(got[1], "emendations", i), **_more(e)
                )
                for i, e in enumerate(got[0]["emendations"])
            )
    return out


def _more(e: Mapping[str, Any]) -> dict[str, Any]:
    return {k: e[k] for k in ("text", "witness", "by", "date", "status", "cert") if k in e}
