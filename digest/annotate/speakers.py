"""Who stands at a cue: the words that name a speaker, found without a parser.

A cue's subject stands right before it (“…,” the mayor said), is parted from
it by an apposition (Ann Lee, chief of X, said), or follows it (said Ann Lee).
All indexes count tokens of one sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from digest.annotate.sentences import Token
from digest.text import Span

SpeakerKind = Literal["name", "pronoun", "nominal"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Words that name a speaker; offsets into the part's text, `first`/`last` tokens."""

    start: int
    end: int
    kind: SpeakerKind
    first: int
    last: int


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


PRONOUNS = _set("he she they it i we you He She They It I We You")
DETERMINERS = _set(
    "the a an one some many several most few both all no another this that these those his her its their our my your other two three four five six each every any The A An One Some Many Several Most Few Both All Another This That These Those His Her Its Their Our My Other Others others"
)
PREPOSITIONS = _set(
    "in on at for from with of to by about after before during since until under over against through into onto upon within without among amongst between despite amid unlike like per via regarding as following outside inside near In On At For From With Of To By About After Before During Since Until Under Over Against Through Within Without Among Between Despite Amid Unlike Like Per Via Regarding As Following Outside Inside Near"
)
LEADS = _set(
    "while and but or so yet when because although though whereas if as that once where which what how why then also even still however meanwhile instead later earlier moreover nevertheless nonetheless similarly likewise indeed thus therefore perhaps maybe both either neither plus only now here there not just While And But Or So Yet When Because Although Though Whereas If As That Once Where Which What How Why Then Also Even Still However Meanwhile Instead Later Earlier Moreover Nevertheless Nonetheless Similarly Likewise Indeed Thus Therefore Perhaps Maybe Plus Only Now Here There Not Just Yesterday Today Tonight Recently Additionally Furthermore Elsewhere Separately Afterward Afterwards Finally Specifically Clearly Ironically"
)
SKIPPED = _set(
    "has had have having was were is are be been being also later then recently once again often repeatedly would will could did does do didn’t didn't not never just only even still now first last further always sometimes previously himself herself themselves simply famously both himself, reportedly yesterday today tonight further even actually really earlier can may might must should ’ve 've ’d 'd ’ll 'll all too"
)
DAYS = _set(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December Jan Feb Aug Sept Oct Nov Dec"
)
PARTS_OF_DAY = _set("morning afternoon evening night")
CLAUSE = _set(
    "that because if when where although though whereas while after before since until unless which whether but"
)
CONNECTORS = _set("de da del della di du van von der den la le al el bin ibn y e dos das ter ten & of")
WITHIN = _set(
    "Department Ministry University Bank House Institute Center Centre Office Bureau Board Council Court College School Academy Association Federation Chamber Daughters Sons Secretary Committee Union City County State Republic Kingdom Society Federal Conference Church Museum League Times"
)
CUTS = _set("who that which whose when after during where while because as amid before since")
NOT_NAMES = DETERMINERS | LEADS | PREPOSITIONS | PRONOUNS | DAYS
TITLES = _set(
    "Mr Mrs Ms Miss Dr Sen Rep Gov Gen Lt Col Sgt Capt Prof Rev Sir Lady Lord Dame President Senator Governor Congressman Congresswoman Secretary Justice Judge Pope Professor Minister Chancellor Mayor Chairman Chairwoman Representative Attorney CEO Justices Messrs Candidate Speaker Ambassador King Queen Prince Princess Director Sheriff Officer Detective Del Assemblyman Assemblywoman Councilman Councilwoman Commissioner Admiral General Colonel Captain Sergeant Lieutenant Deputy"
)
UTTERANCES = _set(
    "post statement letter memo note tweet message email e-mail blog speech posts tweets thread announcement"
)
OWNERS = ("’s", "'s", "s’", "s'")
ADVERB_ENDS = ("ly",)
FARTHEST = 60  # tokens that a subject may stand before its cue
ENDS = ".!?;:—()…–―"


