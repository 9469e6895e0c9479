"""The notes of an article: one record each, in the order of their numbers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from digest import ids
from digest.model import Figure, Quote
from digest.site import Article, Conflict, Noted, Shown, ShownEdit
from digest.views import prose
from digest.views.cards import SPEECH
from digest.views.derived import DerivedCard, derived_cards
from digest.views.known import Known
from digest.views.page import Link
from digest.views.terms import Mention, first_mentions, term_anchor
from digest.views.tokens import Mark
from digest.voices import is_turn

SIX_LINES = 250  # characters, at 19rem and .875rem
SILENT = ("block-break", "line-wrap", "elsewhere")  # white space between blocks: on the clean page only


@dataclass(frozen=True, slots=True)
class Change:
    """Old and new words of a mended, proposed or flagged place; `times` it is so in the paragraph."""

    old: str
    new: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Changes:
    """The places of a shared note that have one reason and one author, as sure of all."""

    why: str
    status: str
    items: tuple[Change, ...]
    by: str = "machine"
    cert: str = "high"


@dataclass(frozen=True, slots=True)
class Note:
    """A note: `kind` is quote, figure, repair, conflict, term or editor; `by` says who vouches for it.

    `heading` is the kind in words; of a repair, what became of its places.
    `mixed` says that they have several authors or certainties, so each names its own.

    `id` is its stable anchor; `number` is for display only. `page` leads to
    the thing's own page; that of a repair is relative to the article's.
    """

    id: str
    number: int
    kind: str
    by: str
    cert: str
    page: str = ""
    quote: Quote | None = None
    speaker: Link | None = None
    figure: Figure | None = None
    claimant: Link | None = None
    derived: tuple[DerivedCard, ...] = ()
    changes: tuple[Changes, ...] = ()
    text: str = ""
    questions: tuple[Link, ...] = ()
    back: str = ""  # the id of its first mark
    meaning: prose.Split = prose.Split()  # of a term, as safe HTML; `text` is the same without links

    @property
    def heading(self) -> str:
        """The key of the note's heading: `mixed` where its changes differ in status."""
        states = {g.status for g in self.changes}
        if len(states) > 1:
            return "mixed"
        return self.kind if states <= {"applied"} else states.pop()

    @property
    def folds(self) -> int:
        """How many groups of changes are shown at once: what six lines hold, one at least."""
        size = 0
        for n, g in enumerate(self.changes):
            size += sum(len(c.old) + len(c.new) + 12 for c in g.items)
            if n and size > SIX_LINES:
                return n
        return len(self.changes)

    @property
    def mixed(self) -> bool:
        return len({(g.by, g.cert) for g in self.changes}) > 1


