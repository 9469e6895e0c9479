"""The editor's input: everything checked, all problems at once, with file and line."""

import os
import shutil

import pytest

from digest import build, load
from digest.assemble import assembled
from digest.errors import BuildError
from digest.load import records

ARTICLE = """---
id: first
seed: one.txt
outlet:
  inferred: The Gazette
  reason: its masthead
date: unknown
added: 2025-02-01T09:30:00Z
---
A *note*.
"""
SEED = "The council met on Monday and agreed to mend the bridge.\nIt will cost £3 million.\n"


def problems(project) -> str:
    with pytest.raises(BuildError) as e:
        load.content(project.root)
    return str(e.value)


def test_this_digest_loads_without_a_problem(digest) -> None:
    content = load.content(digest.root)
    assert [e.id for e in content.entries] == ["6c4e", "8384", "8473", "a8ba", "b234"]
    assert content.left_out == ()


def test_an_article_holds_what_the_editor_wrote(project) -> None:
    project.seed("one.txt", SEED)
    project.content("articles/first.md", ARTICLE)
    [entry] = load.content(project.root).entries
    assert (entry.id, entry.outlet.value, entry.outlet.basis, entry.outlet.reason) == (
        "first",
        "The Gazette",
        "inferred",
        "its masthead",
    )
    assert entry.author.basis == "unknown"
    assert entry.note == "A *note*."
    [seed] = entry.seeds
    assert (seed.text, seed.witness.encoding, seed.witness.size) == (SEED, "utf-8", len(SEED.encode()))


def test_a_seed_without_front_matter_still_publishes_with_a_doubt(project) -> None:
    project.seed("one.txt", SEED)
    made = assembled(load.content(project.root))
    [article] = made.site.articles
    assert article.outlet.basis == "unknown"
    assert any("no file in content/articles/" in d.message for d in made.doubts)
    project.seed("another.txt", SEED + "More.")
    ids = {a.id for a in assembled(load.content(project.root)).site.articles}
    assert article.id in ids


def test_an_empty_digest_is_an_empty_site(project) -> None:
    assert assembled(load.content(project.root)).site.articles == ()


def test_all_problems_of_all_files_come_at_once(project) -> None:
    project.seed("one.txt", SEED)
    project.content("articles/a.md", ARTICLE.replace("seed: one.txt", "seed: two.txt"))
    project.content("articles/b.md", ARTICLE.replace("id: first", "id: b").replace("added:", "addedd:"))
    project.content(
        "articles/c.md", ARTICLE.replace("date: unknown", "date: {stated: 2025-02-31}").replace("first", "c")
    )
    project.content("articles/d.md", "no front matter")
    project.content("articles/e.txt", "what")
    project.content("people/x.yaml", "nam: X\n")
    project.content("stories/s.md", "---\ntitle: S\narticles: [nobody]\n---\n")
    project.site("title: A\ntext_mood: full\nbase_url: nowhere\n")
    said = problems(project)
    for line in (
        "content/articles/a.md:3:1: seeds/two.txt does not exist",
        "content/articles/b.md:8:1: unknown key `addedd`; did you mean `added`?",
        "content/articles/c.md:7:1: `date`: '2025-02-31' is no date in the calendar",
        "content/articles/d.md:1:1: expected `---` on the first line",
        "content/articles/e.txt: not expected here; content/articles/ holds *.md",
        "content/people/x.yaml:1:1: unknown key `nam`; did you mean `name`?",
        "content/stories/s.md:3:12: no article has the id `nobody`",
        "site.yaml:2:1: unknown key `text_mood`; did you mean `text_mode`?",
        "site.yaml:3:1: `base_url`",
    ):
        assert line in said, f"{line}\nnot in\n{said}"


def test_a_scrape_in_markdown_is_a_seed(project) -> None:
    project.seed(
        "harbour.md",
        "The [harbour](https://example.org/h) is shut for the [winter](https://example.org/w).\n",
    )
    [article] = assembled(load.content(project.root)).site.articles
    assert article.shown.raw.count("https") == 2


def test_a_page_saved_as_text_is_read_as_a_page(project) -> None:
    story = (
        "The harbour is shut for the winter, and the ferry lies at its berth until the ice has gone in May. "
    )
    project.seed(
        "harbour.txt", f"<!DOCTYPE html><html><body><article><p>{story * 3}</p></article></body></html>"
    )
    [article] = assembled(load.content(project.root)).site.articles
    assert article.shown.raw.strip() == (story * 3).strip()


