"""What the commands accept on the command line, and what their `--help` says."""

from __future__ import annotations

import argparse
from typing import Any

ABOUT = """Builds an annotated news digest from scraped articles.

Without a command: builds the site into _site/.
Exit status: 0 fine, 1 problems in content or site, 2 wrong use."""


def parser(call: str, version: str, skippable: tuple[str, ...]) -> argparse.ArgumentParser:
    """The parser of all commands. `call` is how the user calls the program, `skippable` the stages of `read`."""
    top = argparse.ArgumentParser(
        prog=call.rpartition(" ")[2], description=ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    top.add_argument("--version", action="version", version=f"digest {version}")
    found = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands = _Commands(found, call)
    _build(commands)
    _check(commands)
    _serve(commands)
    _read(commands, skippable)
    _explain(commands)
    _learn(commands)
    _propose(commands)
    _ids(commands)
    _init(commands)
    return top


class _Commands:
    """Adds commands, each with examples."""

    def __init__(self, found: Any, call: str) -> None:
        self.found, self.call = found, call

    def add(self, name: str, about: str, examples: str) -> argparse.ArgumentParser:
        """The parser of one command, its help in one sentence and its examples a line each."""
        made: argparse.ArgumentParser = self.found.add_parser(
            name,
            help=about,
            description=about[0].upper() + about[1:] + ".",
            epilog="examples:\n" + "\n".join(f"  {self.call} {e}" for e in examples.split("\n")),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        return made


def _base_url(p: argparse.ArgumentParser) -> None:
    p.add_argument("--base-url", metavar="URL", help="the site's address, in place of site.yaml's base_url")


def _build(commands: _Commands) -> None:
    p = commands.add(
        "build",
        "read everything and publish the site into a folder (the default command)",
        "build\nbuild --strict\nbuild --release --base-url https://you.github.io/digest/ --out _site",
    )
    _base_url(p)
    p.add_argument("--out", metavar="FOLDER", help="where to publish (default: _site in the digest's folder)")
    p.add_argument("--strict", action="store_true", help="doubts and bad seeds stop the build")
    p.add_argument("--no-check", action="store_true", help="publish without checking links, ids and feeds")
    p.add_argument(
        "--release",
        action="store_true",
        help="make data/digest.json and data/digest.db however many texts there are (default: up to 200)",
    )


def _check(commands: _Commands) -> None:
    p = commands.add(
        "check",
        "look for dead links, doubled ids, broken feeds and misquotations in a built site",
        "check\ncheck _site --base-url https://you.github.io/digest/",
    )
    _base_url(p)
    p.add_argument(
        "folder", nargs="?", metavar="FOLDER", help="the built site (default: _site in the digest's folder)"
    )


def _serve(commands: _Commands) -> None:
    p = commands.add(
        "serve",
        "build the site and show it on this machine as GitHub Pages would",
        "serve\nserve --port 9000 --no-build",
    )
    _base_url(p)
    p.add_argument(
        "--out", metavar="FOLDER", help="the site's folder (default: _site in the digest's folder)"
    )
    p.add_argument("--port", type=int, default=8000, help="(default: 8000)")
    p.add_argument("--no-build", action="store_true", help="serve what was built before")


def _read(commands: _Commands, skippable: tuple[str, ...]) -> None:
    p = commands.add(
        "read",
        "print what the reader says of each text, as JSON",
        "read seeds/article.txt\nread --skip clean,repair --jsonl < texts.jsonl",
    )
    p.add_argument("files", nargs="*", metavar="FILE", help="a text or an HTML page")
    p.add_argument(
        "--jsonl", action="store_true", help="one line a text; without FILE, JSON lines on standard input"
    )
    p.add_argument(
        "--skip",
        default="",
        metavar="NAMES",
        help=f"stages to leave out, with commas: {', '.join(skippable)}",
    )


def _explain(commands: _Commands) -> None:
    p = commands.add(
        "explain",
        "say what was done to a text or one line of it, by which rule, and why",
        "explain seeds/article.txt\nexplain seeds/article.txt:7\nexplain 8473:7",
    )
    p.add_argument("place", metavar="TEXT[:LINE]", help="a file or an article's id, and a line of it")


def _learn(commands: _Commands) -> None:
    p = commands.add(
        "learn",
        "compare a damaged text with its original: proposed emendations and rule pairs, as YAML",
        "learn seeds/copy.txt original.txt\nlearn seeds/copy.txt original.txt > content/emendations/ID.learnt.yaml",
    )
    p.add_argument("damaged", metavar="DAMAGED")
    p.add_argument("original", metavar="ORIGINAL")


def _propose(commands: _Commands) -> None:
    p = commands.add(
        "propose",
        "hand doubtful sentences to a program of yours and store its answers as proposals",
        "propose --command 'my-model --mend'\npropose --command ./mend.sh 8473",
    )
    p.add_argument("articles", nargs="*", metavar="ARTICLE", help="ids of articles (default: all)")
    p.add_argument(
        "--command",
        dest="program",
        required=True,
        metavar="CMD",
        help="reads one JSON line a sentence, answers each with one line of text",
    )


def _ids(commands: _Commands) -> None:
    commands.add(
        "ids", "record the site's addresses in content/register.yaml, and lead on those that are gone", "ids"
    )


def _init(commands: _Commands) -> None:
    p = commands.add(
        "init",
        "begin a digest of your own: in a new folder, or by emptying this one (asks first)",
        "init my-digest\ninit\ninit --yes",
    )
    p.add_argument(
        "folder", nargs="?", metavar="FOLDER", help="a new folder (default: start over in this digest)"
    )
    p.add_argument("--yes", action="store_true", help="do it without asking")
