"""No address dies when an article is added, when quotes are grouped otherwise, or when a text is corrected."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from linked import article, site

from digest.assemble import assembled
from digest.link.register import register_changes, site_ids
from digest.link.site import Records
from digest.load import Content, content
from digest.model import Emendation, Target
from digest.site import Entity, Site

ROOT = Path(__file__).parent.parent
WORDS = "“Nobody in this town has been asked about anything since spring,”"


def answers(made: Site) -> set[str]:
    """Every address at which a page or a redirect stands."""
    return {*site_ids(made), *made.also, *made.moved}


@lru_cache(maxsize=1)
def ours() -> Content:
    return content(ROOT)


@lru_cache(maxsize=1)
def whole() -> Site:
    return assembled(ours()).site


def count() -> int:
    return len(list((ROOT / "seeds").glob("*.txt")))


@pytest.mark.parametrize("added_last", range(count()))
def test_one_more_article_changes_no_address(added_last: int) -> None:
    """Each of our texts, taken for the newest: what was there without it is there with it."""
    entries = sorted(ours().entries, key=lambda e: e.id)
    if added_last >= len(entries):
        pytest.skip("a seed that is not read")
    last = replace(entries[added_last], added="2099-01-01T00:00:00Z")
    others = [e for e in entries if e.id != last.id]
    before = assembled(replace(ours(), entries=tuple(others))).site
    after = assembled(replace(ours(), entries=(*others, last))).site
    assert set(site_ids(before)) <= answers(after)


@pytest.mark.parametrize("nth", range(0, 50, 11))
def test_a_corrected_word_changes_no_address(nth: int) -> None:
    """One word of a quote mended by the editor; the quote stays where it was, and all else."""
    quotes = [q for q in whole().quotes if len(q.noted.item.text.split()) > 4]
    if not quotes:
        pytest.skip("another digest's content")
    item = quotes[nth % len(quotes)]
    first, _, rest = item.noted.item.text.partition(" ")
    mended = Emendation(Target(item.noted.item.text), "emend", "a test", text=f"{first}s {rest}")
    entries = tuple(
        replace(e, evidence=(*e.evidence, mended)) if e.id == item.article else e for e in ours().entries
    )
    after = assembled(replace(ours(), entries=entries)).site
    assert [q.noted.item.text for q in after.quotes if q.id == item.id] == [f"{first}s {rest}"]
    assert f"q/{item.id}/" in site_ids(after)
    assert set(site_ids(whole())) <= answers(after)


def test_another_grouping_changes_no_address() -> None:
    """Two quotes of one utterance become two when the editor says that the speakers are two, and back."""
    texts = (
        article("a", f"{WORDS} [Petra Lindqvist] she said.", 1),
        article("b", f"{WORDS} [Tomas Reyl] he said.", 2),
        article("c", f"{WORDS} [Petra Lindqvist] she said.", 3),
    )
    people = tuple(
        Entity(n.split()[1].lower(), "person", n, by="editor") for n in ("Petra Lindqvist", "Tomas Reyl")
    )
    together, apart = site(*texts), site(*texts, records=Records(entities=people))
    assert {u.id for u in together.utterances} <= {q.id for q in apart.quotes}
    assert set(site_ids(together)) <= set(site_ids(apart))
    assert register_changes(site_ids(apart), apart) == {} == register_changes(site_ids(together), apart)
