"""What a figure is of, and when: `60% of the workers`, `the training run cost $5mn`, `in 2025`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.annotate.numbers.lexicon import Lexicon
from digest.annotate.numbers.quantity import Quantity
from digest.text import Span

AFTER = re.compile(
    r"\s(of|in|worth of|from|on)\s((?:the|its|their|his|her|a|an|our|all|total|each|every)\s)?((?:[^\W\d_][\w’'-]*\s?){1,4})"
)
JOINTS = (" of ", " in ", " worth ", " from ", " on ")
MEASURING = frozenset(("money", "length", "mass", "power", "data", "age"))
NOUN = re.compile(r"[\s-]((?:[^\W\d_][\w’'-]*\s?){1,3})")
OF = re.compile(
    r"\sof\s((?:the|its|their|his|her|our)\s)?((?:[^\W\d_](?:[\w’'-]|\.(?=[^\W\d_])|(?<=\.[A-Z])\.)*\s?){1,3})"
)
ASIDE = re.compile(r"\s\([^()\n]{1,24}\)(?=\s)")
PASSIVE = re.compile(
    r"\s(?:was|were|has been|have been|had been|is being|will be|would be)\s[a-z]+\s(?:off|on|from|for|into|to|in)\s"
    r"(?:(?:the|its|their|his|her|a|an)\s)?((?:[^\W\d_][\w’'-]*\s?){1,3})"
)
AUXILIARIES = ("was", "were", "has", "have", "had", "is", "will", "would")  # how the passive begins
WINDOW = 150  # characters before a figure in which its subject stands
VERB_NEAR = 6  # words between the verb and its figure
LONGEST = 8  # words of a subject
NEAR = 70  # how far from its figure a date may stand
LONGEST_TIME = 40  # characters of an expression of time
SIGNS = ",.;:!?()[]“”\"'‘’"
ENDS = re.compile(r"[.!?;:…][”\"]?\s+")


def subject(text: str, low: str, q: Quantity, lex: Lexicon, wanted: bool) -> str | None:
    """The noun counted; else what follows `of`; else, but for an unwanted span of time, what stands before; None if unsure."""
    if q.noun:
        return _counted(text, q, lex)
    end = q.end
    if low.startswith(" (", end) and (aside := ASIDE.match(low, end)):
        end = aside.end()  # 5 million zlotys (1.3 million dollars) in damage
    if low.startswith(JOINTS, end) and (found := _behind(text, q, end, lex)):
        return found
    cls = q.unit.cls if q.unit else ""
    m = NOUN.match(low, q.end) if cls in MEASURING else None
    if m and (found := _phrase(text[m.start(1) : m.end(1)].split(), lex)):
        return found
    if not wanted and q.unit is not None:
        return None
    if (
        cls == "money"
        and text.startswith(AUXILIARIES, q.end + 1)
        and (m := PASSIVE.match(text, q.end))
        and (found := _phrase(m[1].split(), lex))
    ):
        return found  # $5 million was spent on schools
    before = _before(text, low, q)
    return _measured_of(before, q, lex) or _before_verb(before, lex)


def _counted(text: str, q: Quantity, lex: Lexicon) -> str | None:
    """The noun as written, with what it is of: `employees of the agency`."""
    written = (
        text[q.last : q.end].lstrip(" -+\u00a0").removeprefix("odd ").removeprefix("of ").removeprefix("the ")
    )
    if not written or not written[-1].isalpha() or "\n" in written or q.rule not in ("number", "one-of"):
        return q.noun
    scale, _, rest = written.partition(" ")
    written = rest if scale in lex.short else written
    written = written.rpartition(" per ")[0] or written
    m = OF.match(text, q.end)
    of = _phrase(m[2].split(), lex) if m else None
    return f"{written} of {m[1] or ''}{of}" if m and of else written


def _behind(text: str, q: Quantity, end: int, lex: Lexicon) -> str | None:
    """What follows `of`, `in`, `on`, `from`: `$5 million in damage`, but not `5 km in the north`."""
    m = AFTER.match(text, end)
    if m is None:
        return None
    if m[1] != "of" and (q.cls != "money" or (m[1] == "in" and m[2]) or m[3].split()[0] in lex.places):
        return None
    first = m[3].split()[0]
    if (m[1] == "in" and first in lex.sets["not-measured"]) or (m[1] == "on" and first == "average"):
        return None
    return _phrase(m[3].split(), lex)


def _phrase(words: Sequence[str], lex: Lexicon) -> str | None:
    """The leading words that can be a noun phrase."""
    taken: list[str] = []
    for word in words:
        low = word.lower()
        if (
            low in lex.sets["stops"]
            or low in lex.bounds
            or low in lex.verbs
            or low in lex.sets["months"]
            or (taken and _participle(word))
        ):
            break
        taken.append(word)
    return " ".join(taken) or None


PREPOSITIONS = frozenset(("of", "for", "in", "on", "with", "from", "at", "to", "by", "between", "and"))
DETERMINERS = frozenset("the a an its their his her our your my this these those each every all some".split())
CLAUSES = frozenset(("when", "while", "that", "because", "if", "but", "whereas", "although", "though"))
JOINING = PREPOSITIONS | DETERMINERS
NO_SUBJECT = frozenset(
    "year month week day quarter it he she they we i you one other others this that these those who which what there both all cent capita mark".split()
)


def _before(text: str, low: str, q: Quantity) -> list[str]:
    """The words before a figure in its sentence, with their signs, nearest last."""
    base = q.start - WINDOW if q.start > WINDOW else 0
    base = low.rfind("\n", base, q.start) + 1 or base
    m = ENDS.search(text, base, q.start)
    while m:
        if not _short(text[text.rfind(" ", base, m.start()) + 1 : m.start() + 1]):
            base = m.end()
        m = ENDS.search(text, m.end(), q.start)
    words = text[base : q.start].replace("—", " ").replace("–", " ").split()
    if base and words and not text[base - 1].isspace():
        words = words[1:]  # cut in its middle
    return words


def _short(word: str) -> bool:
    """Whether a full stop belongs to the word: `U.S.`, `Mr.`, `Inc.`"""
    return word.endswith(".") and (len(word) < 5 or "." in word[:-1]) and word[0].isupper()


def _measured_of(before: Sequence[str], q: Quantity, lex: Lexicon) -> str | None:
    """`an overall cut of`: the noun that the figure is the size of; a mere `total of` says nothing."""
    hedges, end = lex.sets["hedges"], len(before)
    while end and ((word := before[end - 1].lower()) in hedges or word in lex.bounds):
        end -= 1
    if not end or word != "of":
        return None
    found = _noun_phrase(before[: end - 1], lex, within=False)
    return None if found and found.lower() in lex.sets["not-measured"] else found


def _before_verb(before: Sequence[str], lex: Lexicon) -> str | None:
    """`repair of the bridge` of `… the repair of the bridge has cost only`: the words before the verb."""
    last, hedges, verbs = len(before) - 1, lex.sets["hedges"], lex.verbs
    near = True  # only hedges between it and the figure
    for i in range(last, max(-1, last - VERB_NEAR), -1):
        shown = before[i]
        word = shown.lower()
        if word in verbs or (word[-2:] == "ed" and _participle(shown)) or (near and shown[-3:] == "ing"):
            break
        if word in CLAUSES or (word == "as" and i == last):
            return None
        near = near and (word in hedges or word in lex.bound_ends)
    else:
        return None
    words = list(before[:i])
    words = _helpers_off(words, lex)
    if words and words[-1].lower() in ("that", "which", "who"):
        words.pop()
    elif words and words[-1].endswith(","):
        words = _insert_off(words)
    if words and (bare := words.pop().rstrip(",")):
        words.append(bare)
    return _noun_phrase(words, lex)


def _verb(word: str, lex: Lexicon) -> bool:
    return word.lower() in lex.verbs or _participle(word)


def _participle(word: str) -> bool:
    return word[-2:] == "ed" and len(word) > 4 and word.islower()


def _helpers_off(words: list[str], lex: Lexicon) -> list[str]:
    """Without auxiliary verbs, adverbs and `plans to` at the end."""
    while words:
        low = words[-1].lower()
        if (
            low == "to"
            and len(words) > 1
            and (_verb(words[-2], lex) or f"{words[-2].lower()} to" in lex.cues)
        ):
            words = words[:-2]
        elif (
            low in lex.sets["verbs"]
            or low in lex.sets["hedges"]
            or low in lex.sets["adverbs"]
            or low.endswith("ly")
        ):
            words = words[:-1]
        else:
            break
    return words


def _insert_off(words: list[str]) -> list[str]:
    """Without the insertion between two commas that ends `words`: `The plant, which opened in May,`."""
    for i in range(len(words) - 2, max(-1, len(words) - 12), -1):
        if words[i].endswith(","):
            return words[: i + 1]
    return []


def _noun_phrase(words: Sequence[str], lex: Lexicon, within: bool = True) -> str | None:
    """The noun phrase that ends `words`; `within`: it may hold prepositions."""
    if words and words[-1].endswith(")") and "(" in words[-1]:
        words = words[:-1]  # an acronym
    first = len(words)
    while first and _belongs(words, first - 1, lex, within):
        first -= 1
        if words[first][0] in '(“"‘[':
            break
    found = [w if w.isalpha() or _short(w) else w.strip(SIGNS) for w in words[first:]]
    found = [w for w in found if w[:1].isalnum() or w == "&"]
    if first == 0 and found and found[0].lower() in PREPOSITIONS:
        return None  # `In October prices`
    while found and found[0].lower() in JOINING:
        found = found[1:]
    found = found[:LONGEST]
    while found and found[-1].lower() in JOINING:
        found.pop()
    if not found or found[-1].lower() in NO_SUBJECT or _counts(found):
        return None
    return " ".join(found)


def _belongs(words: Sequence[str], i: int, lex: Lexicon, within: bool) -> bool:
    """Whether the word at `i` is part of the noun phrase that runs on behind it."""
    word = words[i]
    last = i + 1 == len(words)
    if not last and word[-1] in SIGNS and not _short(word):
        return False
    low = word.lower()
    if low in DETERMINERS:
        return within and i > 0 and words[i - 1].lower() in PREPOSITIONS
    if low in PREPOSITIONS:
        return within and low != "and"
    return low not in lex.breaks and (last or low not in lex.moves)


def _counts(words: Sequence[str]) -> bool:
    """Whether a number stands among the words that is no part of a name: `night 575 tickets`, not `S&P 500`."""
    return any([w[:1].isdigit() and (not i or words[i - 1].islower()) for i, w in enumerate(words)])


RELATIVE = ("earlier", "ago", "before", "later")  # these belong to the figure right before them


def when(text: str, low: str, q: Quantity, lex: Lexicon) -> str | None:
    """The expression of time nearest after the figure in its sentence, else nearest before."""
    base = max(0, q.start - NEAR - LONGEST_TIME)
    around = " " + low[base : q.end + NEAR + LONGEST_TIME]
    before: Span | None = None
    for m in lex.when.finditer(around):
        a, b = base + m.start(), base + m.end() - 1
        if a >= q.end:
            relative = low[a:b].endswith(RELATIVE) and any(c.isdigit() for c in text[q.end : a])
            if a - q.end <= NEAR and not relative and not _divided(text, q.end, a):
                return text[a:b].rstrip(".")
            break
        before = Span(a, b)
    if before and 0 <= q.start - before.end <= NEAR and not _divided(text, before.end, q.start):
        within = before.start and text[before.start - 2 : before.start - 1].isalnum()
        if within and "," in text[before.end : q.start]:
            return None  # founded in 1976, it has 160,000 employees
        return text[before.start : before.end].rstrip(".")
    return None


def _divided(text: str, a: int, b: int) -> bool:
    between = text[a:b]
    return ". " in between or "\n" in between
