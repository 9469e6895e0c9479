"""Which lines do not stay, and why: rules first, then the learned table."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from itertools import pairwise

from digest.clean import closing, live, series, standing
from digest.clean.appeal import appeals
from digest.clean.features import OWN, Sight, sight
from digest.clean.foot import foot
from digest.clean.head import head
from digest.clean.learned import Scores, Table, scores, table
from digest.clean.lexicon import Lexicon, lexicon
from digest.clean.lines import LONGEST, Line, Piece, Verdict, every_tokenised
from digest.model import Block
from digest.rules import Rule, Rules

# classes that a rule of high cert moves even beside a joint: moved is not lost
CERTAIN = frozenset(("origin", "caption"))
SURE = 2.0  # logits that a `weighed` rule of high cert adds: it holds unless the surroundings speak up
STORY = 0.8  # and prose that says neither I nor you, dearer still
REPORT = 1.0  # more for a sentence that tells what somebody said: of those an advert has few
SAYS = frozenset(("said", "says", "told", "added"))
KEEP = 0.4  # logits by which prose must be residue: to lose a sentence of the story costs more
SHORT = 0.2  # a label or a teaser
GLUED = 8.0  # logits, times the square of how sure a joint is: its head looks like residue, its rest like the story
SENTENCE = 0.2  # of it for a whole sentence before the joint: it may well be the story’s
SENTENCE_SURE = 0.9  # of a joint behind unfinished prose
PERSON, DATED_LIKE = OWN.index("person"), OWN.index("date-like")
TELLS = 5  # kinds of page below it report next to no speech (features._kind)
AFTER, POINTED = 8, 1.2  # lines below a pointer, and logits that a line there needs to go
WHOLE = 2000  # characters: so long a line, of SENTENCES, may be the whole story, with its menu
SENTENCES = 5
CAPTIONED = 25  # characters of a caption that stands twice
CREDIT = re.compile(
    r"(?i)\b(?:photo(?:graph)?s?|credit|image|picture|getty|reuters|afp|ap|handout|supplied|courtesy)\b|[/©]"
)
PARAGRAPH = 40  # characters of a line below a crosshead
STOP = re.compile(r"[.!?][”\"]? [“\"]?[A-Z]")
# a place in capitals, maybe state, day and agency, and a dash: `HARBOUR CITY, Nev., May 3 (XY) —`
DATED = re.compile(
    r"(?!FILE\b)[A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]*){0,3}(?:, [A-Z][\w.'’]*(?: [A-Z][\w.'’]*)?)?"
    r"(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?(?: \([A-Z][\w/ ]{1,18}\))? ?(?:--|—|–|-)\s?(?=[A-Z“\"‘'$0-9])"
)
DATED_LINE = 60  # characters: a shorter one may be a headline
PROSE = 4  # the shape of a long line that is no sentence; 3 and 5 are sentences, short and long

GOES_ON = (
    1.5  # logits for a sentence right below prose that stays: of 36 between .8 and 1.5, 22 were the story's
)
JUST_ABOVE = 2  # lines
BELOW = frozenset("related copyright newsletter".split())  # below a story's last sentence, or its teasers
NEWS = range(5, 24)  # kinds of page of which some sentences report speech
FEW = 3  # words of a short sentence
LEDE = 2.5  # logits by which a sentence must be residue between the page's head and the story's next sentence
LEDE_WORDS = 10  # it has more than a caption of a few words
REACH = 4  # lines from the page's head to it, and from it to the next sentence
TOP = frozenset("byline published reading-time author-bio".split())

SHOWN = Verdict("caption", "judge.captions", "stands twice, once with who made the picture", "high", True)
CAPTION = Verdict("caption", "html.caption", "the page declares it a caption", "high", True)


def sights_of(found: Sequence[Piece], rules: Rules) -> tuple[list[Sight], list[Rule | None]]:
    """What each line shows by itself, and the rule that it fits."""
    known = rules.once(lexicon)
    lines = [
        *dict.fromkeys([piece.text for piece in found])
    ]  # every seventh line of a scraped page stands there twice
    seen = {line[0]: _seen(line, known) for line in every_tokenised(lines)}
    both = [seen[piece.text] for piece in found]
    return [s for s, _ in both], [rule for _, rule in both]


def _seen(line: Line, known: Lexicon) -> tuple[Sight, Rule | None]:
    text, low, words = line[:3]
    rule = known.find(low, words) if len(text) <= LONGEST else None
    return sight(line, *known.numbered(rule)), rule


def verdicts(found: Sequence[Piece], rules: Rules, hints: Sequence[Block] = ()) -> dict[int, Verdict]:
    """Verdicts by index of the pieces that are cut or moved."""
    out, logits = removed(found, rules, hints)
    out |= foot(found, out, rules)
    return out | head(found, out, logits, rules)


def removed(
    found: Sequence[Piece], rules: Rules, hints: Sequence[Block] = ()
) -> tuple[dict[int, Verdict], Sequence[float]]:
    """Verdicts by index before the top of the text is looked at, and the table's logits by piece, if any."""
    if not found:
        return {}, ()
    sights, fits = sights_of(found, rules)
    weights = rules.once(table)
    known = rules.once(lexicon)
    scored = scores(sights, weights) if weights else None
    captions = {b.start for b in hints if b.kind == "caption"}
    out = {i: CAPTION for i, piece in enumerate(found) if piece.start in captions} if captions else {}
    out |= _captions([piece.text for piece in found])
    out |= appeals(found, sights, rules)
    pointed = _pointed(fits)
    going: set[int] = set()  # kept for what stands above, against the score
    for i in _doubtful(found, fits, scored):
        if i in out:
            continue
        decided = _decided(i, fits[i], scored, sights, found, known)
        unruled = decided and scored and fits[i] is None and not _ends(i, fits)
        if unruled and scored and _goes_on(i, sights, out, going, scored, found):
            going.add(i)
            continue
        if decided and not (i in pointed and scored and _follows(i, decided, scored, found, out)):
            out[i] = decided
    out = {i: v for i, v in out.items() if not _story(found[i].text)}
    for i in (*standing.signed(found, out, hints), *standing.items(found, out, hints)):
        out.pop(i, None)
    for i in (*live.kept(found, out), *closing.kept(found, out), *series.kept(found, out)):
        out.pop(i, None)
    kept = _crossheads(found, out, {b.start for b in hints if b.kind == "heading"})
    for i in [*kept, *(_ledes(sights, out, scored.final) if scored else [])]:
        out.pop(i, None)
    return out, scored.final if scored else ()


