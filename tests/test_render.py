"""Rendering: safe, relative, deterministic, and readable by machines."""

import csv
import io
import itertools
import json
import re
import sqlite3
from dataclasses import replace
from datetime import timedelta

import factory
import feedparser
import jsonschema
import pytest
from lxml import etree, html

from digest.check import check
from digest.errors import BuildError
from digest.render import files
from digest.render.annotation import selector
from digest.render.citations import _tex
from digest.render.search import folded
from digest.site import Settings, Site

BASES = ["https://example.org/", "https://example.org/digest/", "https://digest.example/a/b/"]
FEEDS = ["rss.xml", "atom.xml", "feed.json"]


@pytest.mark.parametrize("base", BASES)
def test_the_site_is_sound_under_any_base(base: str) -> None:
    found = [str(p) for p in check(factory.built(base), base)]
    assert not found, "\n".join(found)


def test_an_empty_site_is_sound() -> None:
    site = Site(Settings("Nothing", "https://example.org/"))
    assert not check(dict(files(site, factory.theme())), "https://example.org/")


def test_two_builds_are_the_same_bytes_in_the_same_order() -> None:
    again = dict(files(factory.site(), factory.theme()))
    assert list(again.items()) == list(factory.built().items())


def test_pages_link_relatively_but_the_404_page_does_not() -> None:
    for path, data in factory.built().items():
        if path.endswith(".html"):
            hrefs = html.fromstring(data).xpath("//a/@href")
            local = [h for h in hrefs if not re.match(r"[a-z]+:|#", h)]
            assert local
            assert all(h.startswith("/digest/") == (path == "404.html") for h in local), path


def test_scraped_text_is_never_markup() -> None:
    page = factory.page("a/one/index.html")
    assert "&lt;b&gt;" in page
    assert "<b>nobody" not in page
    assert "Harbour &lt;costs&gt; &amp; doubts" in page
    assert "<script>alert" not in page


def test_no_inline_style_script_or_handler_and_a_strict_policy() -> None:
    for path, data in factory.built().items():
        if path.endswith(".html"):
            tree = html.fromstring(data)
            assert not tree.xpath("//@style | //style | //@*[starts-with(name(), 'on')]"), path
            kinds = tree.xpath("//script[not(@src)]/@type")
            assert set(kinds) <= {"application/ld+json"}, path
            policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
            assert policy[0].startswith("default-src 'none'"), path
            before = tree.xpath("//meta[@http-equiv]/preceding-sibling::*")
            assert [e.tag for e in before][:1] == ["meta"], path


def test_structured_data_cannot_close_its_script() -> None:
    site = factory.site()
    evil = replace(site, settings=replace(site.settings, title="</script><script>x"))
    made = dict(files(evil, factory.theme()))
    tree = html.fromstring(made["index.html"])
    node = json.loads(tree.xpath("//script[@type='application/ld+json']/text()")[0])
    assert node["name"] == "</script><script>x"
    assert b"<script>x" not in made["index.html"]


def test_every_selector_stands_once_in_its_text() -> None:
    page = json.loads(factory.built()["a/one/annotations.jsonld"])
    text = factory.built()["a/one/text.txt"].decode()
    assert page["items"]
    for item in page["items"]:
        quote, place = item["target"]["selector"]
        whole = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert text.count(whole) == 1
        assert text[place["start"] : place["end"]] == quote["exact"]


def test_a_selector_grows_until_it_is_unique() -> None:
    text = "abc " * 100 + "abc end"
    before, after = selector(text, 200, 203)
    assert text.count(before + text[200:203] + after) == 1


