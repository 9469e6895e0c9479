"""The site on disk: whole or not at all, and nobody else's folder."""

import errno
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import publish as module
from digest.errors import BuildError
from digest.publish import MARKER, Published, fault, publish

ROOT = Path(__file__).parent.parent
OLD = [("index.html", b"old"), ("a/1/index.html", b"one")]
NEW = [("index.html", b"new"), ("a/2/index.html", b"two"), ("feed.xml", b"<rss/>")]


def tree(folder: Path) -> dict[str, bytes]:
    return {
        f.relative_to(folder).as_posix(): f.read_bytes()
        for f in sorted(folder.rglob("*"))
        if f.is_file() and f.name != MARKER
    }


def beside(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.parent.iterdir())


@pytest.fixture
def site(tmp_path: Path) -> Path:
    publish(OLD, tmp_path / "_site")
    return tmp_path / "_site"


@pytest.fixture(params=["exchange", "rename"])
def any_system(request: pytest.FixtureRequest) -> Iterator[None]:
    """A system that exchanges two names in one step, and one that cannot."""
    if request.param == "exchange":
        yield
        return
    with patch.object(module, "_exchange", return_value=False):
        yield


@pytest.mark.usefixtures("any_system")
def test_a_site_is_replaced_whole(tmp_path: Path) -> None:
    site = tmp_path / "_site"
    assert publish(OLD, site) == Published(2, 6, 2)
    assert tree(site) == dict(OLD)
    assert publish(NEW, site) == Published(3, 12, 4)  # one other, two new, one gone
    assert tree(site) == dict(NEW)
    assert publish(NEW, site).changed == 0
    assert beside(site) == ["_site"]


def test_modes_do_not_depend_on_the_umask(tmp_path: Path) -> None:
    for umask in (0o077, 0o002):
        before = os.umask(umask)
        try:
            publish(NEW, tmp_path / "_site")
        finally:
            os.umask(before)
        modes = {p.stat().st_mode & 0o777 for p in (tmp_path / "_site").rglob("*") if p.is_file()}
        folders = {
            p.stat().st_mode & 0o777
            for p in [tmp_path / "_site", *(tmp_path / "_site").rglob("*")]
            if p.is_dir()
        }
        assert (modes, folders) == ({0o644}, {0o755})


def test_a_foreign_folder_is_never_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "thesis"
    folder.mkdir()
    (folder / "chapter1.txt").write_text("years of work")
    with pytest.raises(BuildError, match=r"thesis: was not made by build\.py"):
        publish(NEW, folder)
    assert tree(folder) == {"chapter1.txt": b"years of work"}
    assert beside(folder) == ["thesis"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "_site").mkdir()
    publish(NEW, tmp_path / "_site")
    assert tree(tmp_path / "_site") == dict(NEW)


