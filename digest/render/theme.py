"""How the site looks and speaks: templates, assets and words, read from the disk elsewhere."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from struct import unpack
from typing import Any

from rjsmin import jsmin

STYLES = ("tokens.css", "site.css")  # joined to one file, in this order


@dataclass(frozen=True, slots=True)
class Theme:
    """`templates` by file name, `assets` (bytes) by file name, `strings` as nested mappings."""

    templates: Mapping[str, str]
    assets: Mapping[str, bytes]
    strings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assets:
    """The files of a theme under names that hold their hash, so that they may be cached for ever."""

    names: Mapping[str, str]
    files: Mapping[str, bytes]

    def size(self, name: str) -> tuple[int, int]:
        """Width and height in pixels of a PNG; (0, 0) for what is none."""
        head = self.files.get(self.names.get(name, ""), b"")[:24]
        return unpack(">II", head[16:]) if len(head) == 24 and head[12:16] == b"IHDR" else (0, 0)


def assets(theme: Theme) -> Assets:
    """The theme's assets with hashed names, the styles joined."""
    joined = b"\n".join(theme.assets[name].strip() for name in STYLES if name in theme.assets)
    source = {k: v for k, v in theme.assets.items() if k not in STYLES} | {"site.css": squeezed(joined)}
    source |= {k: _script(v) for k, v in source.items() if k.endswith(".js")}
    names: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for name, data in sorted(source.items()):
        stem, _, ending = name.rpartition(".")
        digest = hashlib.sha256(data).hexdigest()[:10]
        names[name] = f"static/{stem}.{digest}.{ending}"
        files[names[name]] = data
    return Assets(names, files)


def token(theme: Theme, name: str) -> str:
    """A colour of tokens.css, as browsers without `light-dark()` take it; "" when it has none."""
    css = theme.assets.get(STYLES[0], b"").decode("utf-8")
    found = re.search(rf"--{name}:([^;}}]+)", css)
    return found[1].strip() if found else ""


def squeezed(css: bytes) -> bytes:
    """A style sheet without its comments and line ends; nothing cleverer, so nothing breaks.

    A line must end in `{`, `}`, `;` or `,`.
    """
    out: list[str] = []
    text = css.decode("utf-8")
    while "/*" in text:
        before, _, rest = text.partition("/*")
        out.append(before)
        text = rest.partition("*/")[2]
    out.append(text)
    lines = (line.strip() for line in "".join(out).splitlines())
    return "".join(lines).encode("utf-8") + b"\n"


def _script(source: bytes) -> bytes:
    return str(jsmin(source.decode("utf-8"))).encode("utf-8")