def test_two_articles_of_one_id_or_one_seed_are_a_problem(project) -> None:
    project.seed("one.txt", SEED)
    project.content("articles/a.md", ARTICLE)
    project.content("articles/b.md", ARTICLE)
    said = problems(project)
    assert "id `first` is taken by content/articles/a.md" in said
    assert "seed `one.txt` is used by content/articles/a.md" in said


def test_emendations_of_no_article_are_a_problem(project) -> None:
    project.content("emendations/ghost.yaml", "emendations: [{exact: x, action: sic, why: y}]\n")
    assert "no article has the id `ghost`" in problems(project)


def test_a_lost_emendation_names_its_line_and_the_nearest_words(project) -> None:
    project.seed("one.txt", SEED)
    project.content("articles/first.md", ARTICLE)
    project.content(
        "emendations/first.yaml",
        "emendations:\n  - exact: the council meet\n    action: sic\n    why: a test\n",
    )
    [problem] = assembled(load.content(project.root)).problems
    assert str(problem).startswith(
        "content/emendations/first.yaml:2:5: the words 'the council meet' stand nowhere"
    )
    assert "nearest: 'The council met'" in problem.message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no special files here")
def test_bad_seeds_are_left_out_by_name_and_the_others_publish(project) -> None:
    project.seed("good.txt", SEED)
    project.seed("zip.txt", b"PK\x03\x04\x00\x00")
    project.seed("big.txt", "x" * 5000)
    project.seed("letter.docx", "x")
    (project.root / "seeds" / "link.txt").symlink_to(project.root / "site.yaml")
    os.mkfifo(project.root / "seeds" / "pipe.txt")
    (project.root / "seeds" / "folder.txt").mkdir()
    project.site("title: A\nmax_seed_bytes: 2000\n")
    content = load.content(project.root)
    assert len(content.entries) == 1
    said = "\n".join(map(str, content.left_out))
    for part in (
        "seeds/big.txt: 5,000 bytes, over the limit of 2,000",
        "seeds/folder.txt: not a plain file",
        "seeds/letter.docx: ends in .docx",
        "seeds/link.txt: a symbolic link",
        "seeds/pipe.txt: not a plain file",
        "seeds/zip.txt: a NUL byte",
    ):
        assert part in said
    assert len(content.left_out) == 6


def test_a_command_lines_address_wins_over_the_files(project) -> None:
    settings = load.content(project.root, "https://example.net/other").settings
    assert (settings.base_url, settings.base_path) == ("https://example.net/other/", "/other/")


def test_a_line_that_recurs_in_an_outlets_stories_is_removed_with_its_reason(project) -> None:
    for name, text in (
        ("one", SEED + "The work begins in May, and the old ferry will carry walkers until the autumn.\n"),
        (
            "two",
            "A fire broke out in the mill early on Tuesday and six men put it out.\nNobody was hurt, but the roof is gone and the owner spoke of a heavy loss.\n",
        ),
    ):
        project.seed(f"{name}.txt", text + "Gazette readers know best since 1890.\n")
        project.content(
            f"articles/{name}.md",
            ARTICLE.replace("first", name).replace("one.txt", f"{name}.txt"),
        )
    for article in assembled(load.content(project.root)).site.articles:
        assert "Gazette readers" not in article.shown.text
        [e] = [e for e in article.shown.edits if "Gazette readers" in e.old]
        assert (e.kind, e.layer) == ("excise", "corpus")
        assert "2 different stories of The Gazette" in e.why


def test_a_story_survives_a_bad_seed(project) -> None:
    project.seed("one.txt", SEED)
    project.seed("two.txt", b"\x00")
    project.content("articles/a.md", ARTICLE)
    project.content("articles/b.md", ARTICLE.replace("first", "b").replace("one.txt", "two.txt"))
    project.content("stories/s.md", "---\ntitle: S\narticles: [first, b]\n---\n")
    project.content(
        "conflicts/c.yaml",
        "question: Q?\nkind: slip\nreadings:\n  - {article: first, words: a}\n  - {article: b, words: b}\n",
    )
    project.content(
        "lineages.yaml",
        "lineages:\n  - id: x\n    title: X\n    members: [{article: b, copy: spun, evidence: e}]\n",
    )
    made = assembled(load.content(project.root))
    build.built(project.root, project.root / "_site")
    assert [s.articles for s in made.site.stories] == [("first",)]
    assert [d.path for d in made.doubts if d.rule == "seed"] == ["seeds/two.txt"]


