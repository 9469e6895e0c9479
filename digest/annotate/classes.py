"""Closed classes of words, which tell where a noun phrase begins and ends without a parser."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


PRONOUNS = _set("he she they it i we you He She They It I We You")
DETERMINERS = _set(
    "the a an one some many several most few both all no another this that these those his her its their our my your other two three four five six each every any The A An One Some Many Several Most Few Both All Another This That These Those His Her Its Their Our My Other Others others"
)
PREPOSITIONS = _set(
    "in on at for from with of to by about after before during since until under over against through into onto upon within without among amongst between despite amid unlike like per via regarding as following outside inside near In On At For From With Of To By About After Before During Since Until Under Over Against Through Within Without Among Between Despite Amid Unlike Like Per Via Regarding As Following Outside Inside Near"
)
LEADS = _set(
    "while and but or so yet when because although though whereas if as that once where which what how why then also even still however meanwhile instead later earlier moreover nevertheless nonetheless similarly likewise indeed thus therefore perhaps maybe both either neither plus only now here there not just While And But Or So Yet When Because Although Though Whereas If As That Once Where Which What How Why Then Also Even Still However Meanwhile Instead Later Earlier Moreover Nevertheless Nonetheless Similarly Likewise Indeed Thus Therefore Perhaps Maybe Plus Only Now Here There Not Just Yesterday Today Tonight Recently Additionally Furthermore Elsewhere Separately Afterward Afterwards Finally Specifically Clearly Ironically"
)
SKIPPED = _set(
    "has had have having was were is are be been being also later then recently once again often repeatedly would will could did does do didn’t didn't not never just only even still now first last further always sometimes previously himself herself themselves simply famously both himself, reportedly yesterday today tonight further even actually really earlier can may might must should ’ve 've ’d 'd ’ll 'll all too"
)
DAYS = _set(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December Jan Feb Aug Sept Oct Nov Dec"
)
PARTS_OF_DAY = _set("morning afternoon evening night")
CLAUSE = _set(
    "that because if when where although though whereas while after before since until unless which whether but"
)
CONNECTORS = _set("de da del della di du van von der den la le al el bin ibn y e dos das ter ten & of")
WITHIN = _set(
    "Department Ministry University Bank House Institute Center Centre Office Bureau Board Council Court College School Academy Association Federation Chamber Daughters Sons Secretary Committee Union City County State Republic Kingdom Society Federal Conference Church Museum League Times"
)
CUTS = _set("who that which whose when after during where while because as amid before since")
RELATIVES = _set("who whom whose which that where")
NOT_NAMES = DETERMINERS | LEADS | PREPOSITIONS | PRONOUNS | DAYS

TITLES = _set(
    "Mr Mrs Ms Miss Dr Sen Rep Gov Gen Lt Col Sgt Capt Prof Rev Sir Lady Lord Dame President Senator Governor Congressman Congresswoman Secretary Justice Judge Pope Professor Minister Chancellor Mayor Chairman Chairwoman Representative Attorney CEO Justices Messrs Candidate Speaker Ambassador King Queen Prince Princess Director Sheriff Officer Detective Del Assemblyman Assemblywoman Councilman Councilwoman Commissioner Admiral General Colonel Captain Sergeant Lieutenant Deputy"
)
UTTERANCES = _set(
    "post statement letter memo note tweet message email e-mail blog speech posts tweets thread announcement"
)
OWNERS = ("’s", "'s", "s’", "s'")
SHORTENED = ("’s", "’m", "’re", "’ve", "’ll", "’d", "'s", "'m", "'re", "'ve", "'ll", "'d")
BE = frozenset("was were is are be been being ’s 's get got gets".split())
NO = frozenset("not never".split())
FINITE = frozenset("was were is are be had has have would will could should may might can did does".split())
APART = (
    PREPOSITIONS | CUTS | CLAUSE | SKIPPED | LEADS
)  # small words after a name that are no noun it describes

# words that open a subordinate clause at the head of a sentence
OPENERS = frozenset(
    "After When As While Before Since Although Though Following Asked Once Whereas Until Because If".split()
)


def negation(word: str) -> bool:
    """Whether a word says no: not, never, didn’t."""
    return word in NO or word[-3:] in ("n't", "n’t")
