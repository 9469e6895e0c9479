"""What pages and data say to programs: structured data, addresses, Web Annotations, tables."""

import csv
import hashlib
import io
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import factory
import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from digest import build
from digest.check import check
from digest.model import Figure
from digest.render import files
from digest.render.annotation import AROUND, selector
from digest.render.tables import Column, cell
from digest.site import Correction, Entity, Fact, Site

BASE = "https://example.org/digest/"
SCHEMAS = Path(__file__).parent / "schemas"
VOCABULARY = yaml.safe_load((SCHEMAS / "schemaorg.yaml").read_text("utf-8"))


def validator(name: str) -> jsonschema.Draft202012Validator:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def made(site: Site) -> dict[str, bytes]:
    return dict(files(site, factory.theme()))


def with_article(id: str, **more: Any) -> Site:
    """The factory's site with one of its articles told more of."""
    site = factory.site()
    return replace(site, articles=tuple(replace(a, **more) if a.id == id else a for a in site.articles))


KNOWN = {
    "author": Fact("Bo Ray", "stated"),
    "address": Fact("https://gazette.example/harbour", "stated"),
}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """This repository's digest, built."""
    folder = tmp_path_factory.mktemp("own") / "_site"
    build.built(factory.ROOT, folder, release=True, check=False)
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@cache
def full() -> dict[str, bytes]:
    """A site in which everything is known of one article."""
    return made(with_article("one", **KNOWN))


# schema.org


def structured(page: bytes) -> Any:
    found = html.fromstring(page).xpath("//script[@type='application/ld+json']/text()")
    return json.loads(found[0]) if found else None


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        yield from nodes(inner)


def properties(kind: str) -> set[str]:
    entry = VOCABULARY[kind]
    return set(entry.get("has", ())) | (properties(entry["is"]) if "is" in entry else set())


def foreign(page: bytes) -> list[str]:
    """Types and properties that schema.org does not have."""
    out = []
    for node in nodes(structured(page)):
        kind = node.get("@type")
        if kind is None:
            out += [] if node.keys() <= {"@id", "name"} else [f"no type: {node}"]
        elif kind not in VOCABULARY:
            out.append(kind)
        else:
            out += [f"{kind}.{p}" for p in node if not p.startswith("@") and p not in properties(kind)]
    return out


def test_structured_data_name_only_what_schema_org_has(own: dict[str, bytes]) -> None:
    seen: Counter[str] = Counter()
    for site in (own, full()):
        for path, page in site.items():
            if path.endswith(".html"):
                assert not foreign(page), path
                seen.update(n["@type"] for n in nodes(structured(page)) if "@type" in n)
    assert {
        "NewsArticle",
        "Quotation",
        "MonetaryAmount",
        "QuantitativeValue",
        "CorrectionComment",
    } <= seen.keys()


def test_a_word_that_schema_org_does_not_have_is_found() -> None:
    for node in ('{"@type":"Quote"}', '{"@type":"Person","headline":"x"}', '{"url":"x"}'):
        assert foreign(f'<script type="application/ld+json">{node}</script>'.encode()), node


def test_a_text_whose_author_and_day_are_stated_is_a_news_article_based_on_the_original() -> None:
    node = structured(full()["a/one/index.html"])
    assert (node["@type"], node["author"]["name"], node["datePublished"]) == (
        "NewsArticle",
        "Bo Ray",
        "2025-01-27",
    )
    original = node["isBasedOn"]
    assert (original["@type"], original["url"]) == ("NewsArticle", "https://gazette.example/harbour")
    assert original["publisher"]["name"] == "The Gazette"
    assert node["correction"][0]["@type"] == "CorrectionComment"
    assert node["dateModified"] == "2025-03-01T08:00:00Z"
    assert node["hasPart"] == [{"@type": "Quotation", "@id": f"{BASE}q/quote001/"}]
    assert {"@type": "Person", "@id": f"{BASE}p/ada-moss/", "name": "Ada Moss"} in node["mentions"]


