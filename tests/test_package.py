"""The package: one version, the licence, and a `digest` command that has all it needs with it."""

import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from test_workflows import direct, pins

import digest
from digest import cli

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))


def test_the_version_stands_in_one_place() -> None:
    assert PROJECT["project"]["dynamic"] == ["version"]
    assert PROJECT["tool"]["hatch"]["version"]["path"] == "digest/__init__.py"
    assert "version" not in PROJECT["project"]
    assert str(Version(digest.__version__)) == digest.__version__
    assert CITATION["version"] == digest.__version__


def test_the_method_page_names_the_version(project) -> None:
    assert cli.main([], root=project.root) == 0
    page = (project.root / "_site" / "method" / "index.html").read_text("utf-8")
    assert f"Made by digest {digest.__version__}." in page


def test_the_package_needs_what_a_site_needs() -> None:
    needs = {
        canonicalize_name((r := Requirement(line)).name): r for line in PROJECT["project"]["dependencies"]
    }
    assert needs.keys() == direct("requirements.txt")
    pinned = pins("requirements.txt")
    for name, need in needs.items():
        assert pinned[name] in need.specifier, f"{name} {pinned[name]}"


def test_the_licence_is_mit_for_the_program_and_not_for_the_texts() -> None:
    words = (ROOT / "LICENSE").read_text("utf-8")
    assert words.startswith("MIT License")
    assert "seeds/ are not part of it" in words
    assert PROJECT["project"]["license"] == CITATION["license"] == "MIT"


def test_the_citation_has_what_the_format_asks_for() -> None:
    assert {"cff-version", "message", "title", "authors"} <= CITATION.keys()
    assert CITATION["cff-version"] == "1.2.0"
    assert CITATION["type"] == "software"
    assert all(set(a) & {"name", "family-names"} for a in CITATION["authors"])
    known = "cff-version message type title abstract authors version license keywords doi url repository-code date-released"
    assert CITATION.keys() <= set(known.split())


def test_the_installed_command_finds_the_digest_that_one_stands_in(project, monkeypatch, capsys) -> None:
    monkeypatch.chdir(project.root / "seeds")
    monkeypatch.setattr(sys, "argv", ["digest"])
    assert cli.installed() == 0
    assert (project.root / "_site" / "index.html").is_file()
    monkeypatch.setattr(sys, "argv", ["digest", "check", "nowhere"])
    assert cli.installed() == 2
    assert "digest: " in capsys.readouterr().err


def test_the_installed_command_outside_of_a_digest_says_so(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["digest"])
    assert cli.installed() == 1
    assert "site.yaml: not found" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_digest_without_templates_uses_ours_and_its_own_over_them(project) -> None:
    import shutil

    shutil.rmtree(project.root / "templates")
    project.content(
        "templates/missing.html",
        "{% extends 'base.html' %}{% set heading = 'Nothing' %}{% set about = 'x' %}",
    )
    assert cli.main([], root=project.root) == 0
    page = (project.root / "_site" / "404.html").read_text("utf-8")
    assert "<title>Nothing" in page
    assert (project.root / "_site" / "static").is_dir()


@pytest.mark.slow
def test_installed_in_a_new_environment_it_builds_elsewhere(tmp_path: Path) -> None:
    """`pip install .`, then `digest init x && cd x && digest build`, with nothing of this folder in sight."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}

    def run(*words: object, cwd: Path) -> str:
        done = subprocess.run([*map(str, words)], cwd=cwd, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    venv.create(tmp_path / "env", with_pip=True)
    commands = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    run(commands / "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path, ROOT, cwd=tmp_path)
    [wheel] = tmp_path.glob("annotated_digest-*.whl")
    assert wheel.name.split("-")[1] == digest.__version__
    names = zipfile.ZipFile(wheel).namelist()
    inside = {p.relative_to(ROOT).as_posix() for p in (ROOT / "digest").rglob("*") if p.is_file()}
    inside |= {
        f"digest/{p.relative_to(ROOT).as_posix()}" for p in (ROOT / "templates").rglob("*") if p.is_file()
    }
    assert {n for n in inside if not re.search(r"__pycache__|/\.", n)} <= set(names)
    assert not [n for n in names if n.startswith(("seeds/", "content/", "tests/"))]
    run(commands / "pip", "install", "--quiet", wheel, cwd=tmp_path)
    assert run(commands / "digest", "--version", cwd=tmp_path) == f"digest {digest.__version__}\n"
    assert "x/site.yaml" in run(commands / "digest", "init", "x", cwd=tmp_path)
    (tmp_path / "x" / "seeds" / "one.txt").write_text(
        "Ada Moss said “the harbour is open” on Monday.\n", "utf-8"
    )
    assert "1 texts" in run(commands / "digest", "build", cwd=tmp_path / "x")
    assert "0 problems" in run(commands / "digest", "check", cwd=tmp_path / "x")
    assert "Ada Moss" in (tmp_path / "x" / "_site" / "data" / "quotes.csv").read_text("utf-8")
