"""`build.py read` as a program that others call: one line in, one line out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
BUILD = [sys.executable, str(ROOT / "build.py")]


def run(*args: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([*BUILD, *args], input=given, capture_output=True, text=True, encoding="utf-8")


def test_the_stream_answers_each_line_in_order_and_goes_on_after_a_bad_one() -> None:
    lines = [
        '{"id": "a", "text": "It cost £3 million."}',
        "not json",
        '{"id": "b"}',
        '{"id": "c", "html": "<article><h1>Bridge mended</h1><p>The council met on Monday and agreed to mend the old bridge over the river.</p></article>"}',
        '{"id": "d", "text": "lone \\ud800 surrogate"}',
        '{"id": 5, "text": ""}',
        "[" * 100_000,
    ]
    done = run("read", "--jsonl", given="\n".join(lines) + "\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert [a["id"] for a in answers] == ["a", None, "b", "c", "d", 5, None]
    assert ["error" in a for a in answers] == [False, True, True, False, False, False, True]
    assert answers[4]["text"] == "lone \ud800 surrogate"
    assert "council met" in answers[3]["raw"]


def test_skip_leaves_stages_out() -> None:
    given = '{"id": "a", "text": "“It cost £3 million,” said Ann Miller."}\n'
    whole = json.loads(run("read", "--jsonl", given=given).stdout)
    less = json.loads(run("read", "--jsonl", "--skip", "clean,repair,quotes,mentions", given=given).stdout)
    assert whole["quotes"] and less["quotes"] == [] and less["mentions"] == [] and less["edits"] == []


def test_files_answer_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Caf\u00e9".encode("cp1252"))
    done = run("read", "--jsonl", str(tmp_path / "a.txt"))
    [answer] = [json.loads(line) for line in done.stdout.splitlines()]
    assert answer["text"] == "Café"
    assert [d["rule"] for d in answer["doubts"]] == ["encoding"]


def test_wrong_use_is_named_in_one_line_with_status_2(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"PK\x00")
    for args, says in (
        (["read"], "name a file"),
        (["read", "nowhere.txt"], "nowhere.txt: No such file"),
        (["read", str(tmp_path)], "Is a directory"),
        (["read", str(tmp_path / "bad.txt")], "NUL"),
        (["read", "--skip", "dance", "--jsonl"], "--skip dance: known are clean, repair"),
        (["dance"], "invalid choice"),
        (["explain", str(ROOT / "site.yaml") + ":9999"], "line 9999: the text has"),
    ):
        done = run(*args)
        assert done.returncode == 2, (args, done)
        assert says in done.stderr
        assert "Traceback" not in done.stderr


def test_numbers_that_json_does_not_have_get_an_error_line() -> None:
    given = "\n".join(f'{{"id": {n}, "text": "x"}}' for n in ("NaN", "-Infinity", "1e999", "1.5")) + "\n"
    done = run("read", "--jsonl", given=given)
    answers = [json.loads(line, parse_constant=lambda word: 1 / 0) for line in done.stdout.splitlines()]
    assert [a["id"] for a in answers] == [None, None, None, 1.5]
    assert answers[0]["error"] == "ValueError: NaN is no JSON"
