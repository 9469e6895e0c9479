"""How fast a site is checked and put on the disk: 1,000 pages of 40 KB, made up.

    python benchmarks/publish.py [--pages N] [--dry]

Bar: the checker, 300 pages a second.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import report  # noqa: E402
from fakesite import fake, page  # noqa: E402

from digest.check import check  # noqa: E402
from digest.publish import publish  # noqa: E402

URL = "https://owner.github.io/repo/"
PARAGRAPH = (
    '<p id="p{0}">'
    + "word " * 80
    + '<a class="fig" id="m{0}" href="#n{0}">7</a> <a href="../../a/1/">x</a></p>'
    '<details><summary>1</summary><aside id="n{0}"><a href="#m{0}">back</a></aside></details>'
)


def made(pages: int) -> dict[str, bytes]:
    """A site of `pages` articles beside the small sound one."""
    body = "".join(PARAGRAPH.format(i) for i in range(70))
    files = {f"a/x{i}/index.html": page(URL, f"a/x{i}/index.html", body) for i in range(pages)}
    return files | fake(URL)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--dry", action="store_true", help="print, and leave RESULTS.md alone")
    args = parser.parse_args()
    files = made(args.pages)
    start = time.process_time()
    check(files, URL)
    checked = args.pages / (time.process_time() - start)
    with tempfile.TemporaryDirectory() as folder:
        start = time.monotonic()
        publish(files.items(), Path(folder) / "_site")
        first = time.monotonic() - start
        start = time.monotonic()
        publish(files.items(), Path(folder) / "_site")
        again = time.monotonic() - start
    size = len(files["a/x0/index.html"]) / 1000
    lines = [
        f"- check: {checked:.0f} pages of {size:.0f} KB a second of CPU (bar 300)",
        f"- publish: {args.pages} pages in {first:.1f} s; again, over the site that is there, {again:.1f} s",
    ]
    print("\n".join(lines))
    if not args.dry:
        report.write("Check and publish", "benchmarks/publish.py", lines)


if __name__ == "__main__":
    main()
