"""What surrounds the build: workflows, pins, CI script, README."""

import ast
import re
import subprocess
import sys
from importlib.metadata import packages_distributions, requires
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from digest import strict

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
README = (ROOT / "README.md").read_text("utf-8")
DECISION = (ROOT / "docs" / "decisions" / "600-dependencies.md").read_text("utf-8")


def workflow(name: str) -> Any:
    """A workflow, by the strict loader: `on` is a word, no key stands twice."""
    loaded = strict.load((ROOT / ".github" / "workflows" / name).read_text("utf-8"), name)
    assert not loaded.problems
    return loaded.value


def steps(name: str) -> list[dict[str, Any]]:
    return [step for job in workflow(name)["jobs"].values() for step in job["steps"]]


def uses(name: str) -> list[str]:
    return [step["uses"] for step in steps(name) if "uses" in step]


def position(name: str, words: str) -> int:
    """Which step runs or uses `words`."""
    found = [i for i, s in enumerate(steps(name)) if words in s.get("run", "") + s.get("uses", "")]
    assert found, words
    return found[0]


def test_there_are_two_workflows() -> None:
    assert [w.name for w in WORKFLOWS] == ["check.yml", "pages.yml"]


def test_publishing_runs_for_main_alone_one_at_a_time_and_is_never_cut_off() -> None:
    pages = workflow("pages.yml")
    assert pages["on"] == {"push": {"branches": ["main"]}, "workflow_dispatch": None}
    assert pages["concurrency"] == {"group": "pages", "cancel-in-progress": False}


def test_permissions_are_the_least_that_do() -> None:
    pages, check = workflow("pages.yml"), workflow("check.yml")
    assert pages["permissions"] == check["permissions"] == {"contents": "read"}
    assert pages["jobs"]["build"]["permissions"] == {"contents": "read", "pages": "read"}
    assert pages["jobs"]["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert "permissions" not in check["jobs"]["check"]


def test_the_actions_are_of_the_current_series() -> None:
    assert set(uses("pages.yml")) == {
        "actions/checkout@v6",
        "actions/setup-python@v6",
        "actions/cache@v5",
        "actions/configure-pages@v6",
        "actions/upload-pages-artifact@v5",
        "actions/deploy-pages@v5",
    }
    assert set(uses("check.yml")) <= set(uses("pages.yml"))


def test_the_site_is_tested_built_and_checked_before_it_is_uploaded() -> None:
    order = [
        "configure-pages",
        "requirements-dev.txt",
        "pytest",
        "build.py --release --base-url",
        "build.py check",
        "upload-pages",
    ]
    places = [position("pages.yml", words) for words in order]
    assert places == sorted(places)


def test_the_address_comes_from_pages_and_is_never_pasted_into_the_shell() -> None:
    for step in steps("pages.yml"):
        assert "${{" not in step.get("run", "")
        if "build.py" in step.get("run", ""):
            assert step["env"] == {"URL": "${{ steps.pages.outputs.base_url }}"}
            assert '--base-url "$URL"' in step["run"]
    assert [s["id"] for s in steps("pages.yml") if "configure-pages" in s.get("uses", "")] == ["pages"]


def test_hidden_files_are_uploaded_too() -> None:
    [upload] = [s for s in steps("pages.yml") if "upload-pages-artifact" in s.get("uses", "")]
    assert upload["with"] == {"path": "_site", "include-hidden-files": True}


def test_a_pull_request_is_built_and_checked_and_nothing_is_published() -> None:
    check = workflow("check.yml")
    assert check["on"] == {"pull_request": None}
    assert [s["run"] for s in steps("check.yml") if "run" in s] == [
        "pip install -r requirements.txt",
        "python build.py",
        "python build.py check",
    ]
    assert not any("pages" in use for use in uses("check.yml"))


def pins(name: str) -> dict[str, str]:
    """What a requirements file pins, by the name in lower case; every line must be a pin."""
    found = {}
    for line in (ROOT / name).read_text("utf-8").splitlines():
        if line and not line.startswith(("#", "-r ")):
            m = re.fullmatch(r"([A-Za-z0-9_.-]+)==([A-Za-z0-9.]+)", line)
            assert m, f"{name}: {line}: not a pin"
            assert canonical(m[1]) not in found, f"{name}: {m[1]} twice"
            found[canonical(m[1])] = m[2]
    return found


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def direct(name: str) -> set[str]:
    """What stands above "What those need in turn"."""
    text = (ROOT / name).read_text("utf-8").partition("# What those need in turn")[0]
    return {canonical(m) for m in re.findall(r"^([A-Za-z0-9_.-]+)==", text, re.M)}


def imported(folder: str) -> set[str]:
    """The distributions that the Python files of a folder import."""
    names = set()
    for path in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {a.name.partition(".")[0] for a in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names.add((node.module or "").partition(".")[0])
    known = packages_distributions()
    return {canonical(d) for n in names - sys.stdlib_module_names for d in known.get(n, ())}


def test_what_the_program_imports_is_pinned_for_a_build() -> None:
    assert imported("digest") <= direct("requirements.txt")


def test_what_the_tests_import_is_pinned_for_development() -> None:
    known = pins("requirements.txt").keys() | pins("requirements-dev.txt").keys()
    assert imported("tests") | imported("benchmarks") <= known


def test_what_is_pinned_is_whole() -> None:
    """Whatever a pinned package needs is pinned too, in a version that it accepts."""
    run = pins("requirements.txt")
    for known in (run, {**run, **pins("requirements-dev.txt")}):
        for name in known:
            for line in requires(name) or ():
                need = Requirement(line)
                if need.marker is None or need.marker.evaluate({"extra": ""}):
                    assert known.get(canonical(need.name), "") in need.specifier, f"{name} needs {line}"


def test_development_starts_from_what_a_build_needs() -> None:
    assert "-r requirements.txt" in (ROOT / "requirements-dev.txt").read_text("utf-8").splitlines()
    assert not pins("requirements.txt").keys() & pins("requirements-dev.txt").keys()


def test_each_dependency_has_its_sentence() -> None:
    said = {
        canonical(name)
        for line in re.findall(r"^- (`.+?):", DECISION, re.M)
        for name in re.findall("`(.+?)`", line)
    }
    assert said == direct("requirements.txt") | direct("requirements-dev.txt")


def test_the_ci_script_runs_the_readmes_commands() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    commands = re.findall(r"\$\(readme '(.+?)'\)", script)
    assert len(commands) == 2
    for command in commands:
        assert f"```sh\n{command}\n```" in README
    subprocess.run(["bash", "-n", ROOT / ".ci" / "run"], check=True)
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_the_readme_names_only_what_exists() -> None:
    for path in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / path).exists(), path
    for path in re.findall(r"^\| .*?`([\w./-]+/)`", README.partition("## Layout")[2], re.M):
        assert (ROOT / path).is_dir(), path


def test_the_readmes_commands_are_those_of_the_program() -> None:
    words = [sys.executable, ROOT / "build.py", "--help"]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    known = set(re.findall(r"^ {4}([a-z]+)\b", said, re.M)) - {"build"}  # the command without a name
    assert set(re.findall(r"^\| `python build\.py ([a-z]+)", README, re.M)) == known
    for path in re.findall(r"^\| `([\w.-]+)/`", README, re.M):
        assert (ROOT / path).is_dir()


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: p.name)
def test_no_workflow_runs_foreign_code_with_rights(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "pull_request_target" not in text
    assert "secrets." not in text
    assert all(use.startswith("actions/") for use in uses(path.name))
