"""Addresses that linking gives: an article that is added later takes none and changes none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from linked import article, site

from digest.link.site import Records
from digest.model import Figure, Mention
from digest.site import Article, Fact, Noted, Outlet, Site
from digest.views import pages

MAYOR = "Ines Duarte, chief engineer at Velm harbour, left."
STRIKER = "Ines Duarte, striker and team captain, scored."


def person(id: str, text: str, day: int = 0) -> Article:
    """A text that names Ines Duarte; without a date of addition unless `day` is given."""
    made = article(id, text, day or 1, [Mention(0, 11, "Ines Duarte", "person", "ines-duarte")])
    return made if day else replace(made, added=None)


def priced(id: str, text: str, value: str, day: int = 0) -> Article:
    made = article(id, f"The price of the Velm ferry was {text}.", day or 1)
    item = Figure(
        32, 32 + len(text), text, value, value, "test", unit="USD", subject="price of the Velm ferry"
    )
    note = Noted("n" + id, "f" + id, item, made.shown.text)
    made = replace(made, shown=replace(made.shown, figures=(note,)))
    return made if day else replace(made, added=None)


def whose(made: Site, address: str) -> set[str]:
    """The texts on the page of a person."""
    return {x.article for x in made.appearances if f"p/{x.entity}/" == address}


def answers(made: Site) -> set[str]:
    """The addresses at which a page stands, redirects included."""
    return {p.path.removesuffix("index.html") for p in pages(made)}


@pytest.mark.parametrize("first, second", [(1, 2), (1, 0), (0, 1), (0, 0)])
@pytest.mark.parametrize("ids", ["ab", "ba"])
def test_a_persons_address_never_means_another(first: int, second: int, ids: str) -> None:
    old, new = person(ids[0], MAYOR, first), person(ids[1], STRIKER, second)
    before, after = site(old), site(old, new)
    assert whose(before, "p/ines-duarte/") == {ids[0]}
    assert whose(after, "p/ines-duarte/") == ({ids[0]} if first and second else set())
    assert "p/ines-duarte/" in answers(after)
    assert {x.article for x in after.appearances} == set(ids)


def test_the_page_of_a_name_leads_to_its_bearers() -> None:
    made = site(person("a", MAYOR), person("b", STRIKER))
    assert [e.id for e in made.entities] == ["ines-duarte", "ines-duarte-a", "ines-duarte-b"]
    assert "(/p/ines-duarte-a/)" in made.entities[0].about and "(/p/ines-duarte-b/)" in made.entities[0].about


def test_each_text_of_a_bearer_leads_to_it() -> None:
    texts = [person("m", MAYOR), person("s", STRIKER)]
    before, after = site(*texts), site(*texts, person("a", MAYOR))
    assert "p/ines-duarte-m/" in answers(before) & answers(after)
    assert after.also["p/ines-duarte-m/"] == "p/ines-duarte-a/"


@pytest.mark.parametrize("days", [(1, 2, 3), (1, 2, 0), (0, 0, 0), (0, 0, 1)])
@pytest.mark.parametrize("ids", ["abc", "cba"])
def test_a_proposed_conflict_keeps_its_address(days: tuple[int, int, int], ids: str) -> None:
    prices = (("$5.6 million", "5600000"), ("$7 million", "7000000"), ("$9 million", "9000000"))
    texts = [priced(i, *p, d) for i, p, d in zip(ids, prices, days, strict=True)]
    before, after = site(*texts[:2]), site(*texts)
    (c,) = before.conflicts
    assert len(after.conflicts) == 1 and len(after.conflicts[0].readings) == 3
    assert f"c/{c.id}/" in answers(after)


def test_two_offices_of_one_person_are_two_conflicts() -> None:
    texts = (
        "Ines Duarte, chief engineer and deputy director at Velm, left.",
        "Ines Duarte, senior engineer and managing director at Velm, left.",
    )
    made = site(*(person(i, t, d) for d, (i, t) in enumerate(zip("ab", texts, strict=True), 1)))
    ids = [c.id for c in made.conflicts]
    assert len(ids) == len(set(ids))


def outlets(names: Iterable[str], *known: Outlet) -> dict[str, str]:
    texts = [article(str(i), "Rain.", i + 1, outlet=Fact(n, "stated")) for i, n in enumerate(names)]
    return {o.id: o.name for o in site(*texts, records=Records(outlets=known)).outlets}


@pytest.mark.parametrize("name", ["Times", "Times!", "TIMES."])
def test_an_outlet_takes_no_address_of_the_editors(name: str) -> None:
    made = outlets([name], Outlet("times", "The Times of Town"))
    assert made.pop("times") == "The Times of Town"
    ((other, called),) = made.items()
    assert other.startswith("times-") and called == name


def test_an_outlet_is_meant_by_its_id_or_name() -> None:
    assert outlets(["times", "the times of town"], Outlet("times", "The Times of Town")) == {
        "times": "The Times of Town"
    }


def test_a_later_outlet_takes_no_address() -> None:
    assert outlets(["Times!", "Times?"])["times"] == "Times!"