@pytest.mark.parametrize(
    ("name", "text", "taken"),
    [
        ("one.txt", "---\ntitle: The bridge\noutlet:\n  stated: The Gazette\n---\n" + SEED, False),
        ("one.txt", "---\r\nid: one\r\n\r\n# a remark\r\ntags:\r\n- a\r\n---\r\n" + SEED, False),
        ("one.html", "---\nid: one\n---\n<p>" + SEED, False),
        ("one.txt", "---\n" + SEED + "---\n", True),
        ("one.txt", "---\nUpdate: the bridge is shut.\n" + SEED, True),
        ("one.txt", "\n---\nid: one\n---\n" + SEED, True),
    ],
)
def test_front_matter_in_a_seed_leaves_the_seed_out(project, name, text, taken) -> None:
    project.seed(name, text.encode())
    content = load.content(project.root)
    assert len(content.entries) == taken
    if not taken:
        [problem] = content.left_out
        assert str(problem).startswith(f"seeds/{name}: begins with front matter")
        assert "belongs in content/articles/one.md" in problem.message


QUOTED = "The council met on Monday.\n“We are glad,” said Ann Miller, the mayor. It will cost £3 million.\n"
OVERRIDES = """quotes:
  - exact: We are glad
    speaker: Ann Miller
  - exact: We were glad
    speaker: Ann Miller
  - exact: The council met
    kind: term
figures:
  - exact: 3 million
    key: true
  - exact: £3 million
    prefix: "may cost "
    key: true
"""


def test_overrides_and_rejections_that_meet_nothing_are_problems_with_their_line(project) -> None:
    project.seed("one.txt", "Please support our newsroom with a donation\n" + QUOTED)
    project.content("articles/first.md", ARTICLE.replace("date: unknown\n", OVERRIDES))
    project.content(
        "emendations/first.yaml",
        "emendations:\n"
        "  - {exact: support our newsroom, action: reject, why: a test}\n"
        "  - {exact: We are glad, action: reject, why: a test}\n"
        "  - {exact: support your newsroom, action: reject, why: a test}\n",
    )
    made = assembled(load.content(project.root))
    said = sorted(str(p) for p in made.problems)
    assert [s.split(" [")[0].split("; ")[0] for s in said] == [
        "content/articles/first.md:10:5: the words 'We were glad' stand nowhere in the text",
        "content/articles/first.md:12:5: no quote is found at the words 'The council met'",
        "content/articles/first.md:17:5: the words '£3 million' with prefix 'may cost ' stand nowhere in the text",
        "content/emendations/first.yaml:4:5: the words 'support your newsroom' stand nowhere in the text",
    ]
    assert "nearest: '“We are glad'" in said[0]
    assert "without prefix and suffix: 1 time" in said[2]
    assert "Please support our newsroom" in made.site.articles[0].shown.text


def test_ids_of_no_article_and_things_named_twice_are_problems(project) -> None:
    project.seed("one.txt", SEED)
    project.content("articles/first.md", ARTICLE)
    project.content("stories/s.md", "---\ntitle: S\narticles: [first, first]\n---\n")
    project.content(
        "conflicts/c.yaml",
        "question: Q?\nkind: slip\nreadings:\n  - {article: first, words: a}\n  - {article: frist, words: b}\n",
    )
    member = "{article: %s, copy: spun, evidence: e}"
    project.content(
        "lineages.yaml",
        f"lineages:\n  - id: x\n    title: X\n    members: [{member % 'nobody'}]\n"
        f"  - id: x\n    title: Y\n    members: [{member % 'first'}, {member % 'first'}]\n",
    )
    correction = "  - {date: 2025-02-03T10:00:00Z, page: '%s', before: a, after: b, reason: c, who: d}\n"
    addresses = ("/a/first/#n1", "a/first/", "https://example.org/x", "//x.org/", "/a/../b/", "a b")
    project.content("corrections.yaml", "corrections:\n" + "".join(correction % a for a in addresses))
    said = problems(project).split("\n")
    assert [s.split(" [")[0] for s in said] == [
        "content/conflicts/c.yaml:5:6: no article has the id `frist`; did you mean `first`?",
        "content/corrections.yaml:4:34: `page`: 'https://example.org/x' leads out of the site; write the path alone, like /a/harbour/",
        "content/corrections.yaml:5:34: `page`: '//x.org/' leads out of the site; write the path alone, like /a/harbour/",
        "content/corrections.yaml:6:34: `page`: '/a/../b/' is no address of a page; write it like /a/harbour/",
        "content/corrections.yaml:7:34: `page`: 'a b' is no address of a page; write it like /a/harbour/",
        "content/lineages.yaml:4:16: no article has the id `nobody`",
        "content/lineages.yaml:5:5: lineage `x` a second time",
        "content/lineages.yaml:7:59: article `first` a second time",
        "content/stories/s.md:3:19: article `first` a second time",
    ]


