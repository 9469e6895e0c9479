"""Effort tells a linear step from a quadratic one."""

import pytest
from effort import TWICE, effort, growth

from benchmarks import hostile


def linear(text: str) -> int:
    return sum(1 for c in text if c == "a")


def quadratic(text: str) -> int:
    return sum(1 for i in range(len(text)) for c in text[:i] if c == "a")


def by_calls(text: str) -> list[str]:
    return [text[i:].upper() for i in range(len(text)) for _ in range(i)]


@pytest.mark.parametrize(("act", "grows"), [(linear, False), (quadratic, True), (by_calls, True)])
def test_growth_tells_a_quadratic_step(act, grows: bool) -> None:
    assert (growth(act, lambda n: "ab" * n, 50) > TWICE) == grows


def test_effort_is_the_same_each_time() -> None:
    assert len({effort(lambda: linear("ab" * 100)) for _ in range(5)}) == 1


@pytest.mark.parametrize("args", [[], ["--search", "3"]])
@pytest.mark.parametrize(("many", "code"), [(0.4, 0), (1.6, 1)])
def test_what_grows_too_fast_ends_the_bench_in_1(
    args: list[str], many: float, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hostile, "grown", lambda *_: (0.1, many))
    monkeypatch.setattr("sys.argv", ["hostile.py", *args])
    with pytest.raises(SystemExit) as ended:
        hostile.main()
    assert int(ended.value.code or 0) == code
