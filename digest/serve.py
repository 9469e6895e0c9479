"""The site on this machine as GitHub Pages will serve it, under its base path.

Whoever reads a digest here before publishing sees what Pages would answer:
404.html for what is not there, folders only with their slash, letter case
kept even where the disk does not mind it.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".jsonld": "application/ld+json; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
    ".atom": "application/atom+xml",
    ".rss": "application/rss+xml",
    ".opml": "text/x-opml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".bib": "text/x-bibtex; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".pdf": "application/pdf",
    ".woff2": "font/woff2",
}
OTHER = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request gets: a status, and the file or the address to go on to."""

    status: HTTPStatus
    file: Path | None = None
    location: str = ""


def answer(folder: Path, base_path: str, request: str) -> Answer:
    """What Pages would answer to the address `request` (path and query) for the site in `folder`."""
    url = urlsplit(request)
    path = unquote(url.path, errors="replace")
    if path + "/" == base_path:
        return Answer(HTTPStatus.MOVED_PERMANENTLY, location=_with_query(base_path, url.query))
    if not path.startswith(base_path) or "\x00" in path:
        return _not_found(folder)
    inside = posixpath.normpath("/" + path[len(base_path) :]).strip("/")
    file = _file(folder, inside)
    if file and file.is_dir():
        if inside and not path.endswith("/"):
            return Answer(HTTPStatus.MOVED_PERMANENTLY, location=_with_query(path + "/", url.query))
        file = _file(folder, posixpath.join(inside, "index.html"))
    elif file and path.endswith("/"):
        file = None
    elif not file and not path.endswith("/"):
        file = _file(folder, inside + ".html")  # Pages serves /x from x.html
    return Answer(HTTPStatus.OK, file) if file and file.is_file() else _not_found(folder)


def make_server(folder: Path, base_path: str = "/", port: int = 0) -> ThreadingHTTPServer:
    """A server of `folder` under `base_path` on 127.0.0.1, bound but not yet serving.

    Port 0 takes a free one: `server.server_port`. The folder is looked up
    anew for each request, so a rebuilt site is served at once.
    """
    base = "/" + "/".join(p for p in base_path.split("/") if p) + "/"
    base = "/" if base == "//" else base

    class Handler(_Handler):
        site = folder.absolute()
        base_path = base

    return _Server(("127.0.0.1", port), Handler)


def _with_query(path: str, query: str) -> str:
    # "//host/" in a Location would lead away from this server
    return "/" + quote(path.lstrip("/")) + (f"?{query}" if query else "")


def _not_found(folder: Path) -> Answer:
    page = folder / "404.html"
    return Answer(HTTPStatus.NOT_FOUND, page if page.is_file() and not page.is_symlink() else None)


def _file(folder: Path, inside: str) -> Path | None:
    """The file or folder that has exactly this path: no link out, no other letter case."""
    here = folder
    for part in inside.split("/") if inside else ():
        try:
            if not any(entry.name == part for entry in here.iterdir()):
                return None
        except (NotADirectoryError, FileNotFoundError):
            return None
        here /= part
        if here.is_symlink():
            return None
    return here if here.exists() else None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "digest"
    timeout = 60
    site = Path()
    base_path = "/"

    def do_GET(self) -> None:
        self._reply(with_body=True)

    def do_HEAD(self) -> None:
        self._reply(with_body=False)

    def _reply(self, with_body: bool) -> None:
        found = answer(self.site, self.base_path, self.path)
        try:
            body = found.file.read_bytes() if found.file else b""
        except OSError:  # a build has just put another site here
            found, body = Answer(HTTPStatus.NOT_FOUND), b""
        if not found.file:
            body = f"{found.status.value} {found.status.phrase}\n".encode()
        kind = TYPES.get(found.file.suffix.lower(), OTHER) if found.file else TYPES[".txt"]
        self.send_response(found.status)
        if found.location:
            self.send_header("Location", found.location)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what a reader looks at is nobody's business, not even the terminal's."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: a browser that goes away in the middle is no error of ours."""
