"""Builds an annotated news digest from scraped articles.

Without a command: builds the site into _site/.
Exit status: 0 fine, 1 problems in content or site, 2 wrong use.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import IO, Any
from urllib.parse import unquote

from digest import __version__, decode, exchange, load, pipeline, stream
from digest.errors import BuildError
from digest.load import Entry
from digest.rules import rules_for

FINE, PROBLEMS, WRONG_USE = 0, 1, 2
ROOT = Path(__file__).resolve().parent.parent


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; the exit status (0 fine, 1 problems, 2 wrong use)."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help", "--version")):
        words.insert(0, "build")
    args = _parser().parse_args(words)
    try:
        return int(args.run(args))
    except BuildError as e:
        for problem in e.problems:
            print(problem, file=sys.stderr)
        count = len(e.problems)
        spared = "; nothing was published" if args.command == "build" else ""
        print(f"{count} problem{'s' * (count != 1)}{spared}.", file=sys.stderr)
        return PROBLEMS
    except BrokenPipeError:
        return FINE  # whoever read our output has seen enough
    except KeyboardInterrupt:
        print("stopped.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="build.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    top.add_argument("--version", action="version", version=f"digest {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _build_options(commands)
    _check_options(commands)
    _serve_options(commands)
    _read_options(commands)
    _explain_options(commands)
    _suggest_options(commands)
    _ids_options(commands)
    _init_options(commands)
    return top


def _command(commands: Any, name: str, run: Any, about: str, examples: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(
        name,
        help=about,
        description=about[0].upper() + about[1:] + ".",
        epilog="examples:\n" + "\n".join(f"  python build.py {e}" for e in examples.split("\n")),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.set_defaults(run=run)
    return made


def _build_options(commands: Any) -> None:
    p = _command(
        commands,
        "build",
        _build,
        "read everything and publish the site into a folder (the default command)",
        "build\nbuild --strict\nbuild --base-url https://you.github.io/digest/ --out _site",
    )
    _site_options(p)
    p.add_argument("--out", metavar="FOLDER", help="where to publish (default: _site beside build.py)")
    p.add_argument("--strict", action="store_true", help="doubts and bad seeds stop the build")
    p.add_argument("--no-check", action="store_true", help="publish without checking links, ids and feeds")


def _site_options(p: argparse.ArgumentParser) -> None:
    p.add_argument("--base-url", metavar="URL", help="the site's address, in place of site.yaml's base_url")


def _check_options(commands: Any) -> None:
    p = _command(
        commands,
        "check",
        _check,
        "look for dead links, doubled ids, broken feeds and misquotations in a built site",
        "check\ncheck _site --base-url https://you.github.io/digest/",
    )
    _site_options(p)
    p.add_argument(
        "folder", nargs="?", metavar="FOLDER", help="the built site (default: _site beside build.py)"
    )


def _serve_options(commands: Any) -> None:
    p = _command(
        commands,
        "serve",
        _serve,
        "build the site and show it on this machine as GitHub Pages would",
        "serve\nserve --port 9000 --no-build",
    )
    _site_options(p)
    p.add_argument("--out", metavar="FOLDER", help="the site's folder (default: _site beside build.py)")
    p.add_argument("--port", type=int, default=8000, help="(default: 8000)")
    p.add_argument("--no-build", action="store_true", help="serve what was built before")


def _read_options(commands: Any) -> None:
    p = _command(
        commands,
        "read",
        _read,
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
        help=f"stages to leave out, with commas: {', '.join(pipeline.SKIPPABLE)}",
    )


def _explain_options(commands: Any) -> None:
    p = _command(
        commands,
        "explain",
        _explain,
        "say what was done to a text or one line of it, by which rule, and why",
        "explain seeds/article.txt\nexplain seeds/article.txt:7\nexplain 8473:7",
    )
    p.add_argument("place", metavar="TEXT[:LINE]", help="a file or an article's id, and a line of it")


def _suggest_options(commands: Any) -> None:
    p = _command(
        commands,
        "learn",
        _learn,
        "compare a damaged text with its original: proposed emendations and rule pairs, as YAML",
        "learn seeds/copy.txt original.txt\nlearn seeds/copy.txt original.txt > content/emendations/ID.learnt.yaml",
    )
    p.add_argument("damaged", metavar="DAMAGED")
    p.add_argument("original", metavar="ORIGINAL")
    p = _command(
        commands,
        "propose",
        _propose,
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


def _ids_options(commands: Any) -> None:
    _command(
        commands,
        "ids",
        _ids,
        "record the site's addresses in content/register.yaml, and lead on those that are gone",
        "ids",
    )


def _init_options(commands: Any) -> None:
    p = _command(
        commands,
        "init",
        _init,
        "empty this digest to begin your own; asks first",
        "init\ninit --yes",
    )
    p.add_argument("--yes", action="store_true", help="do it without asking")


# build


def _build(args: argparse.Namespace) -> int:
    from digest import build

    report = build.built(
        ROOT,
        _here(args.out),
        base_url=args.base_url,
        strict=args.strict,
        check=not args.no_check,
        watch=_bar,
    )
    for doubt in report.doubts:
        print(f"doubt: {doubt}", file=sys.stderr)
    print(report.summary())
    return FINE


# check, serve


def _check(args: argparse.Namespace) -> int:
    from digest import build, check

    folder = _here(args.folder)
    if not folder.is_dir():
        return _wrong(f"{folder}: no such folder; build the site first: python build.py")
    address = args.base_url or check.address_of(folder) or None
    problems = build.problems_of(ROOT, folder, address)
    for problem in problems:
        print(problem)
    count = len(problems)
    print(
        f"{count} problem{'s' * (count != 1)} in {folder.name}" + (f", built for {address}" * bool(address))
    )
    return PROBLEMS if problems else FINE


def _serve(args: argparse.Namespace) -> int:
    from digest import build, check, serve

    folder = _here(args.out)
    if not args.no_build:
        print(build.built(ROOT, folder, base_url=args.base_url).summary())
    if not folder.is_dir():
        return _wrong(f"{folder}: no such folder; leave out --no-build")
    base_path = build.base_path(
        ROOT, args.base_url or (check.address_of(folder) or None if args.no_build else None)
    )
    try:
        server = serve.make_server(folder, unquote(base_path), args.port)
    except OSError as e:
        return _wrong(f"port {args.port}: {e.strerror}; choose another with --port")
    print(f"http://127.0.0.1:{server.server_port}{base_path}  (stop with Ctrl-C)", flush=True)
    with server:
        server.serve_forever()
    return FINE


def _bar(entries: Sequence[Entry]) -> Iterable[Entry]:
    """A progress bar on a terminal once reading takes over a second; nothing elsewhere."""
    from tqdm import tqdm  # here, because `read` must start fast

    bar: Iterable[Entry] = tqdm(entries, desc="reading", unit="text", delay=1, disable=None, leave=False)
    return bar


def _here(name: str | None) -> Path:
    """The site's folder: as the user names it, else `_site` in the digest's own folder."""
    return Path(name).resolve() if name else ROOT / "_site"


# read


def _read(args: argparse.Namespace) -> int:
    skip = tuple(s.strip() for s in args.skip.split(",") if s.strip())
    if unknown := [s for s in skip if s not in pipeline.SKIPPABLE]:
        return _wrong(f"--skip {','.join(unknown)}: known are {', '.join(pipeline.SKIPPABLE)}")
    if not args.files:
        if not args.jsonl:
            return _wrong("read: name a file, or --jsonl to read JSON lines from standard input")
        return _stream(sys.stdin.buffer, sys.stdout.buffer, skip)
    for name in args.files:
        try:
            answer = _answer_file(Path(name), skip)
        except (OSError, decode.NotText) as e:
            return _wrong(f"{name}: {getattr(e, 'strerror', None) or e}")
        _print(answer, args.jsonl)
    return FINE


def _wrong(message: str) -> int:
    print(f"build.py: {message}", file=sys.stderr)
    return WRONG_USE


def _print(answer: Any, one_line: bool) -> None:
    pretty = 1 if sys.stdout.isatty() and not one_line else None
    _write(sys.stdout.buffer, json.dumps(answer, ensure_ascii=False, indent=pretty))


def _write(out: IO[bytes], line: str) -> None:
    # lone surrogates become \udcxx escapes, which JSON reads back as they were
    out.write(line.encode("utf-8", "backslashreplace") + b"\n")
    out.flush()


def _answer_file(path: Path, skip: tuple[str, ...]) -> dict[str, Any]:
    kind: pipeline.Kind = "html" if path.suffix.lower() in (".html", ".htm") else "text"
    text, _, doubt = decode.text_of(path.read_bytes(), markup=kind == "html")
    answer = exchange.to_json(pipeline.read(text, kind=kind, skip=skip, id=path.name))
    if doubt:
        said = {"raw_start": 0, "raw_end": 0, "rule": "encoding", "message": doubt}
        answer["doubts"].insert(0, said)
    return answer


def _stream(lines: IO[bytes], out: IO[bytes], skip: tuple[str, ...]) -> int:
    """Answers each JSON line with one, flushed at once; a bad line gets an error line."""
    rules_for()
    gc.freeze()  # rules and modules never die: the collector need not look at them
    gc.disable()  # a reading makes no cycles; a page of 5 MB took twice as long with the collector
    for line in lines:
        if line.strip():
            _write(out, json.dumps(stream.answer(line, skip), ensure_ascii=False, check_circular=False))
        if gc.get_count()[0] > 100_000:  # objects that outlived their texts
            gc.collect()
    gc.enable()
    return FINE


# explain


def _explain(args: argparse.Namespace) -> int:
    from digest import build, explain

    name, _, number = args.place.rpartition(":")
    line = int(number) if name and number.isdigit() else None
    path = Path(name if line is not None else args.place)
    try:
        document = build.document_at(ROOT, path.resolve() if path.exists() else _seed_of(str(path)))
        for text in explain.explained(document, line):
            print(text)
    except (OSError, ValueError) as e:
        return _wrong(f"{args.place}: {getattr(e, 'strerror', None) or e}")
    return FINE


def _seed_of(article: str) -> Path:
    """The file of an article's text. Raises ValueError when there is no such article."""
    texts = {e.id: e.seeds[-1].witness.file for e in load.content(ROOT).entries}
    if article not in texts:
        near = get_close_matches(article, sorted(texts), 1)
        raise ValueError(
            "".join(["no file, and no article has this id", *(f"; did you mean {n}?" for n in near)])
        )
    return (ROOT / "seeds" / texts[article]).resolve()


