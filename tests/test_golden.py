"""The five seeds as read: a change here is looked at by a person before it is accepted.

`python tests/test_golden.py --accept` writes the files anew.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import digest as api  # noqa: E402

GOLDEN = Path(__file__).parent / "golden"
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
# a text that an editor has added needs no golden file: whoever publishes runs these tests too
KNOWN = [seed for seed in SEEDS if (GOLDEN / f"{seed.stem}.json").exists()]


def read(path: Path) -> dict:
    text = path.read_bytes().decode("utf-8")
    return api.to_json(api.read(text, id=path.name))


def lines(answer: dict) -> str:
    """The answer with one line an edit or annotation, so that a diff shows what changed."""
    parts = []
    for key, value in answer.items():
        if isinstance(value, list) and value:
            rows = ",\n  ".join(json.dumps(v, ensure_ascii=False) for v in value)
            parts.append(f"{json.dumps(key)}: [\n  {rows}\n ]")
        else:
            parts.append(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n " + ",\n ".join(parts) + "\n}\n"


@pytest.mark.parametrize("path", KNOWN, ids=lambda p: p.name[:3])
def test_a_seed_reads_as_it_did(path: Path) -> None:
    assert lines(read(path)) == (GOLDEN / f"{path.stem}.json").read_text("utf-8")


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.name[:3])
def test_the_edits_fold_the_scrape_into_the_text_and_every_span_is_where_it_says(path: Path) -> None:
    raw = path.read_bytes().decode("utf-8")
    d = read(path)
    out, pos = "", 0
    for e in d["edits"]:
        assert e["old"] == raw[e["raw_start"] : e["raw_end"]]
        if e["status"] == "applied":
            out += raw[pos : e["raw_start"]] + e["new"]
            pos = e["raw_end"]
    assert out + raw[pos:] == d["text"]
    parts = {"body": d["text"], **d["parts"]}
    for key in ("quotes", "indirect", "figures", "mentions"):
        for item in d[key]:
            assert parts[item.get("part", "body")][item["start"] : item["end"]] == item["text"]
    assert "\n\n".join(d["text"][b["start"] : b["end"]] for b in d["blocks"]) == d["text"]


if __name__ == "__main__" and sys.argv[1:] == ["--accept"]:
    GOLDEN.mkdir(exist_ok=True)
    for seed in SEEDS:
        (GOLDEN / f"{seed.stem}.json").write_text(lines(read(seed)), "utf-8")
        print("accepted", seed.name)
