"""What needs two findings of one text: pronoun to person, last name to full name.

A speaker's words are followed to a person: a name to the full name in the
text, a pronoun to the person last spoken of whose gender fits, a definite
phrase (the employee) to the speaker it repeats, a headline's quote to who
says the same words in the body.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from digest import editor
from digest.annotate.mentions_names import NICKNAME, Words, words
from digest.model import Document, Doubt, Evidence, Indirect, KnownName, Mention, Quote, QuoteOverride
from digest.rules import Rules
from digest.sentences import sentences
from digest.text import Span
from digest.voices import attributed, is_turn, voiced

HE = frozenset("he him his He His".split())
SHE = frozenset("she her She Her".split())
PRONOUNS = HE | SHE | frozenset("they They it It we We I you You them their who".split())
IT = frozenset(("it", "It"))
NEAR = 1500  # characters back that a pronoun looks for its person


@dataclass(frozen=True, slots=True)
class Person:
    """A mention of a person with the full name and gender."""

    at: int
    end: int
    name: str
    gender: str
    title: str = ""


def resolved(document: Document, rules: Rules, evidence: Sequence[Evidence] = ()) -> Document:
    """The document with speakers' full names filled in and the editor's word on quotes applied."""
    if not (document.quotes or document.indirect or evidence):
        return document  # figures alone: nobody speaks
    lists = rules.once(words)
    text = document.body.value
    full = _full_names(document, evidence)
    people = _people(document, full, text, lists)
    body = [q for q in document.quotes if q.part == "body"]
    quoted = [(q.start, q.end) for q in body if q.kind not in ("term", "title") and not is_turn(q)]
    products = tuple(m for m in document.mentions if m.part == "body" and m.kind == "product")
    bodies = tuple(m for m in document.mentions if m.part == "body" and m.kind == "organisation")
    starts = [p.at for p in people]
    names = Names(people, starts, products, quoted, text, bodies, rules.once(_companions))
    spoken = _speakers(body, names)
    spoken = voiced(document, spoken, rules)
    done, heads = _same_words(spoken, [q for q in document.quotes if q.part != "body"])
    if _reworded(document):
        done, heads = _not_verbatim(done), _not_verbatim(heads)
    quotes = sorted([*done, *heads], key=lambda q: (q.part != "body", q.part, q.start, q.end))
    told, idle = _overridden(quotes, document, evidence)
    return document._replace(
        quotes=tuple(told),
        indirect=tuple(_indirect(document, done, names)),
        doubts=(*document.doubts, *idle),
    )


def _reworded(document: Document) -> bool:
    """Whether a machine wrote the words anew: then no quotation is word for word."""
    return any(name in ("spun", "back_translated") and sign.open for name, sign in document.diagnosis)


def _not_verbatim(quotes: Sequence[Quote]) -> list[Quote]:
    return [q if q.kind in ("term", "title") else q._replace(verbatim=False) for q in quotes]


def _full_names(document: Document, evidence: Sequence[Evidence]) -> dict[str, str]:
    """The full name of each person entity: the editor's, else as the text first gives it."""
    out = {e.entity: e.name for e in evidence if isinstance(e, KnownName) and e.kind == "person"}
    for m in document.mentions:
        if m.kind == "person" and m.entity and " " in m.text:
            out.setdefault(m.entity, NICKNAME.sub("", m.text))
    return out


def _people(document: Document, full: dict[str, str], text: str, lists: Words) -> list[Person]:
    """Every mention of a person in the body, then speakers that have only one name, by place.

    The gender is told by a title or the first name; "n" where neither does.
    """
    genders: dict[str, str] = {}
    found = [m for m in document.mentions if m.kind == "person" and m.part == "body"]
    named = [(m, full.get(m.entity or "", m.text), _title(text, m.start)) for m in found]
    for _, name, title in named:
        told = lists.titles.get(title, "n")
        told = told if told != "n" else lists.first.get(name.split()[0], "n") if " " in name else "n"
        if told != "n":
            genders.setdefault(name, told)
    people = [Person(m.start, m.end, name, genders.get(name, "n"), t) for m, name, t in named]
    taken = {m.start for m in document.mentions}
    people.extend(_bare(document, taken, text, lists))
    return sorted(people, key=lambda p: p.at)


def _title(text: str, at: int) -> str:
    """The word right before a name, which may be a title."""
    if text[at - 1 : at] != " ":
        return ""
    word = text[max(0, at - 14) : at - 1].removesuffix(".").rpartition(" ")[2]
    if word.isalnum():
        return word
    m = TITLE.search(text, max(0, at - 14), at)
    return m[1] if m else ""


