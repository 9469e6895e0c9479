"""The figures of the five seeds that a reader wants noted, and the traps beside them."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

import digest

ROOT = Path(__file__).parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
GOLD = next(
    (p for up in ROOT.resolve().parents if (p := up / "shared" / "gold" / "seeds-figures.json").exists()),
    None,
)
SKIP = ("clean", "repair", "quotes", "mentions")
# as the whole pipeline prints them: text, low, high, unit, per, change, damaged
KEY = {
    "000": [],
    "001": [
        ("$1tn", "1000000000000", "1000000000000", "USD", None, "=", False),
        ("hundreds of millions of dollars", "100000000", "1000000000", "USD", None, "=", True),
        ("$5.6mn", "5600000", "5600000", "USD", None, "=", False),
        ("1.4 cents", "1.4", "1.4", "cent", "1000000 token", "=", True),
        ("1mn tokens", "1000000", "1000000", "token", None, "=", False),
        ("roughly akin to 700,000 words", "700000", "700000", "word", None, "~", False),
        ("$2.80", "2.8", "2.8", "USD", "1000000 token", "=", False),
        ("within the next 90 days", None, "90", "d", None, "<", True),
    ],
    "002": [
        ("over a billion people", "1000000000", None, "people", None, ">", False),
        ("2GW+", "2", None, "GW", None, ">", False),
        ("~1GW", "1", "1", "GW", None, "~", False),
        ("over 1.3 million GPUs", "1300000", None, "GPU", None, ">", False),
        ("between $60 and $65 billion", "60000000000", "65000000000", "USD", None, "=", False),
    ],
    "003": [],
    "004": [],
}


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.name[:3])
def test_the_key_figures_of_a_seed(path: Path) -> None:
    found = digest.read(path.read_bytes().decode("utf-8")).figures
    shown = [(f.text, f.low, f.high, f.unit, f.per, f.change, f.damaged) for f in found if f.key]
    assert shown == KEY[path.name[:3]]


@pytest.mark.skipif(GOLD is None, reason="no shared gold here")
def test_the_gold_of_the_seeds_as_scraped() -> None:
    assert GOLD
    gold = json.loads(GOLD.read_text("utf-8"))["occurrences"]
    lines = {p.name: p.read_bytes().decode("utf-8").split("\n") for p in SEEDS}
    for g in gold:
        found = digest.read(lines[g["seed"]][g["line"] - 1], skip=SKIP).figures
        over = [f for f in found if f.start < g["end"] and g["start"] < f.end]
        if g["role"] in ("name", "idiom"):
            assert not over, g
        elif g["key"]:
            assert any(f.key and _same(f.low, f.high, g) for f in over), g
        else:
            assert not any(f.key for f in over), g


def _same(low: str | None, high: str | None, g: dict) -> bool:
    point = g["value_high"] is None or g["value_low"] == g["value_high"]
    ends = [Decimal(v) for v in (low, high) if v is not None]
    wanted = (
        [Decimal(str(g["value_low"]))]
        if point
        else [Decimal(str(g["value_low"])), Decimal(str(g["value_high"]))]
    )
    written = g.get("as_written", {}).get("value")
    return set(ends) == set(wanted) or (written is not None and set(ends) == {Decimal(written)})
