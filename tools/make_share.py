"""Draws the share images and icons into templates/static, in Chromium; run by hand when their words change.

    .venv/bin/python -m tools.make_share

A build copies them as they are, so it needs no browser and gives the same
bytes everywhere. Words come from `share` in templates/strings.yaml, colours
from tokens.css. They name no digest: each may use them as they are.
"""

from __future__ import annotations

import re
import shutil
from html import escape
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from digest.load.theme import theme

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "templates" / "static"
PAGE = """<!doctype html><meta charset="utf-8"><style>{tokens}
*{{box-sizing:border-box;margin:0}}
body{{width:1200px;height:630px;background:var(--paper);color:var(--ink);font-family:"Liberation Serif",Georgia,serif;
display:grid;grid-template-columns:740px 300px;column-gap:60px;padding:0 0 20px 70px;align-items:center}}
h1{{font-size:80px;line-height:1.14;font-weight:700;letter-spacing:-.012em;text-wrap:balance;margin:20px 0 0}}
b{{font-weight:700;text-underline-offset:.16em;text-decoration-skip-ink:none}}
.quote b{{text-decoration:underline 4px var(--quote)}}
.figure b{{text-decoration:underline double 4px var(--figure)}}
.article b{{text-decoration:underline dotted 7px var(--repair)}}
.conflict b{{text-decoration:underline dashed 4px var(--editor)}}
.entity b,.story b,.site b{{text-decoration:underline 4px var(--rule)}}
p{{font:600 26px "Liberation Sans",sans-serif;letter-spacing:.08em;text-transform:uppercase;color:var(--muted)}}
i{{display:block;height:14px;border-radius:7px;background:var(--hair);margin-top:20px}}
aside{{border-left:7px solid var(--rule);padding:2px 0 6px 22px;margin:0 0 34px}}
aside i{{height:12px;margin:10px 0 0}}
aside i:first-child{{background:var(--muted);width:40%}}
.q{{border-color:var(--quote)}}.f{{border-color:var(--figure)}}.r{{border-color:var(--repair)}}.e{{border-color:var(--editor)}}
</style><body class="{kind}"><div><p>{name}</p><h1>{line}</h1></div><div>{notes}</div>"""
NOTES = {"q": (92, 70), "f": (80,), "r": (95, 60), "e": (85, 50)}
ORDER = {"quote": "qfre", "figure": "fqre", "article": "rqfe", "conflict": "efqr"}


def page(kind: str, words: dict[str, str], tokens: str) -> str:
    """The drawing of one page type; `*…*` in its line is marked as such pages mark it."""
    line = re.sub(r"\*([^*]+)\*", r"<b>\1</b>", escape(words["line"]))
    notes = "".join(
        f'<aside class="{n}"><i></i>{"".join(f"<i style=width:{w}%></i>" for w in NOTES[n])}</aside>'
        for n in ORDER.get(kind, "qfre")
    )
    return PAGE.format(tokens=tokens, kind=kind, name=escape(words["name"]), line=line, notes=notes)


def shot(tab: Any, html: str, width: int, height: int, to: Path) -> None:
    tab.set_viewport_size({"width": width, "height": height})
    tab.set_content(html)
    tab.screenshot(path=to, omit_background=True)
    print(to.relative_to(ROOT), to.stat().st_size)


def main() -> None:
    """Writes share-*.png (1200 x 630), icon-192.png, icon-512.png and icon-180.png."""
    words = theme(ROOT).strings["share"]
    tokens = (STATIC / "tokens.css").read_text("utf-8")
    icon = (STATIC / "favicon.svg").read_text("utf-8")
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page()
        for kind, said in words.items():
            shot(tab, page(kind, said, tokens), 1200, 630, STATIC / f"share-{kind}.png")
        for size in (180, 192, 512):
            svg = icon.replace("<svg ", f'<svg width="{size}" height="{size}" ', 1)
            html = f"<style>body{{margin:0}}svg{{display:block}}</style>{svg}"
            shot(tab, html, size, size, STATIC / f"icon-{size}.png")
        browser.close()


if __name__ == "__main__":
    main()
