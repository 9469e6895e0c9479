"""The tables: as CSV, as one SQLite file, and the Data Package that describes them.

A column is described once, here; the CSV's head, the package's Table Schema
and SQLite's types are made of it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from io import StringIO
from typing import Any, Literal

from digest.render import data
from digest.render.database import Field, database
from digest.site import Article
from digest.views.cards import article_card
from digest.views.derived import derived_rows
from digest.views.known import Known

Row = Mapping[str, Any]
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `refers`: the table whose `id` its values are. A `key` is never empty, nor twice there."""

    name: str
    about: str
    type: Literal["string", "integer", "number", "boolean"] = "string"
    key: bool = False
    refers: str = ""
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its rows: newest article first, within it in the order of the text."""

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]


def _columns(*columns: tuple[Any, ...] | Column) -> tuple[Column, ...]:
    return tuple(c if isinstance(c, Column) else Column(*c) for c in columns)


CERT = Column("cert", "how sure the machine or editor is", among=("high", "medium", "low"))
ARTICLE = Column("article", "the article it stands in", refers="articles")
PLACE = (
    Column("url", "its own page"),
    Column("anchor", "its place on the article's page"),
    ARTICLE,
    Column("part", "of the article", among=("body", "headline", "standfirst")),
    Column("start", "offset in that part (the body: text.txt), in code points", "integer"),
    Column("end", "offset of the end, exclusive", "integer"),
    Column("text", "its words as they are shown"),
)
BASIS = ("stated", "inferred", "unknown")
ARTICLES = _columns(
    Column("id", "the article's id", key=True),
    ("url", "its page"),
    ("title", "its headline, or the editor's where the scrape has none"),
    ("outlet", "who published it; empty where unknown"),
    Column("outlet_basis", "how the outlet is known", among=BASIS),
    ("date", "when, in EDTF; empty where unknown"),
    Column("date_basis", "how the date is known", among=BASIS),
    ("author", "who wrote it; empty where unknown"),
    ("address", "where the original stands; empty where unknown"),
    Column("address_basis", "how the address is known", among=BASIS),
    ("added", "when it came into this digest (UTC); empty where not told"),
    Column("mode", "how much of it is published", among=("full", "excerpt", "private")),
    ("words", "words of the body", "integer"),
    ("removed", "passages removed", "integer"),
    ("mended", "places mended", "integer"),
    ("open", "places marked and left open", "integer"),
    ("quotes", "quotes with a page", "integer"),
    ("figures", "key figures", "integer"),
    ("sha256", "SHA-256 of the scraped file"),
    ("text_sha256", "SHA-256 of text.txt; empty where no text is published"),
)
EDITS = _columns(
    ARTICLE,
    ("id", "the edit's id, within the article"),
    Column("kind", "what was done", among=("decode", "excise", "move", "split", "space", "emend", "flag")),
    ("layer", "the step of reading that did it"),
    ("cls", "the kind of damage or residue"),
    ("rule", "the rule that made it"),
    CERT,
    Column("status", "whether it was carried out", among=("applied", "proposed", "flagged")),
    ("by", "machine, editor, or the program that proposed it"),
    ("raw_start", "offset in the scraped text, in code points", "integer"),
    ("raw_end", "offset of the end, exclusive", "integer"),
    ("old", "the words as scraped; their beginning alone where the text is not shown whole"),
    ("new", "the words now"),
    ("why", "the reason"),
)
FIGURES = _columns(
    Column("id", "the figure's id", key=True),
    *PLACE,
    ("low", "the least it says: an exact decimal in whole units; empty for an open end", "number"),
    ("high", "the most it says", "number"),
    ("unit", "an ISO 4217 or UCUM code, or a noun"),
    ("per", "what it is a rate of"),
    ("change", "= ~ > < up or down"),
    ("approx", "about, some, nearly", "boolean"),
    ("bound", "over, at least, under, at most, as a sign"),
    ("subject", "what it counts, as the text says"),
    ("claimant", "who says so; empty for the text itself"),
    Column("status", "how it is stated", among=("fact", "claim", "plan", "estimate")),
    ("when", "the time it holds for, as the text says"),
    ("damaged", "whether the copy damaged it", "boolean"),
    ("texts", "texts that have it, this one included", "integer"),
    ("lineages", "lineages of those texts: copies of one original count once", "integer"),
    CERT,
)
DERIVED = _columns(
    Column("id", "the sum's id", key=True),
    Column("kind", "larger divided by smaller, or less it", among=("ratio", "difference")),
    Column("larger", "the larger figure", refers="figures"),
    Column("smaller", "the smaller figure", refers="figures"),
    ("larger_value", "its value in `unit`; cents are turned into the one currency of their text", "number"),
    ("smaller_value", "the same of the smaller", "number"),
    ("unit", "what both are in"),
    ("per", "what both are per"),
    ("result", "how many times as large, or by how much", "number"),
    ("exact", "not rounded to three digits", "boolean"),
    ("approx", "one of the two is rough", "boolean"),
    Column("where", "what sets them side by side", among=("sentence", "paragraph", "texts")),
    ("unlike", "why an editor says that they are not like for like"),
    ("url", "where the sum stands"),
)
QUOTES = _columns(
    Column("id", "the quote's id", key=True),
    *PLACE,
    ("kind", "direct, partial, block, continuation, broken"),
    ("speaker", "who says it, in the words nearest to it"),
    ("speaker_full", "the full name, as the text gives it elsewhere"),
    Column("person", "the speaker's id, where he, she or it has a page", refers="entities"),
    ("cue", "said, wrote …"),
    ("venue", "where it was said, as the text says"),
    Column("frame", "how the text gives it", among=("asserted", "denied", "attributed-to-others", "asked")),
    ("verbatim", "no: this copy was reworded, so the words are not the speaker's", "boolean"),
    CERT,
)
ENTITIES = _columns(
    Column("id", "the id", key=True),
    Column("kind", "what it is", among=("person", "organisation", "product", "place")),
    ("name", "the name"),
    ("url", "its page"),
)
APPEARANCES = _columns(
    Column("article", "the article that names it", refers="articles"),
    Column("entity", "who or what is named", refers="entities"),
    ("times", "how often", "integer"),
)


def tables(known: Known) -> list[Table]:
    """All tables; those that others refer to stand first."""
    standing = known.standing
    quotes = [data.quote(q, known) for a in standing for q in known.quotes_in.get(a.id, ())]
    figures = [data.figure(f, known) for a in standing for f in known.figures_in.get(a.id, ())]
    edits = [{"article": a.id, **data.edit(e)} for a in standing for e in a.shown.edits]
    sums = derived_rows(known)
    return [
        Table("articles", "one row a text", ARTICLES, [_article_row(a, known) for a in standing]),
        Table("entities", "one row a name", ENTITIES, [data.entity(e, known) for e in known.site.entities]),
        Table("quotes", "one row a quote", QUOTES, quotes),
        Table("figures", "one row a figure", FIGURES, figures),
        Table("derived", "one row for each sum that the machine made of two figures", DERIVED, sums),
        Table("edits", "one row an edit", EDITS, edits),
        Table("appearances", "who is named where", APPEARANCES, list(_appearances(known))),
    ]


def _appearances(known: Known) -> Iterator[Row]:
    for a in known.standing:
        for s in known.names_in.get(a.id, ()):
            if s.entity in known.entities:
                yield {"article": a.id, "entity": s.entity, "times": s.count}


def _article_row(a: Article, known: Known) -> Row:
    c = article_card(a, known)
    return {
        "id": a.id,
        "url": known.site.settings.base_url + c.href,
        "title": a.title,
        "outlet": c.outlet.value,
        "outlet_basis": c.outlet.basis,
        "date": a.date.value,
        "date_basis": a.date.basis if a.date.value else "unknown",
        "author": c.author.value,
        "address": a.address.value,
        "address_basis": a.address.basis if a.address.value else "unknown",
        "added": a.added.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if a.added else "",
        "mode": c.mode,
        "sha256": a.shown.sha256,
        "text_sha256": data.text_hash(a.shown.text) if a.shown.text else "",
        **a.shown.counts,
    }


def table_files(known: Known, dump: bool) -> Iterator[tuple[str, bytes]]:
    """Each table as CSV, their description, and with `dump` all of them as one SQLite file."""
    made = tables(known)
    for table in made:
        yield f"{table.name}.csv", as_csv(table)
    yield "datapackage.json", data.as_json(_package(made, known))
    if dump:
        yield "digest.db", database((t.name, [_field(c) for c in t.columns], t.rows) for t in made)


def _field(c: Column) -> Field:
    kinds = {"integer": "INTEGER", "boolean": "INTEGER", "number": "NUMERIC", "string": "TEXT"}
    return Field(c.name, kinds[c.type], c.key, c.refers)


# CSV

# What a spreadsheet takes for the beginning of a formula, full-width forms too (OWASP, CSV injection)
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
HARMLESS = re.compile(r"[=+-]|[+-]?[0-9.,]+")  # a sign by itself (no change, down, up), or a number


def as_csv(table: Table) -> bytes:
    """CSV as RFC 4180 has it, UTF-8; a value that a spreadsheet would run as a formula is led by an apostrophe."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([c.name for c in table.columns])
    for row in table.rows:
        writer.writerow([cell(row.get(c.name), c) for c in table.columns])
    return out.getvalue().encode("utf-8", "replace")


