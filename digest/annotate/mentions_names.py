"""Runs of capitalised words: what may be a name, with the words beside it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from digest.rules import Rules
from digest.text import Span

CAP = r"(?:(?:[A-ZÀ-Þ]\.)+(?![\w])|[A-ZÀ-Þ][\w&]*(?:[-’'.][\w&]+)*)"
NICK = r"[“\"‘'(]" + CAP + r"[”\"’')] "  # Mark “Zuck” Zuckerberg
LINK = r"(?:(?:de|da|del|della|di|du|van|von|der|den|bin|ibn|al|el|la|le|dos|y) ){1,2}"
# a capital that no word, @ or # stands before; the class comes first so that the search can leap to it
HEAD = r"[A-ZÀ-Þ](?<![\w@#][A-ZÀ-Þ])(?:(?:\.[A-ZÀ-Þ])*\.(?!\w)|[\w&]*(?:[-’'.][\w&]+)*)"
RUN = re.compile(rf"{HEAD}(?: (?:(?=[A-ZÀ-Þ])|{LINK}|{NICK}){CAP})*")
NICKNAME = re.compile(r" [“\"‘'(]([^“”\"‘’'()]+)[”\"’')](?= )")
COMPOUND = ("-based", "-led", "-backed", "-owned", "-born", "-style", "-area")
POSSESSIVE = ("’s", "'s")


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The word lists of `names.yaml` and `places.yaml` as sets; one object a language, told by identity."""

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
    cuts: frozenset[str]  # words that do not belong to a name they stand in


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
    doubtful = frozenset(rules.words("places", "doubtful"))
    cuts = many["not_names"] | titles.keys()
    return Words(first, titles, **many, places=places, doubtful_places=doubtful, cuts=cuts)


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


def candidates(text: str, lists: Words) -> list[Candidate]:
    """Every run that may be a name, titles and owners taken off, left to right."""
    not_names, org_words, cuts = lists.not_names, lists.org_words, lists.cuts
    out: list[Candidate] = []
    at = 0
    for m in RUN.finditer(text):
        run = m[0]
        if run in not_names:
            continue
        start, end = m.span()
        if start < at:
            continue
        many = run.split(" ") if " " in run else ()
        if (many[-1] if many else run) in org_words and text.startswith(GOES_ON, end):
            at = _institution(text, end, not_names)
            if at > end:
                start = _led(text, start, lists)
                out.append(_candidate(text, start, at, text[start:at], "", "", lists))
                continue
        if many:
            if cuts.isdisjoint(many) and not MARKED.search(run):  # nothing to take off
                out.append(_candidate(text, start, end, run, "", "", lists))
            else:
                out += _cut(text, start, end, lists)
        elif not run.endswith(POSSESSIVE):
            if run not in lists.titles:
                out.append(_candidate(text, start, end, run, "", "", lists))
        elif run[:-2] not in not_names:
            out.append(_candidate(text, start, end - 2, run[:-2], "", "", lists))
    return out


GOES_ON = (" o", " f")
MARKED = re.compile(r"[“\"‘'(’-]")  # an owner, a nickname, a compound


def _led(text: str, start: int, lists: Words) -> int:
    """Where an institution's name begins that begins with a word like `the`."""
    first = WORD_IN.match(text, start)
    leading = first and first[0] in lists.not_names and first[0] not in lists.adjectives
    return first.end() + 1 if first and leading else start


OF = re.compile(rf" (?:of|for|on) (?:the )?({CAP})(?: (?:and |& )?{CAP}){{0,4}}")


def _institution(text: str, end: int, not_names: frozenset[str]) -> int:
    """The end of an institution's name that goes on with `of` (University of …, Center for …)."""
    m = OF.match(text, end)
    if not m or m[1] in not_names:
        return end
    return m.end() - 2 if m[0].endswith(POSSESSIVE) else m.end()


