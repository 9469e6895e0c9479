"""Who of one name is who: texts put into groups by what they say of the person.

A text joins a group that it shares a word with; where descriptions share
nothing it is kept apart, or joined with a doubt when the texts have other
names in common. A text that was added later never moves one that was there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from digest.across import Described
from digest.link.words import stem
from digest.rules import Rules, rules_for

Verdict = Literal["same", "unsure", "doubt", "apart"]
COMPANY = 2  # other names that two texts must share for a name in both to be one person
LOOKED_AT = 8  # groups that a text is held against, and texts of a group
YEARS = 2  # that two ages may differ by, besides the years between the texts
UNDATED = 10  # the same where a text has no date
SAID_NOTHING = Described("", "", frozenset(), frozenset(), False)


class Bearer(NamedTuple):
    """One text that bears a name: what it says of the person, whom else it names, and its year (0: unknown)."""

    article: str
    said: Described
    company: frozenset[str]
    year: int = 0


@dataclass(slots=True)
class Group:
    """Texts that seem to mean one person; what is known of it is that of the first few."""

    texts: list[str] = field(default_factory=list)
    said: Described = SAID_NOTHING
    company: frozenset[str] = frozenset()
    born: list[tuple[int, int]] = field(default_factory=list)  # age, in which year
    doubtful: list[str] = field(default_factory=list)  # joined though the descriptions share nothing
    unsure: list[str] = field(default_factory=list)  # joined though nothing is said and nothing shared

    def join(self, b: Bearer) -> None:
        """Take a text in."""
        self.texts.append(b.article)
        if b.said.age:
            self.born.append((b.said.age, b.year))
        if len(self.texts) <= LOOKED_AT:
            old, new = self.said, b.said
            self.said = Described(
                old.key,
                old.words or new.words,
                old.telling | new.telling,
                old.employers | new.employers,
                old.works or new.works,
            )
            self.company |= b.company


def grouped(name: str, bearers: Iterable[Bearer]) -> list[Group]:
    """The groups of texts in which a name (a slug) means one person each; bearers and groups first added first."""
    groups: list[Group] = []
    for b in bearers:
        best = None
        for g in groups[:LOOKED_AT]:
            found = verdict(name, b, g), len((b.company & g.company) - {name})
            if found[0] != "apart" and (best is None or _better(found, best[0])):
                best = found, g
        if best is None:
            groups.append(Group())
            groups[-1].join(b)
            continue
        (how, shared), g = best
        if how == "doubt":
            g.doubtful.append(b.article)
        elif how == "unsure" and not shared:
            g.unsure.append(b.article)
        g.join(b)
    return groups


def _better(a: tuple[Verdict, int], b: tuple[Verdict, int]) -> bool:
    return (a[0] == "same", a[1]) > (b[0] == "same", b[1])


def verdict(name: str, b: Bearer, g: Group) -> Verdict:
    """Whether a text means the person that a group of texts does.

    "unsure": nothing speaks for it or against it.
    """
    one, two = b.said, g.said
    few = len((b.company & g.company) - {name}) < COMPANY
    if one.age and not any(_agree(one.age, b.year, *x) for x in g.born[:LOOKED_AT] or [(one.age, 0)]):
        return "apart" if few else "doubt"
    common = one.telling & two.telling
    if common - rules_for().once(_anywhere) or _known_by(one, g.company) or _known_by(two, b.company):
        return "same"
    if not (one.telling and two.telling):
        return "unsure"
    if common:
        return "doubt" if few and one.employers and two.employers else "same"
    if (one.works or one.employers) and (two.works or two.employers):
        return "apart" if few else "doubt"
    return "unsure"


def _agree(age: int, year: int, other: int, then: int) -> bool:
    if year and then:
        return abs((age - year) - (other - then)) <= YEARS
    return abs(age - other) <= UNDATED


def _known_by(said: Described, company: frozenset[str]) -> bool:
    """Whether the other text names the firm or the party that a description does."""
    return bool(said.employers) and any(
        stem(w) in said.employers for key in company if key != said.key for w in key.split("-")
    )


def _anywhere(rules: Rules) -> frozenset[str]:
    return frozenset(stem(w) for w in rules.words("link-people", "anywhere"))


def descriptions(groups: Sequence[Group], titles: Mapping[str, str]) -> list[str]:
    """What tells each group from the others: the first description, else the headline of its first text."""
    return [f"“{g.said.words}”" if g.said.words else f"in “{titles.get(g.texts[0], '')}”" for g in groups]
