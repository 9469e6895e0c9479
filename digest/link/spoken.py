"""The sentences of a text's quotes, as they are compared with those of other texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from digest.across import Spoken
from digest.ids import short
from digest.link.words import LONGEST, tokens
from digest.model import Quote
from digest.sentences import sentences
from digest.site import Noted, Shown

FAR = 1000  # characters between two quotes that are looked at
NESTED = 0.8  # of both spans: the inner marks of a block and the sentence they fill are one


def spoken(shown: Shown) -> tuple[Spoken, ...]:
    """Every sentence of a quote that has a page, in the order of the text.

    What stands in another quote's marks is counted once, with the outer one.
    """
    own = [n for n in shown.quotes if n.page and isinstance(n.item, Quote)]
    own.sort(key=lambda n: (n.item.part, n.item.start, -n.item.end, n.page))
    out: list[Spoken] = []
    root: Noted | None = None  # the last quote that nothing holds
    for n in own:
        inside = root and root.item.part == n.item.part and n.item.end <= root.item.end
        if not inside or root is None:
            root = n
        for s in _sentences(shown, n, root.page):
            if not (inside and _doubled(out, s)):
                out.append(s)
    return tuple(_spaced(out, shown))


def _spaced(out: Sequence[Spoken], shown: Shown) -> Iterator[Spoken]:
    """The sentences with the words between each and the one before it."""
    before: Spoken | None = None
    for s in out:
        gap = 0
        if before is not None and before.part == s.part and s.start > before.end:
            between = part_text(shown, s.part)[before.end : min(s.start, before.end + FAR)]
            gap = len(between.split())
        before = s
        yield replace(s, gap=gap) if gap else s


def _doubled(out: list[Spoken], new: Spoken) -> bool:
    """Whether an outer quote has the same words; if so that one takes the page over."""
    for i in range(len(out) - 1, max(-1, len(out) - 60), -1):
        s = out[i]
        if s.root != new.root:
            return False
        both = min(s.end, new.end) - max(s.start, new.start)
        if both > 0 and both >= NESTED * max(s.end - s.start, new.end - new.start):
            also = s.also if new.quote in s.also else (*s.also, new.quote)
            out[i] = replace(s, also=also, speaker=s.speaker or new.speaker)
            return True
    return False


def _sentences(shown: Shown, n: Noted, root: str) -> Iterator[Spoken]:
    item = n.item
    assert isinstance(item, Quote)
    text = part_text(shown, item.part)
    speaker = item.speaker_full or item.speaker or ""
    for k, span in enumerate(sentences(text, item.start, item.end), 1):
        stems = _stems(text, span.start, span.end)
        if stems:
            name = n.page if k == 1 else f"{n.page}-{k}"
            said = text[span.start : span.end]
            yield Spoken(
                name, n.page, n.id, item.part, *span, stems, speaker, root, (), said, item.speaker_full or ""
            )


def reported(shown: Shown, article: str) -> tuple[Spoken, ...]:
    """What the text reports without marks, each statement whole."""
    out = []
    for i in shown.indirect:
        stems = _stems(shown.text, i.start, i.end)
        if stems:
            name = "r" + short(article, "reported", i.text, str(i.start))
            speaker = i.speaker_full or i.speaker or ""
            text = shown.text[i.start : i.end]
            out.append(Spoken(name, "", "", "body", i.start, i.end, stems, speaker, "", text=text))
    return tuple(out)


def _stems(text: str, start: int, end: int) -> tuple[str, ...]:
    return tuple(t.stem for t in tokens(text, start, min(end, start + 20 * LONGEST))[:LONGEST])


def part_text(shown: Shown, part: str) -> str:
    """What may be shown of a part: the text that its offsets index."""
    return {"headline": shown.headline, "standfirst": shown.standfirst}.get(part, shown.text)


def together(parts: Sequence[Spoken]) -> tuple[str, ...]:
    """The stems of several sentences as one."""
    return tuple(s for p in parts for s in p.stems)
