"""Site nouns as the cards and rows that many pages share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from digest import dates, ids
from digest.across import Utterance
from digest.model import Figure, Quote
from digest.site import Article, Correction, Entity, Fact, FigureItem, QuoteItem
from digest.views import whereabouts
from digest.views.known import FOLDERS, Known, address_of
from digest.views.page import (
    ArticleCard,
    CorrectionCard,
    EntityLine,
    FactCard,
    FigureCard,
    Link,
    QuoteCard,
)

Item = TypeVar("Item", Article, QuoteItem, FigureItem, Entity, Utterance)
Card = TypeVar("Card")


def once(make: Callable[[Item, Known], Card]) -> Callable[[Item, Known], Card]:
    """`make`, remembered by the item's id for as long as `known` lives."""

    def card(item: Item, known: Known) -> Card:
        """The item's card, made at the first call and kept."""
        key = (make.__name__, item.id)
        if key not in known.cards:
            known.cards[key] = make(item, known)
        found: Card = known.cards[key]
        return found

    return card


SPEECH = ("direct", "partial", "block", "continuation", "broken")


@once
def article_card(a: Article, known: Known) -> ArticleCard:
    """An article in a list; a withdrawn one without anything of its text."""
    if a.withdrawn:
        nothing = FactCard("", "unknown")
        return ArticleCard(
            a.id, "", f"a/{a.id}/", nothing, nothing, nothing, nothing, a.shown.mode, withdrawn=a.withdrawn
        )
    counts = a.shown.counts
    return ArticleCard(
        id=a.id,
        title=a.title,
        href=f"a/{a.id}/",
        outlet=outlet_fact(a, known),
        author=author_fact(a),
        date=date_fact(a),
        copy=fact(a.copy),
        mode=a.shown.mode,
        removed=counts.get("removed", 0),
        mended=counts.get("mended", 0),
        open=counts.get("open", 0),
        quotes=counts.get("quotes", 0),
        figures=counts.get("figures", 0),
        words=counts.get("words", 0),
        added=a.added,
        ours=a.title_basis == "editor",
        scraped=whereabouts.headline(a),
    )


def fact(f: Fact) -> FactCard:
    return FactCard(f.value, f.basis if f.value else "unknown", f.reason)


def author_fact(a: Article) -> FactCard:
    """Who wrote, as the editor says, else as the scrape does."""
    if a.author.value or a.author.reason:
        return fact(a.author)
    return FactCard(a.shown.byline, "stated") if a.shown.byline else whereabouts.author(a)


def outlet_fact(a: Article, known: Known) -> FactCard:
    """The outlet's full name, with its page."""
    outlet = known.outlet(a.outlet.value) if a.outlet.value else None
    if outlet is None:
        return fact(a.outlet)
    return FactCard(outlet.name, a.outlet.basis, a.outlet.reason, f"src/{outlet.id}/")


def date_fact(a: Article) -> FactCard:
    """The date in words; else, marked as the page's own words, what the scrape calls it."""
    if a.date.value:
        exact = dates.exact(a.date.value)
        return FactCard(
            dates.in_words(a.date.value), a.date.basis, a.date.reason, data=exact.isoformat() if exact else ""
        )
    if a.shown.published:
        return FactCard(a.shown.published, "stated")
    return whereabouts.date(a)


@once
def quote_card(q: QuoteItem, known: Known) -> QuoteCard:
    """A quote as lists and its own page show it."""
    item = q.noted.item
    assert isinstance(item, Quote)
    a = known.articles[q.article]
    full = item.speaker_full or item.speaker or ""
    entity = known.entities.get(q.person)
    said = known.utterances_of.get(q.id, ())
    return QuoteCard(
        id=q.id,
        words=item.text,
        href=f"q/{q.id}/",
        anchor=f"a/{a.id}/#{q.noted.id}",
        kind=item.kind,
        speaker=known.entity(q.person, entity.name if entity else full),
        resolved=bool(item.speaker_full or entity),
        article=known.article(a.id),
        outlet=outlet_fact(a, known),
        date=date_fact(a),
        cue=item.cue or "",
        venue=item.venue or "",
        frame=item.frame,
        verbatim=item.verbatim,
        cert=item.cert,
        sentence=around(q.noted.sentence, item.text),
        key=f"{a.id}:{q.noted.raw_start}-{q.noted.raw_end}",
        wordings=max((u.tally.wordings for u in said), default=1),
        texts=max((u.tally.texts for u in said), default=1),
        lineages=max((u.tally.lineages for u in said), default=1),
        by="checked" if item.rule.endswith(".editor") else "machine",
        note=item.note,
    )


