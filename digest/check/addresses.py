"""Where an address leads, as GitHub Pages answers under the site's base address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from urllib.parse import quote, unquote, urlsplit

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
ELSEWHERE = {"http:", "https:", "mailto:", "tel:"}
HINTS = 50  # dead links that get a guess at what was meant: each costs a look at every address


@dataclass(frozen=True, slots=True)
class Target:
    """The file that answers, "" when the address is none of the site's; or the fault."""

    file: str = ""
    fault: str = ""


@dataclass(slots=True)
class Addresses:
    """The addresses of a site: its files, and the base address they stand under.

    Filled while files are read: `ids` by page, and `listed`, the files that
    sitemaps name. A fragment is looked for on pages whose ids are known.
    """

    names: Iterable[str]
    base_url: str
    files: frozenset[str] = frozenset()
    base_path: str = "/"
    origin: str = ""
    ids: dict[str, set[str]] = field(default_factory=dict)
    listed: set[str] = field(default_factory=set)
    hints: int = 0

    def __post_init__(self) -> None:
        self.files = frozenset(self.names)
        self.base_url = self.base_url.rstrip("/") + "/"
        parts = urlsplit(self.base_url)
        self.base_path = unquote(parts.path)
        self.origin = f"{parts.scheme}://{parts.netloc}"

    def url(self, file: str) -> str:
        """The absolute address at which `file` is to be read."""
        return self.base_url + quote(file.removesuffix("index.html") if _is_index(file) else file)

    def is_relative(self, href: str) -> bool:
        """Whether `href` means another thing on a page at another depth."""
        return not href.startswith(("/", "#")) and not SCHEME.match(href)

    def target(self, page: str, href: str) -> Target:
        """Where `href` on the file `page` leads."""
        href = href.strip()
        if not href:
            return Target(fault="an empty address")
        if m := SCHEME.match(href):
            if not self._inside(href):
                known = m[0].lower() in ELSEWHERE or href.startswith("data:image/")
                return Target() if known else Target(fault=f"the scheme {m[0]} has no place on a page")
            href = href[len(self.origin) :] or "/"
        elif href.startswith("//"):
            return Target()
        address, _, fragment = href.partition("#")
        address = unquote(address.partition("?")[0])
        fragment = unquote(fragment.partition(":~:")[0])
        path, fault = self._path(page, address) if address else (page, "")
        found = Target(fault=fault) if fault else self._found(path)
        if (
            found.file in self.ids
            and fragment.lower() not in ("", "top")
            and fragment not in self.ids[found.file]
        ):
            return Target(fault=f"{found.file} has no id {fragment!r}")
        return found

    def _inside(self, href: str) -> bool:
        """Whether an absolute address is one of this site, not of a neighbour on its host."""
        return href.startswith(self.base_url) or href + "/" == self.base_url

    def _path(self, page: str, address: str) -> tuple[str, str]:
        """The path from the site's root, with its trailing slash; or a fault."""
        if address.startswith("/"):
            if address + "/" == self.base_path:
                return "", ""
            if not address.startswith(self.base_path):
                return "", f"leads outside the site, which stands under {self.base_path}"
            steps = address[len(self.base_path) :].split("/")
        else:
            steps = [*page.split("/")[:-1], *address.split("/")]
        path: list[str] = []
        for step in steps:
            if step == "..":
                if not path:
                    return "", "climbs out of the site"
                path.pop()
            elif step not in ("", "."):
                path.append(step)
        slash = "/" if path and steps[-1] in ("", ".", "..") else ""
        return "/".join(path) + slash, ""

    def _found(self, path: str) -> Target:
        if not path or path.endswith("/"):
            file = path + "index.html"
            return Target(file) if file in self.files else Target(fault=self._missing(path, file))
        if path in self.files:
            return Target(path)
        if path + "/index.html" in self.files:
            return Target(fault=f"is a folder: write {path}/ with its slash, or each reader is sent on first")
        if path + ".html" in self.files:
            return Target(path + ".html")
        return Target(fault=self._missing(path, path))

    def _missing(self, path: str, file: str) -> str:
        self.hints += 1
        near: list[str] = []
        if self.hints <= HINTS:
            same = sorted(f for f in self.files if f.casefold() == file.casefold())
            near = same or get_close_matches(file, sorted(self.files), 1, cutoff=0.75)
        guess = f"; did you mean {near[0].removesuffix('index.html')}?" if near else ""
        return f"there is no {path or 'front page'}{guess}"


def _is_index(file: str) -> bool:
    return file == "index.html" or file.endswith("/index.html")
