"""The noun a number counts: `1.3 million GPUs`, `20 coal-fired power plants`, `12-page`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.annotate.numbers.lexicon import Lexicon, Unit
from digest.annotate.numbers.quantity import Quantity

Word = tuple[str, int, int]  # in lower case, its start and end
SIZED = frozenset(
    "model models version versions variant variants checkpoint checkpoints release releases".split()
)
REACH = 6  # words from the number to its noun
# what a number counts may be named by a model: `2,048 H800 GPUs`, `40 Boeing 737 jets`
MODEL = re.compile(
    r" ((?:[A-Z][\w’-]* ){0,2}[A-Z][A-Za-z-]*\d[\w-]*|(?:[A-Z][\w’-]*(?<!s) ){1,2}\d{1,3})"
    r"[ -]((?:[A-Z]+ )?[A-Za-z]+)(?![\w’-])"
)


def counted(text: str, q: Quantity, words: Sequence[Word], lex: Lexicon) -> None:
    """Gives `q` the noun after it as unit; the words up to the first plural."""
    if not words:
        return
    if text[q.end : q.end + 1] == "-":
        _hyphened(q, words, lex)
        return
    if q.low == 1 and q.high == 1:
        _single(text, q, words, lex)
        return
    if text[words[0][1]].isupper() and _modelled(text, q, lex):
        return
    if q.scaled and text[q.end - 1] in "BT" and words[0][0] in SIZED:
        return  # 70B models have so many parameters
    taken: list[str] = []
    joints = 0
    for i, (word, start, end) in enumerate(words[:REACH]):
        if word in lex.sets["stops"] or (taken and lex.words.get(word, ("",))[0] in ("U", "T")):
            if word in ("and", "or") and taken and i + 1 < len(words) and not joints:
                joints += 1
                taken.append(word)
                continue
            if not taken and word in lex.sets["fillers"] and word not in ("and", "or", "the", "of"):
                continue
            break
        shown = text[start:end]
        if _plural_at(shown, word, lex):
            _name(q, [*taken, shown], end, lex)
            return
        taken.append(shown)
    _attributive(q, words, lex)


def _modelled(text: str, q: Quantity, lex: Lexicon) -> bool:
    m = MODEL.match(text, q.end)
    last = m[2].rpartition(" ")[2] if m else ""
    if not m or not _plural_at(last, last.lower(), lex) or m[1].rstrip("0123456789") in lex.before:
        return False
    _name(q, [*m[1].split(), *m[2].split()], m.end(), lex)
    return True


def _plural_at(shown: str, word: str, lex: Lexicon) -> bool:
    """A plural noun, or an acronym with s: GPUs."""
    return plural(word, lex) or (len(shown) > 2 and shown[-1] == "s" and shown[:-1].isupper())


def _name(q: Quantity, taken: Sequence[str], end: int, lex: Lexicon) -> None:
    """The unit from its words: fillers and participles say nothing of what is counted."""
    head = taken[-1].lower()
    if (unit := lex.names.get(head)) and (
        unit.cls in ("length", "mass", "time", "volume", "area", "data", "power") and len(taken) > 1
    ):
        q.unit, q.known, q.end = unit, True, end
        return
    if unit and unit.cls == "money" and len(taken) > 1:  # Zimbabwean dollars: not ours to convert
        head = unit.code.lower() if len(unit.code) > 3 else singular(taken[-1], lex)
        q.unit, q.known, q.end = (
            Unit(f"{taken[-2]} {head}" if taken[-2][0].isupper() else unit.code, "money"),
            True,
            end,
        )
        return
    rest = [w for w in taken[:-1] if not _idle(w, lex)]
    q.noun = " ".join([*rest, singular(taken[-1], lex)])
    q.unit, q.end = Unit(q.noun, "count"), end


def _idle(word: str, lex: Lexicon) -> bool:
    low = word.lower()
    if low in (
        "more",
        "other",
        "fewer",
        "additional",
        "few",
        "many",
        "extra",
        "further",
        "such",
        "his",
        "her",
        "its",
        "their",
    ):
        return True
    return word.islower() and "-" not in low and len(low) > 4 and low.endswith(("ed", "ly"))


def _single(text: str, q: Quantity, words: Sequence[Word], lex: Lexicon) -> None:
    """`one tornado`: one or two words, the last before something that ends the phrase."""
    taken: list[str] = []
    end = q.end
    for word, start, stop in words[:3]:
        if word in lex.sets["stops"] or (taken and word.endswith(("ed", "ing", "ly", "s"))):
            break
        taken.append(text[start:stop])
        end = stop
    if taken and not taken[0].lower().endswith(("ing", "ly", "ed")):
        q.noun = " ".join(taken[:2])
        q.unit, q.end = Unit(q.noun, "count"), end if len(taken) < 3 else words[1][2]


def one_of_many(text: str, q: Quantity, words: Sequence[Word], alone: bool, lex: Lexicon) -> bool:
    """Whether `words` after `one of the` are what is counted and make no rank of it; fills the noun."""
    taken: list[str] = []
    for word, start, end in words:
        if _ranks(word, lex):
            return False
        if word in lex.sets["stops"] or word in lex.words or text[start].isupper():
            break
        taken.append(word)
        if plural(word, lex):
            _name(q, taken, end, lex)
            q.rule = "one-of"
            return True
    return _counts(q, alone)


def _counts(q: Quantity, alone: bool) -> bool:
    if alone:
        q.rule = "one-of"
    return alone


def _ranks(word: str, lex: Lexicon) -> bool:
    """A superlative: `largest`, `best`, `most`."""
    sets = lex.sets
    return word in sets["ranking"] or (
        len(word) > 4 and word.endswith("est") and word not in sets["not-ranking"]
    )


def _hyphened(q: Quantity, words: Sequence[Word], lex: Lexicon) -> None:
    """`12-page`, `four-cylinder`: what stands right after the hyphen."""
    word, _, end = words[0]
    first = word.split("-")[0]
    if first.isalpha() and first not in ("and", "to", "or", "in", "on", "time", "strong", "odd", "plus"):
        q.noun = first
        q.unit, q.end = Unit(first, "count"), end - len(word) + len(first)


def _attributive(q: Quantity, words: Sequence[Word], lex: Lexicon) -> None:
    """`12 page document`, `95,000 who left`."""
    word, _, end = words[0]
    if word == "who":
        q.noun = "people"
        q.unit = Unit("people", "count")
    elif word in lex.sets["singular-nouns"] and len(words) > 1 and words[1][0] not in lex.sets["stops"]:
        q.noun = word
        q.unit, q.end = Unit(word, "count"), end


def plural(word: str, lex: Lexicon) -> bool:
    """Whether a lower-case word can be a plural noun."""
    if word in lex.sets["nouns"]:
        return True
    if len(word) < 3 or word[-1] != "s" or word.endswith(("ss", "us", "is", "’s", "'s", "ous")):
        return False
    return word not in lex.sets["not-plural"] and word not in lex.sets["stops"]


def singular(word: str, lex: Lexicon) -> str:
    """The singular of a noun, its capitals kept: `GPUs` -> `GPU`."""
    low = word.lower()
    if low in lex.singulars:
        return lex.singulars[low]
    if low.endswith("men"):
        return word[:-3] + "man"
    if word[-1:] == "s" and word[:-1].isupper():
        return word[:-1]
    if low in lex.sets["nouns"] or not low.endswith("s") or low.endswith(("ss", "us", "is")):
        return word
    for ending, new in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")):
        if low.endswith(ending) and len(low) > len(ending) + 1:
            return word[: -len(ending)] + new
    return word[:-1]
