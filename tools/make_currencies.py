"""Writes the currency rule files from CLDR (through Babel), so that reading needs no Babel.

    .venv/bin/python tools/make_currencies.py

`any/currencies.yaml` holds codes and symbols, `en/currency-names.yaml` English names.
Loading Babel's English data at each start takes 60 ms; two short YAML files take 5.
"""

from __future__ import annotations

from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.localedata import load

RULES = Path(__file__).parent.parent / "digest" / "rules"
# left Europe's and Croatia's purses, but not yet the news
RECENT = ("DEM", "FRF", "HRK", "ITL", "ZWL", "VEF", "BTC", "ETH")
# what newspapers write and CLDR does not list: glued codes, old symbols, mis-decoded signs
EXTRA = {
    "USD": ("US$", "$US", "U.S.$", "u.s $", "U.S. $", "U.S. dlrs", "dlrs", "Dlrs", "USD$"),
    "AUD": ("A$", "AU$", "$A"),
    "CAD": ("C$", "CA$", "$C", "Can$", "C $", "c $"),
    "NZD": ("NZ$",),
    "HKD": ("HK$",),
    "SGD": ("S$", "SG$"),
    "TWD": ("NT$",),
    "MXN": ("MX$", "Mex$"),
    "BRL": ("R$",),
    "JMD": ("J$",),
    "ZWL": ("Z$",),
    "MYR": ("RM",),
    "IDR": ("Rp",),
    "INR": ("Rs", "Rs.", "rs", "rs.", "₹", "₨", "INR"),
    "CNY": ("CN¥", "RMB", "Rmb"),
    "JPY": ("JP¥", "¥", "￥", "Y="),
    "GBP": ("£", "￡", "PS", "STG£"),
    "EGP": ("E£", "LE", "L.E.", "L.E"),
    "CHF": ("SFr", "SFr.", "Fr."),
    "EUR": ("€",),
    "KRW": ("₩", "￦"),
    "ZAR": ("R",),
    "BTC": ("₿",),
    "PLN": ("zł",),
    "CZK": ("Kč",),
    "HUF": ("Ft",),
    "HRK": ("kn",),
    "NGN": ("₦",),
    "UAH": ("₴",),
    "TRY": ("₺",),
    "RUB": ("₽",),
    "BDT": ("Tk", "৳"),
    "PEN": ("S/",),
    "THB": ("฿",),
    "AED": ("Dh", "Dhs"),
    "CRC": ("₡",),
    "GEL": ("₾",),
    "LAK": ("₭",),
    "KZT": ("₸",),
    "MNT": ("₮",),
    "PYG": ("₲",),
    "GHS": ("₵", "GH₵"),
    "VND": ("₫",),
    "KHR": ("៛",),
    "AZN": ("₼",),
    "ILS": ("₪",),
    "PHP": ("₱",),
}
# written in lower case, too, where case is lost
MAJOR = ("USD", "EUR", "GBP", "AUD", "CAD", "NZD", "HKD", "SGD", "INR", "CNY", "JPY", "CHF", "MYR")
# signs that several currencies share: the one a reader of English takes it for
SHARED = {"$": "USD", "£": "GBP", "¥": "JPY"}
# a bare noun for which English has a plain reading; others stay nouns (peso, dinar)
PLAIN = {
    "dollar": "USD",
    "euro": "EUR",
    "rupee": "INR",
    "sterling": "GBP",
    "quid": "GBP",
    "buck": "USD",
    "dlr": "USD",
    "renminbi": "CNY",
    "bitcoin": "BTC",
    "shekel": "ILS",
    "ringgit": "MYR",
    "rand": "ZAR",
    "won": "KRW",
    "yen": "JPY",
    "yuan": "CNY",
    "real": "",
    "reai": "BRL",
    "sol": "",
    "som": "",
    "franc": "",
    "pound": "",
}


# last words of currencies that mean something else far more often
OTHERWISE = (
    "rights units right unit sol kip lari real som vatu leu lei dram drams para lek leks sum birr gold golds"
)


def names(code: str, english: Locale, plurals: dict[str, dict[str, str]]) -> list[str]:
    """The English names of a currency, lower case, singular and plural."""
    shown = {english.currencies.get(code, ""), *plurals.get(code, {}).values()}
    return sorted({n.lower() for n in shown if n and "(" not in n})


