"""Runs of capitalised words: what may be a name, with the words beside it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from digest.rules import Rules
from digest.text import Span

CAP = r"(?:(?:[A-ZÀ-Þ]\.)+(?![\w])|[A-ZÀ-Þ][\w&]*(?:[-’'.][\w&]+)*)"
NICK = r" (?:[“\"‘'(]" + CAP + r"[”\"’')] )"  # Mark “Zuck” Zuckerberg
LINK = r"(?: (?:de|da|del|della|di|du|van|von|der|den|bin|ibn|al|el|la|le|dos|y)){0,2} "
# a capital that no word, @ or # stands before; the class comes first so that the search can leap to it
HEAD = r"[A-ZÀ-Þ](?<![\w@#][A-ZÀ-Þ])(?:(?:\.[A-ZÀ-Þ])*\.(?!\w)|[\w&]*(?:[-’'.][\w&]+)*)"
RUN = re.compile(rf"{HEAD}(?:(?:{LINK}|{NICK}){CAP})*")
NICKNAME = re.compile(r" [“\"‘'(]([^“”\"‘’'()]+)[”\"’')](?= )")
COMPOUND = ("-based", "-led", "-backed", "-owned", "-born", "-style", "-area")
POSSESSIVE = ("’s", "'s")


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of `names.yaml` and `places.yaml` as sets."""

    first: dict[str, str]  # first name -> m, f, n
    titles: dict[str, str]
    roles: frozenset[str]
    org_words: frozenset[str]
    org_before: frozenset[str]
    org_after: frozenset[str]
    product_after: frozenset[str]
    product_before: frozenset[str]
    not_names: frozenset[str]
    not_last: frozenset[str]
    adjectives: frozenset[str]
    places: frozenset[str]
    doubtful_places: frozenset[str]


def words(rules: Rules) -> Words:
    """The lists for names, as sets; empty for a language without them."""
    first = {n: "n" for n in rules.words("names", "either")}
    first |= {n: "m" for n in rules.words("names", "male")}
    first |= {n: "f" for n in rules.words("names", "female")}
    titles = {t: "n" for t in rules.words("names", "titles")}
    titles |= {t: "m" for t in rules.words("names", "titles_m")}
    titles |= {t: "f" for t in rules.words("names", "titles_f")}
    many = {key: frozenset(rules.words("names", key)) for key in LISTS}
    places = frozenset(w for key in ("countries", "regions", "cities") for w in rules.words("places", key))
    return Words(
        first, titles, **many, places=places, doubtful_places=frozenset(rules.words("places", "doubtful"))
    )


LISTS = (
    "roles",
    "org_words",
    "org_before",
    "org_after",
    "product_after",
    "product_before",
    "not_names",
    "not_last",
    "adjectives",
)


@dataclass(slots=True)
class Candidate:
    """A run of capitalised words: its own words, what stands before and after."""

    start: int
    end: int
    name: str
    before: str
    after: str
    title: str = ""
    owner: str = ""
    nick: str = ""


def candidates(text: str, lists: Words) -> Iterator[Candidate]:
    """Every run that may be a name, titles and owners taken off, left to right."""
    not_names, org_words = lists.not_names, lists.org_words
    at = 0
    for m in RUN.finditer(text):
        run, start, end = m[0], m.start(), m.end()
        if start < at or run in not_names:
            continue
        if run.rpartition(" ")[2] in org_words and text[end : end + 2] in (" o", " f"):
            at = _institution(text, end, not_names)
            if at > end:
                first = WORD_IN.match(text, start)
                leading = first and first[0] in not_names and first[0] not in lists.adjectives
                start = first.end() + 1 if first and leading else start
                yield _candidate(text, start, at, text[start:at], "", "", lists)
                continue
        if " " in run or run in lists.titles:
            yield from _cut(text, start, end, lists)
            continue
        if run.endswith(POSSESSIVE):
            run, end = run[:-2], end - 2
            if run in not_names:
                continue
        yield _candidate(text, start, end, run, "", "", lists)


OF = re.compile(rf" (?:of|for|on) (?:the )?({CAP})(?: (?:and |& )?{CAP}){{0,4}}")


def _institution(text: str, end: int, not_names: frozenset[str]) -> int:
    """The end of an institution's name that goes on with `of` (University of …, Center for …)."""
    m = OF.match(text, end)
    if not m or m[1] in not_names:
        return end
    return m.end() - 2 if m[0].endswith(POSSESSIVE) else m.end()


