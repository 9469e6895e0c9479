"""A story that stands in many texts: every text is named once, and no page repeats all the others."""

import json
import re

import pytest

from digest import build
from digest.render.annotation import AROUND, FAR, STAR, selector
from digest.views.variants import FOLDED, NAMED

STORY = """The council voted on Monday to close the bridge over the Tarn for eight weeks.

“We have no choice, the cables are rusting away,” said Ann Lee, the chief engineer of Tarn Works.

“Nobody asked the ferrymen of the lower town,” said Ann Lee.
"""


def quote_pages(project, copies: int) -> dict[str, str]:
    for i in range(copies):
        project.seed(f"copy{i:03}.txt", STORY)
    build.built(project.root, project.root / "_site")
    found = {p.parent.name: p.read_text("utf-8") for p in project.root.glob("_site/q/*/index.html")}
    return {name: page for name, page in found.items() if "no choice" in page.partition("</title>")[0]}


def rows(page: str) -> list[str]:
    table = re.search(r'<table class="align">.*?</table>', page, re.S)
    assert table
    return re.findall(r"<tr>.*?</tr>", table[0].partition("<tbody>")[2], re.S)


def test_a_few_copies_have_a_row_each(project) -> None:
    for page in quote_pages(project, FOLDED).values():
        assert len(rows(page)) == FOLDED
        assert "<details" not in page


def test_many_copies_stand_in_one_row_and_are_all_named_once(project) -> None:
    copies = STAR + 5
    pages = quote_pages(project, copies)
    named = {name: sum(r.count("<a href=") for r in rows(page)) for name, page in pages.items()}
    whole = [name for name, n in named.items() if n == copies]
    assert len(whole) == 1  # the page of the base names each text
    assert {n for name, n in named.items() if name != whole[0]} == {NAMED + 3}  # own, base, the folded, "all"
    for name, page in pages.items():
        assert (f'href="../../q/{whole[0]}/"' in "".join(rows(page))) == (name != whole[0])
        assert f"and in {copies - (1 if name == whole[0] else 2)} more texts" in page


def test_the_speakers_other_quotes_are_each_named_once(project) -> None:
    for page in quote_pages(project, 7).values():
        others = page.partition("More by Ann Lee")[2]
        assert others.count("Nobody asked the ferrymen") == 1
        assert "no choice" not in others


def test_annotations_of_many_copies_link_to_one_place(project) -> None:
    quote_pages(project, STAR + 5)
    linked = []
    for path in project.root.glob("_site/a/*/annotations.jsonld"):
        items = json.loads(path.read_text("utf-8"))["items"]
        linked += [len(i["body"]) for i in items if i["motivation"] == "linking"]
    assert sorted(set(linked)) == [1, STAR + 4]
    assert linked.count(STAR + 4) == 2  # one base for each of the two sentences


@pytest.mark.parametrize("times", [3, 2000])
def test_a_selector_of_a_text_that_repeats_itself_stays_short(times: int) -> None:
    text = "The same words again. " * times
    before, after = selector(text, len(text) // 2, len(text) // 2 + 5)
    whole = before + text[len(text) // 2 : len(text) // 2 + 5] + after
    assert text.count(whole) == 1 if times == 3 else len(before) == len(after) == AROUND
    assert len(whole) <= 2 * FAR + 5
