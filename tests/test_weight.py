"""The size guard: what GitHub Pages would refuse is never published, and the message says what to fold."""

from pathlib import Path

import pytest

from digest import build, cli
from digest.errors import BuildError
from digest.weight import BLOCK, LIMITS, MB, Limits, Weight

TINY = Limits(warn=100, fail=1000)


def weight(files: dict[str, int], limits: Limits = LIMITS) -> Weight:
    made = Weight(limits)
    for path, size in files.items():
        made.add(path, size)
    return made


def said(made: Weight) -> str:
    return "\n".join(map(str, made.problems()))


@pytest.mark.parametrize(("size", "blocks"), [(0, 1), (1, 2), (BLOCK, 2), (BLOCK + 1, 3)])
def test_a_file_weighs_what_an_archive_of_it_does(size: int, blocks: int) -> None:
    assert weight({"a/1/index.html": size}).total == blocks * BLOCK


def test_the_limits_are_those_of_pages() -> None:
    assert (LIMITS.warn, LIMITS.fail) == (800 * MB, 1000 * MB)
    assert not list(weight({"x.html": 799 * MB}).problems())
    heavy = weight({"x.html": 800 * MB})
    assert said(heavy).startswith("_site: the site weighs 800.0 MB; GitHub Pages takes 1,000.0 MB")
    assert not heavy.fatal
    assert weight({"x.html": 999_999_999}).fatal


def test_the_message_names_the_heaviest_parts_first_and_what_to_fold() -> None:
    files = {f"a/{i}/index.html": 40 * MB for i in range(12)} | {
        f"a/{i}/clean/index.html": MB for i in range(12)
    }
    files |= {"data/digest.json": 300 * MB, "data/digest.db": 100 * MB, "data/edits.csv": 60 * MB}
    files |= {f"p/{i}/feed.json": 5 * MB for i in range(9)} | {"search/w/ab.json": 3 * MB, "x.html": 1}
    lines = said(weight(files)).split("\n")
    assert lines[1].startswith("  a/*.html: 492.0 MB in 24 files; to fold: ")
    assert "`text_mode: excerpt`" in lines[1]
    assert lines[2].startswith("  data/digest.json: 300.0 MB in 1 file; ")
    assert "without --release" in lines[2]
    assert lines[4].startswith("  data/edits.csv")
    assert "without --release" not in lines[4]
    assert lines[5].startswith("  p/*/feed.json: 45.0 MB in 9 files")
    assert "feeds: {items: 20}" in lines[5]
    assert len(lines) == 6


@pytest.mark.parametrize(
    ("path", "advice"),
    [
        ("index.html", "older texts into a second digest"),
        ("rss.xml", "feeds: {items: 20}"),
        ("feed.json", "feeds: {items: 20}"),
        ("p/1/feed.json", "feeds: {items: 20}"),
        ("q/1/index.html", "pages of quotes"),
        ("f/1/index.html", "pages of figures"),
        ("search/w/ab.json", "the search index"),
        ("data/quotes.csv", "tables of everything"),
        ("data/digest.db", "without --release"),
        ("static/x.css", "older texts into a second digest"),
    ],
)
def test_every_part_has_its_advice(path: str, advice: str) -> None:
    assert advice in said(weight({path: 2000}, TINY)).partition("to fold: ")[2]


def test_a_site_that_is_too_heavy_is_refused_and_the_last_one_stays(project) -> None:
    project.seed("a.txt", "A first text, which is published.")
    target = project.root / "_site"
    build.built(project.root, target)
    before = {p: p.read_bytes() for p in target.rglob("*") if p.is_file()}
    project.seed("b.txt", "A second text, which makes it too heavy.")
    with pytest.raises(BuildError, match=r"the site weighs 0\.\d MB; GitHub Pages takes 0\.0 MB"):
        build.built(project.root, target, limits=TINY)
    assert {p: p.read_bytes() for p in target.rglob("*") if p.is_file()} == before
    assert not [p for p in project.root.iterdir() if p.name.startswith("_site.")]


def test_a_heavy_site_is_published_with_a_warning(project, monkeypatch, capsys) -> None:
    made = build.built
    near = Limits(warn=1, fail=100 * MB)
    monkeypatch.setattr(build, "built", lambda *a, **k: made(*a, **k, limits=near))
    assert cli.main([], root=project.root) == 0
    assert "warning: _site: the site weighs" in capsys.readouterr().err
    assert (project.root / "_site" / "index.html").is_file()


def test_the_check_weighs_a_site_that_lies_there(tmp_path: Path) -> None:
    (tmp_path / "a" / "1").mkdir(parents=True)
    (tmp_path / "a" / "1" / "index.html").write_bytes(b"x" * 3000)
    (tmp_path / "link").symlink_to(tmp_path / "a")
    made = build.weight_of(tmp_path, TINY)
    assert made.fatal
    assert made.total == 7 * BLOCK


# The files that hold everything at once


DUMPS = ["data/digest.json", "data/digest.db"]


def built(project, monkeypatch, up_to: int, *options: str) -> set[str]:
    monkeypatch.setattr(build, "DUMPED", up_to)
    assert cli.main([*options] or ["build"], root=project.root) == 0
    site = project.root / "_site"
    return {name for name in DUMPS if (site / name).is_file()}


@pytest.mark.parametrize(
    ("up_to", "options", "there"), [(1, (), DUMPS), (0, (), []), (0, ("--release",), DUMPS)]
)
def test_a_release_holds_the_dumps_whatever_the_number_of_texts(
    project, monkeypatch, up_to: int, options: tuple[str, ...], there: list[str]
) -> None:
    project.seed("a.txt", "A text.")
    assert built(project, monkeypatch, up_to, *options) == set(there)
    page = (project.root / "_site" / "data" / "index.html").read_text("utf-8")
    assert all((f'href="../{name}"' in page) == (name in there) for name in DUMPS)
    assert ("left out the two files" in page) == (not there)
    assert cli.main(["check"], root=project.root) == 0
