"""Puts a site on the disk: whole, or not at all.

The files are written into a new folder beside the target, and then the two
names are exchanged in one step. Whatever stops a build, a full disk or
`kill -9`, the site that was there stays as it was; what a killed build left
behind is swept by the next one.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import stat
import sys
import time
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from digest.errors import BuildError, Problem

MARKER = ".digest-site"
MARKER_TEXT = (
    b"build.py writes this folder whole: what is changed or added here is lost with the next build.\n"
)
WAIT = 60.0  # seconds a second build waits: a digest of 1,000 pages takes a few
# what Windows and the tools that carry artifacts cannot hold in a name
FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z)", re.I)
RESERVED = {MARKER, ".git"}
NAME_BYTES, PATH_BYTES = 255, 1000  # ext4 and APFS: 255 a name; macOS: 1,024 a path
# what a file system answers when it cannot exchange two names
CANNOT_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EXDEV, errno.EPERM}
AT_FDCWD, RENAME_EXCHANGE, RENAME_SWAP = -100, 2, 2  # linux/fs.h; macOS sys/stdio.h


@dataclass(frozen=True, slots=True)
class Published:
    """What was written: files, their bytes, and how many are new, other or gone since the last build."""

    count: int
    bytes: int
    changed: int


def publish(files: Iterable[tuple[str, bytes]], target: Path, wait: float = WAIT) -> Published:
    """The account of a site written to `target`, which holds exactly `files` afterwards.

    `files` are paths (relative, with slashes) and contents; they are asked
    for one by one, so pages may be made while they are written. BuildError,
    with the previous site untouched: a path that cannot be, two that clash,
    a folder that no build of ours has made, another build that is still
    writing after `wait` seconds, a disk that refuses. An exception of
    `files` itself passes through, with the previous site untouched too.
    """
    target = Path(os.path.abspath(target))  # noqa: PTH100  resolve() would follow a link, which _ours refuses
    try:
        _ours(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        with _alone(target, wait):
            _sweep(target)
            return _publish(files, target)
    except OSError as e:
        name = str(e.filename or target)
        raise BuildError([Problem(name, f"cannot be written: {e.strerror or e}", rule="publish.disk")]) from e


def _publish(files: Iterable[tuple[str, bytes]], target: Path) -> Published:
    new = _beside(target, "new")
    new.mkdir()
    writer = _Writer(new, target)
    try:
        writer.write(MARKER, MARKER_TEXT)
        for path, data in files:
            writer.add(path, data)
        if writer.problems:
            raise BuildError(writer.problems)
        done = Published(len(writer.names), writer.size, writer.changed + _gone(target, writer.names))
        new.chmod(0o755)
        _ours(target)
        old = _swap(new, target)
    except BaseException:
        _remove(new)
        raise
    if old:
        _remove(old)
    return done


@dataclass(slots=True)
class _Writer:
    """Writes files into `new`, counts what differs from `old`, and collects paths that cannot be."""

    new: Path
    old: Path
    names: set[str] = field(default_factory=set)
    folded: dict[str, str] = field(default_factory=dict)  # each name and folder without case -> as written
    folders: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    size: int = 0
    changed: int = 0

    def add(self, path: str, data: bytes) -> None:
        """Takes one file into the site; a bad or clashing path is kept as a problem instead."""
        message = fault(path) or self._clash(path)
        if message:
            self.problems.append(Problem(path, message, rule="publish.path"))
            return
        self.names.add(path)
        self.size += len(data)
        if not self.problems:  # a site with a bad path is not published: spare the disk
            self.changed += _content(self.old / path) != data
            self.write(path, data)

    def _clash(self, path: str) -> str:
        if path in self.names:
            return "two pages for one address: made a second time"
        for part in [*_folders(path), path]:
            was = self.folded.setdefault(_fold(part), part)
            if was != part:
                return f"differs from {was} in upper and lower case only; some disks hold but one of them"
            if part in self.names:
                return f"{part} is a file already and cannot be a folder too"
        if path in self.folders:
            return "is a folder already and cannot be a file too"
        self.folders.update(_folders(path))
        return ""

    def write(self, path: str, data: bytes) -> None:
        """Writes one new file under the new site. Raises OSError, also where the file stands already."""
        file = self.new / path
        self._open_folder(file.parent)
        flags = (
            os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        )
        with os.fdopen(os.open(file, flags, 0o644), "wb") as out:
            out.write(data)
        file.chmod(0o644)  # whatever the umask

    def _open_folder(self, folder: Path) -> None:
        if folder == self.new or folder.is_dir():
            return
        self._open_folder(folder.parent)
        folder.mkdir()
        folder.chmod(0o755)


def fault(path: str) -> str:
    """Why `path` cannot be a file of the site; "" when it can."""
    if not path or path.startswith("/"):
        return "an output path must be relative"
    if m := FORBIDDEN.search(path):
        return f"an output path cannot hold {m[0]!r}"
    try:
        size = len(path.encode())
    except UnicodeEncodeError:
        return "an output path must be Unicode text"
    if size > PATH_BYTES:
        return f"an output path of {size} bytes; at most {PATH_BYTES}"
    if unicodedata.normalize("NFC", path) != path:
        return "an output path must be in composed form (Unicode NFC)"
    return next((why for part in path.split("/") if (why := _part_fault(part))), "")


def _part_fault(part: str) -> str:
    if part in ("", ".", ".."):
        return f"an output path cannot hold the part {part!r}: it must stay inside the site"
    if part.casefold() in RESERVED or DEVICE.match(part):
        return f"{part!r} is a reserved name"
    if part[-1] in ". ":
        return f"{part!r} ends in a dot or a space"
    size = len(part.encode())
    return f"{part[:40]!r}… has {size} bytes; at most {NAME_BYTES}" if size > NAME_BYTES else ""


def _folders(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[: i + 1]) for i in range(len(parts))]


def _fold(path: str) -> str:
    return unicodedata.normalize("NFC", path.casefold())


def _content(file: Path) -> bytes | None:
    """The bytes of a regular file; None for anything else."""
    try:
        return file.read_bytes() if stat.S_ISREG(file.lstat().st_mode) else None
    except OSError:
        return None


def _gone(target: Path, names: set[str]) -> int:
    """How many files of the previous site the new one no longer has."""
    if not target.is_dir():
        return 0
    had = (f.relative_to(target).as_posix() for f in target.rglob("*") if not f.is_dir())
    return sum(name not in names and name != MARKER for name in had)


def _ours(target: Path) -> None:
    """Raises BuildError unless `target` is absent, empty, or a site that we wrote."""
    try:
        mode = target.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISLNK(mode):
        raise _refusal(target, "is a symbolic link; name the folder itself")
    if not stat.S_ISDIR(mode):
        raise _refusal(target, "is a file; a site needs a folder: move it away, or choose another --out")
    if not target.name:
        raise _refusal(target, "is no place for a site")
    if not _marked(target) and any(target.iterdir()):
        raise _refusal(
            target,
            f"was not made by build.py (it has no {MARKER}) and is not empty, so it is not replaced: "
            "move it away, or choose another --out",
        )


def _refusal(target: Path, why: str) -> BuildError:
    return BuildError([Problem(str(target), why, rule="publish.foreign")])


def _marked(folder: Path) -> bool:
    return (folder / MARKER).is_file() and not (folder / MARKER).is_symlink()


def _beside(target: Path, kind: str) -> Path:
    return target.with_name(f"{target.name}.{kind}-{os.getpid()}")


@contextmanager
def _alone(target: Path, wait: float) -> Iterator[None]:
    """Holds the lock beside `target`; it leaves no file behind, and dies with its process."""
    lock = target.with_name(target.name + ".lock")
    until = time.monotonic() + wait
    while (held := _lock(lock)) is None:
        if time.monotonic() > until:
            who = (_content(lock) or b"").decode("ascii", "replace").strip()
            message = f"another build{' (process ' + who + ')' if who else ''} is still writing it"
            raise BuildError([Problem(str(target), f"{message} after {wait:g} seconds", rule="publish.lock")])
        time.sleep(0.05)
    try:
        yield
    finally:
        if sys.platform != "win32":
            lock.unlink(missing_ok=True)
        os.close(held)
        if sys.platform == "win32":
            lock.unlink(missing_ok=True)


def _lock(lock: Path) -> int | None:
    """An open, locked file; None while another process holds it."""
    if sys.platform == "win32":
        try:
            return os.open(lock, os.O_RDWR | os.O_CREAT | os.O_EXCL)
        except FileExistsError:
            return None
    import fcntl

    held = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # the holder before us takes the file away: what we locked must still be what has the name
        if os.path.samestat(os.fstat(held), lock.lstat()):
            os.ftruncate(held, 0)
            os.write(held, str(os.getpid()).encode())
            return held
    except (BlockingIOError, FileNotFoundError):
        pass
    os.close(held)
    return None


def _sweep(target: Path) -> None:
    """Removes what killed builds left; brings back a site that was put aside and not replaced."""
    litter = re.compile(re.escape(target.name) + r"\.(new|old)-[0-9]+\Z")
    left = sorted(p for p in target.parent.iterdir() if litter.match(p.name) and not p.is_symlink())
    left = [p for p in left if p.is_dir() and (_marked(p) or not any(p.iterdir()))]
    for folder in left:
        if ".old-" in folder.name and _marked(folder) and not target.exists():
            folder.rename(target)
        else:
            _remove(folder)


def _remove(folder: Path) -> None:
    """Removes a folder of ours, its marker last, so that half of it is still known as ours.

    What cannot be removed stays for the next sweep: the site itself is right.
    """
    try:
        for path in folder.iterdir():
            if path.name == MARKER:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        (folder / MARKER).unlink(missing_ok=True)
        folder.rmdir()
    except OSError:
        return


def _swap(new: Path, target: Path) -> Path | None:
    """Gives `new` the name `target`; where the previous site lies now."""
    if not target.exists():
        new.rename(target)
        return None
    if _exchange(new, target):
        return new
    old = _beside(target, "old")
    target.rename(old)
    try:
        new.rename(target)
    except BaseException:
        old.rename(target)
        raise
    return old


def _exchange(a: Path, b: Path) -> bool:
    """Whether the two names were exchanged in one step; False where the system cannot (Windows, some disks)."""
    if sys.platform == "win32":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    one, two = os.fsencode(a), os.fsencode(b)
    if sys.platform == "darwin":
        failed = libc.renamex_np(one, two, RENAME_SWAP)
    elif hasattr(libc, "renameat2"):
        failed = libc.renameat2(AT_FDCWD, one, AT_FDCWD, two, RENAME_EXCHANGE)
    else:
        return False
    if failed and ctypes.get_errno() not in CANNOT_EXCHANGE:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(b))
    return not failed
