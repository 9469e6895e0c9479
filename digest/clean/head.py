"""The top of a text: headline, standfirst and byline, told by shape and by what the story says."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence, Set

from digest.clean.byline import bylined, first_names, names, writes
from digest.clean.features import PERSONS
from digest.clean.headline import CREDIT, CRUMBS, PAGE, REACH, Story, begins, headline, stems, story, weights
from digest.clean.lines import Piece, Verdict
from digest.clean.opening import clean_headline
from digest.rules import Rules

HEADLINE = Verdict(
    "headline",
    "head.headline",
    "the first line that is not residue: short, no full stop, prose follows",
    "medium",
    True,
)
STANDFIRST = Verdict(
    "standfirst",
    "head.standfirst",
    "follows the headline: one unfinished sentence before the prose begins",
    "medium",
    True,
)
TOLD = Verdict(
    "headline",
    "head.told",
    "stands above the story and says what the story says, as headlines do",
    "medium",
    True,
)
STANDFIRST_TOLD = Verdict(
    "standfirst",
    "head.told-standfirst",
    "follows the headline and says what the story says",
    "medium",
    True,
)
LEAD = Verdict(
    "standfirst",
    "head.lead",
    "the first sentence stands above byline or date, where the story has not begun",
    "medium",
    True,
)
BYLINE = Verdict("byline", "head.byline", "names who wrote, above the story", "medium", True)
DATELINE = Verdict(
    "dateline", "head.dateline", "a place on a line of its own, above the story", "medium", True
)
RELEASED = Verdict("label", "head.release", "says above the headline what kind of text follows", "medium")
KICKER = Verdict("label", "head.kicker", "one word alone above the headline: a section’s name", "medium")
PLACE = re.compile(r"[A-Z][\w.'’-]*(?:,? (?:of|de|la|[A-Z][\w.'’-]*)){0,5}\s*(?:[—–-]{1,2}|:)")
SENTENCE_END = re.compile(r"[.:;,…](?:[”’\"')\]]*)$")
START = re.compile(r"[\"“‘'(\[]*[A-Z0-9$€£]")
SHORTEST, LONGEST = 4, 24  # words of a headline; agency headlines run to 20 and more
TITLED = ("headline", "standfirst")
STORY = -2.2  # logits: a first line that is so surely the story’s is a crosshead or a short sentence
AGO = "residue.live.time"  # “3 hours ago”
INTO = 4  # lines of the story’s beginning where a byline may stand yet
ANNOUNCED = re.compile(r"(?i)(?:(?:reported|written|posted|edited) )?by:?|authors?:?")
AGENCY = re.compile(r"[A-Z][\w.'’-]*(?: (?:of|and|the|de|[A-Z][\w.'’-]*)){0,5}")
# what stands above the headline of a press release
RELEASE = re.compile(
    r"(?i)(?:press|news|media) release|(?:for )?immediate release(?: ?[:–—-] ?.{4,30})?|(?:strictly )?embargoed until.{4,60}"
)
TURN = re.compile(r"[A-Z][A-Z.'’ -]{0,30}: ?\S")  # of a transcript: who speaks, in capitals
TURNS = 12  # lines among which another one shows that a line is a turn
SIX = 6  # words of a short sentence
NEAR = 8  # lines above a dateline in which something of the page's head stands
OTHERS = frozenset("related advertisement newsletter donation comments shop".split())  # not of this story
LONGEST_NAMES = 90  # characters
ENDING = 12  # lines at the end in which a writer is described
BELOW = 4  # lines below the headline in which the standfirst stands
TRIES = 9  # places at which a word is looked for
SAME = 2  # content words that it has in common with the story
PROSE = 20  # words of a first paragraph, with a full stop somewhere


def head(
    found: Sequence[Piece], out: Mapping[int, Verdict], logits: Sequence[float], rules: Rules
) -> dict[int, Verdict]:
    """Verdicts by index for headline, standfirst and dateline, each at most once, and for the lines of the byline.

    `out` are the verdicts so far: what the learned table alone calls residue
    may be the headline. `logits` are the table's; () when there is none.
    """
    first = rules.once(first_names)
    made = _topped(found, out, logits, rules, lead(found, out))
    made |= _labels(found, out, made)
    made |= _wedged(found, {**out, **made})
    more = {**out, **made}
    return made | _bylines(found, more, first) | _dateline(found, more, first)


def _labels(
    found: Sequence[Piece], out: Mapping[int, Verdict], made: Mapping[int, Verdict]
) -> dict[int, Verdict]:
    """What the search for the headline stepped over: the kind of text, a section's name."""
    top = next((i for i, v in made.items() if v.cls == "headline"), 0)
    free = [i for i in range(min(top, REACH)) if i not in out and not found[i].glued]
    labels = {i: RELEASED for i in free if RELEASE.fullmatch(found[i].text)}
    if top == 1 and made[top] is HEADLINE and free and _section(found[0].text):
        labels[0] = KICKER
    return labels


