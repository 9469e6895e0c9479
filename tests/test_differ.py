"""Conflicts shown with a quote or name, headings of repair notes, and the choice of quotes to show first."""

from __future__ import annotations

from dataclasses import replace

import factory

from digest.model import Quote
from digest.render import files
from digest.site import Conflict, QuoteItem, Reading, Site
from digest.views.differ import over_entity, over_item
from digest.views.known import known
from digest.views.notes import Change, Changes, Note
from digest.views.variants import told

ELSEWHERE = Conflict("how-long", "How long is the pier?", "disagreement", (Reading("one", "the pier"),))


def two_conflicts() -> Site:
    site = factory.site()
    own = Conflict("moss-office", "What is Ada Moss?", "disagreement", (Reading("one", "at sea"),))
    return replace(site, conflicts=(*site.conflicts, ELSEWHERE, own))


def test_a_quote_shows_only_conflicts_that_meet_its_words() -> None:
    k = known(two_conflicts())
    quote = next(q for q in k.site.quotes if q.article == "one")
    assert [x.text for x in over_item(quote, k)] == ["Did she say it?"]


def test_a_name_shows_only_conflicts_that_name_it() -> None:
    k = known(two_conflicts())
    questions = [x.text for x in over_entity(k.entities["ada-moss"], ["one", "two"], k)]
    assert "What is Ada Moss?" in questions
    assert "How long is the pier?" not in questions


def note(*groups: tuple[str, str, str]) -> Note:
    changes = tuple(Changes("why", status, (Change("a", "b"),), by, cert) for status, by, cert in groups)
    return Note("n1", 1, "repair", "machine", "high", changes=changes)


def test_a_repair_note_is_headed_by_what_became_of_the_words() -> None:
    assert note(("applied", "machine", "high")).heading == "repair"
    assert note(("flagged", "machine", "high")).heading == "flagged"
    assert note(("proposed", "editor", "low")).heading == "proposed"
    assert note(("applied", "editor", "high"), ("flagged", "editor", "high")).heading == "mixed"
    assert not note(("applied", "editor", "high"), ("flagged", "editor", "high")).mixed
    assert note(("applied", "editor", "high"), ("applied", "machine", "high")).mixed


def reworded(q: QuoteItem) -> QuoteItem:
    assert isinstance(q.noted.item, Quote)
    return replace(q, noted=replace(q.noted, item=q.noted.item._replace(verbatim=False)))


def test_a_story_shows_the_soundest_wording() -> None:
    site = factory.site()
    for bad, good in (("quote001", "quote002"), ("quote002", "quote001")):
        quotes = tuple(reworded(q) if q.id == bad else q for q in site.quotes)
        said = told(known(replace(site, quotes=quotes)), ["one", "two"], 3)
        assert [card.id for _, card, _ in said] == [good]


def test_a_reworded_quote_is_tagged_wherever_it_stands_alone() -> None:
    site = factory.site()
    made = dict(files(replace(site, quotes=tuple(reworded(q) for q in site.quotes)), factory.theme()))
    for page in ("q/quote001/index.html", "p/ada-moss/index.html", "q/index.html"):
        assert "reworded in this copy" in made[page].decode()
