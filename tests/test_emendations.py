"""The editor's emendations of the five seeds: each target names one place, and quotations keep their words."""

from pathlib import Path

import pytest

from digest import marks, read
from digest.editor import places
from digest.model import Emendation, Target
from digest.strict import load

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "content" / "emendations").glob("*.yaml"))


def seed_of(path: Path) -> Path:
    return next((ROOT / "seeds").glob(f"*_{path.stem}*.txt"))


def entries(path: Path) -> list[dict]:
    loaded = load(path.read_text("utf-8"), path.name)
    assert not loaded.problems
    return loaded.value["emendations"]


def target(e: dict) -> Target:
    return Target(e["exact"], e.get("prefix", ""), e.get("suffix", ""))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_target_stands_once(path: Path) -> None:
    body = read(seed_of(path).read_text("utf-8")).body.value
    wrong = [(e["exact"], len(places(body, target(e)))) for e in entries(path)]
    assert [w for w in wrong if w[1] != 1] == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_emendations_apply_and_leave_quotations_alone(path: Path) -> None:
    raw = seed_of(path).read_text("utf-8")
    body = read(raw).body.value
    keys = ("text", "witness", "by", "date", "status", "cert")
    evidence = [
        Emendation(target(e), e["action"], e["why"], **{k: e[k] for k in keys if k in e})
        for e in entries(path)
    ]
    document = read(raw, evidence=evidence)
    assert not [d for d in document.doubts if d.rule == "editor.target"]
    certain = [s for s in marks.scopes(body) if not s.doubtful]
    for e in evidence:
        (span,) = places(body, e.target)
        if e.action == "emend" and e.status == "applied":
            assert not any(span.start < s.end and s.start < span.end for s in certain), e.target.exact
        if e.action == "emend":
            assert e.text and e.text != e.target.exact


def test_the_editor_answers_the_machines_questions() -> None:
    raw = "They went to the the sea.\n\nIt was on Youtube, and then the the rain came to town."
    emendation = Emendation(Target("the the sea"), "emend", "doubled", text="the sea")
    noted = [r for r in read(raw, evidence=[emendation]).body.raw_edits() if r.layer in ("repair", "editor")]
    assert [(r.old, r.edit.status, r.layer) for r in noted] == [
        ("the the sea", "applied", "editor"),
        ("Youtube", "proposed", "repair"),
        (" the", "proposed", "repair"),
    ]