def _wedged(found: Sequence[Piece], out: Mapping[int, Verdict]) -> dict[int, Verdict]:
    """Names alone right between the headline and the date, which no rule or score took: who wrote."""
    for i in range(1, min(REACH, len(found) - 1)):
        above, below = out.get(i - 1), out.get(i + 1)
        if i in out or above is None or below is None or above.cls not in TITLED or below.cls != "published":
            continue
        if names(found[i].text) or ANNOUNCED.fullmatch(found[i].text):
            return {i: BYLINE}
    return {}


def _topped(
    found: Sequence[Piece],
    out: Mapping[int, Verdict],
    logits: Sequence[float],
    rules: Rules,
    above: Mapping[int, Verdict],
) -> dict[int, Verdict]:
    """Headline and standfirst; the sentence `above` author or date is one only below a headline."""
    known = {**out, **above}
    about = story(found, known) if begins(found, known) else None  # None too where nothing stands above it
    at = headline(found, known, about, rules.once(weights), rules.once(first_names)) if about else None
    if at is not None and _turn(found, at):
        at = None
    made = _shaped(found, out, logits)
    if at is not None and at not in made:
        title = _above(found, known, at)
        made = {at: TOLD} if title is None else {title: TOLD, at: STANDFIRST_TOLD}
    top = min(made, default=None)
    if above:
        under = top is not None and top < min(above)
        return (
            {top: made[top], **above} if under and top is not None else _topped(found, out, logits, rules, {})
        )
    if len(made) == 1 and top is not None and about:
        made |= _below(found, out, top, about)
    return made


def _above(found: Sequence[Piece], out: Mapping[int, Verdict], at: int) -> int | None:
    """The line right above what was taken for the headline, where that is rather its standfirst.

    It is the shorter one, and says no less of what the story says.
    """
    i, about = at - 1, story(found, out)
    if i < 0 or about is None or not _free(out, i) or found[i].glued or out[i].cls in OTHERS:
        return None
    line, below = found[i].text, found[at].text
    words = line.split()
    if not 3 <= len(words) < len(below.split()) or SENTENCE_END.search(line) or line[-1] in "?!":
        return None
    if not START.match(line) or CRUMBS.search(line) or names(line) is not None or CREDIT.search(line):
        return None
    after = at + 1 in out and (out[at + 1].cls in PAGE or names(found[at + 1].text) is not None)
    own, beneath = (len(stems(x) & about.stems) for x in (line, below))
    return i if after and own >= max(SAME, beneath) else None


def _dateline(
    found: Sequence[Piece], out: Mapping[int, Verdict], first: Container[str]
) -> dict[int, Verdict]:
    """The line right above the story that names a place alone; empty when there is none."""
    at = (begins(found, out) or 0) - 1
    if at < 0 or not _free(out, at) or not PLACE.fullmatch(found[at].text):
        return {}
    about = story(found, out)
    assert about is not None  # it begins below
    line = found[at].text
    dated = any(i in out and out[i].cls in PAGE for i in range(max(0, at - NEAR), at))
    label = line.endswith(":") and (line.split()[0].strip(":") in first or not stems(line) <= about.stems)
    return {at: DATELINE} if dated and not label else {}


def lead(found: Sequence[Piece], out: Mapping[int, Verdict]) -> dict[int, Verdict]:
    """The sentence above byline or date with which the story seems to begin; empty when there is none."""
    if begins(found, out) is None:
        return {}
    at = next((i for i, p in enumerate(found) if i not in out and _whole(p.text)), None)
    if at is None or found[at].glued or (at and found[at - 1].glued):
        return {}
    for i in range(at + 1, min(at + 1 + BELOW, len(found))):
        if i not in out or out[i].cls in OTHERS:
            break
        if out[i].cls in ("byline", "published"):
            return {at: LEAD}
    return {}


