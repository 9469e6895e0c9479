"""Effort: how much a call does, counted instead of timed, so that a busy machine changes nothing.

What is counted: lines of Python run, and calls of Python and C functions. What
one C function does inside (a pattern that goes back, a search in a long text)
is not seen; `benchmarks/hostile.py` times that, by the ratio of two lengths.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

TWICE = 2.3  # what twice the text may cost; a quadratic step costs four times


def effort(act: Callable[[], object]) -> int:
    """The number of Python lines and of calls that `act` runs, in this thread."""
    count = 0

    def line(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal count
        count += 1
        return line

    def call(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal count
        count += event.endswith("call")

    before, profiled = sys.gettrace(), sys.getprofile()
    gc.disable()  # its callbacks are Python code too
    sys.settrace(line)
    sys.setprofile(call)
    try:
        act()
    finally:
        sys.setprofile(profiled)
        sys.settrace(before)
        gc.enable()
    return count


def growth(act: Callable[[str], object], of: Callable[[int], str], times: int) -> float:
    """How many times the effort of `act` grows from the text `of(times)` to `of(2 * times)`; about 2 is linear."""
    act(of(times + 1))  # what is made once is no growth, and what is kept of a text must be another's
    return effort(lambda: act(of(2 * times))) / effort(lambda: act(of(times)))
