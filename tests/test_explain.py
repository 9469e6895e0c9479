"""`explain`: what was done to a passage, by which rule, why."""

import digest as api
from digest.explain import explained

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
