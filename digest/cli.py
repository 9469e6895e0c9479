"""The commands: what each does and prints. Which options they take stands in `options`."""

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
from digest.options import parser
from digest.rules import rules_for

FINE, PROBLEMS, WRONG_USE = 0, 1, 2
ROOT = Path(__file__).resolve().parent.parent  # the digest that `build.py` lies in


def main(argv: Sequence[str] | None = None, root: Path | None = None, call: str = "python build.py") -> int:
    """Runs one command for the digest in `root`; the exit status (0 fine, 1 problems, 2 wrong use)."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help", "--version")):
        words.insert(0, "build")
    args = parser(call, __version__, pipeline.SKIPPABLE).parse_args(words)
    args.root, args.call = root or ROOT, call
    try:
        return int(COMMANDS[args.command](args))
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


def installed() -> int:
    """The command `digest`: works on the digest that the user stands in, or in a folder of it."""
    here = Path.cwd()
    root = next((p for p in (here, *here.parents) if (p / "site.yaml").is_file()), here)
    return main(root=root, call="digest")


# build


def _build(args: argparse.Namespace) -> int:
    from digest import build

    report = build.built(
        args.root,
        _site(args, args.out),
        base_url=args.base_url,
        strict=args.strict,
        check=not args.no_check,
        release=args.release,
        watch=_bar,
    )
    for doubt in report.doubts:
        print(f"doubt: {doubt}", file=sys.stderr)
    for warning in report.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    print(report.summary())
    return FINE


# check, serve


def _check(args: argparse.Namespace) -> int:
    from digest import build, check

    folder = _site(args, args.folder)
    if not folder.is_dir():
        return _wrong(args, f"{folder}: no such folder; build the site first: {args.call}")
    address = args.base_url or check.address_of(folder) or None
    problems = build.problems_of(args.root, folder, address)
    for problem in problems:
        print(problem)
    count = len(problems)
    print(
        f"{count} problem{'s' * (count != 1)} in {folder.name}" + (f", built for {address}" * bool(address))
    )
    return PROBLEMS if problems else FINE


def _serve(args: argparse.Namespace) -> int:
    from digest import build, check, serve

    folder = _site(args, args.out)
    if not args.no_build:
        print(build.built(args.root, folder, base_url=args.base_url).summary())
    if not folder.is_dir():
        return _wrong(args, f"{folder}: no such folder; leave out --no-build")
    base_path = build.base_path(
        args.root, args.base_url or (check.address_of(folder) or None if args.no_build else None)
    )
    try:
        server = serve.make_server(folder, unquote(base_path), args.port)
    except OSError as e:
        return _wrong(args, f"port {args.port}: {e.strerror}; choose another with --port")
    print(f"http://127.0.0.1:{server.server_port}{base_path}  (stop with Ctrl-C)", flush=True)
    with server:
        server.serve_forever()
    return FINE


def _bar(entries: Sequence[Entry]) -> Iterable[Entry]:
    """A progress bar on a terminal once reading takes over a second; nothing elsewhere."""
    from tqdm import tqdm  # here, because `read` must start fast

    bar: Iterable[Entry] = tqdm(entries, desc="reading", unit="text", delay=1, disable=None, leave=False)
    return bar


def _site(args: argparse.Namespace, name: str | None) -> Path:
    """The site's folder: as the user names it, else `_site` in the digest's own folder."""
    return Path(name).resolve() if name else Path(args.root) / "_site"


# read


def _read(args: argparse.Namespace) -> int:
    skip = tuple(s.strip() for s in args.skip.split(",") if s.strip())
    if unknown := [s for s in skip if s not in pipeline.SKIPPABLE]:
        return _wrong(args, f"--skip {','.join(unknown)}: known are {', '.join(pipeline.SKIPPABLE)}")
    if not args.files:
        if not args.jsonl:
            return _wrong(args, "read: name a file, or --jsonl to read JSON lines from standard input")
        return _stream(sys.stdin.buffer, sys.stdout.buffer, skip)
    for name in args.files:
        try:
            answer = _answer_file(Path(name), skip)
        except (OSError, decode.NotText) as e:
            return _wrong(args, f"{name}: {getattr(e, 'strerror', None) or e}")
        _print(answer, args.jsonl)
    return FINE


def _wrong(args: argparse.Namespace, message: str) -> int:
    print(f"{args.call.rpartition(' ')[2]}: {message}", file=sys.stderr)
    return WRONG_USE


def _print(answer: Any, one_line: bool) -> None:
    pretty = 1 if sys.stdout.isatty() and not one_line else None
    _write(sys.stdout.buffer, json.dumps(answer, ensure_ascii=False, indent=pretty))


def _write(out: IO[bytes], line: str) -> None:
    # lone surrogates become \udcxx escapes, which JSON reads back as they were
    out.write(line.encode("utf-8", "backslashreplace") + b"\n")
    out.flush()


def _answer_file(path: Path, skip: tuple[str, ...]) -> dict[str, Any]:
    data = path.read_bytes()
    kind: pipeline.Kind = "html" if decode.is_page(path.suffix, data) else "text"
    text, _, doubt = decode.text_of(data, markup=kind == "html")
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
        if not line.isspace():
            _write(out, stream.answer(line, skip))
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
        document = build.document_at(
            args.root, path.resolve() if path.exists() else _seed_of(args.root, str(path))
        )
        for text in explain.explained(document, line):
            print(text)
    except (OSError, ValueError) as e:
        return _wrong(args, f"{args.place}: {getattr(e, 'strerror', None) or e}")
    return FINE


def _seed_of(root: Path, article: str) -> Path:
    """The file of an article's text. Raises ValueError when there is no such article."""
    texts = {e.id: e.seeds[-1].witness.file for e in load.content(root).entries}
    if article not in texts:
        near = get_close_matches(article, sorted(texts), 1)
        raise ValueError(
            "".join(["no file, and no article has this id", *(f"; did you mean {n}?" for n in near)])
        )
    return (root / "seeds" / texts[article]).resolve()


