"""The checker: silent on a sound site, and one problem for each thing that is broken."""

from pathlib import Path

import pytest
from effort import TWICE, growth
from fakesite import BASES, QUOTES, WORDS, fake, page
from lxml import etree

from digest import build, cli
from digest.check import address_of, check
from digest.check.addresses import Addresses
from digest.check.pages import pieces

URL = "https://owner.github.io/repo/"


@pytest.mark.parametrize("url", BASES)
def test_a_sound_site_has_no_problems(url: str) -> None:
    assert check(fake(url), url, QUOTES) == ()


def test_a_folder_is_checked_like_a_mapping(tmp_path: Path) -> None:
    for name, data in fake(URL).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    assert check(tmp_path, URL.rstrip("/"), QUOTES) == ()


def with_body(html: str) -> dict[str, bytes]:
    """The sound site with something more on its first article."""
    files = fake(URL)
    files["a/1/index.html"] = files["a/1/index.html"].replace(b"</main>", html.encode() + b"</main>")
    return files


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ('<a href="../2/">', "there is no a/2/; did you mean a/1/?"),
        ('<a href="../../A/1/">', "there is no A/1/; did you mean a/1/?"),
        ('<a href="../../a/1">', "is a folder: write a/1/ with its slash"),
        ('<a href="#n9">', "a/1/index.html has no id 'n9'"),
        ('<a href="../../#n9">', "index.html has no id 'n9'"),
        ('<a href="../../../x">', "climbs out of the site"),
        ('<a href="/a/1/">', "leads outside the site, which stands under /repo/"),
        ('<a href="https://owner.github.io/repo/x/">', "there is no x/"),
        ('<a href="javascript:alert(1)">', "the scheme javascript: has no place on a page"),
        ('<a href="">', "an empty address"),
        ('<img src="../../static/no.png" alt="">', "there is no static/no.png"),
        (
            '<img srcset="../../static/dot.svg 1x, ../../static/no.png 2x" alt="">',
            "there is no static/no.png",
        ),
        ('<script src="../../static/no.js"></script>', "there is no static/no.js"),
        ('<form action="search/"></form>', "there is no a/1/search/"),
        ('<q cite="../9/">x</q>', "there is no a/9/"),
        ('<object data="no.pdf"></object>', "there is no a/1/no.pdf"),
        ('<i id="n1"></i>', "id 'n1' a second time"),
        ('<i id="a b"></i>', "id 'a b' is empty or has a space"),
        ('<i aria-describedby="n1 n7"></i>', "aria-describedby='n7': the page has no such id"),
        ('<label for="n7"></label>', "for='n7': the page has no such id"),
        ('<button popovertarget="n7"></button>', "popovertarget='n7': the page has no such id"),
        ('<a interestfor="k7" href="#n1">', "interestfor='k7': the page has no such id"),
        ('<base href="/">', "<base> turns every fragment"),
        ('<script type="application/ld+json">{"a": }</script>', "JSON in a script"),
        ('<script type="application/ld+json">{"a": Infinity}</script>', "Infinity is no JSON"),
        ('<link rel="canonical" href="https://owner.github.io/repo/">', "more than one rel=canonical"),
        ('<meta property="og:image" content="dot.svg">', "an Open Graph address must be absolute"),
        ('<meta name="robots" content="noindex">', "is marked noindex, but stands in sitemap.xml"),
        ('<q data-quote="1:10-64">The harbour will close on Monday.</q>', "its witness has"),
        ('<q data-quote="1:10-65">x</q>', "data-quote='1:10-65': no such quote"),
        ('<q data-quote="1:10-">x</q>', "data-quote='1:10-': expected ARTICLE:START-END"),
    ],
)
def test_what_is_broken_on_a_page_is_named(html: str, message: str) -> None:
    found = [str(p) for p in check(with_body(html), URL, QUOTES)]
    assert any(f.startswith("a/1/index.html") and message in f for f in found), found


@pytest.mark.parametrize(
    "html",
    [
        '<a href="../../a/1/#:~:text=harbour">',
        '<a href="#n1:~:text=harbour">',
        '<a href="#">',
        '<a href="?q=x">',
        '<a href="../../data.json?v=2#/a">',
        '<a href="../../repé">',  # Pages answers /x with x.html
        '<a href="https://owner.github.io/other/">',  # a neighbour's site on the same host
        '<a href="mailto:desk@digest.example">',
        '<a href="//elsewhere.example/x">',
        '<img alt="" src="data:image/png;base64,AA==">',
    ],
)
def test_what_is_sound_is_left_alone(html: str) -> None:
    assert check(with_body(html), URL, QUOTES) == ()