def test_a_file_or_link_in_place_of_the_folder_is_refused(tmp_path: Path, site: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to(site)
    with pytest.raises(BuildError, match=r"file: is a file"):
        publish(NEW, tmp_path / "file")
    with pytest.raises(BuildError, match=r"link: is a symbolic link"):
        publish(NEW, tmp_path / "link")
    assert tree(site) == dict(OLD)


def test_a_marker_that_is_a_link_does_not_count(tmp_path: Path, site: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / MARKER).symlink_to(site / MARKER)
    with pytest.raises(BuildError, match="not made by"):
        publish(NEW, folder)


def test_a_read_only_parent_says_so() -> None:
    with tempfile.TemporaryDirectory() as name:
        parent = Path(name)
        publish(OLD, parent / "_site")
        parent.chmod(0o555)
        with nobody(), pytest.raises(BuildError, match="Permission denied"):
            publish(NEW, parent / "_site")
        parent.chmod(0o755)
        assert tree(parent / "_site") == dict(OLD)


@contextmanager
def nobody() -> Iterator[None]:
    """A user whom the modes of folders bind; they do not bind root."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_full_disk_leaves_the_previous_site(site: Path, after: int) -> None:
    real, written = module._Writer.write, []

    def write(self: module._Writer, path: str, data: bytes) -> None:
        if len(written) > after:
            raise OSError(errno.ENOSPC, "No space left on device", str(self.new / path))
        written.append(path)
        real(self, path, data)

    with patch.object(module._Writer, "write", write), pytest.raises(BuildError, match="No space left"):
        publish(NEW, site)
    assert tree(site) == dict(OLD)
    assert beside(site) == ["_site"]


LIMITED = """
import resource, sys
from pathlib import Path
from digest.errors import BuildError
from digest.publish import publish
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    publish([("a.html", b"x" * 900), ("b.html", b"x" * 1100)], Path(sys.argv[1]))
except BuildError as e:
    print(e)
"""


def test_a_disk_that_really_refuses_leaves_the_previous_site(site: Path) -> None:
    said, _ = start(LIMITED, str(site)).communicate()
    assert "cannot be written: File too large" in said
    assert tree(site) == dict(OLD)
    assert beside(site) == ["_site"]


def test_an_exchange_that_fails_leaves_the_previous_site(site: Path) -> None:
    busy = OSError(errno.EBUSY, "Device or resource busy", str(site))
    with patch.object(module, "_exchange", side_effect=busy), pytest.raises(BuildError, match="busy"):
        publish(NEW, site)
    assert tree(site) == dict(OLD)
    assert beside(site) == ["_site"]


def test_a_rename_that_fails_puts_the_previous_site_back(site: Path) -> None:
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if ".new-" in self.name:
            raise OSError(errno.EBUSY, "Device or resource busy", str(self))
        return real(self, target)

    never = patch.object(module, "_exchange", return_value=False)
    with never, patch.object(Path, "rename", rename), pytest.raises(BuildError, match="busy"):
        publish(NEW, site)
    assert tree(site) == dict(OLD)
    assert beside(site) == ["_site"]


def test_an_error_while_pages_are_made_leaves_the_previous_site(site: Path) -> None:
    def pages() -> Iterator[tuple[str, bytes]]:
        yield NEW[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(pages(), site)
    assert tree(site) == dict(OLD)
    assert beside(site) == ["_site"]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("", "relative"),
        ("/etc/passwd", "relative"),
        ("../x", "stay inside"),
        ("a/../../x", "stay inside"),
        ("a//b", "stay inside"),
        ("./a", "stay inside"),
        ("a/", "stay inside"),
        ("a\\b", "cannot hold"),
        ("C:/x", "cannot hold"),
        ("a\x00b", "cannot hold"),
        ("a\nb", "cannot hold"),
        ("what?", "cannot hold"),
        ("a/nul", "reserved"),
        ("COM1.html", "reserved"),
        (MARKER, "reserved"),
        (".git/config", "reserved"),
        ("a./b", "ends in"),
        ("a /b", "ends in"),
        ("e\u0301.html", "composed"),
        ("\ud800", "Unicode"),
        ("x" * 256, "255"),
        ("/".join(["x" * 100] * 11), "1000"),
    ],
)
def test_a_bad_path_is_refused(path: str, why: str, site: Path) -> None:
    assert why in fault(path)
    with pytest.raises(BuildError, match=why):
        publish([*NEW, (path, b"")], site)
    assert tree(site) == dict(OLD)


@pytest.mark.parametrize(
    "path", ["index.html", ".nojekyll", "a/8473/index.html", "q/é.html", "_x/~.json", "console.html"]
)
def test_a_good_path_is_not(path: str) -> None:
    assert fault(path) == ""


@given(st.text(min_size=1, max_size=40))
def test_an_accepted_path_stays_inside(path: str) -> None:
    if not fault(path):
        assert os.path.normpath(os.path.join("/site", path)) == "/site/" + path  # noqa: PTH118


@pytest.mark.parametrize(
    ("paths", "why"),
    [
        (("a.html", "a.html"), "second time"),
        (("About.html", "about.html"), r"about\.html: differs from About\.html"),
        (("P/x.html", "p/y.html"), "differs from P in"),
        (("straße.html", "strasse.html"), "differs from straße"),
        (("a", "a/b"), "a is a file already"),
        (("a/b", "a"), "a: is a folder already"),
    ],
)
def test_clashes_name_both(paths: tuple[str, str], why: str, site: Path) -> None:
    with pytest.raises(BuildError, match=why):
        publish([(p, b"") for p in paths], site)
    assert tree(site) == dict(OLD)


def test_all_bad_paths_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(BuildError) as e:
        publish([("../a", b""), ("ok", b""), ("ok", b""), ("/b", b"")], tmp_path / "_site")
    assert [p.path for p in e.value.problems] == ["../a", "/b", "ok"]
    assert beside(tmp_path / "_site") == []


def test_links_in_the_previous_site_are_not_followed(tmp_path: Path, site: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "index.html").write_text("keep me")
    (site / "a" / "2").symlink_to(tmp_path / "precious")
    (site / "feed.xml").symlink_to(tmp_path / "precious" / "index.html")
    publish(NEW, site)
    assert tree(tmp_path / "precious") == {"index.html": b"keep me"}
    assert not (site / "a" / "2").is_symlink()
    assert tree(site) == dict(NEW)


SLOW = """
import sys, time
from pathlib import Path
from digest.publish import publish
def pages():
    for i in range(20):
        yield f"p{i}.html", b"half"
    print("writing", flush=True)
    time.sleep(60)
publish(pages(), Path(sys.argv[1]))
"""


def start(code: str, *args: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", code, *args],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_killed_build_leaves_the_site_and_its_litter_is_swept(site: Path) -> None:
    child = start(SLOW, str(site))
    assert child.stdout is not None
    assert child.stdout.readline() == "writing\n"
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert tree(site) == dict(OLD)
    assert len(beside(site)) == 3  # the site, the half-written one, the dead lock
    foreign = site.parent / "_site.new-1"  # a name like ours, but somebody's own
    foreign.mkdir()
    (foreign / "diary.txt").write_text("mine")
    publish(NEW, site)
    assert tree(site) == dict(NEW)
    assert beside(site) == ["_site", "_site.new-1"]


def test_a_second_build_waits_and_then_says_so(site: Path) -> None:
    child = start(SLOW, str(site))
    assert child.stdout is not None
    child.stdout.readline()
    try:
        with pytest.raises(BuildError, match=rf"another build \(process {child.pid}\) is still writing it"):
            publish(NEW, site, wait=0.2)
        assert tree(site) == dict(OLD)
        threading.Timer(0.3, child.kill).start()
        publish(NEW, site, wait=20)
    finally:
        child.kill()
        child.communicate()
    assert tree(site) == dict(NEW)
    assert beside(site) == ["_site"]


def test_a_site_put_aside_by_a_killed_build_comes_back(site: Path) -> None:
    site.rename(site.with_name("_site.old-99"))  # where the system cannot exchange names, a kill falls here
    with pytest.raises(BuildError):
        publish([("../x", b"")], site)
    assert tree(site) == dict(OLD)


HAMMER = """
import sys
from pathlib import Path
from digest.publish import publish
n = 0
while True:
    n += 1
    publish([(f"{i % 3}/p{i}.html", str(n).encode()) for i in range(30)], Path(sys.argv[1]))
    print(n, flush=True)
"""


def test_the_site_is_whole_whenever_a_build_is_killed(tmp_path: Path) -> None:
    site = tmp_path / "_site"
    for round in range(8):
        child = start(HAMMER, str(site))
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(0.003 * round)
        child.kill()
        child.communicate()
        found = tree(site)
        assert len(found) == 30
        assert len(set(found.values())) == 1
    publish(NEW, site)
    assert beside(site) == ["_site"]


@pytest.mark.skipif(sys.platform != "linux", reason="names are exchanged in one step on Linux")
def test_a_reader_never_finds_the_site_gone(site: Path) -> None:
    missed: list[str] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                (site / "index.html").read_bytes()
            except FileNotFoundError as e:
                missed.append(str(e))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for _ in range(30):
            publish(NEW, site)
    finally:
        done.set()
        reader.join()
    assert not missed