def capital(token: Token) -> bool:
    """Whether a token can be part of a name."""
    word = token.word
    if token.quote >= 0 or not word[0].isupper() or word in NOT_NAMES:
        return False
    return not word.endswith(SHORTENED) or word[:-2].rstrip("’'") not in NOT_NAMES


SHORTENED = ("’s", "’m", "’re", "’ve", "’ll", "’d", "'s", "'m", "'re", "'ve", "'ll", "'d")


def before(words: Sequence[Token], cue: int, floor: int = 0) -> Speaker | None:
    """The subject that ends before token `cue`, None when there is none after `floor`."""
    k = _skipped_left(words, cue - 1, floor)
    if k < floor:
        return None
    token = words[k]
    if token.word in ("and", "but", "or", "when", "while"):
        return None
    if token.word in ("who", "which"):
        return _antecedent(words, k, floor)
    if token.word in PRONOUNS:
        return _speaker(words, k, k, "pronoun")
    if token.word == "," or token.word in "—–-―":
        return _before_comma(words, k, floor)
    if token.quote >= 0 or (token.word in ENDS and token.word != ")" and not _abbreviation(words, k)):
        return None
    return segment(words, floor, k)


def _antecedent(words: Sequence[Token], who: int, floor: int) -> Speaker | None:
    """Whom a relative pronoun stands for: the name or phrase right before it."""
    k = who - 1
    if k >= floor and words[k].word == ",":
        k -= 1
    if k >= floor and words[k].word == ")":
        k = next((i for i in range(k, floor - 1, -1) if words[i].word == "("), floor) - 1
    if k < floor or words[k].quote >= 0:
        return None
    if capital(words[k]):
        return named(words, run_left(words, k, floor), k)
    if words[who - 1].word == ",":
        return _before_comma(words, who - 1, floor) or segment(words, floor, k)
    return segment(words, floor, k)


def _skipped_left(words: Sequence[Token], k: int, floor: int) -> int:
    """The last token before auxiliaries, adverbs and days (`on Monday also`)."""
    while k >= floor:
        word = words[k].word
        if (
            word in SKIPPED
            or (word.endswith(ADVERB_ENDS) and word.islower() and word not in ("family",))
            or (word in PARTS_OF_DAY and k > floor and words[k - 1].word in DAYS)
        ):
            k -= 1
        elif word in DAYS and k > floor:
            k -= 2 if words[k - 1].word in ("on", "last", "this") else 1
        else:
            break
    return k


def _abbreviation(words: Sequence[Token], k: int) -> bool:
    return (
        words[k].word == "."
        and k > 0
        and words[k - 1].end == words[k].start
        and words[k - 1].word[0].isupper()
    )


def _left_edge(words: Sequence[Token], k: int, floor: int) -> int:
    """Where the stretch that ends at token `k` begins: after a comma, a clause word, a stop."""
    i = k
    depth = 0
    floor = max(floor, k - FARTHEST)
    while i >= floor:
        word = words[i].word
        if word == ")":
            depth += 1
        elif word == "(":
            depth = max(0, depth - 1)
        elif not depth:
            if words[i].quote >= 0 and not _nickname(words, i):
                break
            if word == "," or (word in ENDS and not _abbreviation(words, i)):
                break
            if word in CLAUSE and i < k:
                break
            if word in ("and", "or") and i < k and i > floor and not _joins(words, i):
                break
        i -= 1
    return i + 1


def _nickname(words: Sequence[Token], i: int) -> bool:
    if words[i].end - words[i].start > 22 or words[i - 1].word.endswith(OWNERS):
        return False
    return 0 < i < len(words) - 1 and capital(words[i - 1]) and capital(words[i + 1])


def _joins(words: Sequence[Token], i: int) -> bool:
    """Whether `and` joins two of a kind (Health and Human Services) and not two clauses."""
    a, b = words[i - 1], words[i + 1]
    return (capital(a) and capital(b)) or (a.word.endswith("s") and b.word.endswith("s") and b.word.islower())