def changed(name: str, old: str, new: str) -> dict[str, bytes]:
    files = fake(URL)
    assert old.encode() in files[name]
    return {**files, name: files[name].replace(old.encode(), new.encode())}


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("404.html", 'href="/repo/"', 'href="./"', "served at any depth: begin the address with /repo/"),
        ("static/style.css", "dot.svg", "no.svg", "there is no static/no.svg"),
        ("static/dot.svg", "<svg", "<<svg", "not well-formed XML"),
        ("data.json", "1}", "", "not JSON"),
        ("data.json", "1}", "NaN}", "NaN is no JSON"),
        ("robots.txt", "sitemap.xml", "map.xml", "there is no map.xml"),
        ("sitemap.xml", "/a/1/", "/a/1", "is a folder"),
        ("sitemap.xml", "/a/1/", "/a/1/index.html", "as it is served"),
        ("sitemap.xml", "repo/a/1/", "repo/", "a second time"),
        ("sitemap.xml", "https://owner.github.io/repo/a/1/", "https://elsewhere.example/", "as it is served"),
        ("sitemap.xml", "</urlset>", "", "not well-formed XML"),
        ("feeds.opml", "rss.xml", "rss2.xml", "there is no rss2.xml"),
        ("feeds.opml", URL, "", "must be absolute"),
        ("atom.xml", "</entry>", "", "not well-formed XML"),
        ("atom.xml", "a/1/#n1", "a/2/", "there is no a/2/"),
        ("atom.xml", "a/1/#n1", "a/1/#n9", "has no id 'n9'"),
        ("atom.xml", f'href="{URL}a/1/"&gt;', 'href="a/1/"&gt;', "must be absolute"),
        ("atom.xml", "<id>tag:digest.example,2025:1</id>", "", "has no <id>"),
        (
            "atom.xml",
            "<updated>2025-01-27T08:00:00Z</updated>\n<link",
            "<updated>Monday</updated>\n<link",
            "RFC 3339",
        ),
        ("atom.xml", "<author><name>D</name></author>", "", "has no <author>"),
        ("atom.xml", f'rel="self" href="{URL}atom.xml"', f'rel="self" href="{URL}"', "as its own address"),
        ("rss.xml", "Mon, 27 Jan 2025 08:00:00 +0000", "2025-01-27", "RFC 822"),
        ("rss.xml", ' isPermaLink="false"', "", "is no address"),
        ("rss.xml", "<description>D</description>", "", "<channel> has no <description>"),
        ("rss.xml", f"<link>{URL}a/1/</link>", "<link>/repo/a/1/</link>", "must be absolute"),
        ("feed.json", '"items"', '"entries"', "not a JSON Feed"),
        ("feed.json", "2025-01-27T08:00:00Z", "2025-01-27", "RFC 3339"),
        ("feed.json", "a/1/", "a/2/", "there is no a/2/"),
        ("feed.json", "<p>x", "<img src='x.png'>", "must be absolute"),
        ("index.html", ' lang="en"', "", "<html> has no lang"),
        ("index.html", "<title>index.html</title>", "", "has no title"),
        ("index.html", f'canonical" href="{URL}"', f'canonical" href="{URL}a/1/"', "but the page stands at"),
    ],
)
def test_what_is_broken_elsewhere_is_named(name: str, old: str, new: str, message: str) -> None:
    found = [str(p) for p in check(changed(name, old, new), URL, QUOTES)]
    assert any(message in f for f in found), found


def test_two_entries_with_one_id_are_named() -> None:
    files = fake(URL)
    entry = files["atom.xml"][files["atom.xml"].index(b"<entry>") : files["atom.xml"].index(b"</feed>")]
    files["atom.xml"] = files["atom.xml"].replace(b"</feed>", entry + b"</feed>")
    assert [p.message for p in check(files, URL)] == ["the id tag:digest.example,2025:1 a second time"]


def test_an_orphan_is_named_and_so_is_what_only_it_leads_to() -> None:
    files = fake(URL)
    files["p/1/index.html"] = page(URL, "p/1/index.html", '<a href="../2/">two</a>')
    files["p/2/index.html"] = page(URL, "p/2/index.html", '<a href="../1/">one</a>')
    found = [(p.path, p.rule) for p in check(files, URL)]
    assert ("p/1/index.html", "check.orphan") in found
    assert any(p.message.startswith("the same on 1 more page: an orphan") for p in check(files, URL))
    assert any("is not in sitemap.xml" in p.message for p in check(files, URL))


def test_a_dead_link_in_the_menu_is_one_problem_with_a_count() -> None:
    files = {n: d.replace(b"</nav>", b'<a href="/repo/gone/"></nav>') for n, d in fake(URL).items()}
    found = check(files, URL)
    assert [p.message.partition(":")[0] for p in found if p.rule == "check.link"] == [
        "href='/repo/gone/'",
        "the same on 3 more pages",
    ]


def test_a_page_that_is_no_text_is_named() -> None:
    assert any(
        "cannot be read as HTML" in str(p) for p in check({**fake(URL), "index.html": b"\xff\xfe"}, URL)
    )
    assert any("cannot be read as HTML" in str(p) for p in check({**fake(URL), "index.html": b""}, URL))


