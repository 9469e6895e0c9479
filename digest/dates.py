"""Dates as editors write them: exact, uncertain or in part (EDTF, a small part of it).

`2025-01-27`, `2025-01`, `2025`, each with `~` (about) or `?` (uncertain)
behind it, or two with a slash between. Never guessed, never from the clock.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

YEARS = range(1900, 2201)  # of timestamps
EDTF = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)\Z")


def valid(text: str) -> bool:
    """Whether `text` is a date of the kinds above, and stands in the calendar."""
    return all(_first_day(part) is not None for part in text.split("/")) and text.count("/") <= 1


def exact(text: str) -> date | None:
    """The day, when `text` names one day without doubt."""
    return _first_day(text) if re.match(r"\d{4}-\d{2}-\d{2}\Z", text) else None


def month(text: str) -> str:
    """`YYYY-MM` of the (first) date; "" when it names no month."""
    m = EDTF.match(text.split("/")[0])
    return f"{m[1]}-{m[2]}" if m and m[2] else ""


def in_words(text: str) -> str:
    """The date for readers: "27 January 2025", "about January 2025", "26 to 31 January 2025"."""
    parts = [_words(p) for p in text.split("/")]
    return " to ".join(parts)


def told(text: str) -> tuple[str, str]:
    """A date as a text tells it, for readers, and as machines read it: "" unless it is written in ISO 8601."""
    day = exact(text[:10]) if len(text) == 10 or text[10:11] in ("T", " ") else None
    return (in_words(day.isoformat()), text.replace(" ", "T", 1)) if day else (text, "")


def timestamp(text: str) -> datetime | None:
    """The moment that an ISO 8601 timestamp with offset names, in UTC; None for anything else.

    Also None for years outside `YEARS`: a slip of the keys, and at the ends
    of the calendar other zones have no such moment.
    """
    if not re.match(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}", text):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not moment.tzinfo or moment.year not in YEARS:
        return None
    return moment.astimezone(UTC)


def fault(text: str) -> str:
    """Why `text` is no date or timestamp, in words for the editor who wrote it."""
    if re.match(r"\d{4}-\d{2}-\d{2}[T ]", text):
        if int(text[:4]) not in YEARS:
            return f"{text!r}: the year {text[:4]} lies outside {YEARS.start} to {YEARS.stop - 1}"
        day = _first_day(text[:10]) is not None
        return f"{text!r} names no {'time of day' if day else 'date in the calendar'}"
    if all(EDTF.match(part) for part in text.split("/")):
        return f"{text!r} is no date in the calendar"
    return f"{text!r} is not written as a date: 2025-01-27, 2025-01 or 2025, with ~ behind it for about"


MONTHS = "January February March April May June July August September October November December".split()


def _words(text: str) -> str:
    m = EDTF.match(text)
    if not m:
        return text
    year, mon, day, doubt = m.groups()
    shown = " ".join(
        x for x in (day.lstrip("0") if day else "", MONTHS[int(mon) - 1] if mon else "", year) if x
    )
    return {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}[doubt] + shown


def _first_day(text: str) -> date | None:
    m = EDTF.match(text)
    if not m:
        return None
    try:
        return date(int(m[1]), int(m[2] or 1), int(m[3] or 1))
    except ValueError:
        return None