def _pointed(fits: Sequence[Rule | None]) -> set[int]:
    """The lines below a pointer that names its story itself (`Read more: …`), up to the next line that fits a rule.

    Below the title of a list stand the list's teasers; below a single pointer the story goes on.
    """
    out: set[int] = set()
    below = 0
    for i, rule in enumerate(fits):
        if rule:
            below = AFTER if rule.more.get("points") else 0
        elif below:
            out.add(i)
            below -= 1
    return out


def _follows(
    i: int, verdict: Verdict, scored: Scores, found: Sequence[Piece], out: Mapping[int, Verdict]
) -> bool:
    """Whether the table alone took a line that only the pointer above it makes look like a teaser.

    A short answer below a question that stays is no label either.
    """
    end = found[i].text[-1]
    if not verdict.rule.startswith("learned.") or (found[i].glued and end not in ".!?"):
        return False
    if end == ")" or scored.columns["kind"][i] < TELLS:
        return False  # a caption that names its agency; a list of advice
    answers = i - 1 not in out and found[i - 1].text.endswith("?") and found[i].text[-1] in ".!"
    return answers or scored.final[i] < POINTED


def _captions(lines: Sequence[str]) -> dict[int, Verdict]:
    """Verdicts on lines that stand again right below with more: what describes a picture, then its caption with the credit."""
    out = {}
    for i, (line, below) in enumerate(pairwise(lines)):
        if below.startswith(line) and len(below) > len(line) >= CAPTIONED and CREDIT.search(below, len(line)):
            out[i] = out[i + 1] = SHOWN
    return out


