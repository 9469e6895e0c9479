"""Lineages, conflicts, like figures, names, relations and the register: small texts of our own."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from effort import TWICE, growth
from hypothesis import given
from hypothesis import strategies as st
from linked import article, site

from digest.link.claims import claims
from digest.link.figures import Number, near
from digest.link.lineages import surprise
from digest.link.register import register_changes, site_ids
from digest.link.site import Records
from digest.link.slots import offices
from digest.model import Figure, Mention, MentionKind, Sign
from digest.site import Article, Entity, Fact, FigureItem, Lineage, Noted, Shown, ShownEdit

# Lineages

STORY = """The harbour town of Velm lost its last cannery on Friday, when Orsted Fisheries shut the gates.
Mayor Brandt spoke of betrayal; the union, led by Petra Lindqvist, called a strike for Monday.
A hundred and forty fillers and packers had worked there since the herring boom of the seventies.
The ministry in Karlsund refused a subsidy in March after a study by the consultancy Hallam.
Orsted will freeze its catch aboard two new trawlers, the Albatross and the Fulmar, instead.
On the quay the smokehouse of the Nyman family is the only chimney that still smokes.
Whether tourists will fill the empty halls, as the Brandt plan has it, nobody in Velm dares to say."""
REWORDED = """Velm, a port, no longer has a cannery: on Friday the gates of Orsted Fisheries closed for good.
Betrayal, said mayor Brandt, while Petra Lindqvist of the union announced that Monday brings a strike.
Fillers and packers, about 140 of them, owed their jobs to the herring boom decades ago.
No subsidy came from Karlsund, where the ministry relied in March on what consultancy Hallam had found.
Aboard trawlers named Albatross and Fulmar the firm Orsted now intends to freeze what it nets.
Only a smokehouse, run by the Nymans, keeps a chimney going on the quay.
Brandt hopes that tourists come to the empty halls; in Velm few dare to agree."""
OTHER = """A strike on Monday may follow the end of the Orsted cannery, said Petra Lindqvist of the union.
Two trawlers, Fulmar and Albatross, already lie in Karlsund with freezing rooms from a Danish yard.
Herring prices doubled this spring, a boom that packers in Velm never saw on their slips.
Analysts at Hallam doubt the ministry would have saved the plant with a subsidy.
Mayor Brandt wants halls for tourists; the Nyman family, with its smokehouse, is for it.
Orsted Fisheries shares rose by four per cent on Friday in light trading."""


def test_a_reworded_copy_is_found_and_an_independent_report_is_not() -> None:
    made = site(article("a", STORY, 1), article("b", REWORDED, 2), article("c", OTHER, 3))
    (edge,) = made.lineage_edges
    assert (edge.a, edge.b, edge.kind, edge.status) == ("a", "b", "undecided", "proposed")
    assert made.lineage_of == {"a": "shared-a", "b": "shared-a", "c": "c"}
    (lineage,) = made.lineages
    assert lineage.by == "machine" and [m[0] for m in lineage.members] == ["a", "b"]
    texts = {a.id: a.shown.text for a in made.articles}
    for m in edge.matches:
        assert texts["a"][m.a_start : m.a_end].strip() and texts["b"][m.b_start : m.b_end].strip()


def test_the_original_is_not_accused_where_nothing_tells_it_from_its_copy() -> None:
    made = site(article("a", REWORDED, 1), article("b", STORY, 2))
    (edge,), (lineage,) = made.lineage_edges, made.lineages
    assert edge.kind == "undecided" and {m[1] for m in lineage.members} == {"undecided"}


def test_the_earlier_of_two_dated_texts_is_nearer_to_the_original() -> None:
    early, late = Fact("2024-03-01", "stated"), Fact("2024-03-03", "stated")
    made = site(article("a", REWORDED, 1, date=late), article("b", STORY, 2, date=early))
    (edge,) = made.lineage_edges
    assert (edge.a, edge.b, edge.kind) == ("b", "a", "paraphrase")
    assert edge.evidence[0] == "the first is dated 2 days earlier"


def test_a_damaged_text_is_the_copy_whatever_it_quotes() -> None:
    spun = (("spun", Sign(0.9, True, ("spun.x",))),)
    damaged = article("a", REWORDED, 1)
    damaged = replace(damaged, shown=replace(damaged.shown, diagnosis=spun))
    (edge,) = site(damaged, article("b", STORY, 2)).lineage_edges
    assert (edge.a, edge.b, edge.kind) == ("b", "a", "spun")


def test_the_editors_word_for_a_copy_tells_which_is_retold() -> None:
    made = site(article("a", REWORDED, 1, copy=Fact("paraphrase", "stated")), article("b", STORY, 2))
    (edge,) = made.lineage_edges
    assert (edge.a, edge.b, edge.kind) == ("b", "a", "paraphrase")


def test_a_verbatim_copy_is_a_copy() -> None:
    made = site(article("a", STORY, 1), article("b", STORY + "\nMore at nine.", 2))
    (edge,) = made.lineage_edges
    assert edge.kind == "copy" and edge.cert == "high"


def test_dates_a_year_apart_are_no_lineage() -> None:
    old, new = Fact("2024-03-01", "stated"), Fact("2025-03-01", "stated")
    made = site(article("a", STORY, 1, date=old), article("b", REWORDED, 2, date=new))
    assert not made.lineage_edges


@pytest.mark.parametrize("together", [True, False])
def test_the_editor_confirms_or_overrules(together: bool) -> None:
    if together:
        lineages = (Lineage("one", "One", False, (("a", "original", ""), ("b", "spun", ""))),)
    else:
        lineages = tuple(Lineage(n, n, True, ((n, "original", ""),)) for n in "ab")
    made = site(article("a", STORY, 1), article("b", REWORDED, 2), records=Records(lineages=lineages))
    (edge,) = made.lineage_edges
    assert edge.status == ("confirmed" if together else "overruled")
    assert made.lineages == lineages
    assert made.lineage_of == ({"a": "one", "b": "one"} if together else {"a": "a", "b": "b"})


def test_counts_are_of_lineages() -> None:
    said = "\n“Nobody in this town has been asked about anything since spring,” [Petra Lindqvist] she said."
    made = site(
        article("a", STORY + said, 1), article("b", REWORDED + said, 2), article("c", OTHER + said, 3)
    )
    (u,) = made.utterances
    assert (u.tally.wordings, u.tally.texts, u.tally.lineages) == (1, 3, 2)


@pytest.mark.parametrize("seed", range(20))
def test_a_random_order_is_no_surprise(seed: int) -> None:
    order = random.Random(seed).sample(range(60), 60)
    assert surprise(order) < 5 < surprise(range(60))


# Claims and conflicts


def named(text: str, *names: tuple[str, MentionKind]) -> tuple[Mention, ...]:
    out = []
    for words, kind in names:
        at = text.find(words)
        while at >= 0:
            out.append(Mention(at, at + len(words), words, kind, words.lower().replace(" ", "-")))
            at = text.find(words, at + 1)
    return tuple(sorted(out, key=lambda m: m.start))


CLAIMS = [
    ("Ines Duarte, chief port engineer at Velm, said no.", ("Ines Duarte", "person"), "role", "chief port engineer at Velm"),
    ("Velm’s chief engineer Ines Duarte said no.", ("Ines Duarte", "person"), "role", "Velm’s chief engineer"),
    ("Former Orsted CEO Ines Duarte said no.", ("Ines Duarte", "person"), "role", "Former Orsted CEO"),
    ("Ines Duarte, who is the deputy mayor of Velm, left.", ("Ines Duarte", "person"), "role", "deputy mayor of Velm"),
    ("Tarn, a subsidiary of the Oslo-based shipping firm Orsted Lines, grew.", ("Tarn", "organisation"), "owner", "Orsted Lines"),
    ("Tarn, which is owned by Orsted, grew.", ("Tarn", "organisation"), "owner", "Orsted"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "slot", "words"), CLAIMS, ids=[c[3] for c in CLAIMS])
def test_claims(text: str, name: tuple[str, MentionKind], slot: str, words: str) -> None:
    got = [(c.slot, c.words) for c in claims(Shown("full", text, mentions=named(text, name)))]
    assert got == [(slot, words)]


MISSES = [
    "Ines Duarte, tired and hungry, said no.",
    "In May Ines Duarte, as she told us, left the board.",
    "The engineer saw Ines Duarte.",
    "A match of chess between Ines Duarte and a robot.",
]


@pytest.mark.parametrize("text", MISSES)
def test_no_claims(text: str) -> None:
    assert not list(claims(Shown("full", text, mentions=named(text, ("Ines Duarte", "person")))))


def test_offices_and_their_ranks() -> None:
    assert list(offices("senior AI scientist at Tarn")) == [("scientist", frozenset({"senior"}))]
    assert list(offices("chief executive of Tarn")) == [("ceo", frozenset())]
    assert list(offices("founder and deputy chairwoman")) == [
        ("founder", frozenset()),
        ("chair", frozenset({"deputy"})),
    ]


def two(
    a: str, b: str, *names: tuple[str, MentionKind], **more: object
) -> list[tuple[str | None, list[str]]]:
    made = site(article("a", a, 1, named(a, *names)), article("b", b, 2, named(b, *names)), **more)  # type: ignore[arg-type]
    return [(c.slot, [r.words for r in c.readings]) for c in made.conflicts]


def test_a_role_under_two_ranks_is_a_conflict() -> None:
    who: tuple[str, MentionKind] = ("Ines Duarte", "person")
    assert two(
        "Velm’s chief engineer Ines Duarte left.", "Ines Duarte, senior engineer at Velm, left.", who
    ) == [("role", ["Velm’s chief engineer", "senior engineer at Velm"])]
    assert not two("Velm’s chief engineer Ines Duarte left.", "Ines Duarte, an engineer at Velm, left.", who)
    assert not two("Velm’s chief engineer Ines Duarte left.", "Ines Duarte, founder of Tarn, left.", who)


def test_two_owners_are_a_conflict_and_a_short_name_is_none() -> None:
    firms: tuple[tuple[str, MentionKind], ...] = (
        ("Tarn", "organisation"),
        ("Orsted", "organisation"),
        ("Hallam", "organisation"),
    )
    assert two("Tarn, a subsidiary of Orsted, grew.", "Tarn, a subsidiary of Hallam, grew.", *firms) == [
        ("owner", ["Orsted", "Hallam"])
    ]
    assert not two("Tarn, a subsidiary of Orsted Lines, grew.", "Tarn, a subsidiary of Orsted, grew.", *firms)


def test_two_products_compared_with_are_a_conflict_in_like_sentences_only() -> None:
    things: tuple[tuple[str, MentionKind], ...] = (
        ("Petrel 2", "product"),
        ("Auk 9", "product"),
        ("Skua", "product"),
    )
    one = "The drone Petrel 2 matches the strongest lifting drone on sale, the Auk 9."
    assert two(one, "Petrel 2 is said to match the strongest lifting drone, the Skua.", *things) == [
        ("compared", ["Auk 9", "Skua"])
    ]
    assert not two(one, "At night Petrel 2 may rival the Skua for silence.", *things)


def test_two_venues_of_one_statement_are_a_conflict() -> None:
    post = "“Eleven farms will drown in this valley and nobody has asked them.” [Tomas Reyl]"
    who: tuple[str, MentionKind] = ("Tomas Reyl", "person")
    assert two(
        f"Tomas Reyl wrote on Mastodon: {post}", f"Tomas Reyl wrote in a post to Bluesky: {post}", who
    ) == [("venue", ["Mastodon", "Bluesky"])]
    assert not two(f"Tomas Reyl wrote on Mastodon: {post}", f"Tomas Reyl wrote: {post}", who)


def test_a_reading_is_the_witness_not_the_emendation() -> None:
    text = "Ines Duarte, chief engineer at Velm, left."
    at = text.index("chief")
    edit = ShownEdit("e1", "emend", "editor", "emendation", "editor", "", "high", "applied", "me", "junior", "chief", 1, at, at + 6, at, at + 5)  # fmt: skip
    (claim,) = claims(Shown("full", text, mentions=named(text, ("Ines Duarte", "person")), edits=(edit,)))
    assert claim.words == "junior engineer at Velm" and claim.emended
    assert claim.sentence == "Ines Duarte, junior engineer at Velm, left."


# Figures


def figure(article_id: str, text: str, value: str, subject: str, day: int, **more: object) -> Article:
    item = Figure(0, len(text), text, value, value, "test", unit="USD", subject=subject, key=True, **more)  # type: ignore[arg-type]
    a = article(article_id, f"{text} is what it came to.", day)
    return replace(a, shown=replace(a.shown, figures=(Noted("f", f"f{article_id}", item, a.shown.text),)))


def test_the_same_figure_within_rounding() -> None:
    a = figure("a", "$5.58 million", "5580000", "price of the Velm ferry", 1)
    b = figure("b", "$5.6 million", "5600000", "cost of the ferry in Velm", 2)
    (group,) = site(a, b).figure_groups
    assert group.figures == ("fa", "fb") and not group.differ and group.tally.texts == 2


def test_other_values_subjects_and_units_are_not_the_same() -> None:
    a = figure("a", "$5.6 million", "5600000", "price of the Velm ferry", 1)
    assert not site(a, figure("b", "$5.6 million", "5600000", "salary of the mayor", 2)).figure_groups
    (differ,) = site(a, figure("b", "$7 million", "7000000", "price of the Velm ferry", 2)).figure_groups
    assert differ.differ
    assert not site(
        a, figure("b", "$7 million", "7000000", "price of the Velm ferry", 2, when="2019")
    ).figure_groups


def test_a_figure_that_differs_is_a_question() -> None:
    a = figure("a", "$5.6 million", "5600000", "price of the Velm ferry", 1)
    (c,) = site(a, figure("b", "$7 million", "7000000", "price of the Velm ferry", 2)).conflicts
    assert c.slot == "value" and [r.words for r in c.readings] == ["$5.6 million", "$7 million"]


@given(st.floats(1, 1e12), st.floats(1, 1e12))
def test_nearness_is_mutual(x: float, y: float) -> None:
    def number(v: float) -> Number:
        return Number((False, 0.0, "a", 0, "i"), Figure(0, 1, "1", "1", "1", "t"), v, v, (), ())

    assert near(number(x), number(y)) == near(number(y), number(x))
    assert near(number(x), number(x))


# Names


def test_two_people_of_one_name_are_kept_apart() -> None:
    a = "Ines Duarte, chief engineer at Velm harbour, left."
    b = "Ines Duarte, striker and team captain, scored."
    made = site(
        *(
            article(n, t, d, named(t, ("Ines Duarte", "person")))
            for d, (n, t) in enumerate((("a", a), ("b", b)), 1)
        )
    )
    assert [e.id for e in made.entities] == ["ines-duarte", "ines-duarte-b"]
    assert [r for r in made.review if r.kind == "same-name"]
    assert {x.entity for x in made.appearances if x.article == "b"} == {"ines-duarte-b"}


def test_one_name_without_roles_is_one_person_with_a_doubt() -> None:
    texts = ("Ines Duarte left.", "Ines Duarte scored.")
    made = site(
        *(
            article(n, t, d, named(t, ("Ines Duarte", "person")))
            for d, (n, t) in enumerate(zip("ab", texts, strict=True), 1)
        )
    )
    assert [e.id for e in made.entities] == ["ines-duarte"]
    assert [r.articles for r in made.review if r.kind == "same-name"] == [("a", "b")]


def test_a_name_of_two_known_people_is_nobodys() -> None:
    known = tuple(
        Entity(i, "person", n, ("Duarte",), by="editor")
        for i, n in (("ines", "Ines Duarte"), ("rui", "Rui Duarte"))
    )
    made = site(
        article("a", "“We will not sell the harbour to anyone.” [Duarte]"), records=Records(entities=known)
    )
    assert made.quotes[0].person == ""
    assert [r.ids for r in made.review if r.kind == "same-name"] == [("ines", "rui")]


def test_roles_are_as_each_text_gives_them() -> None:
    a, b = "Velm’s chief engineer Ines Duarte left.", "Ines Duarte, chief engineer at Velm, left."
    made = site(
        *(
            article(n, t, d, named(t, ("Ines Duarte", "person")))
            for d, (n, t) in enumerate((("a", a), ("b", b)), 1)
        )
    )
    assert [(r.article, r.text) for r in made.entities[0].roles] == [
        ("a", "Velm’s chief engineer"),
        ("b", "chief engineer at Velm"),
    ]


def test_a_page_shows_a_role_as_it_was_mended() -> None:
    text = "Ines Duarte, chief engineer at Velm, left."
    at = text.index("at Velm")
    made = article("a", text, 1, named(text, ("Ines Duarte", "person")))
    edit = ShownEdit("e1", "emend", "editor", "emendation", "editor", "", "high", "applied", "me", "on Velm", "at Velm", 1, at, at + 7, at, at + 7)  # fmt: skip
    made = replace(made, shown=replace(made.shown, edits=(edit,)))
    assert [r.text for r in site(made).entities[0].roles] == ["chief engineer at Velm"]


# Relations and the register


def test_related_articles_say_why() -> None:
    said = "“Nobody in this town has been asked about anything since spring,” [Petra Lindqvist] she said."
    made = site(article("a", said, 1), article("b", said, 2), article("c", "Rain.", 3))
    assert [(r.article, r.other, [x.kind for x in r.reasons]) for r in made.related] == [
        ("a", "b", ["utterance"]),
        ("b", "a", ["utterance"]),
    ]


def test_nothing_moves_when_an_article_is_added() -> None:
    said = "“Nobody in this town has been asked about anything since spring,” [Petra Lindqvist] she said."
    before = site(article("b", said, 1), article("c", said, 2))
    after = site(article("b", said, 1), article("c", said, 2), article("a", said, 3))
    assert register_changes(site_ids(before), after) == {}
    assert [u.id for u in before.utterances] == [u.id for u in after.utterances]


def test_what_is_gone_leads_on() -> None:
    said = "“Nobody in this town has been asked about anything since spring,” [Petra Lindqvist] she said."
    one = article("b", said, 1)
    before = site(one, article("c", said, 2))
    quote = one.shown.quotes[0]
    shorter = replace(
        quote, page="qnew", item=quote.item._replace(start=1, end=40, text=quote.item.text[:39])
    )
    after = site(replace(one, shown=replace(one.shown, quotes=(shorter,))))
    changes = register_changes(site_ids(before), after)
    assert changes[f"q/{quote.page}/"] == "q/qnew/"
    assert changes["a/c/"] == "/"
    assert all(not v.startswith("q/") or v == "q/qnew/" for v in changes.values())
    again = replace(after, moved=changes)
    assert register_changes(site_ids(before), again) == {}


def test_withdrawn_articles_are_linked_to_nothing() -> None:
    said = "“Nobody in this town has been asked about anything since spring,” [Petra Lindqvist] she said."
    made = site(article("a", said, 1), article("b", said, 2, withdrawn="asked to"))
    assert not made.utterances and not made.related and "b" not in made.lineage_of


def test_the_order_of_articles_does_not_matter() -> None:
    texts = [article("a", STORY, 1), article("b", REWORDED, 2), article("c", OTHER, 3)]
    assert site(*texts) == site(*reversed(texts))


def test_an_empty_site_links() -> None:
    made = site()
    assert not made.utterances and not made.related


def test_figure_items_have_pages() -> None:
    made = site(figure("a", "$5.6 million", "5600000", "price of the Velm ferry", 1))
    assert all(isinstance(f, FigureItem) for f in made.figures) and made.figures[0].id == "fa"


@pytest.mark.parametrize(
    "text", ["The subsidiary of Tarn ", "Tarn matches Petrel, ", "chief engineer Ines Duarte, "]
)
def test_hostile_lines_take_effort_by_their_length_only(text: str) -> None:
    def claimed(text: str) -> None:
        names = named(text, ("Tarn", "organisation"), ("Petrel", "product"), ("Ines Duarte", "person"))
        list(claims(Shown("full", text, mentions=names)))

    assert growth(claimed, lambda n: text * n, 500) < TWICE