def segment(words: Sequence[Token], floor: int, k: int) -> Speaker | None:
    """The noun phrase that ends at token `k`."""
    a = _left_edge(words, k, floor)
    s = _phrase(words, a, k)
    appositive = (
        a > floor + 1
        and words[a - 1].word == ","
        and words[a].word[0].islower()
        and words[a].word not in DETERMINERS
    )
    within = s is not None and s.kind == "name" and _complement(words, a, s.first)
    if (s is None or s.kind == "nominal" or within) and appositive and words[a].word not in PREPOSITIONS:
        earlier = _before_comma(words, a - 1, floor)
        if earlier and earlier.kind == "name":
            return earlier
    return s


def _complement(words: Sequence[Token], a: int, first: int) -> bool:
    """Whether a name belongs to a description: `chief of the shipping firm Ferrol Lines`, no `economist Ann Lee`."""
    return any(words[k].word in ("of", "at", "for", "with", "in") for k in range(a + 1, first))


def _before_comma(words: Sequence[Token], comma: int, floor: int) -> Speaker | None:
    """The subject parted from its cue by what stands before the comma (an apposition)."""
    end = comma
    fallback: Speaker | None = None
    for _ in range(7):
        a = _left_edge(words, end - 1, floor)
        if a > end - 1:
            return fallback
        if words[a].word in CUTS:  # a relative clause: who also chairs the board,
            if a - 1 < floor or words[a - 1].word != ",":
                return segment(words, floor, a - 1) if a - 1 >= floor else fallback
            end = a - 1
            continue
        found = _phrase(words, a, end - 1)
        if found and _heads_clause(words, a, floor, found):
            chief = _described(words, a, floor) if fallback is None and found.first == found.last else None
            placed = fallback is None and words[a - 1].word == "," and _name_before(words, a - 1, floor)
            if not (a > floor + 1 and placed):
                return chief or found
        elif found and (words[a].word in DETERMINERS or a == floor):
            fallback = found
        if a - 1 < floor or words[a - 1].word not in (",", "and", "or"):
            return fallback
        end = a - 1
    return fallback


def _heads_clause(words: Sequence[Token], a: int, floor: int, found: Speaker) -> bool:
    """Whether the stretch at token `a` is a name or pronoun of its own, no apposition, party or place."""
    if found.kind == "nominal" or words[a].word in PREPOSITIONS:
        return False
    if words[a].word[:2] in ("R-", "D-", "I-") or words[a].word in ("Jr", "Sr", "R", "D"):
        return False
    return not (a > floor + 1 and (words[a].word[0].islower() or words[a].word.endswith(OWNERS)))


def _described(words: Sequence[Token], a: int, floor: int) -> Speaker | None:
    """Whom an earlier `, who …` describes: Ann Lee, who lives outside the capital, Ferrol, said."""
    for k in range(a - 1, max(floor, a - 30), -1):
        if words[k].quote >= 0 or words[k].word in ENDS:
            return None
        if words[k].word == "who" and words[k - 1].word == ",":
            s = _antecedent(words, k, floor)
            return s if s and s.kind == "name" and s.last > s.first else None
    return None


def _name_before(words: Sequence[Token], comma: int, floor: int) -> bool:
    """Whether a person's name in full stands right before a comma (Ann Lee, Ohio, said)."""
    a = _left_edge(words, comma - 1, floor)
    s = _phrase(words, a, comma - 1) if a <= comma - 1 else None
    return s is not None and s.kind == "name" and s.last - s.first >= 1 and s.first >= a


