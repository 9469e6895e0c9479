"""The interface's words and numbers, in the site's language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Protocol

from babel import Locale, UnknownLocaleError
from babel.numbers import format_compact_decimal, format_decimal, get_currency_name
from markupsafe import Markup

from digest.views import prose

APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
STRAIGHT = re.compile(r'"([^"\n]*)"')
SMALL = Decimal(10_000)  # below, numbers are written out; above, as "5.6 million"


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


class Words:
    """Strings by dotted key, plural forms, numbers and dates. Raises KeyError for a key that is missing."""

    def __init__(self, strings: Mapping[str, Any], language: str) -> None:
        self._flat: dict[str, str] = dict(_flat(strings, ""))
        self._language = language
        self._locale = _locale(language)

    def t(self, key: str, **fill: object) -> str:
        """The words of `key` with `fill` put in."""
        try:
            found = self._flat[key]
        except KeyError:
            raise KeyError(f"strings.yaml has no `{key}`") from None
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

    def day(self, moment: datetime) -> str:
        """ "27 January 2025" in the site's language."""
        from babel.dates import format_date

        return str(format_date(moment.astimezone(UTC).date(), "long", locale=self._locale))

    def compact(self, value: str) -> str:
        """A decimal string for readers: "950", "5.6 million"."""
        return _compact(value, self._language)

    def unit(self, unit: str, per: str = "") -> str:
        """A unit's name in the plural: currencies by the locale, others by strings.yaml or as they are."""
        name = _unit(unit, self._language) if unit else ""
        name = self._flat.get(f"unit.{unit}", name)
        return self.t("figure.per", value=name, per=self._per(per)) if per else name

    def _per(self, per: str) -> str:
        number, _, noun = per.partition(" ")
        if noun and number.isdigit():
            return f"{self.compact(number)} {self.unit(noun)}"
        return per

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
        """A value or a range with its unit: "5.6 million US dollars per year"."""
        if bound and (low or high):
            size = self.compact(low or high or "")
        elif low and high and low != high:
            size = self.t("figure.to", low=self.compact(low), high=self.compact(high))
        elif low or high:
            size = self.compact(low or high or "")
            if not high:
                size = self.t("figure.from", low=size)
            elif not low:
                size = self.t("figure.upto", high=size)
        else:
            return self.t("figure.unknown")
        return f"{size} {self.unit(unit or '', per or '')}".strip()


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
def _unit(unit: str, language: str) -> str:
    if len(unit) == 3 and unit.isupper():
        return str(get_currency_name(unit, count=2, locale=_locale(language)))
    return unit
