"""docs/data.md: its examples run, its tables and versions are those of the program."""

import json
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html

from digest import build
from digest.render.data import VERSION
from digest.render.tables import APPEARANCES, ARTICLES, DERIVED, EDITS, ENTITIES, FIGURES, QUOTES

DOCS = (Path(__file__).parent.parent / "docs" / "data.md").read_text("utf-8")
TABLES = {
    "articles": ARTICLES,
    "entities": ENTITIES,
    "quotes": QUOTES,
    "figures": FIGURES,
    "derived": DERIVED,
    "edits": EDITS,
    "appearances": APPEARANCES,
}


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", DOCS, re.M | re.S)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds this repository's digest, built."""
    folder = tmp_path_factory.mktemp("docs")
    build.built(Path(__file__).parent.parent, folder / "_site", release=True, check=False)
    return folder


@pytest.mark.parametrize("code", blocks("python"))
def test_the_python_runs_and_prints(code: str, built: Path) -> None:
    done = subprocess.run([sys.executable, "-c", code], cwd=built, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


@pytest.mark.parametrize("code", blocks("sql"))
def test_the_sql_runs_and_finds(code: str, built: Path) -> None:
    with sqlite3.connect(built / "_site" / "data" / "digest.db") as db:
        assert db.execute(code).fetchall()


def test_the_example_on_the_data_page_runs_without_the_net(built: Path) -> None:
    page = html.fromstring((built / "_site" / "data" / "index.html").read_bytes())
    [code] = page.xpath("//pre/text()")
    base = re.search('"(.*)data/quotes.csv"', code)
    assert base
    code = code.replace(base[1], f"file://{built}/_site/")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("[(")


def test_no_table_is_left_out(built: Path) -> None:
    package = json.loads((built / "_site" / "data" / "datapackage.json").read_text("utf-8"))
    assert {r["name"] for r in package["resources"]} == set(TABLES)


def test_every_table_is_told_with_its_key_and_what_it_refers_to() -> None:
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| (?:`(\w+)`)? ?\| ?([^|]*) \|$", DOCS, re.M)
    assert {name for name, _, _ in rows} == set(TABLES)
    for name, key, refers in rows:
        columns = TABLES[name]
        assert [c.name for c in columns if c.key] == ([key] if key else []), name
        assert {c.name for c in columns if c.refers} == set(re.findall(r"`(\w+)`", refers)), name


def test_the_version_is_told() -> None:
    assert f"now {VERSION}." in DOCS
    assert f"reads {VERSION} " in DOCS


def test_every_data_file_is_told(built: Path) -> None:
    for path in (built / "_site" / "data").iterdir():
        told = path.stem in TABLES if path.suffix == ".csv" else f"data/{path.name}" in DOCS
        assert told or path.name == "index.html", path.name
