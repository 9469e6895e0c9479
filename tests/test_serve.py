"""The local server answers as GitHub Pages does; and the crawl of three builds."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from fakesite import fake
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest import build
from digest.publish import publish
from digest.serve import answer, make_server

ROOT = Path(__file__).parent.parent
BASES = ["https://owner.github.io/", "https://owner.github.io/repo/", "https://digest.example/"]


@contextmanager
def served(folder: Path, base_path: str) -> Iterator[ThreadingHTTPServer]:
    server = make_server(folder, base_path)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def get(server: ThreadingHTTPServer, path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    connection.putrequest(method, path)
    connection.endheaders()
    reply = connection.getresponse()
    body = reply.read()
    connection.close()
    return reply.status, {k.lower(): v for k, v in reply.getheaders()}, body


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served")
    (folder / "secret.txt").write_text("not for readers")
    publish(fake("https://owner.github.io/repo/").items(), folder / "_site")
    (folder / "_site" / "link.txt").symlink_to(folder / "secret.txt")
    (folder / "_site" / "out").symlink_to(folder)
    return folder / "_site"


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[ThreadingHTTPServer]:
    with served(site, "/repo/") as running:
        yield running


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/repo/", 200, "text/html; charset=utf-8"),
        ("/repo/index.html", 200, "text/html; charset=utf-8"),
        ("/repo/?q=1", 200, "text/html; charset=utf-8"),
        ("/repo/a/1/", 200, "text/html; charset=utf-8"),
        ("/repo/rep%C3%A9.html", 200, "text/html; charset=utf-8"),
        ("/repo/rep%C3%A9", 200, "text/html; charset=utf-8"),
        ("/repo/static/style.css", 200, "text/css; charset=utf-8"),
        ("/repo/static/dot.svg", 200, "image/svg+xml"),
        ("/repo/atom.xml", 200, "application/xml"),
        ("/repo/feed.json", 200, "application/json; charset=utf-8"),
        ("/repo/robots.txt", 200, "text/plain; charset=utf-8"),
        ("/repo/.nojekyll", 200, "application/octet-stream"),
        ("/", 404, "text/html; charset=utf-8"),
        ("/a/1/", 404, "text/html; charset=utf-8"),
        ("/Repo/", 404, "text/html; charset=utf-8"),
        ("/repo/A/1/", 404, "text/html; charset=utf-8"),
        ("/repo/INDEX.html", 404, "text/html; charset=utf-8"),
        ("/repo/a/", 404, "text/html; charset=utf-8"),
        ("/repo/robots.txt/", 404, "text/html; charset=utf-8"),
        ("/repo/no/where/at/all", 404, "text/html; charset=utf-8"),
        ("/repo/../secret.txt", 404, "text/html; charset=utf-8"),
        ("/repo/%2e%2e/secret.txt", 404, "text/html; charset=utf-8"),
        ("/repo/..%2fsecret.txt", 404, "text/html; charset=utf-8"),
        ("/repo//etc/passwd", 404, "text/html; charset=utf-8"),
        ("/repo/link.txt", 404, "text/html; charset=utf-8"),
        ("/repo/out/secret.txt", 404, "text/html; charset=utf-8"),
        ("/repo/%00", 404, "text/html; charset=utf-8"),
        ("/repo/%ff", 404, "text/html; charset=utf-8"),
        ("/repo/" + "x" * 3000, 404, "text/html; charset=utf-8"),
    ],
)
def test_an_address_is_answered_as_pages_does(
    server: ThreadingHTTPServer, site: Path, path: str, status: int, kind: str
) -> None:
    found, headers, body = get(server, path)
    assert (found, headers["content-type"]) == (status, kind)
    if status == 404:
        assert body == (site / "404.html").read_bytes()


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/repo", "/repo/"),
        ("/repo?x=1", "/repo/?x=1"),
        ("/repo/a/1", "/repo/a/1/"),
        ("/repo/a/1?x=%20", "/repo/a/1/?x=%20"),
    ],
)
def test_a_folder_without_its_slash_is_sent_on(server: ThreadingHTTPServer, path: str, location: str) -> None:
    status, headers, _ = get(server, path)
    assert (status, headers["location"]) == (301, location)


def test_no_redirect_leads_to_another_host(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.example").mkdir()
    with served(tmp_path, "/") as running:
        _, headers, _ = get(running, "//elsewhere.example")
    assert not headers.get("location", "").startswith("//")


def test_head_has_headers_alone(server: ThreadingHTTPServer, site: Path) -> None:
    status, headers, body = get(server, "/repo/", "HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["content-length"]) == (site / "index.html").stat().st_size


def test_other_methods_are_refused(server: ThreadingHTTPServer) -> None:
    assert get(server, "/repo/", "POST")[0] == 501


def test_only_this_machine_is_served(server: ThreadingHTTPServer) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_without_a_404_page_there_is_still_an_answer(tmp_path: Path) -> None:
    with served(tmp_path, "/") as running:
        assert get(running, "/x")[::2] == (404, b"404 Not Found\n")


@pytest.mark.parametrize("written", ["/repo/", "repo", "/repo", "repo/"])
def test_a_base_path_may_lack_its_slashes(site: Path, written: str) -> None:
    with served(site, written) as running:
        assert get(running, "/repo/")[0] == 200


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(
    st.lists(
        st.sampled_from(["..", ".", "", "a", "1", "out", "secret.txt", "%2e%2e", "%2f", "\\", "link.txt"])
    )
)
def test_nothing_outside_the_folder_is_ever_given(site: Path, parts: list[str]) -> None:
    file = answer(site, "/repo/", "/repo/" + "/".join(parts)).file
    assert file is None or file.resolve().is_relative_to(site.resolve())


class _Links(HTMLParser):
    """The addresses on a page, by another parser than the checker's."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            elif name in ("href", "src") and value and dict(attrs).get("rel") != "canonical":
                self.found.append(value)