def _below(found: Sequence[Piece], out: Mapping[int, Verdict], at: int, about: Story) -> dict[int, Verdict]:
    """The standfirst that follows the headline at `at` before byline and story; empty when there is none."""
    for i in range(at + 1, min(at + 1 + BELOW, about.start)):
        verdict, line = out.get(i), found[i].text
        if found[i].glued or found[i - 1].glued:
            return {}
        if verdict is None and _standfirst(line) and i + 1 not in out and _prose(found[i + 1].text):
            return {i: STANDFIRST}
        if verdict is None or verdict.cls in PAGE:
            return {}
        if _machine(verdict) and _tells(line, about) and len(line.split(None, SHORTEST)) > SHORTEST:
            return {i: STANDFIRST_TOLD}
    return {}


def _tells(line: str, about: Story) -> bool:
    """Whether a line has words in common with the story, is no caption and speaks to nobody."""
    if CREDIT.search(line) or not PERSONS.isdisjoint(line.lower().split()):
        return False
    return len(stems(line) & about.stems) >= SAME


def _machine(verdict: Verdict) -> bool:
    """Whether the learned table alone took the line."""
    return verdict.rule.startswith("learned.")


def _bylines(found: Sequence[Piece], out: Mapping[int, Verdict], first: Container[str]) -> dict[int, Verdict]:
    """Who wrote, among the lines around the beginning of the story, with the post below a name.

    What a rule found is enough; else the lines that hang together nearest to the story.
    """
    start = begins(found, out)
    if start is None:
        return {}
    top = next((i for i in range(start) if i in out and out[i].cls == "headline"), -1)
    lines = range(max(top + 1, start - REACH), min(start + INTO, len(found)))
    title = frozenset(found[top].text.split()) if top >= 0 else frozenset()
    if not any(names(found[i].text) or ANNOUNCED.fullmatch(found[i].text) for i in lines):
        return {}
    words = _Words(found)
    groups: list[list[int]] = []
    last = -1  # a line of the byline, found by a rule or here
    for i in lines:
        wrote = i in out and out[i].cls == "byline"
        if not wrote and (_wrote(i, found, out, first, title, words) or _post(i, last, found, out)):
            wrote = True
            if groups and groups[-1][-1] == i - 1:
                groups[-1].append(i)
            else:
                groups.append([i])
        last = i if wrote else last
    if any(i in out and out[i].cls == "byline" for i in lines):
        groups = [g for g in groups if g[0] - 1 in out and out[g[0] - 1].cls == "byline"]
    return {i: BYLINE for i in groups[-1]} if groups else {}


class _Words(Container[str]):
    """The words of a page, between blanks: looked for one by one, listed when one stands in many others."""

    def __init__(self, found: Sequence[Piece]) -> None:
        self.text = "\n".join([piece.text for piece in found])
        self.every: Set[str] | None = None

    def __contains__(self, word: object) -> bool:
        if self.every is None:
            at, text, size = -1, self.text, len(str(word))
            for _ in range(TRIES):
                at = text.find(str(word), at + 1)
                if at < 0:
                    return False
                if not (text[at - 1 : at].strip() or text[at + size : at + size + 1].strip()):
                    return True
            self.every = frozenset(text.split())
        return word in self.every


def _post(i: int, last: int, found: Sequence[Piece], out: Mapping[int, Verdict]) -> bool:
    """Whether line `i` is the post of the writer whom the line right above names."""
    return last >= 0 and i == last + 1 and _free(out, i) and writes(found[i].text)


def _wrote(
    i: int,
    found: Sequence[Piece],
    out: Mapping[int, Verdict],
    first: Container[str],
    title: frozenset[str],
    words: Container[str],
) -> bool:
    """Whether line `i` names who wrote; names alone need a headline above them, or the date beside them.

    A section's title is no name: its words stand in small letters among the page's `words`, and what the headline names did not write it.
    """
    line = found[i].text
    own = names(line) if len(line) <= LONGEST_NAMES else None
    if i not in out:
        return own is not None and line[:3].lower() == "by " and _dated(found, out, i)
    if not _machine(out[i]):
        return False
    if i and ANNOUNCED.fullmatch(found[i - 1].text) and AGENCY.fullmatch(line):
        return True
    if own is None:
        return False
    if line[:2].lower() == "by":
        return bylined(line, first) or _dated(found, out, i)
    if any(word.lower() in words for name in own for word in name.split()):
        return False
    if any(name.split()[-1] in title for name in own):
        return False
    if i + 1 < len(found) and not _prose(found[i + 1].text) and CREDIT.search(found[i + 1].text):
        return False  # whom a picture shows
    if any(p.text.startswith(f"{own[0]} is ") for p in found[-ENDING:]):
        return bool(title)  # who it is stands below the story
    return _dated(found, out, i) or (bool(title) and bylined(line, first) and out[i].cls not in OTHERS)


