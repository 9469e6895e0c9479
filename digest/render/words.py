"""The interface's words and numbers, in the site's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Protocol

from babel import Locale, UnknownLocaleError
from babel.numbers import (
    format_compact_decimal,
    format_decimal,
    get_currency_name,
    get_currency_symbol,
    get_decimal_symbol,
    list_currencies,
)
from markupsafe import Markup

from digest.errors import BuildError, Problem
from digest.render import units
from digest.views import prose

APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
STRAIGHT = re.compile(r'"([^"\n]*)"')
# house style: below, numbers are written out; from there on "5.6 million", "1 trillion"
SMALL = Decimal(1_000_000)


class Sized(Protocol):
    """What of a figure is shown as its value: the model's and the views' figures both have it."""

    @property
    def low(self) -> str | None: ...
    @property
    def high(self) -> str | None: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def per(self) -> str | None: ...
    @property
    def change(self) -> str: ...
    @property
    def approx(self) -> bool: ...
    @property
    def bound(self) -> str | None: ...


class Side(Protocol):
    """One side of a sum."""

    @property
    def value(self) -> str: ...


class Summed(Protocol):
    """What of a sum of two figures is shown as its arithmetic."""

    @property
    def kind(self) -> str: ...
    @property
    def large(self) -> Side: ...
    @property
    def small(self) -> Side: ...
    @property
    def unit(self) -> str: ...
    @property
    def result(self) -> str: ...
    @property
    def exact(self) -> bool: ...
    @property
    def approx(self) -> bool: ...


class Words:
    """Strings by dotted key, plural forms, numbers and dates. BuildError names a key that is missing."""

    def __init__(self, strings: Mapping[str, Any], language: str) -> None:
        self._flat: dict[str, str] = dict(_flat(strings, ""))
        self._language = language
        self._locale = _locale(language)
        self._point = get_decimal_symbol(self._locale)

    def t(self, key: str, **fill: object) -> str:
        """The words of `key` with `fill` put in."""
        try:
            found = self._flat[key]
        except KeyError:
            raise BuildError([Problem("strings.yaml", f"has no `{key}`; ours has, in templates/")]) from None
        return found.format(**fill) if fill else found

    def label(self, group: str, key: str) -> str:
        """The words of `group.key`; the key itself, in plain words, when there are none."""
        return self._flat.get(f"{group}.{key}", key.replace("-", " ").replace("_", " "))

    def n(self, key: str, count: int) -> str:
        """A count with its noun, in the plural form that the language asks for."""
        group = key if f"{key}.other" in self._flat else f"count.{key}"
        form = self._locale.plural_form(count)
        pattern = self._flat.get(f"{group}.{form}") or self._flat[f"{group}.other"]
        return pattern.format(n=self.number(count))

    def number(self, value: int) -> str:
        return _number(value, self._language)

    def words(self, key: str) -> Markup:
        """A longer text of the interface (Markdown) as HTML."""
        return Markup(prose.html(self.t(key)))

    def curled(self, text: str) -> str:
        """`text` of ours with the language's quotation marks in place of straight pairs, and curled apostrophes."""
        paired = STRAIGHT.sub(lambda m: f"{self.t('mark.open')}{m[1]}{self.t('mark.close')}", text)
        return APOSTROPHE.sub("’", paired)

    def marked(self, text: str) -> str:
        """Words of a text in the language's quotation marks; marks within them as the language nests them."""
        for mark in ("open", "close"):
            text = text.replace(self.t(f"mark.{mark}"), self.t(f"mark.inner_{mark}"))
        return f"{self.t('mark.open')}{text}{self.t('mark.close')}"

    def day(self, moment: datetime) -> str:
        """ "27 January 2025" in the site's language."""
        from babel.dates import format_date

        return str(format_date(moment.astimezone(UTC).date(), "long", locale=self._locale))

    def compact(self, value: str) -> str:
        """A decimal string for readers: "950", "5.6 million"."""
        return _compact(value, self._language)

    def exact(self, value: str, unit: str) -> str:
        """A value with its unit in a sum, never rounded: "US$5.6 million", "1,234,567 tons"."""
        digits = Decimal(value).normalize().as_tuple().digits
        whole = Decimal(value).adjusted()
        lossless = whole < 6 or len(digits) <= whole % 3 + 3
        return self._valued(value, unit, self.compact if lossless else self._plain)

    def _plain(self, value: str) -> str:
        return str(format_decimal(Decimal(value), format="#,##0.######", locale=self._locale))

    def _valued(self, value: str, unit: str, shown: Callable[[str], str]) -> str:
        """A value with the sign of its currency where the language puts it, else as it is."""
        if not _is_currency(unit):
            return shown(value)
        size = shown(value.removeprefix("-"))
        if len(size.partition(self._point)[2]) == 1 and size[-1].isdigit():
            size += "0"  # 2.80
        sign, first = _sign(unit, self._language)
        gap = "" if first and not sign[-1].isalpha() else "\u00a0"
        money = f"{sign}{gap}{size}" if first else f"{size}{gap}{sign}"
        return f"\u2212{money}" if value.startswith("-") else money

    def sum(self, d: Summed) -> str:
        """The arithmetic of two figures: "US$2.80 ÷ US$0.014 = 200 times"."""
        result = self.compact(d.result) if d.kind == "ratio" else self.exact(d.result, d.unit)
        ends = {"large": self._term(d.large.value, d.unit), "small": self._term(d.small.value, d.unit)}
        signs = {"over": self.t("derived.over"), "less": self.t("derived.less")}
        equals = self.t("derived.exact" if d.exact and not d.approx else "derived.rounded")
        if d.kind != "ratio" and not _is_currency(d.unit):
            result = f"{result} {self.unit(d.unit)}"
        return self.t(f"derived.{d.kind}", **ends, **signs, equals=equals, result=result)

    def per(self, per: str) -> str:
        """A denominator in words: "1 million tokens", "barrel"."""
        return self._per(per)

    def _term(self, value: str, unit: str) -> str:
        shown = self.exact(value, unit)
        return shown if _is_currency(unit) else f"{shown} {self.unit(unit)}"

    def unit(self, unit: str, per: str = "", one: bool = False) -> str:
        """A unit's name, in the plural but for `one`: strings.yaml, else the locale's, else an English noun."""
        name = _unit(unit, self._language, one) if unit else ""
        name = name if one else self._flat.get(f"unit.{unit}", name)
        return self.t("figure.per", value=name, per=self._per(per)) if per else name

    def _per(self, per: str) -> str:
        number, _, noun = per.partition(" ")
        if noun and number.isdigit():
            return f"{self.compact(number)} {self.unit(noun)}"
        return " per ".join(self.unit(p, one=True) for p in per.split(" per "))

    def sized(self, f: Sized) -> str:
        """A figure's value for readers, with its bound or direction: "over 1.3 million", "up 3 per cent"."""
        bound = f.bound or (f.change if f.change in "<>" else "")
        size = self.amount(f.low, f.high, f.unit, f.per, bool(bound))
        if f.change in ("up", "down"):
            size = f"{self.t(f'figure.change.{f.change}')} {size}"
        elif bound:
            size = f"{self.label('figure.bound', bound)} {size}"
        elif f.approx or f.change == "~":
            size = f"{self.t('figure.approximately')} {size}"
        return size

    def amount(
        self, low: str | None, high: str | None, unit: str | None, per: str | None, bound: bool = False
    ) -> str:
        """A value or a range with its unit: "US$5.6 million per year", "5 to 8 miles"."""

        def shown(value: str) -> str:
            return self._valued(value, unit or "", self.compact)

        if bound and (low or high):
            size = shown(low or high or "")
        elif low and high and low != high:
            size = self.t(_range(low, high), low=shown(low), high=shown(high))
        elif low or high:
            size = shown(low or high or "")
            if not high:
                size = self.t("figure.from", low=size)
            elif not low:
                size = self.t("figure.upto", high=size)
        else:
            return self.t("figure.unknown")
        if not _is_currency(unit or ""):
            one = low == high == "1"
            return f"{size} {self.unit(unit or '', per or '', one)}".strip()
        return self.t("figure.per", value=size, per=self._per(per)) if per else size