def crawled(server: ThreadingHTTPServer, base_url: str) -> tuple[set[str], list[str]]:
    """Every address of the site that can be reached from its front page, and what is wrong on the way."""
    base = urlsplit(base_url).path
    here = f"http://127.0.0.1:{server.server_port}"
    todo, pages, wrong = [base], {}, []
    wanted: list[tuple[str, str, str]] = []
    while todo:
        path = todo.pop()
        if path in pages:
            continue
        status, headers, body = get(server, path)
        pages[path] = set()
        if status != 200:
            wrong.append(f"{path}: {status}")
        if not headers["content-type"].startswith("text/html"):
            continue
        links = _Links()
        links.feed(body.decode())
        pages[path] = links.ids
        for href in links.found:
            at = here + path if not href.startswith(base_url) else here
            url = urlsplit(
                urljoin(at, href.replace(base_url, base, 1) if href.startswith(base_url) else href)
            )
            if f"{url.scheme}://{url.netloc}" == here:
                wanted.append((path, url.path, url.fragment))
                todo.append(url.path)
    for page, path, fragment in wanted:
        if (
            fragment
            and not fragment.startswith(":~:")
            and pages[path]
            and fragment not in pages[path] | {"top"}
        ):
            wrong.append(f"{page}: {path} has no id {fragment}")
    return set(pages), wrong


@pytest.mark.parametrize("base_url", BASES)
def test_a_crawl_of_a_sound_site_finds_every_page(tmp_path: Path, base_url: str) -> None:
    publish(fake(base_url).items(), tmp_path / "_site")
    base = urlsplit(base_url).path
    with served(tmp_path / "_site", base) as running:
        reached, wrong = crawled(running, base_url)
    assert not wrong
    assert {base, base + "a/1/", base + "a/1/clean/", base + "rep%C3%A9.html"} <= reached


def test_a_crawl_finds_a_dead_link(tmp_path: Path) -> None:
    files = fake(BASES[1])
    files["index.html"] = files["index.html"].replace(b"a/1/#n1", b"a/2/")
    publish(files.items(), tmp_path / "_site")
    with served(tmp_path / "_site", "/repo/") as running:
        assert crawled(running, BASES[1])[1] == ["/repo/a/2/: 404"]


@pytest.mark.parametrize("base_url", BASES)
def test_a_crawl_of_the_real_build_finds_every_page(tmp_path: Path, base_url: str) -> None:
    site = tmp_path / "_site"
    build.built(ROOT, site, base_url=base_url)
    base = urlsplit(base_url).path
    with served(site, base) as running:
        reached, wrong = crawled(running, base_url)
        lost = get(running, base + "a/b/c/d/e")
        links = _Links()
        links.feed(lost[2].decode())
        from_404 = {
            urlsplit(urljoin(f"{base_url}a/b/c/d/e", href)).path for href in links.found if href[0] != "#"
        }
        dead = [path for path in sorted(from_404) if get(running, path)[0] != 200]
    assert not wrong
    assert lost[0] == 404
    assert not dead
    pages = {f.relative_to(site).as_posix() for f in site.rglob("*.html")} - {"404.html"}
    assert {base + p.removesuffix("index.html") for p in pages} <= reached