TITLE = re.compile(r"(\w+)\.? \Z")
BARE = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w’'.-]+){0,2}\Z")


def _bare(document: Document, taken: set[int], text: str, lists: Words) -> Iterator[Person]:
    """Speakers by a name that the text gives nowhere in full (Brafman said)."""
    said: list[Quote | Indirect] = [*(q for q in document.quotes if q.part == "body"), *document.indirect]
    spans = {s.speaker_span for s in said if s.speaker_span and s.speaker and BARE.match(s.speaker)}
    genders: dict[str, str] = {}
    for span in sorted(spans):
        name = text[span.start : span.end]
        if span.start in taken or name in PRONOUNS or name.split()[0] in lists.not_names:
            continue
        told = lists.titles.get(_title(text, span.start), "n")
        if told != "n" or name not in genders:
            genders[name] = told
        yield Person(span.start, span.end, name, genders[name])


@dataclass(frozen=True, slots=True)
class Names:
    """What a speaker's words may be followed to, all by place in the body."""

    people: Sequence[Person]
    ats: Sequence[int]  # where the people's names begin
    products: Sequence[Mention]
    quoted: Sequence[tuple[int, int]]
    text: str
    bodies: Sequence[Mention] = ()
    companions: frozenset[str] = frozenset()  # nouns an organisation's name only describes: shares

    def before(self, at: int, reach: int) -> list[Person]:
        """People named within `reach` characters before `at`, outside quotations."""
        lo, hi = bisect_left(self.ats, at - reach), bisect_left(self.ats, at)
        return [p for p in self.people[lo:hi] if p.end <= at and not self.within(p.at)]

    def within(self, at: int) -> bool:
        """Whether `at` lies in a quotation."""
        k = bisect_left(self.quoted, (at + 1,)) - 1  # the last that begins at or before `at`
        return k >= 0 and at < self.quoted[k][1]


def _speakers(quotes: Sequence[Quote], names: Names) -> list[Quote]:
    """The quotes, left to right, each with its speaker's full name."""
    out: list[Quote] = []
    chain: list[Quote] = []
    for q in quotes:
        full = _full(q, names, chain[-CHAIN:]) if q.speaker else q.speaker_full
        done = q if full == q.speaker_full else q._replace(speaker_full=full)
        out.append(done)
        if done.speaker_full:
            chain.append(done)
    return out


CHAIN = 40  # earlier quotes that a phrase or pronoun may look back on


def _full(q: Quote | Indirect, names: Names, chain: Sequence[Quote]) -> str | None:
    """The full name behind a speaker's words."""
    if q.speaker is None or q.speaker_span is None:
        return None
    if q.speaker_full:  # the sentence itself says whom a pronoun stands for
        near = names.before(q.speaker_span.end, NEAR)
        return next((p.name for p in near if p.name.endswith(q.speaker_full)), q.speaker_full)
    at = q.speaker_span.start
    k = bisect_left(names.ats, q.speaker_span.end)
    named = [p for p in names.people[max(0, k - 2) : k] if at < p.end]
    if named:
        if OTHER.match(names.text, named[-1].end, q.speaker_span.end):
            return q.speaker
        several = " like " in q.speaker and len({p.name for p in named}) > 1
        return q.speaker if several else named[-1].name  # engineers like Ann Lee and Bob Roe: neither
    earlier = next((c for c in reversed(chain) if c.speaker_span == q.speaker_span), None)
    if earlier:
        return earlier.speaker_full
    if q.speaker in HE or q.speaker in SHE:
        return _pronoun(q, at, names, chain)
    if q.speaker in IT:
        return _body(at, names) or q.speaker
    return (
        _program(q.speaker, q.speaker_span, names, chain)
        or _nominal(q.speaker, at, names, chain)
        or q.speaker
    )


def _program(said: str, span: Span, names: Names, chain: Sequence[Quote]) -> str | None:
    """The name of a program that speaks, with its maker's where the text gives it (DeepSeek’s R1)."""
    k = bisect_left(names.products, span.end, key=lambda m: m.start)
    if k and names.products[k - 1].end > span.start:
        return _program_name(names.products[k - 1], names)
    if not PROGRAM.match(said):
        return None
    spoken = {c.speaker_full for c in chain}
    earlier = [_program_name(m, names) for m in names.products[max(0, k - CHAIN) : k]]
    return next((n for n in reversed(earlier) if n in spoken), None)