def plain(used: dict[str, list[str]]) -> dict[str, str]:
    """Last words of names that one currency alone has (`zloty`), and the plain readings."""
    owners: dict[str, set[str]] = {}
    for code, ns in used.items():
        for n in ns:
            owners.setdefault(n.split()[-1], set()).add(code)
    lone = {w: next(iter(c)) for w, c in owners.items() if len(c) == 1 and len(w) > 2}
    # words that mean something else far more often
    for word in OTHERWISE.split():
        lone.pop(word, None)
    for word, code in PLAIN.items():
        for form in (word, word + "s"):
            lone.pop(form, None)
            if code:
                lone[form] = code
    return lone


def nouns(used: dict[str, list[str]], lone: dict[str, str]) -> list[str]:
    """Last words that several currencies share: kept as the unit's English name."""
    shared = {n.split()[-1] for ns in used.values() for n in ns} - set(lone)
    keep = ("peso", "pesos", "dinar", "dinars", "franc", "francs", "krona", "kronor", "krone", "kroner")
    keep += (
        "riyal",
        "riyals",
        "rial",
        "rials",
        "dirham",
        "dirhams",
        "shilling",
        "shillings",
        "real",
        "reals",
    )
    return sorted(w for w in keep if w in shared)


def rows(about: str, lists: dict[str, list[str]]) -> str:
    """A rule file of kind `words`."""
    out = [
        "# made by tools/make_currencies.py from CLDR: do not edit by hand",
        "kind: words",
        f"about: {about}",
        "lists:",
    ]
    for key, items in lists.items():
        out += [f"  {key}:"] + [f"    - '{i}'" for i in items]
    return "\n".join(out) + "\n"


def main() -> None:
    english = Locale("en")
    data = load("en")
    plurals = {c: dict(v) for c, v in data["currency_names_plural"].items()}
    now = {
        code
        for spans in get_global("territory_currencies").values()
        for code, _, end, tender in spans
        if end is None and tender
    }
    codes = sorted(now | set(RECENT))
    used = {c: names(c, english, plurals) for c in codes}
    symbols = {c: sorted({english.currency_symbols.get(c, c), *EXTRA.get(c, ())} - {c}) for c in codes}
    for sign, owner in SHARED.items():
        for c in codes:
            symbols[c] = [s for s in symbols[c] if s != sign or c == owner]
    for c in codes:  # `AU $5`: the letters stand apart; one letter could be an article
        symbols[c] += [
            f"{s[:-1]} $" for s in symbols[c] if s.endswith("$") and s[:-1].isalpha() and len(s) > 2
        ]
        symbols[c] += [
            f"{s[:-1].lower()} $" for s in symbols[c] if s[:-1] in ("US", "U.S.") and s.endswith("$")
        ]
    for c in MAJOR:
        symbols[c] += [c.lower(), *([f"{c.lower()}$", f"{c.lower()} $"] if c.endswith("D") else [])]
    symbols["CNY"].append("rmb")
    symbols["USD"] = sorted({*symbols["USD"], "$", "＄", "﹩"})
    any_rows = [" | ".join([c, *symbols[c]]) for c in codes]
    (RULES / "any" / "currencies.yaml").write_text(
        rows("'ISO 4217 codes now in use and the signs for them: CODE | sign | sign'", {"codes": any_rows}),
        "utf-8",
    )
    for c in codes:  # `U.S. dollars`
        used[c] += [f"u.s. {n.removeprefix('us ')}" for n in used[c] if n.startswith("us ")]
    lone = plain(used)
    by_code: dict[str, list[str]] = {}
    for word, code in sorted(lone.items()):
        by_code.setdefault(code, []).append(word)
    name_rows = [" | ".join([c, *sorted({*used[c], *by_code.get(c, [])})]) for c in codes]
    (RULES / "en" / "currency-names.yaml").write_text(
        rows(
            "'English names of currencies: CODE | name | name; `shared` nouns name several and stay nouns'",
            {"names": [r.replace("'", "''") for r in name_rows], "shared": nouns(used, lone)},
        ),
        "utf-8",
    )


if __name__ == "__main__":
    main()
