"""Starting over from a fork: what goes, what stays, and examples that load."""

import re
from pathlib import Path

import pytest

from digest import build, load
from digest.assemble import assembled
from digest.errors import BuildError
from digest.init import SKELETON, begin, next_steps, plan, start_over

EXAMPLES = re.findall(
    r"^## (content/\S+)\n(?:(?!## )[^\n]*\n)*?```\w+\n(.*?)^```",
    (SKELETON / "content" / "README.md").read_text(),
    re.M | re.S,
)


@pytest.fixture
def fork(project) -> Path:
    project.seed("old.txt", "An old text.")
    project.content("articles/old.md", "---\nid: old\nseed: old.txt\n---\n")
    project.content("people/deep/er/somebody.yaml", "name: Somebody")
    (project.root / "build.py").write_text("")
    (project.root / "seeds" / ".gitattributes").write_text("* -text\n")
    return project.root


def test_the_plan_names_everything_and_changes_nothing(fork: Path) -> None:
    decided = plan(fork)
    assert decided.remove == (
        "content/articles/old.md",
        "content/people/deep/er/somebody.yaml",
        "seeds/old.txt",
    )
    assert decided.write == ("content/README.md", "seeds/README.md")
    assert (fork / "seeds" / "old.txt").exists()
    assert not (fork / "content" / "README.md").exists()
    assert "seeds/  old.txt" in str(decided)


def test_starting_over_leaves_the_skeleton(fork: Path) -> None:
    start_over(fork, plan(fork))
    left = sorted(p.relative_to(fork).as_posix() for f in ("seeds", "content") for p in (fork / f).rglob("*"))
    assert left == ["content/README.md", "seeds/.gitattributes", "seeds/README.md"]
    assert (fork / "site.yaml").exists()
    assert assembled(load.content(fork)).site.articles == ()
    assert plan(fork).remove == ()
    start_over(fork, plan(fork))


def test_a_link_is_removed_and_what_it_leads_to_is_not(
    fork: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    mine = tmp_path_factory.mktemp("mine")
    (mine / "precious.txt").write_text("keep")
    (fork / "seeds" / "link").symlink_to(mine)
    assert "seeds/link" in plan(fork).remove
    start_over(fork, plan(fork))
    assert (mine / "precious.txt").read_text() == "keep"
    assert not (fork / "seeds" / "link").is_symlink()


def test_a_folder_that_is_a_link_or_no_digest_at_all_is_refused(fork: Path, tmp_path: Path) -> None:
    (fork / "seeds").rename(fork / "elsewhere")
    (fork / "seeds").symlink_to(fork / "elsewhere")
    with pytest.raises(BuildError, match="seeds: is a symbolic link"):
        plan(fork)
    (fork / "seeds").unlink()
    (fork / "site.yaml").unlink()
    with pytest.raises(BuildError, match=r"site\.yaml: not found"):
        plan(fork)


def test_an_unwritable_folder_is_a_problem_and_no_traceback(
    fork: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "seeds/old.txt")

    decided = plan(fork)
    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(BuildError, match="cannot be changed: Permission denied"):
        start_over(fork, decided)


def test_the_examples_of_the_skeleton_load(project) -> None:
    assert len(EXAMPLES) == 11
    for name, text in EXAMPLES:
        project.content(name.removeprefix("content/"), text)
    project.seed(
        "harbour.txt",
        "The harbour is to close on Friday.\nForty boats lie there: forty boots, said Ada Moss; others saw fourteen boats.\n"
        "“The gates stay open,” she said. New ones would cost £3 million.\n",
    )
    content = load.content(project.root)
    [entry] = content.entries
    assert (entry.id, entry.date.value, entry.date.basis) == ("harbour", "2025-01~", "inferred")
    assert [content.outlets[0].name, content.entities[0].name] == ["The Gazette", "Ada Moss"]
    assert (
        len(content.stories) == len(content.conflicts) == len(content.corrections) == len(content.pages) == 1
    )
    assert assembled(content).problems == ()


def test_the_docs_show_the_same_examples() -> None:
    docs = Path(__file__).parent.parent / "docs" / "content.md"
    skeleton = (SKELETON / "content" / "README.md").read_text("utf-8")
    assert docs.read_text("utf-8").partition("\n")[2] == skeleton.partition("\n")[2]


def test_what_to_do_next_names_what_exists() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text()
    titles = re.findall(r'README\.md, "([^"]+)"', next_steps("python build.py"))
    assert titles
    for title in titles:
        assert f"## {title}" in readme


def test_a_new_folder_is_built_by_the_installed_command() -> None:
    assert "cd mine && digest\n" in next_steps("digest", "mine")
    elsewhere = next_steps("python build.py", "mine")
    assert "cd mine && digest " in elsewhere and "pip install" in elsewhere and "build.py" not in elsewhere
    assert "3. python build.py\n" in next_steps("python build.py")


def test_a_new_folder_is_a_digest_that_builds(tmp_path: Path) -> None:
    begin(tmp_path / "deep" / "mine")
    built = build.built(tmp_path / "deep" / "mine", tmp_path / "deep" / "mine" / "_site")
    assert built.site.articles == ()
    assert "deep/mine/site.yaml" in next_steps("digest", "deep/mine")


def test_a_folder_that_holds_something_is_no_place_for_a_new_digest(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(BuildError, match="is there already and not empty"):
        begin(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]