def _phrase(words: Sequence[Token], a: int, k: int) -> Speaker | None:
    """The name or noun phrase in tokens a..k, its leading and trailing words taken off."""
    while k > a and words[k].word == ")":
        opening = next((i for i in range(k, a - 1, -1) if words[i].word == "("), a)
        k = opening - 1
    if k < a:
        return None
    k = _skipped_left(words, k, a)
    while a < k and words[a].word in LEADS:
        a += 1
    while a < k and words[a].word.endswith("ly") and words[a].word not in ("Family", "Italy", "July"):
        a += 1
    if k < a:
        return None
    if words[a].word in PRONOUNS:
        return _speaker(words, a, a, "pronoun")
    if words[a].word in CLAUSE or words[a].word in LEADS:
        return None
    if words[a].word in PREPOSITIONS:
        return _trailing(words, a, k)
    first = a + 1 if words[a].word in ("The", "the") and a < k and capital(words[a + 1]) else a
    if capital(words[first]):
        return _name_first(words, a, first, k)
    if capital(words[k]) or (words[k].word == "." and capital(words[k - 1])):
        r = run_left(words, k, a)
        if r == a or _heads(words, a, r):
            return named(words, r, k)
    if words[a].quote >= 0 or not words[a].word[0].isalnum():
        return None
    if k - a > 24:
        return None
    return _speaker(words, a, _cut(words, a, k), "nominal")


def _heads(words: Sequence[Token], a: int, r: int) -> bool:
    """Whether the name at token `r` is what the phrase is about (economist Ann Lee), not its complement."""
    before = words[r - 1].word
    if before in ("like", "Like"):
        return True
    return before not in PREPOSITIONS and not (before in DETERMINERS and r - 1 > a)


def _name_first(words: Sequence[Token], a: int, first: int, k: int) -> Speaker | None:
    """The subject in tokens a..k that begins with a name at token `first`."""
    run = run_right(words, first, k)
    follows = words[run + 1].word if run < k else ""
    if follows == "like" and run == first and words[a].word.endswith("s") and capital(words[k]):
        return _speaker(
            words, a, k, "nominal"
        )  # Engineers like Ferrol’s Ann Lee: who is meant is told by resolve
    if run == k or follows in PREPOSITIONS or follows in ("who", "which", "("):
        return named(words, a, run)
    if any(t.word in UTTERANCES for t in words[run + 1 : k + 1]):
        return _speaker(words, a, k, "nominal")
    if capital(words[k]):
        return _trailing(words, a, k)
    if a != first:
        return _speaker(words, a, _cut(words, a, k), "nominal")
    return _speaker(words, a, _cut(words, a, k), "nominal") if k - a < 8 else None


def _cut(words: Sequence[Token], a: int, k: int) -> int:
    """The last token of a noun phrase before its relative clause."""
    for i in range(a + 1, k + 1):
        word = words[i].word
        if word in CUTS or (
            i < k and word.endswith("ing") and word.islower() and words[i - 1].word not in DETERMINERS
        ):
            return i - 1
    return k


def _trailing(words: Sequence[Token], a: int, k: int) -> Speaker | None:
    """The last name or noun phrase of a stretch that begins otherwise."""
    if words[k].word in PRONOUNS:
        return _speaker(words, k, k, "pronoun")
    if capital(words[k]):
        return named(words, run_left(words, k, a), k)
    for d in range(k, a, -1):
        if words[d].word in DETERMINERS and words[d - 1].word not in PREPOSITIONS:
            return _speaker(words, d, k, "nominal")
    return None


def run_right(words: Sequence[Token], first: int, last: int) -> int:
    """The last token of the capitalised run that begins at `first`."""
    i = first
    while i < last:
        after = words[i + 1]
        if (
            capital(after)
            or _nickname_at(words, i + 1, last)
            or (
                after.word == "."
                and after.start == words[i].end
                and (len(words[i].word) < 4 or words[i].word in TITLES)
                and i + 2 <= last
            )
        ):
            i += 1
        elif (
            after.word in CONNECTORS
            and i + 2 <= last
            and capital(words[i + 2])
            and (after.word != "of" or words[i].word in WITHIN)
        ):
            i += 2
        else:
            break
    return i


