"""`build.py ids`: the register of addresses, the one file of `content/` that a command writes.

It holds every address as last recorded, with the words it stands for, and
where those lead that are gone since. A build only reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from digest import assemble, load
from digest.errors import BuildError
from digest.link.register import register_changes, site_ids
from digest.link.units import place
from digest.load.bench import Bench

HEAD = """# Written by `python build.py ids`; a build only reads it. `published`: every address of the site and the
# words it stands for. `order`: the articles, first recorded first. `moved`: addresses that are gone, and where
# their readers are led.
"""


@dataclass(frozen=True, slots=True)
class Renewed:
    """What the command did: addresses recorded, how many are new, and the lines added to `moved`."""

    recorded: int
    new: int
    moved: dict[str, str]


def renewed(root: Path) -> Renewed:
    """Records the addresses of the site as it stands and leads those that are gone to what replaced them.

    Raises BuildError with the problems of the content; then nothing is written.
    """
    path = root / "content" / "register.yaml"
    bench = Bench(root)
    got = bench.yaml(path, "register") if path.is_file() else ({}, None)
    made = assemble.assembled(load.content(root))
    if bench.problems or made.problems or got is None:
        raise BuildError([*bench.problems, *made.problems])
    old: dict[str, str] = got[0].get("published") or {}
    held: list[str] = got[0].get("order") or []
    added = register_changes(old, made.site)
    moved = {**made.site.moved, **added}
    now = site_ids(made.site)
    known = {a.removeprefix("a/").strip("/") for a in old if a.startswith("a/")} - set(held)
    articles = [a.id for a in sorted(made.site.articles, key=lambda a: (a.id not in known, place(a)))]
    order = [*held, *(a for a in articles if a not in held)]
    body = {"order": order, "published": now, "moved": dict(sorted(moved.items()))}
    text = HEAD + yaml.safe_dump(body, allow_unicode=True, sort_keys=False, width=110)
    path.write_text(text, "utf-8")
    return Renewed(len(now), len(now.keys() - old.keys()), added)
