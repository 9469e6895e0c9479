"""What a quotation is: words of somebody, a term, a title, a nickname.

Length does not decide (one word may be a quote): the cue that governs it, its
place in the sentence and its own shape do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from digest.annotate.attribution import Attribution
from digest.annotate.classes import CLAUSE, OWNERS, PREPOSITIONS
from digest.annotate.names import capital
from digest.annotate.sentences import FOLDED, Tokens
from digest.model import QuoteKind, Scope

TITLED = frozenset(
    "titled entitled called named dubbed nicknamed headlined documentary book film movie show series episode song album play novel"
    " magazine newspaper article column podcast program programme ad spot commercial single anthem poem painting memoir essay newsletter"
    " musical drama sitcom hit bestseller record track video game report paper study exhibition".split()
)
SMALL = frozenset("a an and as at but by for from in into is it of on or the to with vs".split())
MANY = 10  # words: no title and no term has so many, and no more are looked at
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


def kind(words: Tokens, q: int, said: str, given: Attribution | None) -> QuoteKind:
    """The kind of the quotation `said`, folded at token `q` of its sentence."""
    inner = [m[0] for m in islice(WORD.finditer(said), MANY)]
    if _nickname(words, q, inner):
        return "term"
    if _is_title(words, q, said, inner, given):
        return "title"
    if _is_term(words, q, said, inner, given):
        return "term"
    return "direct" if _whole(words, q, said) else "partial"


def _nickname(words: Tokens, q: int, inner: Sequence[str]) -> bool:
    """Mark “Zuck” Zuckerberg."""
    if not 0 < q < len(words) - 1 or len(inner) > 3:
        return False
    before, after = words[q - 1], words[q + 1]
    name = before[:1].isupper() or (before == "." and q > 1 and len(words[q - 2]) == 1)
    return name and capital(after) and all(w[0].isupper() for w in inner)


def noise(said: str) -> bool:
    """Whether marks hold a stage direction: “(CROSSTALK.)”."""
    return said[0] == "(" and said.rstrip(".")[-1] == ")" and said.isupper()


def crosshead(words: Tokens, said: str) -> bool:
    """Whether a quotation in single marks is all of its paragraph and capitalised as a heading is."""
    return len(words) == 1 and len(said) < 60 and _cased(WORD.findall(said))


def _cased(inner: Sequence[str]) -> bool:
    """Whether words are capitalised as in a title."""
    long = [w for w in inner if w.lower() not in SMALL]
    return bool(long) and all(w[0].isupper() or w[0].isdigit() for w in long)


def _is_title(words: Tokens, q: int, said: str, inner: Sequence[str], given: Attribution | None) -> bool:
    """The name of a book, film, show, programme."""
    if not inner or len(inner) == MANY or not _cased(inner):
        return False
    before = words[max(0, q - 3) : q]
    last = before[-1] if before else ""
    if last.endswith(OWNERS) or (last != ":" and not TITLED.isdisjoint(before[-2:])):
        return True
    if last == ":" or _direct_cue(given):
        return False
    if not TITLED.isdisjoint(before):
        return True
    return len(inner) > 1 and not said.endswith(("!", "?")) and last not in ("", ",")


def _direct_cue(given: Attribution | None) -> bool:
    """Whether a cue stands right beside the quotation."""
    if given is None or given.cue is None or given.rule not in ("after", "before"):
        return False
    return given.distance <= (8 if given.cue.names else 3)


GOVERNED = ("before", "after", "according", "later", "as", "label", "signed", "colon")


def _is_term(words: Tokens, q: int, said: str, inner: Sequence[str], given: Attribution | None) -> bool:
    """A word held at arm's length: open “weights” models, the so-called “rule”."""
    last = words[q - 1] if q else ""
    after = words[q + 1] if q + 1 < len(words) else ""
    if not inner:
        return True
    known_as = last == "as" and q > 1 and words[q - 2] == "known"
    if known_as or last in ("so-called", "nicknamed", "dubbed"):
        return len(inner) <= 5
    if said.endswith(",") and after == "or" and len(inner) <= 3:
        return True
    if q == 0 and (after in ("", ".") or said[-1] in ".!?"):
        return False
    if q == 0 and said[-1] == "," and len(inner) > 2:  # a sentence that its reporter goes on from
        return False
    if given is None or given.rule not in GOVERNED:
        return len(inner) <= 4 and last != ":" and said[-1] not in "!?"
    if given.rule == "before" and len(inner) <= 2 and given.cue and given.cue.cls != "said":
        return not given.cue.names and given.distance <= 3 and _object(words, q, given.distance)
    if given.rule in ("later", "according") and len(inner) == 1 and after[:1].isalpha():
        return after not in PREPOSITIONS and after not in CLAUSE
    return False


CLAUSAL = frozenset(
    "that is was were are be been being has had have would will could should may might can to : , it he she they we".split()
)
LIGHT = frozenset("of about a an the as for with on".split())


def _object(words: Tokens, q: int, gap: int) -> bool:
    """Whether between a cue and its quotation stands a noun phrase and no clause (wrote a book on “x”)."""
    between = words[q - gap : q]
    return any(w not in LIGHT for w in between) and not any(w in CLAUSAL or w.endswith("ed") for w in between)


def _whole(words: Tokens, q: int, said: str) -> bool:
    """Whether the quotation is a sentence of its own, not part of the reporter's."""
    first = said[0] if said[0].isalnum() else next((c for c in said if c.isalnum()), "")
    if not (first.isupper() or first.isdigit()):
        return False
    if q == 0:
        return True
    return words[q - 1] in (",", ":", "—", "–", "-", "…") or words[q - 1] == FOLDED


def glued(text: str, scope: Scope) -> bool:
    """Whether a doubtful scope's opening mark hangs on a word: damage, not speech."""
    return text[scope.outer_start - 1 : scope.outer_start].isalnum() and scope.outer_end == scope.end