def _nickname_at(words: Sequence[Token], i: int, last: int) -> bool:
    return words[i].quote >= 0 and i < last and capital(words[i + 1]) and words[i].end - words[i].start < 30


def run_left(words: Sequence[Token], last: int, floor: int) -> int:
    """The first token of the capitalised run that ends at `last`."""
    i = last
    while i > floor:
        b = words[i - 1]
        if (
            capital(b)
            or _nickname_at(words, i - 1, last)
            or (b.word == "." and i - 2 >= floor and words[i - 2].end == b.start and capital(words[i - 2]))
        ):
            i -= 1
        elif (
            b.word in CONNECTORS
            and i - 2 >= floor
            and capital(words[i - 2])
            and (b.word != "of" or words[i - 2].word in WITHIN)
        ):
            i -= 2
        else:
            break
    return i


def named(words: Sequence[Token], a: int, k: int) -> Speaker:
    """A name without its owner (Meta’s Ann Lee) and its title (Sen. Ann Lee)."""
    for i in range(a, k):
        if words[i].word.endswith(OWNERS):
            a = i + 1
    while a < k and (words[a].word in TITLES or words[a].word == "."):
        a += 3 if words[a + 1].word == "of" and a + 3 <= k else 1
    return _speaker(words, a, k, "name")


def _speaker(words: Sequence[Token], a: int, k: int, kind: SpeakerKind) -> Speaker:
    return Speaker(words[a].start, words[k].end, kind, a, k)


def after(words: Sequence[Token], cue: int) -> Speaker | None:
    """The speaker that follows token `cue` (said Ann Lee, chief of X)."""
    a = cue + 1
    last = len(words) - 1
    while a <= last and (
        words[a].word in SKIPPED or (words[a].word.endswith("ly") and words[a].word.islower())
    ):
        a += 1
    if a > last or words[a].quote >= 0 or not words[a].word[0].isalnum():
        return None
    if words[a].word in PRONOUNS:
        return _speaker(words, a, a, "pronoun") if words[a].word in ("he", "she", "they", "I", "we") else None
    if (
        words[a].word in PREPOSITIONS
        or words[a].word in DAYS
        or words[a].word in ("that", "there", "how", "what", "why")
    ):
        return None
    return _following(words, a, last)


def _following(words: Sequence[Token], a: int, last: int) -> Speaker | None:
    """The noun phrase that begins at token `a`, its name if it holds one."""
    i = a
    while i <= last:
        word = words[i].word
        if capital(words[i]):
            run = run_right(words, i, last)
            follows = words[run + 1] if run < last else None
            lower = follows is not None and follows.quote < 0 and follows.word[0].islower()
            noun_follows = (
                lower
                and follows is not None
                and follows.word not in PREPOSITIONS | CUTS | CLAUSE | SKIPPED | LEADS
                and not follows.word.endswith("ing")
            )
            if not noun_follows:
                return named(words, i, run)
            i = run + 1
        elif word in PREPOSITIONS or word in CUTS or words[i].quote >= 0 or (not word[0].isalnum()):
            break
        else:
            i += 1
    end = i - 1
    while end < last and end - a < 8:  # a spokesman for the mayor
        word = words[end + 1].word
        if (
            words[end + 1].quote >= 0
            or word in CUTS
            or not word[0].isalnum()
            or word in ("on", "On", "during", "and")
        ):
            break
        end += 1
    return _speaker(words, a, end, "nominal") if end >= a else None


def place(s: Speaker) -> Span:
    """Where a speaker's words stand."""
    return Span(s.start, s.end)


def lead(words: Sequence[Token], stop: int) -> Speaker | None:
    """A short noun phrase that opens a sentence: determiner and up to three words before a verb."""
    if not words or words[0].word not in DETERMINERS:
        return None
    for k in range(1, min(stop, 5)):
        after = words[k + 1].word
        if after in SKIPPED or after in PREPOSITIONS or after.endswith(("ed", "s")):
            return _speaker(words, 0, k, "nominal")
    return None