# init


def _init(args: argparse.Namespace) -> int:
    from digest import init

    decided = init.plan(ROOT)
    print(decided)
    if not args.yes:
        try:
            answer = input("Do it? [y/N] ")
        except EOFError:
            answer = ""
        if answer.strip().lower() not in ("y", "yes"):
            print("Nothing was changed.")
            return FINE
    init.start_over(ROOT, decided)
    print(init.NEXT)
    return FINE


# learn, propose


def _learn(args: argparse.Namespace) -> int:
    from digest import suggest

    try:
        print(suggest.learnt(Path(args.damaged), Path(args.original)), end="")
    except OSError as e:
        return _wrong(f"{e.filename}: {e.strerror}")
    except ValueError as e:
        return _wrong(f"learn: {e}")
    return FINE


def _propose(args: argparse.Namespace) -> int:
    from digest import suggest

    for done in suggest.asked(ROOT, args.program, args.articles):
        where = f" in {done.path}" if done.path else ""
        print(f"{done.article}: {done.questions} sentences asked, {len(done.kept)} proposals kept{where}")
        for r in done.refused:
            print(f"  refused ({r.why}): {r.answer}")
    return FINE


# ids


def _ids(args: argparse.Namespace) -> int:
    from digest import register

    done = register.renewed(ROOT)
    print(f"{done.recorded} addresses in content/register.yaml, {done.new} of them new")
    for old, target in done.moved.items():
        print(f"  {old} is gone and leads to {target}")
    return FINE