def _range(low: str, high: str) -> str:
    """How two ends are told: a fall names where it comes from."""
    return "figure.moved" if Decimal(low) > Decimal(high) else "figure.to"


def _flat(strings: Mapping[str, Any], before: str) -> Iterator[tuple[str, str]]:
    for key, value in strings.items():
        name = f"{before}.{key}" if before else str(key)
        if isinstance(value, Mapping):
            yield from _flat(value, name)
        else:
            yield name, str(value)


@lru_cache(maxsize=8)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


@lru_cache(maxsize=256)
def _is_currency(unit: str) -> bool:
    return len(unit) == 3 and unit.isupper() and unit in list_currencies()


@lru_cache(maxsize=256)
def _sign(unit: str, language: str) -> tuple[str, bool]:
    """A currency's sign in a language, and whether it stands before the number; a bare dollar is told as whose."""
    locale = _locale(language)
    sign = str(get_currency_symbol(unit, locale=locale))
    first = locale.currency_formats["standard"].pattern.lstrip("\u200f\u200e").startswith("¤")
    return ("US$" if sign == "$" and unit == "USD" else sign), first


@lru_cache(maxsize=4096)
def _number(value: int, language: str) -> str:
    return str(format_decimal(value, locale=_locale(language)))


@lru_cache(maxsize=4096)
def _compact(value: str, language: str) -> str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    locale = _locale(language)
    if abs(number) < SMALL or number.adjusted() >= 15:
        if abs(number.adjusted()) >= 15:
            return f"{number.normalize():E}"
        return str(format_decimal(number, format="#,##0.######", locale=locale))
    digits = 3 if number.adjusted() % 3 != 2 else 2
    return str(format_compact_decimal(number, format_type="long", locale=locale, fraction_digits=digits))


@lru_cache(maxsize=1024)
def _unit(unit: str, language: str, one: bool) -> str:
    if _is_currency(unit):
        return str(get_currency_name(unit, count=2, locale=_locale(language)))
    return units.name(unit, _locale(language), one)