def _cut(text: str, start: int, end: int, lists: Words) -> list[Candidate]:
    """The names in one run: cut after a possessive and after a role (OpenAI CEO Ann Lee)."""
    nick = NICKNAME.search(text, start, end)
    pieces = [m.span() for m in WORD_IN.finditer(text, start, end)]
    out: list[Candidate | None] = []
    left = 0
    owner = title = ""
    for i, (a, b) in enumerate(pieces):
        word = text[a:b]
        if word.endswith(POSSESSIVE):
            out.append(_made(text, [*pieces[left:i], (a, b - 2)], title, owner, lists, nick))
            owner, title, left = text[pieces[left][0] : b - 2], "", i + 1
        elif word in lists.titles and (i == left or i < len(pieces) - 1):
            if i > left:
                out.append(_made(text, pieces[left:i], title, owner, lists, nick))
            title, left = word, i + 1
    if left < len(pieces):
        out.append(_made(text, pieces[left:], title, owner, lists, nick))
    return [c for c in out if c]


WORD_IN = re.compile(r"\S+")


def _made(
    text: str,
    spans: list[tuple[int, int]],
    title: str,
    owner: str,
    lists: Words,
    nick: re.Match[str] | None,
) -> Candidate | None:
    """The candidate of these words, leading function words taken off; None when nothing is left."""
    said = [text[a:b] for a, b in spans]
    k, last = 0, len(said)
    while k < last and said[k] in lists.not_names:
        if said[-1] in lists.org_words and k < last - 1 and said[k] in lists.adjectives:
            break  # Democratic National Committee
        k += 1
    while last > k and said[last - 1] in lists.not_names:
        last -= 1
    while k < last - 1 and said[k].endswith(COMPOUND):
        k += 1  # Ferrol-based
    if k >= last:
        return None
    start, end = spans[k][0], spans[last - 1][1]
    if nick and start < nick.start() < end:
        name = text[start : nick.start()] + text[nick.end() : end]
        made = _candidate(text, start, end, name, title, owner, lists)
        made.nick = nick[1]
        return made
    return _candidate(text, start, end, text[start:end], title, owner, lists)


def _candidate(text: str, start: int, end: int, name: str, title: str, owner: str, lists: Words) -> Candidate:
    before = word_before(text, start)
    if before == "." and not title and text[start - 2 : start] == ". ":
        abbreviation = word_before(text, start - 2, joined=True)
        title = abbreviation if abbreviation in lists.titles else ""
    return Candidate(start, end, name, before, word_after(text, end), title, owner)


def word_before(text: str, at: int, joined: bool = False) -> str:
    """The word or mark right before `at`, "" at the beginning of a paragraph.

    `joined`: the word ends at `at` itself, no blank between.
    """
    if not joined:
        at -= 1
        mark = text[at] if at >= 0 else "\n"
        if mark != " ":
            return "" if mark == "\n" else mark
    word = text[at - 20 if at > 20 else 0 : at].rpartition(" ")[2]
    if word.isalnum():
        return word
    word = word[max(word.rfind("\n"), word.rfind("\u00a0")) + 1 :]
    if not word:
        return ""
    return word.lstrip("“\"‘'(—") if word[-1].isalnum() else word[-1]


def word_after(text: str, at: int) -> str:
    """The word or mark right after `at`; ’s for a possessive."""
    mark = text[at : at + 1]
    if mark != " ":
        return "’s" if mark in ("’", "'") and text[at + 1 : at + 2] == "s" else mark
    word = text[at + 1 : at + 21].partition(" ")[0]
    if word.isalnum():
        return word
    if not word or not word[0].isalnum():
        return word[:1]
    return word.rstrip(".,;:!?”\"’')\n").partition("\n")[0]


@lru_cache(maxsize=1 << 14)
def slug(name: str) -> str:
    """The entity id of a name: ASCII, lower case, hyphens (`Yann LeCun` -> `yann-lecun`)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "-".join(f"{ord(c):x}" for c in name[:8])


TITLE_LINE = 160  # characters: longer lines are prose


def title_lines(text: str) -> list[Span]:
    """Short lines in title case, where a capital proves nothing."""
    out = []
    at = 0
    for line in text.split("\n"):
        if len(line) < TITLE_LINE and ". " not in line:
            words = line.split()
            if len(words) >= 5 and sum([w[0].isupper() for w in words]) > 0.6 * len(words):
                out.append(Span(at, at + len(line)))
        at += len(line) + 1
    return out