def _cut(text: str, start: int, end: int, lists: Words) -> Iterator[Candidate]:
    """The names in one run: cut after a possessive and after a role (OpenAI CEO Ann Lee)."""
    nick = NICKNAME.search(text, start, end)
    pieces = [(m.start(), m.end()) for m in WORD_IN.finditer(text, start, end)]
    left = 0
    owner = title = ""
    for i, (a, b) in enumerate(pieces):
        word = text[a:b]
        last = i == len(pieces) - 1
        if word.endswith(POSSESSIVE):
            yield from _made(text, [*pieces[left:i], (a, b - 2)], title, owner, lists, nick)
            owner, title, left = text[pieces[left][0] : b - 2], "", i + 1
        elif word in lists.titles and not (last and i > left):
            if i > left:
                yield from _made(text, pieces[left:i], title, owner, lists, nick)
            title, left = word, i + 1
    if left < len(pieces):
        yield from _made(text, pieces[left:], title, owner, lists, nick)


WORD_IN = re.compile(r"\S+")


def _made(
    text: str,
    spans: list[tuple[int, int]],
    title: str,
    owner: str,
    lists: Words,
    nick: re.Match[str] | None,
) -> Iterator[Candidate]:
    """The candidate of these words, leading function words taken off."""
    k = 0
    institution = text[spans[-1][0] : spans[-1][1]] in lists.org_words
    while k < len(spans) and text[spans[k][0] : spans[k][1]] in lists.not_names:
        if institution and k < len(spans) - 1 and text[spans[k][0] : spans[k][1]] in lists.adjectives:
            break  # Democratic National Committee
        k += 1
    while len(spans) > k and text[spans[-1][0] : spans[-1][1]] in lists.not_names:
        spans.pop()
    while k < len(spans) - 1 and text[spans[k][0] : spans[k][1]].endswith(COMPOUND):
        k += 1  # Ferrol-based
    if k >= len(spans):
        return
    start, end = spans[k][0], spans[-1][1]
    if nick and start < nick.start() < end:
        name = text[start : nick.start()] + text[nick.end() : end]
        yield replace(_candidate(text, start, end, name, title, owner, lists), nick=nick[1])
    else:
        yield _candidate(text, start, end, text[start:end], title, owner, lists)


def _candidate(text: str, start: int, end: int, name: str, title: str, owner: str, lists: Words) -> Candidate:
    before = word_before(text, start)
    if not title and before == "." and text[start - 2 : start] == ". ":
        abbreviation = word_before(text, start - 2, joined=True)
        title = abbreviation if abbreviation in lists.titles else ""
    return Candidate(start, end, name, before, word_after(text, end), title, owner)


def word_before(text: str, at: int, joined: bool = False) -> str:
    """The word or mark right before `at`, "" at the beginning of a paragraph.

    `joined`: the word ends at `at` itself, no blank between.
    """
    if not joined:
        if at == 0 or text[at - 1] == "\n":
            return ""
        if text[at - 1] != " ":
            return text[at - 1]
        at -= 1
    chunk = text[max(0, at - 20) : at]
    word = chunk[max(chunk.rfind(" "), chunk.rfind("\n"), chunk.rfind("\u00a0")) + 1 :]
    if not word:
        return ""
    return word.lstrip("“\"‘'(—") if word[-1].isalnum() else word[-1]


def word_after(text: str, at: int) -> str:
    """The word or mark right after `at`; ’s for a possessive."""
    mark = text[at : at + 1]
    if mark in ("’", "'") and text[at + 1 : at + 2] == "s":
        return "’s"
    if mark != " ":
        return mark
    word = text[at + 1 : at + 21].partition(" ")[0]
    if not word or not word[0].isalnum():
        return word[:1]
    return word.rstrip(".,;:!?”\"’')\n").partition("\n")[0]


def slug(name: str) -> str:
    """The entity id of a name: ASCII, lower case, hyphens (`Yann LeCun` -> `yann-lecun`)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "-".join(f"{ord(c):x}" for c in name[:8])


LINE = re.compile(r"[^\n]+")


def title_lines(text: str) -> list[Span]:
    """Short lines in title case, where a capital proves nothing."""
    out = []
    for m in LINE.finditer(text):
        if m.end() - m.start() < 160:
            words = m[0].split()
            if len(words) < 5 or ". " in m[0]:
                continue
            if sum(map(str.isupper, [w[0] for w in words])) > 0.6 * len(words):
                out.append(Span(m.start(), m.end()))
    return out
