"""A fault of ours in one text stops neither the stream nor the build of the others."""

from __future__ import annotations

import json

import pytest

import digest as api
from digest import assemble, load, pipeline, stream
from digest.rules import rules_for


def test_shape_rules_alone_read_a_price_for_a_unit_they_do_not_know() -> None:
    text = (
        "Preis liegt bei 5 kg of week und zwölf Euro, drei Prozent jeden Tag gegen Abend nach langem Warten. "
        * 6
    )
    assert api.read(text).language == "und"
    pipeline.read("5 kg of week, $5 of sugar", rules_for().shapes())


def failing(text: str, *rest: object, **more: object) -> None:
    raise KeyError("week")


def test_the_stream_names_the_fault_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "read", failing)
    assert json.loads(stream.answer(b'{"id": "a", "text": "x"}')) == {"id": "a", "error": "KeyError: 'week'"}


def test_the_build_leaves_the_text_out_and_says_so(project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.seed("one.txt", "The mayor opened the bridge on Monday.\n")
    project.seed("two.txt", "A fire broke out in the mill on Tuesday.\n")
    whole = assemble.read

    def sometimes(text: str, *rest: object, **more: object):
        return failing(text) if "mayor" in text else whole(text, *rest, **more)

    monkeypatch.setattr(assemble, "read", sometimes)
    made = assemble.assembled(load.content(project.root))
    assert len(made.site.articles) == 1
    assert any("reading it failed (KeyError: 'week')" in d.message for d in made.doubts)