@dataclass(frozen=True, slots=True)
class Found:
    """Marks and notes of one stretch, and the next number."""

    marks: tuple[Mark, ...]
    notes: tuple[Note, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Marked:
    """What is marked in an article, by part and place, so that a block need not look at all of it.

    `long` are the quotes that run over a line's end, `terms` the first mentions of the glossary's terms.
    """

    noted: Mapping[str, Sequence[Noted]]
    edits: Mapping[str, Sequence[ShownEdit]]
    long: Sequence[Noted]
    terms: Sequence[Mention] = ()


def marked(shown: Shown, known: Known | None = None) -> Marked:
    """Annotations by start, visible edits by place, terms of `known`'s glossary."""
    noted: dict[str, list[Noted]] = {}
    edits: dict[str, list[ShownEdit]] = {}
    for n in sorted((*shown.quotes, *shown.figures), key=lambda n: (n.item.start, n.item.end, n.id)):
        noted.setdefault(n.item.part, []).append(n)
    for e in sorted((e for e in shown.edits if _visible(e)), key=lambda e: (e.at, e.end, e.id)):
        edits.setdefault(e.part, []).append(e)
    body = noted.get("body", ())
    long = [n for n in body if "\n" in shown.text[n.item.start : n.item.end]]
    return Marked(noted, edits, long, first_mentions(shown.text, known.site.glossary) if known else ())


def _from(things: Sequence[Noted], at: int) -> int:
    return bisect_left(things, at, key=lambda n: n.item.start)


def found(
    article: Article,
    marked: Marked,
    part: str,
    start: int,
    end: int,
    known: Known,
    number: int,
    linked: set[str],
    numbers: dict[str, int],
) -> Found:
    """What is marked between two offsets of a part, numbered from `number` on by where marks end.

    `linked` holds the entities named so far: each is linked once in an article.
    `numbers` holds the numbers given to annotations, for those that run on.
    """
    things = marked.noted.get(part, ())
    noted = things[_from(things, start) : _from(things, end)]
    begun = [n for n in marked.long if n.item.part == part and _runs_into(n, start)]
    changes = marked.edits.get(part, ())
    after = bisect_left(changes, start, key=lambda e: e.at)
    edits = [e for e in changes[after : bisect_right(changes, end, key=lambda e: e.at)] if e.end <= end]
    marks: list[Mark] = []
    notes: list[Note] = []
    places = _places(article, start, end, known) if part == "body" else []
    terms = _terms(marked.terms, start, end) if part == "body" else []
    for _key, thing in sorted([*_numbered(noted, edits, end), *places, *terms], key=lambda x: x[0]):
        note, at = _noted(article, thing, known, number)
        notes.append(note)
        marks.extend(at)
        if isinstance(thing, Noted):
            numbers[thing.id] = number
        number += 1
    marks.extend(_mark(article.id, n, 0) for n in noted if not _has_note(n))
    marks.extend(replace(_mark(article.id, n, numbers.get(n.id, 0)), id="", again="again") for n in begun)
    marks.extend(_names(article, part, start, end, known, marks, linked))
    return Found(tuple(marks), tuple(notes), number)


@dataclass(frozen=True, slots=True)
class Place:
    """Words about which texts differ, and the questions."""

    start: int
    end: int
    conflicts: tuple[Conflict, ...]


Thing = Noted | tuple[ShownEdit, ...] | Place | Mention
Keyed = tuple[tuple[int, int, str], Thing]  # with the place of its number


def _noted(article: Article, thing: Thing, known: Known, number: int) -> tuple[Note, Iterable[Mark]]:
    """The note on a thing, and its marks."""
    if isinstance(thing, Place):
        note = _differs(article, thing, number)
        return note, [Mark(thing.start, thing.end, "diff", note.back, number)]
    if isinstance(thing, Mention):
        note = _term(article, thing, number)
        return note, [Mark(thing.start, thing.end, "term", note.back, number)]
    if isinstance(thing, Noted):
        return _note(article, thing, known, number), [_mark(article.id, thing, number)]
    note = _changes(article, thing, number)
    return note, _fixes(thing, number, note.back)


def _terms(mentions: Iterable[Mention], start: int, end: int) -> list[Keyed]:
    return [((m.end, -m.start, "term"), m) for m in mentions if start <= m.start and m.end <= end]


def _term(article: Article, m: Mention, number: int) -> Note:
    """The note on a term, by the editor; its anchor depends on article and term alone."""
    id = term_anchor(article.id, m.term.id)
    return Note(
        id,
        number,
        "term",
        "editor",
        "high",
        f"glossary/#{m.term.id}",
        text=m.plain,
        meaning=m.meaning,
        back=f"m{id[1:]}",
    )


def _places(article: Article, start: int, end: int, known: Known) -> list[Keyed]:
    found: dict[tuple[int, int], list[Conflict]] = {}
    for lo, hi, conflict in known.places_of.get(article.id, ()):
        if start <= lo and hi <= end:
            found.setdefault((lo, hi), []).append(conflict)
    return [((hi, -lo, "conflict"), Place(lo, hi, tuple(cs))) for (lo, hi), cs in found.items()]


def _differs(article: Article, place: Place, number: int) -> Note:
    id = ids.short(article.id, "conflict", *(c.id for c in place.conflicts), str(place.start), length=6)
    by = "editor" if all(c.by == "editor" for c in place.conflicts) else "machine"
    links = tuple(Link(c.question, f"c/{c.id}/") for c in place.conflicts)
    return Note(f"n{id}", number, "conflict", by, place.conflicts[0].cert, questions=links, back=f"m{id}")


def _runs_into(n: Noted, start: int) -> bool:
    """Whether an annotation began in an earlier block and goes on in the one that starts here."""
    return n.item.start < start < n.item.end


def _visible(e: ShownEdit) -> bool:
    """Whether an edit is marked in the text: words mended, proposed or flagged."""
    if e.at < 0 or e.cls in SILENT or e.kind == "move":
        return False
    if e.kind in ("emend", "flag"):
        return True
    if e.status != "applied":
        return e.kind != "excise"
    if e.kind in ("split", "space"):
        return e.layer != "clean" and "\n" not in e.new
    return e.kind == "decode" and e.cls == "mojibake"


def _has_note(n: Noted) -> bool:
    """Whether a note is written on it: the questions of a dialogue stand beside the answers that have one."""
    if isinstance(n.item, Quote):
        return n.item.kind in SPEECH and not (n.item.frame == "asked" and is_turn(n.item))
    return n.item.key


def _numbered(noted: Iterable[Noted], edits: Sequence[ShownEdit], end: int) -> Iterable[Keyed]:
    """What gets a note, with the place of its number: editor's remarks each, other mendings as one."""
    for n in noted:
        if _has_note(n):
            yield (min(n.item.end, end), -n.item.start, n.id), n
    for e in edits:
        if e.cls == "note":
            yield (e.end, -e.at, e.id), (e,)
    rest = tuple(e for e in edits if e.cls != "note")
    if rest:
        yield (rest[0].end, -rest[0].at, rest[0].id), rest


def _mark(article: str, n: Noted, number: int) -> Mark:
    item = n.item
    id = f"m{n.id[1:]}" if number else n.id
    if isinstance(item, Figure):
        return Mark(item.start, item.end, "fig", id, number, item.low or item.high or "", "d" * item.damaged)
    key = f"{article}:{n.raw_start}-{n.raw_end}" if number else ""
    return Mark(item.start, item.end, "q", id, number, extra=item.kind, key=key)


def _note(article: Article, n: Noted, known: Known, number: int) -> Note:
    page = known.noted.get((article.id, n.id), "")
    back = f"m{n.id[1:]}"
    if isinstance(n.item, Figure):
        who = known.claimants.get((article.id, n.id), "")
        claimant = known.entity(who, n.item.claimant or "")
        by = "checked" if n.item.rule.endswith(".editor") else "machine"
        return Note(
            n.id,
            number,
            "figure",
            by,
            n.item.cert,
            page,
            figure=n.item,
            claimant=claimant,
            derived=derived_cards(known.derived_of.get(n.page, ()), known),
            text=n.item.note,
            back=back,
        )
    who = known.speakers.get((article.id, n.id), "")
    entity = known.entities.get(who)
    full = entity.name if entity else n.item.speaker_full or n.item.speaker or ""
    by = "checked" if n.item.rule.endswith(".editor") else "machine"
    return Note(
        n.id,
        number,
        "quote",
        by,
        n.item.cert,
        page,
        quote=n.item,
        speaker=known.entity(who, full),
        text=n.item.note,
        back=back,
    )


def _changes(article: Article, edits: Sequence[ShownEdit], number: int) -> Note:
    first = edits[0]
    authors = {"machine" if e.by == "machine" else "editor" for e in edits}
    if first.cls == "note":
        return Note(
            "n" + first.id[1:], number, "editor", "editor", first.cert, text=first.why, back="m" + first.id
        )
    counted = Counter((_group(e), e.old, e.new) for e in edits)
    groups: dict[tuple[str, str, str, str], list[Change]] = {}
    for (group, old, new), times in counted.items():
        groups.setdefault(group, []).append(Change(old, new, times))
    changes = tuple(Changes(g[0], g[1], tuple(items), g[2], g[3]) for g, items in groups.items())
    certs = {e.cert for e in edits}
    cert = next(c for c in ("low", "medium", "high") if c in certs)
    return Note(
        "n" + first.id[1:],
        number,
        "repair",
        next(iter(authors)) if len(authors) == 1 else "both",
        cert,
        f"clean/#{first.id}",
        changes=changes,
        back="m" + first.id,
    )


def _group(e: ShownEdit) -> tuple[str, str, str, str]:
    return e.why, e.status, "machine" if e.by == "machine" else "editor", e.cert


def _fixes(edits: Sequence[ShownEdit], number: int, back: str) -> Iterable[Mark]:
    """A mark for each place; the note's number stands at the first."""
    for i, e in enumerate(edits):
        applied = e.status == "applied"
        after = ""
        if e.kind == "flag" and e.by != "machine":
            after = {"sic": "sic", "lacuna": "gap"}.get(e.cls, "")
        yield Mark(
            e.at,
            e.end,
            "fix" if applied else "flag",
            back if not i else "",
            number if not i else 0,
            value=e.old if applied else "",
            extra=e.cls,
            after=after,
        )


def _names(
    article: Article,
    part: str,
    start: int,
    end: int,
    known: Known,
    taken: Sequence[Mark],
    linked: set[str],
) -> Iterable[Mark]:
    """The first mention of each entity with a page, where no other mark cuts through it."""
    spans = [
        (s, e, seen.entity)
        for seen in known.names_in.get(article.id, ())
        if seen.entity in known.entities and seen.entity not in linked
        for p, s, e in seen.spans
        if p == part and start <= s and e <= end
    ]
    for s, e, id in sorted(spans):
        if id in linked or any(_crosses(m, s, e) for m in taken):
            continue
        linked.add(id)
        yield Mark(s, e, "name", value=known.entity(id).href, extra=known.entities[id].kind)


def _crosses(m: Mark, start: int, end: int) -> bool:
    """Whether a mark meets the span and does not hold it whole."""
    return m.start < end and start < m.end and not (m.kind == "q" and m.start <= start and end <= m.end)