@pytest.mark.parametrize("basis", ["inferred", "unknown"])
def test_what_is_inferred_or_unknown_is_not_told_to_machines(basis: str) -> None:
    value = "Bo Ray" if basis == "inferred" else ""
    site = with_article(
        "one", author=Fact(value, basis), address=Fact("https://x.example/" * bool(value), basis)
    )
    page = made(site)["a/one/index.html"]
    node = structured(page)
    assert node["@type"] == "WebPage"
    assert node["isBasedOn"]["@type"] == "CreativeWork"
    assert "author" not in node and "url" not in node["isBasedOn"]
    assert b"Bo Ray" not in json.dumps(node).encode()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("person", {"creator": {"@type": "Person", "@id": f"{BASE}p/x/", "name": "X"}}),
        ("organisation", {"creator": {"@type": "Organization", "@id": f"{BASE}o/x/", "name": "X"}}),
        ("product", {"creditText": "X", "mentions": {"@type": "Product", "@id": f"{BASE}t/x/", "name": "X"}}),
        ("", {"creditText": "Ada Moss"}),
    ],
)
def test_a_speaker_is_of_the_kind_that_the_speakers_page_has(kind: str, said: dict[str, Any]) -> None:
    site = factory.site()
    entities = (*site.entities, Entity("x", kind, "X", by="editor")) if kind else site.entities  # type: ignore[arg-type]
    quotes = tuple(replace(q, person="x" if kind else "") for q in site.quotes)
    node = structured(made(replace(site, entities=entities, quotes=quotes))["q/quote001/index.html"])
    assert {k: node[k] for k in ("creator", "creditText", "mentions") if k in node} == said


def value_of(unit: str | None, **more: Any) -> Any:
    """How a figure of this unit is told."""
    one = factory.shown().figures[0]
    assert isinstance(one.item, Figure)
    noted = replace(one, item=one.item._replace(unit=unit, **more))
    site = replace(factory.site(), figures=(replace(factory.site().figures[0], noted=noted),))
    return structured(made(site)["f/figure01/index.html"])["mainEntity"]


def test_money_is_a_monetary_amount_and_three_capitals_alone_are_not() -> None:
    assert value_of("USD") == {"@type": "MonetaryAmount", "currency": "USD", "value": 5600000}
    assert value_of("USD", per="year")["description"] == "per year"
    assert value_of("GPU") == {"@type": "QuantitativeValue", "unitText": "GPU", "value": 5600000}
    open_end = value_of("kg", high=None)
    assert open_end["minValue"] == 5600000 and not open_end.keys() & {"value", "maxValue"}


@pytest.mark.parametrize(
    ("digits", "said"),
    [
        ("0.1", 0.1),
        ("-5", -5),
        ("1" + "0" * 400, "1" + "0" * 400),  # no float
        ("12345678901234567.5", "12345678901234567.5"),  # no float holds all its digits
        ("1" + "0" * 20, 1e20),
    ],
)
def test_a_number_is_told_exactly_or_in_words(digits: str, said: object) -> None:
    assert value_of("kg", low=digits, high=digits)["value"] == said


def test_nothing_in_structured_data_can_be_read_as_a_tag() -> None:
    page = full()["a/one/index.html"].decode()
    [script] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert "\\u003c" in script
    assert not re.search("[<>&]", script)


@pytest.mark.parametrize(
    ("page", "href", "name"),
    [
        ("/s/harbour/", "s/harbour/", "The harbour"),
        ("q/quote001/", "q/quote001/", "the harbour costs"),
        ("p/ada-moss/", "p/ada-moss/", "Ada Moss"),
        ("c/who-said-it/", "c/who-said-it/", "Did she say it?"),
        ("src/gazette/", "src/gazette/", "The Gazette"),
        ("/about/", "about/", "About us"),
        ("a/one/clean/", "a/one/", "Harbour <costs>"),
        ("method/", "log/#c", "method/"),
    ],
)
def test_a_correction_of_any_page_leads_there_and_is_told_there(page: str, href: str, name: str) -> None:
    moment = datetime(2025, 4, 1, 8, 0, tzinfo=UTC)
    site = replace(factory.site(), corrections=(Correction(moment, page, "x", "y", "a slip", "editor"),))
    built = made(site)
    assert not check(built, BASE)
    [entry] = json.loads(built["log/feed.json"])["items"]
    assert entry["url"].startswith(BASE + href)
    assert name in entry["title"]
    if href.startswith(("s/", "q/", "p/", "c/", "src/")):
        node = structured(built[f"{href}index.html"])
        if node:
            assert (node["correction"][0]["text"], node["dateModified"]) == ("a slip", "2025-04-01T08:00:00Z")
        assert b"a slip" in built[f"{href}index.html"]