PROGRAM = re.compile(
    r"(?:the|The|this) (?:\w+ )?(?:model|chatbot|bot|program|assistant|system|software|app|tool|AI)\Z"
)
OWNER = re.compile(r"([A-Z][\w&-]*)[’']s \Z")


def _program_name(m: Mention, names: Names) -> str:
    longer = next((p.text for p in names.products[:200] if p.text.endswith(f" {m.text}")), None)
    owner = OWNER.search(names.text, max(0, m.start - 40), m.start)
    return longer or (f"{owner[1]} {m.text}" if owner else m.text)


def _pronoun(q: Quote | Indirect, at: int, names: Names, chain: Sequence[Quote]) -> str | None:
    """The person a pronoun at `at` stands for.

    The one who spoke last, unless a sentence since then is about another:
    then the first person of the latest sentence that has one whose gender
    fits (its subject stands first). Names within quotations do not count.
    """
    wanted = "m" if q.speaker in HE else "f"
    outside = [p for p in names.before(at, NEAR) if p.gender in (wanted, "n")]
    last = chain[-1] if chain else None
    if last and last.speaker_full not in PRONOUNS and last.speaker_span and last.end > at - NEAR:
        heard = names.before(last.speaker_span.end, NEAR)
        gender = next((p.gender for p in reversed(heard) if p.name == last.speaker_full), "n")
        since = max(last.end, last.speaker_span.end)
        if gender in (wanted, "n") and not any(p.at > since for p in outside):
            return last.speaker_full
    if not outside:
        return None
    line = max(names.text.rfind("\n", 0, outside[-1].at) + 1, at - NEAR)
    starts = [s.start for s in sentences(names.text, line, at) if s.start <= outside[-1].at]
    begin = starts[-1] if starts else 0
    here = [p for p in outside if p.at >= begin] or outside
    sure = [p for p in here if p.gender == wanted] or here
    free = [p for p in sure if names.text[p.end : p.end + 2] not in ("’s", "'s")] or sure
    return free[0].name


BACK = 4  # sentences in which the organisation behind `it` is looked for
# its breakthrough; the company; it: a subject that goes on with the one before
CARRIED = re.compile(
    r"(?:(?:And|But|Yet|So|Still) )?(?:It|it|Its|its|(?:The|the) (?:company|firm|start-?up|group|lab|bank|agency|maker|organi[sz]ation))\b"
)
LED = re.compile(r"(?:(?:And|But|Yet|So|Still|Meanwhile|However),? )?(?:[Tt]he )?\Z")
GOES_ON = re.compile(r"(?:[’']s?)? *(\S*)")


def _companions(rules: Rules) -> frozenset[str]:
    return frozenset(rules.words("names", "org_after")) | {"and", "or", ","}


def _body(at: int, names: Names) -> str | None:
    """The organisation that `it` at `at` stands for: the subject of its sentence or of those right before.

    A sentence whose subject is another (or not told) ends the search.
    """
    if not names.bodies or names.within(at):
        return None
    line = max(names.text.rfind("\n", 0, max(0, at - NEAR)) + 1, at - NEAR, 0)
    for s in reversed(sentences(names.text, line, at)[-BACK:]):
        if s.start >= at or names.text[s.start : at].isspace():
            continue
        k = bisect_left(names.bodies, s.start, key=lambda m: m.start)
        m = names.bodies[k] if k < len(names.bodies) else None
        if m and m.end <= min(s.end, at) and LED.match(names.text[s.start : m.start]):
            after = GOES_ON.match(names.text, m.end)
            alone = after is None or after[1] not in names.companions
            return m.text if alone and not names.within(m.start) else None
        if not CARRIED.match(names.text, s.start):
            return None
    return None


# Lee’s relatives, the Lee campaign: not Lee
OTHER = re.compile(
    r"(?:[’']s?)? (?!(?:of|in|at|on|from|with|for|by|to|who|and|as|like|or|which|that|this|last|next|earlier|later)\b)[a-z]"
)
INDEFINITE = re.compile(r"(?:an?|another|one|some|the|A|An|One|Some|The) ")
DEFINITE = re.compile(r"(?:the|The|this|that)\s+(?:[\w-]+\s+)*?([\w-]+)\Z")
# which titles a definite noun repeats (the senator: Sen. Ann Lee)
TITLED = {
    "president": ("President",), "senator": ("Sen", "Senator"), "governor": ("Gov", "Governor"),
    "congressman": ("Rep", "Congressman"), "congresswoman": ("Rep", "Congresswoman"), "representative": ("Rep",),
    "secretary": ("Secretary",), "mayor": ("Mayor",), "judge": ("Judge",), "justice": ("Justice",),
    "professor": ("Prof", "Professor"), "doctor": ("Dr",), "minister": ("Minister",), "chancellor": ("Chancellor",),
    "general": ("Gen", "General"), "speaker": ("Speaker",), "pope": ("Pope",), "sheriff": ("Sheriff",),
}  # fmt: skip


