"""The walls of the architecture: who may import whom."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "digest"
STAGES = ("clean", "repair", "annotate", "link", "views", "render")
SHARED = {
    "model",
    "site",
    "across",
    "dates",
    "ids",
    "edit",
    "runs",
    "traced",
    "lines",
    "text",
    "glyphs",
    "marks",
    "plain",
    "bag",
    "rules",
    "errors",
    "strict",
    "names",
    "sentences",
    "turns",
    "voices",
}
# what a later step of the build may know of an earlier one's results
ALLOWED = {"views": {"link"}, "render": {"views"}}
DISK = {"load", "publish", "cli", "rules", "serve", "build", "init", "suggest", "register"}


def imports(path: Path) -> set[str]:
    """Modules of the package that a file imports, by dotted name without `digest.`."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            found |= (
                {f"{node.module}.{a.name}" for a in node.names}
                if node.module == "digest"
                else {node.module or ""}
            )
    return {name.removeprefix("digest.") for name in found if name.startswith("digest.")}


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_imports_only_the_shared_nouns_and_itself(stage: str) -> None:
    allowed = SHARED | {stage} | ALLOWED.get(stage, set())
    for path in sorted((PACKAGE / stage).rglob("*.py")):
        tops = {name.split(".")[0] for name in imports(path)}
        assert tops <= allowed, f"{path.relative_to(PACKAGE)} imports {sorted(tops - allowed)}"


def test_the_shared_nouns_import_no_stage() -> None:
    for name in SHARED:
        path = PACKAGE / f"{name}.py"
        if path.exists():
            assert {n.split(".")[0] for n in imports(path)} <= SHARED, name


def test_only_a_few_modules_touch_the_disk_or_the_clock() -> None:
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.relative_to(PACKAGE).parts[0].removesuffix(".py") in DISK:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [a.name for a in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                assert name.split(".")[0] not in (
                    "os",
                    "time",
                    "shutil",
                    "tempfile",
                    "random",
                    "socket",
                    "subprocess",
                ), (path, name)
