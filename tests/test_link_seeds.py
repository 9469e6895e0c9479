"""What linking finds on the seeds, as the digest stands and with the editor's linking taken away."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest
from conftest import ROOT

from digest import load
from digest.assemble import assembled
from digest.model import Emendation
from digest.site import Site

# Sentences of one post, as its texts have them: article and first words of each wording.
POST = [
    [("8473", "Open source models are"), ("8384", "“Open source models go"), ("6c4e", "open source models are"), ("a8ba", "open-source models are")],
    [("8473", "DeepSeek has profited"), ("8384", "Deepseek has taken")],
    [("8473", "They came up with"), ("8384", "They come up with"), ("6c4e", "They developed new")],
    [("8473", "Because their work"), ("8384", "Since their work"), ("6c4e", "Because their work")],
    [("8473", "That is the power"), ("8384", "This is the power"), ("6c4e", "That is the power")],
    [("8384", "“China overtakes the"), ("6c4e", "outperforming the US")],
]  # fmt: skip


@lru_cache(maxsize=3)
def site(kept: str) -> Site:
    """The digest: `all` of it, without the editor's linking (`alone`), without emendations too (`bare`)."""
    content = load.content(ROOT)
    if kept != "all":
        content = replace(content, lineages=(), conflicts=())
    if kept == "bare":
        entries = (
            replace(
                e, evidence=tuple(x for x in e.evidence if not isinstance(x, Emendation)), copy=type(e.copy)()
            )
            for e in content.entries
        )
        content = replace(content, entries=tuple(entries))
    return assembled(content).site


@pytest.mark.parametrize("kept", ["all", "bare"])
@pytest.mark.parametrize("wanted", POST, ids=lambda w: w[0][1])
def test_the_post_is_found_sentence_by_sentence(wanted: list[tuple[str, str]], kept: str) -> None:
    for u in site(kept).utterances:
        got = {(m.article, m.text[: len(start)]) for m in u.members for _, start in wanted}
        if all(w in got for w in wanted):
            assert {m.article for m in u.members if m.via != "reported"} == {a for a, _ in wanted}
            assert u.person == "yann-lecun"
            return
    pytest.fail(f"no utterance has {wanted}")


@pytest.mark.parametrize("kept", ["all", "bare"])
def test_no_utterance_joins_two(kept: str) -> None:
    """Only the post, and a phrase that one text has above the story too, stand in more than one place."""
    marked = [[m for m in u.members if m.via != "reported"] for u in site(kept).utterances]
    several = [m for m in marked if len(m) > 1]
    post = [m for m in several if len({x.article for x in m}) > 1]
    assert len(post) == len(POST)
    for own in (m for m in several if m not in post):
        assert {m.article for m in own} == {"8473"} and all("historic pivot" in m.text for m in own)


def test_the_post_is_one_statement() -> None:
    (post,) = (s for s in site("all").statements if s.person == "yann-lecun")
    assert {u.statement for u in site("all").utterances if u.person == "yann-lecun"} == {post.id}
    assert (post.tally.texts, post.tally.lineages) == (4, 4)


@pytest.mark.parametrize("kept", ["alone", "bare"])
def test_the_machine_alone_proposes_the_lineage(kept: str) -> None:
    (edge,) = site(kept).lineage_edges
    assert {edge.a, edge.b} == {"8384", "b234"} and edge.status == "proposed" and len(edge.matches) >= 4


def test_the_editor_confirms_the_lineage() -> None:
    (edge,) = site("all").lineage_edges
    assert edge.status == "confirmed"
    assert all(k.by == "editor" for k in site("all").lineages)


@pytest.mark.parametrize("kept", ["alone", "bare"])
def test_the_machine_alone_proposes_the_conflicts(kept: str) -> None:
    got = {c.slot: {(r.article, r.words) for r in c.readings} for c in site(kept).conflicts}
    assert {("8473", "Threads"), ("8384", "LinkedIn"), ("6c4e", "Threads")} <= got["venue"]
    assert ("a8ba", "chief AI scientist at Meta") in got["role"]
    assert any(a == "8384" and w.startswith("senior AI scientist") for a, w in got["role"])
    assert got["owner"] == {("8384", "Quantum"), ("b234", "High-Flyer Capital Management")}
    assert {(a, w.casefold()) for a, w in got["compared"]} == {("8384", "o1"), ("b234", "gpt-4")}
    assert len(site(kept).conflicts) <= 6  # at most two false ones


def test_the_editors_conflicts_cover_the_machines() -> None:
    assert not [c for c in site("all").conflicts if c.by == "machine"]


def test_every_span_stands_where_it_says() -> None:
    made = site("all")
    shown = {a.id: a.shown for a in made.articles}
    for u in made.utterances:
        for m in u.members:
            own = shown[m.article]
            text = {"headline": own.headline, "standfirst": own.standfirst}.get(m.part, own.text)
            assert text[m.start : m.end] == m.text
    for c in made.conflicts:
        for r in c.readings:
            if c.by == "machine" and r.start >= 0:
                assert 0 <= r.start < r.end <= len(shown[r.article].text)
