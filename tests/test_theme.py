"""The look can be changed file by file, colours in one place, words in another."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import factory
import pytest

from digest import build
from digest.errors import BuildError
from digest.load.theme import theme
from digest.render import files
from digest.render.theme import Theme, assets, squeezed, token

TEMPLATES = factory.ROOT / "templates"
NAMES = {"RSS", "Atom", "JSON", "BibTeX", "CSL-JSON", "SHA-256", "OPML"}  # names of formats are no words
SPOKEN = ("aria-label", "alt", "title", "placeholder", "content", "label")  # attributes that are read out


@pytest.mark.parametrize("folder", ["content/templates", "look"])
def test_a_template_is_overridden_alone(project, folder: str) -> None:
    own = project.root / folder
    own.mkdir(parents=True)
    (own / "missing.html").write_text(
        "{% extends 'base.html' %}{% set heading = 'x' %}{% set about = 'y' %}{% block content %}<h1>Ours</h1>{% endblock %}"
    )
    project.site(f"title: A\nbase_url: https://example.org/\ntemplates: {folder}\n")
    out = project.root / "_site"
    build.built(project.root, out)
    assert "<h1>Ours</h1>" in (out / "404.html").read_text()
    assert "<h1>" in (out / "index.html").read_text()


def test_colours_are_changed_in_one_file(project) -> None:
    own = project.root / "content" / "templates" / "static"
    own.mkdir(parents=True)
    css = (TEMPLATES / "static" / "tokens.css").read_text().replace("#fffdf9", "#ffeedd")
    (own / "tokens.css").write_text(css)
    look = theme(project.root)
    made = dict(files(factory.site(), look))
    sheet = next(d for n, d in made.items() if n.endswith(".css")).decode()
    assert "#ffeedd" in sheet
    assert "#fffdf9" not in sheet
    assert b'"background_color": "#ffeedd"' in made["manifest.webmanifest"]


def test_a_share_image_of_ones_own_without_its_words_is_a_problem_and_no_crash(project) -> None:
    own = project.root / "content" / "templates" / "static"
    own.mkdir(parents=True)
    (own / "share-missing.png").write_bytes((TEMPLATES / "static" / "share-site.png").read_bytes())
    with pytest.raises(BuildError, match=r"strings.yaml: has no `share.missing.line`"):
        build.built(project.root, project.root / "_site")


def test_no_colour_stands_outside_the_tokens() -> None:
    for path in sorted((TEMPLATES / "static").glob("*.[cj]s*")):
        if path.name != "tokens.css":
            assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;,)}\s])|\brgba?\(|\bhsl\(", path.read_text()), (
                path.name
            )
    assert token(factory.theme(), "paper") == "#fffdf9"
    assert token(factory.theme(), "nothing") == ""


def spoken(template: str) -> list[str]:
    """Words that a template would show or have read out itself: text and attributes, Jinja taken out."""
    bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", template, flags=re.S)
    texts = re.sub(r'<[^>]*>|class="\w+"', " ", bare)
    heard = " ".join(v for n, v in re.findall(r'([\w-]+)="([^"]*)"', bare) if n in SPOKEN)
    policy = re.sub(
        r"default-src.*?'none'$|[a-z-]+-src '[a-z]+';?|(base-uri|form-action) 'none';?", " ", heard
    )
    return [w for w in re.findall(r"[^\W\d_]{2,}[\w-]*", f"{texts} {policy}") if w not in NAMES]


# what stands in <meta content="…"> for machines
MACHINES = {
    "width",
    "device-width",
    "initial-scale",
    "noindex",
    "summary",
    "summary_large_image",
    "light",
    "dark",
    "url",
}


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda p: p.name)
def test_a_template_holds_no_words_of_its_own(path: Path) -> None:
    assert not [w for w in spoken(path.read_text("utf-8")) if w not in MACHINES]


def test_the_look_for_words_can_fail() -> None:
    assert spoken("<p>{{ t('a') }} Hello</p>") == ["Hello"]
    assert spoken('<a aria-label="Note {{ n }}">RSS</a>') == ["Note"]


@pytest.mark.parametrize("name", ["site.js", "margin.js", "search.js"])
def test_a_script_holds_no_words_of_its_own(name: str) -> None:
    text = re.sub(r"^\s*//.*$", "", (TEMPLATES / "static" / name).read_text("utf-8"), flags=re.M)
    strings = re.findall(r'"([^"\n]*)"', text)
    assert not [s for s in strings if re.search(r"[A-Z][a-z]+ [a-z]+ ", s)]


def test_another_language_needs_no_template() -> None:
    """Every word of a page comes from strings.yaml: with all of them changed, none of ours is left."""

    def other(words: object) -> object:
        if isinstance(words, dict):
            return {k: other(v) for k, v in words.items()}
        return "".join(
            f"ß{part}" if part[:1] == "{" else "ß" for part in re.split(r"(\{\w+\})", str(words)) if part
        )

    look = factory.theme()
    made = dict(files(factory.site(), replace(look, strings=other(look.strings))))
    page = made["a/bare/index.html"].decode()
    body = unescape(re.sub(r"<script.*?</script>|<[^>]*>", " ", page[page.index("<body") :], flags=re.S))
    left = set(re.findall(r"[^\W\d_]{3,}", body.replace("ß", " "))) - {"RSS", "Atom", "JSON"}
    known = "February Text The Digest Co A text that nobody has described bare txt SHA BibTeX CSL About us https example org digest"
    assert left <= set(re.findall(r"\w+", known)) | set(re.findall(r"\w{3,}", "cd" * 32))


def test_style_sheet_and_script_lose_only_blanks_and_comments() -> None:
    assert squeezed(b"/* a */\na{\nb:c;\n}\n") == b"a{b:c;}\n"
    made = assets(Theme({}, {"a.js": b"// a\n\n  let a = `x  ${1}  y`; // b\n    a = /[/]  /;\n"}))
    assert made.files[made.names["a.js"]] == b"let a=`x  ${1}  y`;a=/[/]  /;"
