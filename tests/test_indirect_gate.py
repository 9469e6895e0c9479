"""A sentence whose cues cannot have a statement is not read for one: no statement is lost so."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.annotate.cues import lexicon
from digest.annotate.hits import cues, hits
from digest.annotate.indirect import indirect, may_report
from digest.annotate.sentences import tokens
from digest.rules import rules_for

LEXICON = rules_for().once(lexicon)
WORDS = (
    "Ann Lee|Sen.|the mayor|she|said|says|told|warned|described|called|claims|according to|that|as|a wonder"
    "|the old bridge|would hold|was|on Monday|in Ferrol|the council|and|but|after the storm|of floods|,|.|:|who|It"
)


@given(st.lists(st.sampled_from(WORDS.split("|")), min_size=2, max_size=16).map(" ".join))
@settings(max_examples=600)
def test_what_reports_a_statement_is_never_passed_over(text: str) -> None:
    text = text.replace(" ,", ",").replace(" .", ".")
    words = tokens(text, 0, len(text))
    made = list(indirect(words, hits(words, LEXICON), LEXICON.speech))
    assert may_report(words, cues(words, LEXICON)) or not made