def _nominal(said: str, at: int, names: Names, chain: Sequence[Quote]) -> str | None:
    """Whom a definite phrase repeats: an earlier speaker (the employee), else the one person of that title."""
    m = DEFINITE.match(said)
    if not m:
        return None
    for c in reversed(chain):
        if (
            c.speaker_full
            and INDEFINITE.match(c.speaker_full)
            and re.search(rf"\b{re.escape(m[1])}\b", c.speaker_full)
        ):
            return c.speaker_full
    titles = TITLED.get(m[1].lower(), ())
    bearers = {p.name for p in names.before(at, 20 * NEAR) if p.title in titles} if titles else set()
    return bearers.pop() if len(bearers) == 1 else None


COMPARED = 300  # quotes whose words are compared: an article has a fifth of that; characters of a quote
OTHER_SIGNS = re.compile(r"\W+")


def _same_words(body: Sequence[Quote], heads: Sequence[Quote]) -> tuple[list[Quote], list[Quote]]:
    """Both lists, quotes without a speaker (a headline's) with the one who says the same words in the body."""
    mute = any(_key(q) for q in (*body, *heads))
    said = [(f" {_plain(q.text)} ", q) for q in body[:COMPARED] if attributed(q)] if mute else ()
    return [_given(q, said) for q in body], [_given(q, said) for q in heads]


def _key(q: Quote) -> str:
    """The words of a quote without speaker that may tell whose they are; "" where they prove nothing."""
    term = q.kind == "title" or (q.kind == "term" and q.part == "body") or is_turn(q)
    plain = "" if q.speaker or term or len(q.text) >= COMPARED else _plain(q.text)
    return f" {plain} " if " " in plain else ""


def _given(q: Quote, said: Sequence[tuple[str, Quote]]) -> Quote:
    if q.speaker:
        return q if q.speaker_full else q._replace(speaker_full=q.speaker)
    key = _key(q) if said else ""
    same = next((b for words, b in said if b.start != q.start and key in words), None) if key else None
    if same is None:
        return q
    kind = "partial" if q.kind == "term" else q.kind
    why, full = "the same words are attributed elsewhere in the text", same.speaker_full
    return q._replace(kind=kind, speaker_full=full, rule="quote.same-words", cert="medium", why=why)


def _plain(said: str) -> str:
    return OTHER_SIGNS.sub(" ", said.lower()).strip()


def _indirect(document: Document, quotes: Sequence[Quote], names: Names) -> Iterable[Indirect]:
    for i in document.indirect:
        k = bisect_right(quotes, i.start, key=lambda q: q.end)
        chain = [q for q in quotes[max(0, k - CHAIN) : k] if q.speaker_full]
        full = _full(i, names, chain)
        yield i if full == i.speaker_full else i._replace(speaker_full=full)


def _overridden(
    quotes: Sequence[Quote], document: Document, evidence: Sequence[Evidence]
) -> tuple[list[Quote], tuple[Doubt, ...]]:
    """The quotes with the editor's word on them (a speaker, a kind), and doubts where it met none."""
    out = list(quotes)
    asked = [e for e in evidence if isinstance(e, QuoteOverride)]
    used: set[Evidence] = set()
    for e in asked:
        for n, q in enumerate(out):
            spans = editor.places(document.part_text(q.part).value, e.target)
            if any(s.start < q.end and q.start < s.end for s in spans):
                out[n] = _corrected(q, e)
                used.add(e)
    texts = [document.body.value, *(p.text.value for p in document.parts)]
    return out, editor.idle_overrides(asked, used, texts, "quote")


def _corrected(q: Quote, e: QuoteOverride) -> Quote:
    kind = e.kind or q.kind
    nobody = kind in ("term", "title") and not e.speaker
    full = None if nobody else e.speaker or q.speaker_full
    said, span = (None, None) if nobody else (q.speaker, q.speaker_span)
    why = e.note or "the editor's decision"
    return q._replace(
        kind=kind,
        speaker=said,
        speaker_span=span,
        speaker_full=full,
        rule="quote.editor",
        cert="high",
        why=why,
        note=e.note or q.note,
    )