def _story(line: str) -> bool:
    """Whether a line holds so much prose that it is never cut for what is seen in a part of it."""
    return len(line) > WHOLE and len(STOP.findall(line)) >= SENTENCES


def _crossheads(found: Sequence[Piece], out: Mapping[int, Verdict], declared: Container[int]) -> list[int]:
    """Lines that the markup declares headings and the table alone would cut, between two paragraphs that stay."""
    if not declared:
        return []
    kept = [i for i, piece in enumerate(found) if i not in out and len(piece.text) >= PARAGRAPH]
    after = set(kept)
    return [
        i
        for i, v in out.items()
        if found[i].start in declared and v.rule.startswith("learned.") and i + 1 in after and kept[0] < i
    ]


def _ends(i: int, fits: Sequence[Rule | None]) -> bool:
    """Whether right below line `i` stands what only stands below a story or its teasers."""
    below = fits[i + 1] if i + 1 < len(fits) else None
    return below is not None and below.cert == "high" and below.cls in BELOW


def _goes_on(
    i: int,
    sights: Sequence[Sight],
    out: Container[int],
    going: Container[int],
    scored: Scores,
    found: Sequence[Piece],
) -> bool:
    """Whether line `i` is a sentence that speaks to nobody, goes on below prose that stays, and is no sure residue.

    Short sentences only in the news: elsewhere they are labels. `out` holds what is decided of the lines above;
    those in `going` stay for this alone, and let no other stay.
    """
    s, line = sights[i], found[i].text
    if scored.final[i] >= GOES_ON or s.own[PERSON] >= 5 or line[-1] != "." or line[-2:] == "..":
        return False
    if s.shape not in (3, 5) and (
        s.length < FEW or scored.columns["kind"][i] not in NEWS or not line[0].isupper()
    ):
        return False
    if i - 1 in going:
        return False
    above = (j for j in range(max(0, i - JUST_ABOVE), i) if j not in going)
    return any(j not in out and sights[j].shape in (3, 5) and not found[j].glued for j in above)


def _ledes(sights: Sequence[Sight], out: Mapping[int, Verdict], logits: Sequence[float]) -> list[int]:
    """Lines that the table alone would cut, between author or date and the story: sentences that speak to nobody.

    A caption below and the date above make the first sentence of a story look like one of theirs.
    """
    told = (i for i, s in enumerate(sights) if i not in out and s.shape in (3, 5) and s.length >= LEDE_WORDS)
    first = next(told, 0)
    return [
        i
        for i in range(max(0, first - REACH), first)
        if i in out
        and out[i].rule.startswith("learned.")
        and logits[i] < LEDE
        and _narrates(sights[i])
        and any(j in out and out[j].cls in TOP for j in range(max(0, i - REACH), i))
    ]


def _narrates(s: Sight) -> bool:
    """Whether the line is a sentence of some length without I, we, you or a day of the calendar."""
    return s.shape in (3, 5) and s.length >= LEDE_WORDS and s.own[PERSON] < 5 and not s.own[DATED_LIKE]


def _doubtful(found: Sequence[Piece], fits: Sequence[Rule | None], scored: Scores | None) -> list[int]:
    """The lines that may go: what no rule, no score and no joint speaks against stays."""
    if scored is None:
        return [i for i, rule in enumerate(fits) if rule]
    some = {
        i for i, (rule, logit) in enumerate(zip(fits, scored.final, strict=True)) if rule or logit > SHORT
    }
    glued = [i for i, piece in enumerate(found) if piece.glued]
    return sorted(some.union(glued, [i + 1 for i in glued if i + 1 < len(found)]))