def test_the_data_fit_their_schema() -> None:
    made = factory.built()
    data, schema = json.loads(made["data/digest.json"]), json.loads(made["data/digest.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema, jsonschema.Draft202012Validator)


def test_tables_say_the_same_in_csv_and_sqlite() -> None:
    made = factory.built()
    db = sqlite3.connect(":memory:")
    db.deserialize(made["data/digest.db"])
    for name in ("articles", "edits", "figures", "quotes"):
        rows = list(csv.DictReader(io.StringIO(made[f"data/{name}.csv"].decode(), newline="")))
        assert len(rows) == db.execute(f"select count(*) from {name}").fetchone()[0] > 0


def test_a_withdrawn_text_is_gone_from_everything_that_is_published() -> None:
    for path, data in factory.built().items():
        assert b"pomegranate" not in data, path


def entries(made: dict[str, bytes], name: str) -> dict[str, tuple[str, str, str]]:
    feed = feedparser.parse(made[name])
    assert not feed.bozo, feed.get("bozo_exception")
    return {e.id: (e.get("published", ""), e.get("updated", ""), e.link) for e in feed.entries}


@pytest.mark.parametrize(
    "name", ["rss.xml", "atom.xml", "s/harbour/atom.xml", "log/rss.xml", "p/ada-moss/atom.xml"]
)
def test_feeds_parse_with_entries(name: str) -> None:
    assert entries(factory.built(), name)


def test_a_subscriber_sees_only_what_is_new_or_corrected() -> None:
    site = factory.site()
    before = entries(factory.built(), "atom.xml")
    new = replace(site.articles[0], id="new", added=factory.ADDED + timedelta(days=400))
    mended = replace(
        site.corrections[0], date=factory.ADDED + timedelta(days=401), page="a/two/", reason="a slip"
    )
    later = replace(site, articles=(new, *site.articles), corrections=(mended, *site.corrections))
    after = entries(dict(files(later, factory.theme())), "atom.xml")
    assert before.keys() <= after.keys()
    assert len(after) == len(before) + 1
    changed = [i for i in before if before[i] != after[i]]
    assert [after[i][2] for i in changed] == ["https://example.org/digest/a/two/"]
    assert all(before[i][0] == after[i][0] for i in before)


def test_entries_without_any_date_stay_out_and_dates_differ() -> None:
    site = factory.site()
    undated = tuple(replace(a, added=None) if a.id == "bare" else a for a in site.articles)
    made = dict(files(replace(site, articles=undated), factory.theme()))
    found = entries(made, "atom.xml")
    assert not any("a/bare/" in link for _, _, link in found.values())
    assert len({updated for _, updated, _ in found.values()}) == len(found)


def test_feed_bodies_hold_only_what_strict_readers_keep() -> None:
    allowed = set("p ins del q cite time sup ol li blockquote table a".split())
    feed = json.loads(factory.built()["feed.json"])
    for item in feed["items"]:
        tree = html.fragment_fromstring(item["content_html"], create_parent=True)
        assert {e.tag for e in tree.iterdescendants()} <= allowed
        assert all(h.startswith("http") for h in tree.xpath(".//@href"))


def test_three_forms_of_a_feed_have_the_same_entries() -> None:
    made = factory.built()
    ids = [set(entries(made, f"s/harbour/{n}")) for n in FEEDS[:2]]
    ids.append({i["id"] for i in json.loads(made["s/harbour/feed.json"])["items"]})
    assert ids[0] == ids[1] == ids[2]


def test_control_characters_do_not_break_a_feed() -> None:
    site = factory.site()
    odd = tuple(replace(a, title="A\x00B\x1f") if a.id == "two" else a for a in site.articles)
    made = dict(files(replace(site, articles=odd), factory.theme()))
    etree.fromstring(made["rss.xml"])


def test_sitemap_lists_what_is_listed() -> None:
    sitemap = factory.built()["sitemap.xml"].decode()
    assert "/a/one/</loc><lastmod>2025-03-01</lastmod>" in sitemap
    assert "clean" not in sitemap
    assert "gone" not in sitemap


def test_a_missing_word_names_template_and_page() -> None:
    theme = factory.theme()
    broken = replace(theme, templates={**theme.templates, "log.html": "line\n{{ v.nothing }}"})
    with pytest.raises(BuildError, match=r"templates/log\.html:2:\d+: .*nothing.* \(page log/index\.html\)"):
        list(files(factory.site(), broken))


def test_budgets() -> None:
    made = factory.built()
    css = next(d for n, d in made.items() if n.startswith("static/site.") and n.endswith(".css"))
    sizes = {n.split("/")[1].split(".")[0]: len(d) for n, d in made.items() if n.endswith(".js")}
    assert len(css) <= 12_288
    assert sizes["margin"] + sizes["site"] <= 10_240  # what a page loads
    assert sizes["sort"] <= 1_100  # like the search, on its own page alone
    assert [n for n in made if n.endswith(".html") and b"/sort." in made[n]] == ["f/index.html"]
    assert len(made["index.html"]) <= 40_000


def test_words_side_by_side_are_on_the_page_of_each_wording() -> None:
    for id in ("quote001", "quote002"):
        page = factory.page(f"q/{id}/index.html")
        assert "2 wordings" in page
        assert 'class="changed"' in page
        assert 'class="missing"' in page


def test_the_search_index_finds_words_where_they_stand() -> None:
    made = factory.built()
    shelf = json.loads(made["search/w/ha.json"])
    found = list(itertools.accumulate(shelf["harbour"]))
    papers = [p for n in range(1) for p in json.loads(made[f"search/d/{n}.json"])]
    assert ["person", "Ada Moss", "p/ada-moss/", ""] in papers
    assert {papers[i][2] for i in found} >= {"a/one/", "s/harbour/", "q/quote001/"}
    assert "pomegranate" not in made["search/w/po.json"].decode() if "search/w/po.json" in made else True


def test_what_is_found_tells_reworded_quotes_and_dates_in_words() -> None:
    first, *rest = factory.site().quotes
    noted = replace(first.noted, item=replace(first.noted.item, verbatim=False))
    site = replace(factory.site(), quotes=(replace(first, noted=noted), *rest))
    papers = json.loads(dict(files(site, factory.theme()))["search/d/0.json"])
    assert [p[2] for p in papers if p[5:] == [1]] == [f"q/{first.id}/"]
    assert [p[3] for p in papers if p[0] == "story"] == ["January 2025"]


def test_words_are_folded_as_the_script_folds_them() -> None:
    assert folded("Léa’s naïve ÉTÉ, 5.6mn x") == ["lea", "naive", "ete", "6mn"]


def test_a_place_where_texts_differ_has_a_note_with_the_question() -> None:
    tree = html.fromstring(factory.page("a/one/index.html"))
    note = tree.xpath("//aside[contains(@class, 'conflict')]")[0]
    assert "Did she say it?" in note.text_content()
    assert tree.xpath("//*[@class='diff' and @id]")[0].text_content() == "nobody"


def test_quotation_marks_are_not_doubled_in_feeds() -> None:
    item = next(i for i in json.loads(factory.built()["feed.json"])["items"] if i["url"].endswith("/one/"))
    assert "“" in item["content_html"]
    assert "<q" not in item["content_html"]


def test_a_private_text_shows_in_no_conflict_and_an_excerpt_only_what_it_holds() -> None:
    site = factory.site()
    private = replace(site.articles[3].shown, mode="private", text="", blocks=(), quotes=())
    hidden = replace(site, articles=(*site.articles[:3], replace(site.articles[3], shown=private)))
    page = dict(files(hidden, factory.theme()))["c/who-said-it/index.html"].decode()
    assert "“never”" not in page
    assert "not shown" in page


@pytest.mark.parametrize("text", ["a}, x = {b", "}{", "{a", "a}", "{{a}", "\\}{"])
def test_no_brace_breaks_out_of_a_bibtex_field(text: str) -> None:
    assert "{" not in _tex(text) and "}" not in _tex(text)


def test_braces_in_pairs_stay_in_a_bibtex_field() -> None:
    assert _tex("The {BBC} & {a {b}}") == "The {BBC} \\& {a {b}}"


def test_filters_hold_what_belongs_to_an_outlet_or_a_person() -> None:
    made = factory.built()
    papers = json.loads(made["search/d/0.json"])

    def hrefs(name: str) -> set[str]:
        return {papers[i][2] for i in itertools.accumulate(json.loads(made[f"search/f/{name}.json"]))}

    assert hrefs("outlet-gazette") == {"a/one/", "q/quote001/", "f/figure01/"}
    assert hrefs("person-ada-moss") >= {
        "p/ada-moss/",
        "a/one/",
        "a/two/",
        "q/quote001/",
        "q/quote002/",
        "f/figure01/",
    }
    assert "search/f/person-nobody-known.json" not in made


def test_kinds_stand_one_after_another_and_word_files_are_named() -> None:
    made = factory.built()
    about = json.loads(made["search/all.json"])
    papers = json.loads(made["search/d/0.json"])
    for kind, (start, end) in about["kinds"].items():
        assert {p[0] for p in papers[start:end]} == {kind}
    assert {f"search/w/{s}.json" for s in about["shards"]} == {n for n in made if n.startswith("search/w/")}


def test_a_long_note_is_cut_after_a_sentence() -> None:
    from digest.render.pages import folded as cut

    assert cut("Short. Text.") == ("Short. Text.", "")
    long = "A sentence of some words. " * 20
    lead, rest = cut(long.strip())
    assert lead.endswith(".") and len(lead) <= 250
    assert f"{lead} {rest}" == long.strip()


def test_marks_of_our_own_words_are_curled() -> None:
    from digest.render.words import Words

    words = Words(factory.theme().strings, "en")
    assert words.curled('"a" for "b"; an editor\'s 5" pipe') == '“a” for “b”; an editor’s 5" pipe'


def test_marks_within_cited_words_are_nested() -> None:
    from digest.render.words import Words

    words = Words(factory.theme().strings, "en")
    assert words.marked("called it “good”") == "“called it ‘good’”"
    assert words.marked("it’s “fine,” they say") == "“it’s ‘fine,’ they say”"