def test_an_entity_bomb_in_a_feed_does_not_go_off() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "%s">%s]><rss><channel><title>&z;</title></channel></rss>'
        % (
            b"x" * 100,
            b"".join(b'<!ENTITY %c "&%c;&%c;">' % (c + 1, c, c) for c in range(ord("a"), ord("z"))),
        )
    )
    told = [str(p) for p in check({**fake(URL), "rss.xml": bomb}, URL)]
    assert [t.split(": ")[:2] for t in told] == [["rss.xml:1:1", "not well-formed XML"]]


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<q>All good</q>", ["Allgood"]),
        ("<q>All <b>good</b>\n <i>things</i></q>", ["Allgoodthings"]),
        ("<q>All <span class='x editorial'>[sic]</span> good</q>", ["Allgood"]),
        ("<q>All <span class='sic'>[sic]</span> good</q>", ["Allgood"]),
        ("<q>All<a class='ref'>7</a> good<!-- note --> things</q>", ["Allgoodthings"]),
        ("<q>All <span class='editorial'>[…]</span> things</q>", ["All", "things"]),
        ("<q>All <span class='editorial'>…</span> things</q>", ["All", "things"]),
        ("<blockquote><p>All good.</p><p>Every<wbr>thing.</p></blockquote>", ["Allgood.Everything."]),
    ],
)
def test_the_words_of_a_quote(html: str, shown: list[str]) -> None:
    assert pieces(etree.fromstring(html, etree.HTMLParser())[0][0]) == shown


@pytest.mark.parametrize(
    ("shown", "sound"),
    [
        ("The harbour will close {} us.", True),
        ("{} nobody asked us.", True),
        ("The harbour will {}", True),
        ("The {} Friday, {} us.", True),
        ("The {} Monday, {} us.", False),
        ("nobody {} The harbour", False),
        ("The harbour will close on Friday, and nobody asked {} asked us.", False),
    ],
)
def test_a_quote_that_is_cut_short_keeps_order_and_words(shown: str, sound: bool) -> None:
    html = shown.format(*['<span class="editorial">[…]</span>'] * 2)
    found = check(with_body(f'<q data-quote="1:10-64">{html}</q>'), URL, {("1", 10, 64): WORDS})
    assert (found == ()) is sound


@pytest.mark.parametrize(
    ("shown", "sound"),
    [
        (["The harbour will close on Friday,", "and nobody asked us."], True),  # two paragraphs
        ([WORDS, WORDS], True),  # in the text, and in its note
        (["The harbour will close", " on Friday, and nobody asked us.", WORDS], True),
        (["Theharbour will close on Fri day, and nobody asked us."], True),  # white space alone is mended
        (["The harbour will close on Friday,"], False),
        ([WORDS, "The harbour will close on Friday,"], False),
        (["and nobody asked us.", "The harbour will close on Friday,"], False),
        (["", ""], False),
    ],
)
def test_a_quote_in_several_elements_is_whole(shown: list[str], sound: bool) -> None:
    html = "".join(f'<p><q data-quote="1:11-64">{words}</q></p>' for words in shown)
    assert (check(with_body(html), URL, {**QUOTES, ("1", 11, 64): WORDS}) == ()) is sound


def test_an_address_is_made_and_found_again() -> None:
    names = ["index.html", "a/1/index.html", "repé.html", "x/y.json"]
    for url in BASES:
        addresses = Addresses(names, url)
        assert [addresses.target("", addresses.url(n)).file for n in names] == names
        assert addresses.target("", url.rstrip("/")).file == "index.html"


def many(pages: int) -> dict[str, bytes]:
    """The sound site with so many more pages of links."""
    body = "".join(f'<p id="p{i}"><a href="#p{i}">{i}</a> <a href="../../">up</a></p>' for i in range(9))
    more = {f"a/x{i}/index.html": page(URL, f"a/x{i}/index.html", body) for i in range(pages)}
    return fake(URL) | more


def test_the_checker_takes_effort_by_the_number_of_pages_only() -> None:
    sites = {str(n): many(n) for n in (40, 41, 80)}
    assert growth(lambda n: check(sites[n], URL), str, 40) < TWICE


def test_a_site_built_for_another_address_is_checked_for_that_one(project, monkeypatch, capsys) -> None:
    monkeypatch.setattr(cli, "ROOT", project.root)
    target = project.root / "_site"
    build.built(project.root, target, base_url="https://example.net/else/where/")
    assert address_of(target) == "https://example.net/else/where/"
    assert cli.main(["check"]) == 0
    assert capsys.readouterr().out == "0 problems in _site, built for https://example.net/else/where/\n"
    assert cli.main(["check", "--base-url", "https://example.org/"]) == 1
    (target / "index.html").unlink()
    assert address_of(target) == ""
