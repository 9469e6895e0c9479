"""`explain`: what was done to a passage, by which rule, why."""

import digest as api
from digest import cli
from digest.explain import explained
from digest.model import Document, Mention, Part
from digest.text import Edit, Text

TEXT = "Please support our newsroom with a donation\nThe council met on Monday and agreed to mend the old bridge.\n“We are glad,” said Ann Miller, the mayor.\n"


def test_every_finding_names_line_rule_and_reason() -> None:
    text = "\n".join(explained(api.read(TEXT, id="a.txt")))
    assert text.startswith("a.txt: ")
    assert "  3: quote (direct): 'We are glad,'; speaker Ann Miller" in text


def test_a_line_alone() -> None:
    [head, only] = explained(api.read(TEXT, id="a.txt"), 2)
    assert head == "a.txt: line 2: 'The council met on Monday and agreed to mend the old bridge.'"
    assert only == "  kept as it stands; nothing was found in it"


def test_a_line_that_is_not_there() -> None:
    try:
        list(explained(api.read(TEXT), 9))
    except ValueError as e:
        assert str(e) == "line 9: the text has 3 lines"
    else:
        raise AssertionError("no error")


def test_a_headlines_mended_last_word_is_found_on_its_own_line_alone() -> None:
    raw = "The old bridge stands\nA lane\nThe council met on Monday."
    text = Text(raw).revise(
        "clean", [Edit(21, len(raw), "", "excise", "elsewhere", "part", "not of this part")]
    )
    text = text.revise("repair", [Edit(15, 21, "is shut", "emend", "word", "r", "w")])
    shut = Mention(15, 22, "is shut", "place", part="headline")
    document = Document("a.txt", "text", Text(raw), parts=(Part("headline", text),), mentions=(shut,))
    assert "name: 'is shut'" in "\n".join(explained(document, 1))
    assert "name: 'is shut'" not in "\n".join(explained(document, 3))


def test_an_article_is_named_by_its_id_too(project, monkeypatch, capsys) -> None:
    monkeypatch.setattr(cli, "ROOT", project.root)
    monkeypatch.chdir(project.root)
    project.seed("bridge.txt", TEXT)
    project.content("articles/x.md", "---\nid: bridge\nseed: bridge.txt\n---\n")
    for place in ("bridge:3", "seeds/bridge.txt:3"):
        assert cli.main(["explain", place]) == 0
        assert "speaker Ann Miller" in capsys.readouterr().out
    assert cli.main(["explain", "bridge"]) == 0
    assert "bridge: 'Please support" in capsys.readouterr().out
    assert cli.main(["explain", "brige:3"]) == 2
    assert "no file, and no article has this id; did you mean bridge?" in capsys.readouterr().err


def test_an_empty_line_and_a_kept_one_tell_nothing_of_their_neighbours() -> None:
    document = api.read(
        "The council met on Monday and agreed to mend the old bridge, the mayor said.\n\n\nShare on Facebook\n\n"
        "It will cost the town a good deal of money, and nobody knows where that is to come from.\n"
    )
    assert list(explained(document, 1))[1:] == ["  kept as it stands; nothing was found in it"]
    for empty in (2, 3, 5):
        assert list(explained(document, empty))[1:] == [
            "  an empty line: nothing stands in it to be kept or removed"
        ]
    assert any("removed [share] 'Share on Facebook'" in x for x in explained(document, 4))
    assert any(x.startswith("  4: removed [share]") for x in explained(document))