def test_the_id_of_a_correction_does_not_hang_on_words_that_may_be_hidden() -> None:
    site = factory.site()
    hidden = replace(site, corrections=tuple(replace(c, before="", after="") for c in site.corrections))
    ids = [[i["id"] for i in json.loads(made(s)["log/feed.json"])["items"]] for s in (site, hidden)]
    assert ids[0] == ids[1]
    twice = replace(site, corrections=(site.corrections[0], site.corrections[0]))
    items = json.loads(made(twice)["log/feed.json"])["items"]
    assert len({i["id"] for i in items}) == len({i["date_modified"] for i in items}) == 2


# Heads: canonical address, sitemap, robots, Open Graph, microformats


def canonical(page: bytes) -> str:
    [found] = html.fromstring(page).xpath("//link[@rel='canonical']/@href")
    return str(found)


def test_the_canonical_address_is_the_originals_where_that_is_known_and_all_is_shown() -> None:
    assert canonical(full()["a/one/index.html"]) == "https://gazette.example/harbour"
    assert f"<loc>{BASE}a/one/</loc>" not in full()["sitemap.xml"].decode()
    assert not check(full(), BASE)


@pytest.mark.parametrize(
    ("id", "address"),
    [
        ("one", Fact("https://gazette.example/harbour", "inferred")),
        ("one", Fact()),
        ("two", Fact("https://gazette.example/harbour", "stated")),  # an excerpt
    ],
)
def test_else_the_canonical_address_is_the_pages_own(id: str, address: Fact) -> None:
    site = made(with_article(id, address=address))
    assert canonical(site[f"a/{id}/index.html"]) == f"{BASE}a/{id}/"
    assert f"<loc>{BASE}a/{id}/</loc>" in site["sitemap.xml"].decode()


def test_a_page_that_is_canonical_elsewhere_has_no_place_in_the_sitemap() -> None:
    listed = full()["sitemap.xml"].replace(
        b"</urlset>", f"<url><loc>{BASE}a/one/</loc></url></urlset>".encode()
    )
    found = [p.message for p in check({**full(), "sitemap.xml": listed}, BASE)]
    assert found == ["its canonical address is elsewhere, but it stands in sitemap.xml"]


@pytest.mark.parametrize(
    ("page", "own"),
    [
        ("", ""),
        ("a/one/", ""),
        ("feeds/", ""),
        ("log/", "log/"),
        ("s/harbour/", "s/harbour/"),
        ("p/ada-moss/", "p/ada-moss/"),
        ("src/gazette/", "src/gazette/"),
        ("o/nobody-known/", ""),  # named in no text: it has no feed
    ],
)
def test_a_page_announces_its_own_feeds_and_those_of_everything(page: str, own: str) -> None:
    tree = html.fromstring(factory.built()[f"{page}index.html"])
    up = "../" * page.count("/") or "./"
    kinds = {"rss.xml": "rss+xml", "atom.xml": "atom+xml", "feed.json": "feed+json"}
    wanted = [(f"{up}{f}{n}", f"application/{k}") for f in dict.fromkeys([own, ""]) for n, k in kinds.items()]
    found = tree.xpath("//link[@rel='alternate']")
    assert [(e.get("href"), e.get("type")) for e in found] == wanted
    assert len({e.get("title") for e in found}) == len(found)


def test_clean_pages_are_not_indexed_and_the_sitemap_takes_its_days_from_the_data() -> None:
    site = factory.built()
    sitemap = site["sitemap.xml"].decode()
    assert b'<meta name="robots" content="noindex">' in site["a/one/clean/index.html"]
    assert "/clean/" not in sitemap
    days = set(re.findall("<lastmod>(.*?)</lastmod>", sitemap))
    assert days == {"2025-02-01", "2025-03-01"}  # added, corrected
    assert f"Sitemap: {BASE}sitemap.xml" in site["robots.txt"].decode()


def test_every_page_has_its_open_graph() -> None:
    for path, page in factory.built().items():
        if path.endswith(".html") and b'http-equiv="refresh"' not in page:
            meta = {m.get("property"): m.get("content") for m in html.fromstring(page).iter("meta")}
            kind = "article" if re.fullmatch(r"a/\w+/index\.html", path) and "gone" not in path else "website"
            assert meta["og:type"] == kind, path
            assert meta["og:title"] and meta["og:description"] and meta["og:image"].startswith(BASE), path
            assert meta["og:url"] == BASE + path.removesuffix("index.html"), path


