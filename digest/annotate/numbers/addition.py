"""Adds number tokens up: `one hundred and five`, `5.6 million`, `two and a half`."""

from __future__ import annotations

from decimal import Decimal

from digest.annotate.numbers.quantity import Quantity
from digest.annotate.numbers.tokens import EXACT, Token, divided

GAPS = frozenset((" ", "-", "\u00a0", " - ", "\u2009", "\u202f"))
HALF = frozenset((" and a ", " and ", "-and-a-"))  # two and a half, two-and-a-half
ANDS = {" and ", " & ", " and a ", " and an "}


class Addition:
    """Adds number tokens up as long as English lets them follow one another."""

    def __init__(self, low: str, tokens: list[Token], i: int) -> None:
        self.low, self.tokens, self.i = low, tokens, i
        self.total = Decimal(0)  # of the groups that a scale word closed
        self.group: Decimal | None = None  # what the next scale word multiplies
        self.scale = Decimal(10) ** 60  # of the last scale word: they must fall
        self.last = ""  # kind of the last token taken
        self.fraction = self.digits = self.scaled = False
        self.mantissa = Decimal(0)

    def read(self) -> tuple[Quantity | None, int]:
        """The numeral that begins at the token (None if it is none), and the next token."""
        first = self.tokens[self.i]
        start = self._article(first)
        end = first.end
        if first.kind == "F" and start == first.start and first.word != "half":
            return None, self.i + 1  # `third`, `quarter` alone are ordinals and seasons
        if first.kind == "C" and (start == first.start or not self._couple(first.end)):
            return None, self.i + 1
        if first.kind in "SH" and start == first.start and not self._bare_scale(first):
            return None, self.i + 1
        n = 0
        while self.i < len(self.tokens):
            t = self.tokens[self.i]
            gap = self.low[end : t.start] if n else ""
            if not self._take(t, gap, n):
                break
            end, n, self.i = t.end, n + 1, self.i + 1
        if not n:
            return None, self.i + 1
        value = EXACT.add(self.total, self.group or Decimal(0))
        kind = "fraction" if self.fraction else "digits" if self.digits else "words"
        mantissa = self.mantissa if self.scaled else value
        return Quantity(start, end, start, end, value, value, kind, mantissa, self.scaled), self.i

    def _article(self, t: Token) -> int:
        """Where `a` or `an` before `hundred`, `dozen`, `half`, `third` begins."""
        if t.kind in "HSFZC":
            before = self.low[max(0, t.start - 4) : t.start]
            for article in ("a ", "an ", "a-"):
                if before.endswith(article) and (
                    len(before) == len(article) or before[-len(article) - 1] in ' \n(—-“"'
                ):
                    return t.start - len(article)
        return t.start

    def _couple(self, end: int) -> bool:
        """`a couple of days` is a number; `a couple was seen` is two people."""
        return self.low.startswith(" of ", end) or end == len(self.low)

    def _bare_scale(self, t: Token) -> bool:
        """`thousand litres` begins a line or a clause; `a few thousand` has no number to scale."""
        before = self.low[max(0, t.start - 2) : t.start].strip()
        return before in ("", "(", ",", ":", "“", '"') and not t.word.endswith("s") and t.start < 2

    def _take(self, t: Token, gap: str, n: int) -> bool:
        if gap == " of " and self.last == "C" and t.kind in "SH":
            gap, self.last = " ", "U"  # a couple of hundred
        take = getattr(self, "_take_" + t.kind.lower(), None)
        took = bool(take and take(t, gap, n))
        if took:
            self.last = t.kind
        return took

    def _take_d(self, t: Token, gap: str, n: int) -> bool:
        if n == 0:
            self.group, self.digits = t.value, True
            return True
        if gap == " point ":
            return self._point(t)
        follows = self.i + 1 < len(self.tokens) and self.tokens[self.i + 1].kind in "SH"
        small = t.value < 100 and gap == " and " and self.last == "H" and "." not in t.word
        if (follows and gap == " " and self.last == "S") or small:
            self.group = EXACT.add(self.group or Decimal(0), t.value)
            return self.group < self.scale
        return False

    def _take_v(self, t: Token, gap: str, n: int) -> bool:
        if n and (self.last != "D" or gap not in ("", " ", "-")):
            return False
        self.group, self.fraction = EXACT.add(self.group or Decimal(0), t.value), True
        return True

    def _take_u(self, t: Token, gap: str, n: int) -> bool:
        if n == 0:
            self.group = t.value
            return True
        if gap == " point ":
            return self._point(t)
        if self.last == "T" and (gap in GAPS) and 0 < t.value < 10:
            self.group = EXACT.add(self.group or Decimal(0), t.value)
            return True
        if self.last == "H" and (gap in GAPS or gap in ANDS):
            self.group = EXACT.add(self.group or Decimal(0), t.value)
            return True
        if self.last == "S" and (gap in GAPS or gap in ANDS or gap == ", "):
            return self._opens(t, gap)
        return False

    def _take_t(self, t: Token, gap: str, n: int) -> bool:
        if n == 0:
            self.group = t.value
            return True
        if self.last == "H" and (gap in GAPS or gap in ANDS):
            self.group = EXACT.add(self.group or Decimal(0), t.value)
            return True
        if self.last == "S" and (gap in GAPS or gap in ANDS):
            return self._opens(t, gap)
        if self.last == "U" and n == 1 and gap == " " and self.group is not None and 0 < self.group < 10:
            self.group = EXACT.add(self.group * 100, t.value)  # one twenty(-two)
            return True
        return False

    def _point(self, t: Token) -> bool:
        """`two point five`: the digit after a spoken point."""
        if self.group is None or self.group != int(self.group) or t.value != int(t.value) or self.fraction:
            return False
        self.group = EXACT.add(self.group, t.value.scaleb(-len(str(t.value)), EXACT))
        return True

    def _opens(self, t: Token, gap: str) -> bool:
        """A new group after a scale word; after `and` it must not begin another count."""
        if gap in ANDS and self.scale < 1000:
            return False
        self.group = t.value
        return True

    def _take_h(self, t: Token, gap: str, n: int) -> bool:
        if n and gap not in GAPS:
            return False
        if n and (self.last not in ("U", "T", "D") or self.group is None or t.word == "hundreds"):
            return False
        self.mantissa, self.scaled = self.group or Decimal(1), self.digits or self.scaled
        self.group = EXACT.multiply(self.group or Decimal(1), t.value)
        return True

    def _take_s(self, t: Token, gap: str, n: int) -> bool:
        if n and gap not in GAPS and not (self.fraction and gap in (" a ", " of a ")):
            return False
        if n and self.last == "S":
            self.total = EXACT.multiply(self.total, t.value)  # lakh crore
        elif n and (self.group is None or t.value >= self.scale):
            return False
        else:
            self.mantissa = self.group if self.group is not None else Decimal(1)
            self.total = EXACT.add(self.total, EXACT.multiply(self.mantissa, t.value))
        self.group, self.scale, self.scaled = None, t.value, True
        if self.fraction:
            self.fraction = False
        return True

    def _take_z(self, t: Token, gap: str, n: int) -> bool:
        if n and (gap not in GAPS or self.group is None):
            return False
        self.group = EXACT.multiply(self.group if self.group is not None else Decimal(1), t.value)
        return True

    def _take_c(self, t: Token, gap: str, n: int) -> bool:
        if n:
            return False
        self.group = t.value
        return True

    def _take_f(self, t: Token, gap: str, n: int) -> bool:
        part = divided(Decimal(1), t.value)
        if n == 0:
            self.group, self.fraction = part, True
            return True
        if self.fraction:
            return False
        if gap in HALF:
            self.group = EXACT.add(self.group or Decimal(0), part)
            if self.last == "S":  # two million and a half
                self.group = EXACT.multiply(part, self.scale)
            self.fraction = True
            return True
        if gap in GAPS and self.last in ("U", "T", "H") and self.group is not None:
            plural = t.word.endswith("s") or (t.word == "half" and gap == "-")
            if plural or self.group == 1:
                self.group, self.fraction = divided(self.group, t.value), True
                return True
        return False