def test_a_file_name_that_becomes_an_address_must_be_an_id(project) -> None:
    project.content("people/Ada Möss.yaml", "name: Ada Moss\n")
    project.content("products/q-2.5.yaml", "name: Q 2.5\n")
    project.content("stories/café.md", "---\ntitle: S\narticles: []\n---\n")
    project.content("pages/search.md", "---\ntitle: S\n---\n")
    project.content("pages/imprint.md", "---\ntitle: S\n---\n")
    said = problems(project).split("\n")
    assert [s.split(":")[0] for s in said] == [
        "content/pages/search.md",
        "content/people/Ada Möss.yaml",
        "content/products/q-2.5.yaml",
        "content/stories/café.md",
    ]
    assert "the site makes /search/ itself" in said[0]
    assert said[1].endswith("rename it ada-moss.yaml [id]")
    assert said[2].endswith("rename it q-2-5.yaml [id]")


def test_no_page_of_ones_own_may_take_an_address_of_the_site(digest) -> None:
    build.built(digest.root, digest.root / "_site")
    own = {p.stem for p in (digest.root / "content" / "pages").iterdir()}
    made = {p.name.split(".")[0] for p in (digest.root / "_site").iterdir() if p.name[0] != "."}
    assert made - own <= records.RESERVED


def test_a_missing_or_linked_folder_stops_the_build(project) -> None:
    build.built(project.root, project.root / "_site")  # seeds/ is there and empty: an empty site
    (project.root / "seeds").rmdir()
    assert "seeds: not found; make the folder" in problems(project)
    (project.root / "seeds").symlink_to(project.root / "templates")
    assert "seeds: a symbolic link" in problems(project)
    (project.root / "seeds").unlink()
    project.root.joinpath("seeds").write_text("x")
    assert "seeds: not a folder" in problems(project)


def test_content_holds_nothing_but_what_is_known(project) -> None:
    project.content("articles", "x")
    project.content("peopel/x.yaml", "name: X\n")
    project.content("correction.yaml", "corrections: []\n")
    project.content("lineages.yaml/x", "")
    project.content("xyzzy.bin", "")
    project.content("README.md", "")
    project.content(".hidden", "")
    project.content("look/strings.yaml", "")
    project.site("title: A\ntemplates: content/look\n")
    said = problems(project).split("\n")
    assert [s.split(" [")[0] for s in said[:-1]] == [
        "content/articles: expected a folder",
        "content/correction.yaml: not expected here; did you mean corrections.yaml?",
        "content/lineages.yaml: expected a plain file",
        "content/peopel: not expected here; did you mean people/?",
    ]
    assert said[-1].startswith("content/xyzzy.bin: not expected here; known here: articles/, ")
    (project.root / "elsewhere").mkdir()
    shutil.rmtree(project.root / "content")
    (project.root / "content").symlink_to(project.root / "elsewhere")
    assert "content: a symbolic link" in problems(project)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "added: 0001-01-01T00:00:00+14:00",
            "`added`: '0001-01-01T00:00:00+14:00': the year 0001 lies outside",
        ),
        ("added: 9999-12-31T23:59:59-12:00", "the year 9999 lies outside 1900 to 2200"),
        ("added: 2025-02-31T09:30:00Z", "'2025-02-31T09:30:00Z' names no date in the calendar"),
        ("added: 2025-02-01T29:30:00Z", "'2025-02-01T29:30:00Z' names no time of day"),
        (
            "added: 2025-02-01",
            "found '2025-02-01', expected a full timestamp with offset; write `added: 2025-02-01T09:30:00Z`",
        ),
        ("date: {stated: 2025-02-31}", "'2025-02-31' is no date in the calendar"),
        ("date: {stated: 27 January}", "'27 January' is not written as a date: 2025-01-27, "),
        (
            "date: 2025-01-27",
            "write `stated: 2025-01-27` on a line of its own under `date:`, or `inferred:` with a `reason:`",
        ),
        ("author: Tom Reed", "write `stated: Tom Reed` on a line of its own under `author:`"),
        ("date: {inferred: 2025}", "`reason` is missing"),
        ("titel: The bridge", "unknown key `titel`; the key for it is `headline`"),
        ("url: https://example.org/", "unknown key `url`; the key for it is `address`"),
        (
            "witnesses: [{file: one.txt}]",
            "name the text with `seed:` (or several with `witnesses:`), not both",
        ),
    ],
)
def test_a_mistake_in_an_article_is_told_with_what_to_write(project, written: str, said: str) -> None:
    project.seed("one.txt", SEED)
    project.content("articles/first.md", f"---\nid: first\nseed: one.txt\n{written}\n---\n")
    [problem] = problems(project).split("\n")
    assert said in problem


