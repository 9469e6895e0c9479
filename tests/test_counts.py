"""Counts are of lineages: copies of one text count once, and a text that shares its original with none is one."""

from __future__ import annotations

import csv
import io
import json

import factory
import pytest
from linked import article, site
from test_link_across import OTHER, STORY, figure, named

from digest.link.site import Records
from digest.render import files
from digest.site import Lineage, Site, Story

COPIES = Lineage("cannery", "A report", False, tuple((a, "copy", "the same words") for a in "abc"))
WHO = "\nPetra Lindqvist was there."


def five(*lineages: Lineage) -> Site:
    """Three copies of one text and two texts of their own; four of them name one person."""
    said = {
        "a": STORY + WHO,
        "b": STORY + WHO + "\nMore at nine.",
        "c": STORY + WHO + "\nMore at ten.",
        "d": OTHER + WHO,
    }
    texts = [
        article(i, t, d, named(t, ("Petra Lindqvist", "person"))) for d, (i, t) in enumerate(said.items(), 1)
    ]
    texts.append(article("e", "It rained on Sunday.", 5))
    story = Story("velm", "Velm", "The last cannery.", tuple("abcde"))
    return site(*texts, records=Records(lineages=lineages, stories=(story,)))


@pytest.mark.parametrize("lineages", [(), (COPIES,)], ids=["the machine's", "the editor's"])
def test_every_page_counts_a_lone_text_as_a_lineage(lineages: tuple[Lineage, ...]) -> None:
    made = dict(files(five(*lineages), factory.theme()))
    front = made["index.html"].decode()
    assert front.count("5 texts · 3 lineages") == 2  # of the site, and of its story
    assert "5 texts · 3 lineages" in made["s/velm/index.html"].decode()
    assert "4 texts · 2 lineages" in made["p/petra-lindqvist/index.html"].decode()


def test_figures_say_in_how_many_texts_and_lineages_they_stand() -> None:
    texts = [
        figure(i, "$5.6 million", "5600000", "price of the Velm ferry", d) for d, i in enumerate("abc", 1)
    ]
    alone = figure("d", "$9 million", "9000000", "repair of the Karlsund lock", 4)
    copies = Lineage("one", "One", False, (("a", "copy", ""), ("b", "copy", "")))
    made = dict(files(site(*texts, alone, records=Records(lineages=(copies,))), factory.theme()))
    wanted = {"fa": (3, 2), "fb": (3, 2), "fc": (3, 2), "fd": (1, 1)}
    rows = json.loads(made["data/digest.json"])["figures"]
    assert {r["id"]: (r["texts"], r["lineages"]) for r in rows} == wanted
    table = csv.DictReader(io.StringIO(made["data/figures.csv"].decode(), newline=""))
    assert {r["id"]: (int(r["texts"]), int(r["lineages"])) for r in table} == wanted
    page = made["f/index.html"].decode()
    assert page.count("<td>3 texts</td><td>2 lineages</td>") == 3
    assert (
        page.count('<td><span class="odd">1 text</span></td><td><span class="odd">1 lineage</span></td>') == 1
    )