def _decided(
    i: int,
    rule: Rule | None,
    scored: Scores | None,
    sights: Sequence[Sight],
    found: Sequence[Piece],
    known: Lexicon,
) -> Verdict | None:
    """The verdict on line `i`, None when it stays."""
    sure = rule is not None and rule.cert == "high"
    if rule and rule.cls == "keep":
        return None
    joined = found[i].glued > 0 or (i > 0 and found[i - 1].glued > 0)
    weighed = rule is not None and (_open(rule, i, scored) or (joined and rule.cls not in CERTAIN))
    if rule and sure and (scored is None or not weighed):
        return known.verdict(rule)
    if scored is None:
        return None
    logit = scored.final[i] + (SURE if sure else 0.0)
    if joined:
        logit += _lean(found, i, sights[i].shape, rule)
    if logit <= (_bar(sights[i]) if rule is None else SHORT):
        return None
    if rule:
        return known.verdict(rule)
    if len(found) == 1 or _announces(found, i) or _dated(found[i].text) or _spoken(found[i].text, sights[i]):
        return None  # a line alone has nothing around it to be judged by
    cls, why = _class(i, scored, sights, known), scored.why(i)
    return Verdict(cls, f"learned.{cls}", why, "medium" if logit > 2 else "low")


def _open(rule: Rule, i: int, scored: Scores | None) -> bool:
    """Whether the surroundings may outweigh a rule: one that says so, and pointers in advice, where they are links of its own."""
    if rule.more.get("points") and scored and scored.columns["kind"][i] < TELLS:
        return True
    return bool(rule.more.get("weighed"))


def _lean(found: Sequence[Piece], i: int, shape: int, rule: Rule | None) -> float:
    """Logits for a piece of a glued line: towards residue before the joint, towards the story behind it.

    A whole sentence before the joint gets little: two sentences of the story run together just so.
    """
    sentence = shape >= 3 and rule is None and (shape != PROSE or found[i].glued < SENTENCE_SURE)
    before = found[i].glued ** 2 * (SENTENCE if sentence else 1.0)
    return float(GLUED * (before - (found[i - 1].glued ** 2 if i else 0.0)))


def _dated(line: str) -> bool:
    """Whether the line begins with place and dash as a story does, and is no teaser that breaks off."""
    return (
        len(line) >= DATED_LINE and line[-1] != "…" and line[-3:] != "..." and DATED.match(line) is not None
    )


def _spoken(line: str, s: Sight) -> bool:
    """Whether a sentence begins with a quotation and tells who said it."""
    return line[0] in '“"' and line[-1] in '.”"' and not SAYS.isdisjoint(s.words)


def _announces(found: Sequence[Piece], i: int) -> bool:
    """Whether line `i` ends in a colon and the next opens a quotation."""
    return found[i].text.endswith(":") and i + 1 < len(found) and found[i + 1].text[0] in '“"‘«'


def _bar(s: Sight) -> float:
    """How surely a line without a rule must be residue to go; the story's own prose most of all."""
    if s.shape in (3, 5):
        bar = KEEP if s.own[PERSON] >= 5 else STORY
        return bar if SAYS.isdisjoint(s.words) else bar + REPORT
    return KEEP if s.shape == PROSE else SHORT


def _class(i: int, scored: Scores, sights: Sequence[Sight], known: Lexicon) -> str:
    """A name for what the table alone found: by what stands above, else by the line's shape."""
    under = scored.columns["under"][i] // 6  # it holds class and distance
    for above in ("comments", "related"):
        if under == known.classes.get(above):
            return above
    if sights[i].shape >= PROSE + 1:
        return "promo"
    return "label" if sights[i].shape <= 1 else "teaser"


def scored_lines(found: Sequence[Piece], rules: Rules, weights: Table) -> Scores:
    """How surely each line is residue by its words and surroundings alone."""
    sights, _ = sights_of(found, rules)
    return scores(sights, weights)