@once
def figure_card(f: FigureItem, known: Known) -> FigureCard:
    """A figure as it stands in lists: its words, value, claimant and the way to its page."""
    item = f.noted.item
    assert isinstance(item, Figure)
    a = known.articles[f.article]
    return FigureCard(
        id=f.id,
        text=item.text,
        href=f"f/{f.id}/",
        anchor=f"a/{a.id}/#{f.noted.id}",
        low=item.low or "",
        high=item.high or "",
        unit=item.unit or "",
        per=item.per or "",
        change=item.change,
        approx=item.approx,
        bound=item.bound or "",
        subject=item.subject or "",
        claimant=known.entity(f.claimant, item.claimant or ""),
        status=item.status,
        when=item.when or "",
        damaged=item.damaged,
        cert=item.cert,
        article=known.article(a.id),
        outlet=outlet_fact(a, known),
        date=date_fact(a),
        sentence=around(f.noted.sentence, item.text),
        by="checked" if item.rule.endswith(".editor") else "machine",
        note=item.note,
        scraped=_scraped(a, f) if item.damaged else "",
    )


def _scraped(a: Article, f: FigureItem) -> str:
    """The words of a damaged figure before they were mended, "" where they are the same or not shown."""
    words = a.shown.raw[f.noted.raw_start : f.noted.raw_end]
    return "" if words == f.noted.item.text else words


def around(sentence: str, words: str) -> tuple[str, str, str]:
    """The sentence in three: before the words, the words, after; all in the second when they are not in it."""
    before, found, after = sentence.partition(words)
    return (before, found, after) if found else ("", words, "")


@once
def entity_line(e: Entity, known: Known) -> EntityLine:
    """A person, organisation or product in a list, with in how many articles and quotes it stands."""
    seen = known.seen_in.get(e.id, ())
    said = known.quotes_by.get(e.id, ())
    statements = (known.statement_of.get(q.id) for q in said)
    occasions = {s.id if s else q.id for s, q in zip(statements, said, strict=True)}
    return EntityLine(e.name, address_of(e), e.kind, len(seen), len(said), len(occasions))


def correction_card(c: Correction, known: Known) -> CorrectionCard:
    """A correction with a link to its page, where that has a name of its own; else plain words."""
    gone = {f"a/{a.id}/" for a in known.site.articles if a.withdrawn}
    link = _page(c.page, known)
    anchor = "c" + ids.short(c.page, c.date.isoformat(), c.before, c.after, c.reason, length=ids.IN_ARTICLE)
    before, after = ("", "") if link.href in gone else (c.before, c.after)
    return CorrectionCard(c.date, link, before, after, c.reason, c.who, anchor)


def _page(address: str, known: Known) -> Link:
    """The page of an article, or of what else has a page; the address itself for any other."""
    folder, _, rest = address.strip("/").partition("/")
    id, site = rest.partition("/")[0].partition("#")[0], known.site
    if folder == "a" and id in known.articles:
        a = known.articles[id]
        return Link("" if a.withdrawn else a.title, f"a/{id}/")
    named = {
        "s": {s.id: s.title for s in site.stories},
        "c": {c.id: c.question for c in site.conflicts},
        "src": {o.id: o.name for o in site.outlets},
        "q": {q.id: q.noted.item.text for q in site.quotes if known.noted.get((q.article, q.noted.id))},
        "f": {f.id: f.noted.item.text for f in site.figures if known.noted.get((f.article, f.noted.id))},
        **{FOLDERS[k]: {e.id: e.name for e in site.entities if e.kind == k} for k in FOLDERS},
    }
    if id in named.get(folder, {}):
        return Link(named[folder][id], f"{folder}/{id}/")
    own = {p.id: p.title for p in site.pages}
    return Link(own[folder], f"{folder}/") if folder in own and not id else Link(address)
