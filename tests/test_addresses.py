"""No address changes when something is added, reordered or found anew."""

from __future__ import annotations

from digest import load
from digest.assemble import assembled
from digest.model import Reading
from digest.rules import Rules

MORE = "The harbour was closed on Friday.\n\n“We had no choice,” said Ida Berg, the harbour master.\n"


def addresses(project) -> dict[str, set[str]]:
    """Every stable id of the site, by article."""
    site = assembled(load.content(project.root)).site
    out = {}
    for a in site.articles:
        shown = a.shown
        out[a.id] = {n.id for n in (*shown.quotes, *shown.figures)} | {e.id for e in shown.edits}
        out[a.id] |= {n.page for n in (*shown.quotes, *shown.figures) if n.page}
    out["entities"] = {f"{e.kind}/{e.id}" for e in site.entities}
    return out


def kept(before: dict[str, set[str]], after: dict[str, set[str]]) -> None:
    for name, ids in before.items():
        assert ids <= after[name], (name, ids - after[name])


def test_ids_are_unique_on_the_site(digest) -> None:
    site = assembled(load.content(digest.root)).site
    pages = [q.id for q in site.quotes] + [f.id for f in site.figures]
    assert len(pages) == len(set(pages)) > 40
    for a in site.articles:
        anchors = [n.id for n in (*a.shown.quotes, *a.shown.figures)] + [e.id for e in a.shown.edits]
        assert len(anchors) == len(set(anchors))


def test_a_sixth_article_changes_no_address(digest) -> None:
    before = addresses(digest)
    digest.seed("aaa_harbour.txt", MORE)
    kept(before, addresses(digest))


def test_the_order_of_files_changes_no_address(digest) -> None:
    before = addresses(digest)
    for path in sorted((digest.root / "content" / "articles").iterdir()):
        path.rename(path.with_name("z" + str(ord(path.name[0])) + path.name))
    assert addresses(digest) == before


def test_a_new_rule_changes_no_address(digest, monkeypatch) -> None:
    before = addresses(digest)
    from digest import annotate
    from digest.model import Figure

    def every_the(reading: Reading, rules: Rules) -> list[Figure]:
        at = reading.text.find("the")
        return [Figure(at, at + 3, "the", "1", "1", "test", reading.part, key=True)] if at >= 0 else []

    monkeypatch.setattr(annotate, "ANNOTATORS", (("new", every_the), *annotate.ANNOTATORS))
    kept(before, addresses(digest))