def test_microformats_say_where_and_when_and_what_it_repeats() -> None:
    entry = html.fromstring(full()["a/one/index.html"]).xpath("//article[contains(@class, 'h-entry')]")[0]

    def values(kind: str) -> list[str]:
        found = entry.xpath(f".//*[contains(concat(' ', @class, ' '), ' {kind} ')]")
        return [e.get("value") or e.get("href") or e.text_content() for e in found]

    assert values("u-url") == [f"{BASE}a/one/"]
    assert values("dt-published") == ["2025-02-01T09:30:00Z"]
    assert values("u-repost-of") == values("h-cite") == ["https://gazette.example/harbour"]
    assert values("p-name") and values("e-content")
    cite = html.fromstring(full()["q/quote001/index.html"]).xpath("//article[@class='h-cite']")[0]
    assert cite.xpath(".//*[@class='u-url']/@value") == [f"{BASE}q/quote001/"]
    assert "nobody" in cite.xpath("string(.//*[@class='e-content'])")


# Web Annotations


def pages(site: dict[str, bytes]) -> list[tuple[str, Any]]:
    return [(n, json.loads(d)) for n, d in site.items() if n.startswith("a/") and n.endswith(".jsonld")]


def test_annotations_fit_the_data_model(own: dict[str, bytes]) -> None:
    right = validator("web-annotation")
    for site in (own, full()):
        right.validate(json.loads(site["data/annotations.jsonld"]))
        for _, page in pages(site):
            right.validate(page)


def test_a_collection_leads_through_all_its_pages(own: dict[str, bytes]) -> None:
    collection = json.loads(own["data/annotations.jsonld"])
    by_id = {page["id"]: page for _, page in pages(own)}
    at, seen, before = collection["first"], [], None
    while at:
        page = by_id[at]
        assert page["partOf"] == collection["id"]
        assert page.get("prev") == before
        assert page["startIndex"] == sum(len(by_id[i]["items"]) for i in seen)
        seen.append(at)
        before, at = at, page.get("next")
    assert seen[-1] == collection["last"]
    assert len(seen) == len(by_id)
    assert collection["total"] == sum(len(p["items"]) for p in by_id.values()) > 100


def test_every_selector_finds_its_words_once_in_the_version_that_it_names(own: dict[str, bytes]) -> None:
    for name, page in pages(own):
        data = own[name.replace("annotations.jsonld", "text.txt")]
        text, version = data.decode(), hashlib.sha256(data).hexdigest()
        for item in page["items"]:
            quote, place = item["target"]["selector"]
            start, end = place["start"], place["end"]
            assert item["target"]["source"].endswith(f"/text.txt?sha256={version}")
            assert text[start:end] == quote["exact"]
            assert text.count(quote["prefix"] + quote["exact"] + quote["suffix"]) == 1
            assert text[:start].endswith(quote["prefix"]) and text[end:].startswith(quote["suffix"])
            assert len(quote["prefix"]) >= min(AROUND, start)
            assert len(quote["suffix"]) >= min(AROUND, len(text) - end)


@given(st.text("ab \n", min_size=1, max_size=200), st.data())
def test_a_selector_is_unique_in_any_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    before, after = selector(text, start, end)
    whole = before + text[start:end] + after
    assert text.find(whole) == start - len(before)
    assert text.find(whole, start - len(before) + 1) < 0
    assert len(before) >= min(AROUND, start) and len(after) >= min(AROUND, len(text) - end)


def test_ids_are_unique_and_lead_to_the_pages_and_bodies_name_pages_that_exist(own: dict[str, bytes]) -> None:
    base = json.loads(own["data/annotations.jsonld"])["id"].removesuffix("data/annotations.jsonld")
    ids = [i["id"] for _, page in pages(own) for i in page["items"]]
    assert len(set(ids)) == len(ids)
    anchors = {
        n: set(html.fromstring(d).xpath("//@id"))
        for n, d in own.items()
        if n.startswith("a/") and "html" in n
    }
    for id in ids:
        page, _, anchor = id.removeprefix(base).partition("#")
        assert page.endswith(".jsonld") or anchor in anchors[f"{page}index.html"], id
    for _, page in pages(own):
        for item in page["items"]:
            for body in item["body"] if isinstance(item["body"], list) else [item["body"]]:
                if "source" in body:
                    page, _, anchor = body["source"].removeprefix(base).partition("#")
                    assert f"{page}index.html" in own
                    assert f'id="{anchor}"'.encode() in own[f"{page}index.html"] or not anchor