def cell(value: object, column: Column) -> object:
    """A value as it stands in a cell: "" for none, `true` and `false`, no formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str) or column.type != "string" or HARMLESS.fullmatch(value):
        return value
    return f"'{value}" if value.startswith(FORMULA) else value


# Data Package


def _package(made: Sequence[Table], known: Known) -> Mapping[str, Any]:
    """What stands in which file, as a Data Package (version 2) with a Table Schema a table."""
    settings = known.site.settings
    about = {"description": settings.description} if settings.description else {}
    return {
        "$schema": PROFILE,
        "name": "digest",
        "title": settings.title,
        **about,
        "homepage": settings.base_url,
        "version": f"{data.VERSION}.0",
        "resources": [_resource(t) for t in made],
    }


def _resource(table: Table) -> Mapping[str, Any]:
    keys = [c.name for c in table.columns if c.key]
    refers = [
        {"fields": [c.name], "reference": {"resource": c.refers, "fields": ["id"]}}
        for c in table.columns
        if c.refers
    ]
    schema = {"fields": [_described(c) for c in table.columns], "missingValues": [""]}
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema
        | ({"primaryKey": keys} if keys else {})
        | ({"foreignKeys": refers} if refers else {}),
    }


def _described(c: Column) -> Mapping[str, Any]:
    must = ({"required": True, "unique": True} if c.key else {}) | (
        {"enum": list(c.among)} if c.among else {}
    )
    return {"name": c.name, "type": c.type, "description": c.about} | ({"constraints": must} if must else {})


__all__ = ["Column", "Table", "as_csv", "cell", "table_files", "tables"]