def _free(out: Mapping[int, Verdict], i: int) -> bool:
    """Whether the learned table alone took line `i`."""
    return i in out and _machine(out[i])


def _dated(found: Sequence[Piece], out: Mapping[int, Verdict], i: int) -> bool:
    """Whether the date of the piece stands right above or below line `i`."""
    between = i + 1 in out and len(found[i + 1].text.split(None, SHORTEST)) <= SHORTEST  # no headline
    beside = (i - 1, i + 1, i + 2) if between else (i - 1, i + 1)
    return any(j in out and (out[j].cls == "published" or out[j].rule == AGO) for j in beside)


def _shaped(
    found: Sequence[Piece], out: Mapping[int, Verdict], logits: Sequence[float]
) -> dict[int, Verdict]:
    """Headline and standfirst of a text that begins with them; empty when it begins with prose."""
    shown = (i for i in _open(found, out) if not _heads(found[i].text))
    lines = [i for i, _ in zip(shown, range(5), strict=False)]
    if len(lines) > 2:
        above, first = lines[:2]
        cut = above in out and first not in out and _kicker(found[above].text)
        if cut or ((above, first) == (0, 1) and _sectioned(found, out)):
            lines = lines[1:]
    if len(lines) < 2 or _turn(found, lines[0]):
        return {}
    plain = clean_headline(found, out)
    if plain is not None and plain != lines[0]:
        plain = None
    if plain is None and not _title(found[lines[0]].text):
        return {}
    released = lines[0] > 0 and RELEASE.fullmatch(found[lines[0] - 1].text) is not None
    if plain is None and not released and logits and logits[lines[0]] < STORY:
        return {}
    after = [i for i in lines[1:] if i not in out or _title(found[i].text)]
    if not any(_prose(found[i].text) for i in after):
        return {}
    made = {lines[0]: HEADLINE}
    if len(after) > 1 and _standfirst(found[after[0]].text) and _prose(found[after[1]].text):
        made[after[0]] = STANDFIRST
    return made


def _open(found: Sequence[Piece], out: Mapping[int, Verdict]) -> Iterator[int]:
    """Whole lines that no rule has taken, from the top."""
    return (i for i in range(len(found)) if not found[i].glued and (i not in out or _machine(out[i])))


def _heads(line: str) -> bool:
    """Whether a line says what kind of text follows, or the way to it."""
    return RELEASE.fullmatch(line) is not None or CRUMBS.search(line) is not None


def _kicker(line: str) -> bool:
    """Whether a line may be a section's name above the headline."""
    return len(line.split(None, 2)) <= 2 and line[-1].isalpha()


def _sectioned(found: Sequence[Piece], out: Container[int]) -> bool:
    """Whether the first line is a section's name, and the second like a headline."""
    return 0 not in out and 1 not in out and _section(found[0].text) and _title(found[1].text)


def _section(line: str) -> bool:
    """Whether a line is one word with a capital: a section's name, where a headline follows."""
    return line.isalpha() and line[0].isupper()


def _turn(found: Sequence[Piece], at: int) -> bool:
    """Whether a line is somebody's turn in a transcript: it asks, or other turns follow."""
    if not TURN.match(found[at].text):
        return False
    below = found[at + 1 : at + 1 + TURNS]
    return found[at].text[-1] == "?" or any(TURN.match(p.text) for p in below)


def _whole(line: str) -> bool:
    """Whether the line is a sentence that asks nothing, be it short."""
    return len(line.split(None, SIX)) >= SIX and line[-1] in '.!”"’'


def _standfirst(line: str) -> bool:
    return _title(line) and len(line.split()) > SHORTEST and names(line) is None


def _title(line: str) -> bool:
    words = line.split()
    return (
        SHORTEST <= len(words) <= LONGEST
        and not CRUMBS.search(line)
        and not SENTENCE_END.search(line)
        and START.match(line) is not None
        and not _prose(line)
    )


def _prose(line: str) -> bool:
    words = line.split()
    return len(words) >= PROSE and re.search(r"[a-z)”\"’][.!?…]", line) is not None