def test_motivations_and_creators_are_those_of_the_design(own: dict[str, bytes]) -> None:
    items = [i for site in (own, full()) for _, page in pages(site) for i in page["items"]]
    seen = {i["motivation"] for i in items}
    assert seen == {"identifying", "classifying", "editing", "linking", "assessing", "commenting"}
    [word] = [i for i in items if i["id"].endswith("#eword001")]
    assert (word["motivation"], word["creator"]["type"]) == ("editing", "Software")
    [left] = [i for i in items if i["id"].endswith("#enote001")]
    assert (left["motivation"], left["creator"]) == ("commenting", {"type": "Person", "name": "editor"})
    # this digest's editor is a program, and says so (site.yaml)
    editors = {
        i["creator"]["type"] for _, p in pages(own) for i in p["items"] if isinstance(i["creator"], dict)
    }
    assert editors == {"Software"}


# Tables


def rows(site: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(site[f"data/{name}"].decode(), newline="")))


FITS = {
    "integer": lambda v: re.fullmatch(r"-?\d+", v),
    "number": lambda v: re.fullmatch(r"-?\d+(\.\d+)?", v),
    "boolean": lambda v: v in ("true", "false"),
    "string": lambda v: True,
}


def test_the_tables_are_as_the_data_package_describes_them(own: dict[str, bytes]) -> None:
    package = json.loads(own["data/datapackage.json"])
    tables = {r["name"]: rows(own, r["path"]) for r in package["resources"]}
    assert {f"{name}.csv" for name in tables} == {
        n[5:] for n in own if n.startswith("data/") and n.endswith(".csv")
    }
    for resource in package["resources"]:
        schema, found = resource["schema"], tables[resource["name"]]
        assert found
        assert [f["name"] for f in schema["fields"]] == list(found[0])
        for field in schema["fields"]:
            values = [r[field["name"]] for r in found]
            must = field.get("constraints", {})
            assert field["description"]
            assert all(FITS[field["type"]](v) for v in values if v), field["name"]
            assert set(filter(None, values)) <= set(must.get("enum", values)), field["name"]
            assert all(values) or not must.get("required"), field["name"]
            assert len(set(values)) == len(values) or not must.get("unique"), field["name"]
        for key in schema.get("foreignKeys", ()):
            there = {r[key["reference"]["fields"][0]] for r in tables[key["reference"]["resource"]]}
            assert {r[key["fields"][0]] for r in found} - {""} <= there


def test_the_database_has_types_and_keys_that_hold(own: dict[str, bytes]) -> None:
    db = sqlite3.connect(":memory:")
    db.deserialize(own["data/digest.db"])
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert db.execute("select typeof(low) from figures where low = 5600000").fetchone() in (
        ("integer",),
        None,
    )
    assert {t for (t,) in db.execute("select distinct typeof(start) from quotes")} == {"integer"}
    package = json.loads(own["data/datapackage.json"])
    for resource in package["resources"]:
        names = [c[1] for c in db.execute(f"PRAGMA table_info({resource['name']})")]
        assert names == [f["name"] for f in resource["schema"]["fields"]]


@pytest.mark.parametrize("begin", ["=1+1", "+cmd", "-2+3", "@SUM", "\t=1", "\r=1", "\n=1", "＝1"])
def test_no_cell_begins_a_formula(begin: str) -> None:
    assert cell(begin, Column("text", "")) == "'" + begin


@pytest.mark.parametrize("text", ["", "=", "-", "+", "-5", "+3.5", "a=b", "5 - 3", "'"])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert cell(text, Column("text", "")) == text


def test_truth_and_absence_are_told_as_the_schema_says() -> None:
    column = Column("approx", "", "boolean")
    assert [cell(v, column) for v in (True, False, None)] == ["true", "false", ""]
    assert cell("-5", Column("low", "", "number")) == "-5"


def test_digest_json_refuses_what_its_schema_does_not_name(own: dict[str, bytes]) -> None:
    data, schema = json.loads(own["data/digest.json"]), json.loads(own["data/digest.schema.json"])
    right = jsonschema.Draft202012Validator(schema)
    right.validate(data)
    assert not right.is_valid({**data, "more": 1})
    assert not right.is_valid({**data, "version": "2.0"})
    assert right.is_valid({**data, "version": "1.9"})
    assert not right.is_valid({**data, "articles": [{"id": "x", "url": "y"}]})