# init


def _init(args: argparse.Namespace) -> int:
    from digest import init

    if args.folder:
        init.begin(Path(args.folder))
        print(init.next_steps(args.call, args.folder))
        return FINE
    decided = init.plan(args.root)
    print(decided)
    if not args.yes:
        try:
            answer = input("Do it? [y/N] ")
        except EOFError:
            answer = ""
        if answer.strip().lower() not in ("y", "yes"):
            print("Nothing was changed.")
            return FINE
    init.start_over(args.root, decided)
    print(init.next_steps(args.call))
    return FINE


# learn, propose


def _learn(args: argparse.Namespace) -> int:
    from digest import suggest

    try:
        print(suggest.learnt(Path(args.damaged), Path(args.original)), end="")
    except OSError as e:
        return _wrong(args, f"{e.filename}: {e.strerror}")
    except ValueError as e:
        return _wrong(args, f"learn: {e}")
    return FINE


def _propose(args: argparse.Namespace) -> int:
    from digest import suggest

    for done in suggest.asked(args.root, args.program, args.articles):
        where = f" in {done.path}" if done.path else ""
        print(f"{done.article}: {done.questions} sentences asked, {len(done.kept)} proposals kept{where}")
        for r in done.refused:
            print(f"  refused ({r.why}): {r.answer}")
    return FINE


# ids


def _ids(args: argparse.Namespace) -> int:
    from digest import register

    done = register.renewed(args.root)
    print(f"{done.recorded} addresses in content/register.yaml, {done.new} of them new")
    for old, target in done.moved.items():
        print(f"  {old} is gone and leads to {target}")
    return FINE


COMMANDS = {
    "build": _build,
    "check": _check,
    "serve": _serve,
    "read": _read,
    "explain": _explain,
    "learn": _learn,
    "propose": _propose,
    "ids": _ids,
    "init": _init,
}