def test_an_article_without_a_text_is_told_how_to_name_it(project) -> None:
    project.content("articles/first.md", "---\nid: first\n---\n")
    assert "first.md:2:1: name the text with `seed:`" in problems(project)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "example.org/digest",
            "--base-url: 'example.org/digest' does not begin with https://; write https://example.org/digest",
        ),
        ("localhost:8000", "does not begin with https://; write https://localhost:8000"),
        ("ftp://example.org/", "--base-url: 'ftp://example.org/' does not begin with https://"),
        ("https:///digest", "names no host"),
        ("https://example.org/?a", "has no ? and no #"),
        ("https://example.org:port/", "is no address of a site"),
        ("https://exa mple.org/", "has no spaces"),
    ],
)
def test_a_wrong_address_on_the_command_line_is_called_so(project, written: str, said: str) -> None:
    with pytest.raises(BuildError) as e:
        load.content(project.root, written)
    assert said in str(e.value)
    assert "site.yaml" not in str(e.value)


def test_an_address_is_encoded_when_it_is_read(project) -> None:
    settings = load.content(project.root, "https://example.org/übung/a%20b").settings
    assert settings.base_url == "https://example.org/%C3%BCbung/a%20b/"
    assert settings.base_path == "/%C3%BCbung/a%20b/"
    assert (
        load.content(project.root, "https://bücher.example").settings.base_url
        == "https://xn--bcher-kva.example/"
    )


def test_what_has_moved_is_named_by_addresses_of_the_site(project) -> None:
    project.content(
        "register.yaml", "moved:\n  q/old/: q/new/\n  ../x/: q/new/\n  q/older/: https://example.org/\n"
    )
    said = problems(project).split("\n")
    assert [s.split(": ")[0] for s in said] == ["content/register.yaml:3:3", "content/register.yaml:4:3"]


CONFLICT = """question: When did the council meet?
kind: disagreement
readings:
  - article: first
    words: {}
    exact: {}
  - article: first
    words: The council met
"""


def test_a_conflict_cites_only_words_of_its_text(project) -> None:
    project.seed("one.txt", SEED)
    project.content("articles/first.md", ARTICLE)
    project.content("conflicts/when.yaml", CONFLICT.format("the council meets", "The council   met"))
    [problem] = assembled(load.content(project.root)).problems
    assert str(problem).startswith(
        "content/conflicts/when.yaml:5:5: `words`: the words 'the council meets' stand"
    )
    assert "in article `first`; nearest: 'The council met" in problem.message
    project.content("conflicts/when.yaml", CONFLICT.format("The council met", "Not so at all, said nobody"))
    [problem] = assembled(load.content(project.root)).problems
    assert (problem.line, problem.rule) == (6, "conflict.words") and "`exact`" in problem.message
    project.content("conflicts/when.yaml", CONFLICT.format("The council", "The council met"))
    assert assembled(load.content(project.root)).problems == ()


def test_a_name_of_two_of_the_editors_people_is_a_doubt(project) -> None:
    for i, name in (("ines", "Ines Duarte"), ("rui", "Rui Duarte")):
        project.content(f"people/{i}.yaml", f"name: {name}\naliases: [the Duarte of Velm]\n")
    [doubt] = assembled(load.content(project.root)).doubts
    assert (doubt.path, doubt.rule) == ("content/people/rui.yaml", "same-name")
    assert doubt.message.startswith("“the Duarte of Velm” is a name of 2 people (ines, rui)")
