"""The commands, and the only place that talks to a terminal."""

from __future__ import annotations

import argparse
import gc
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from digest import decode, exchange, pipeline
from digest.rules import rules_for

FINE, PROBLEMS, WRONG_USE = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; the exit status (0 fine, 1 problems, 2 wrong use)."""
    args = _parser().parse_args(argv)
    return int(args.run(args))


def _parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="build.py", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)
    read = commands.add_parser("read", help="what the reader says of a text, as JSON")
    read.add_argument("files", nargs="*", metavar="FILE")
    read.add_argument(
        "--jsonl", action="store_true", help="one line a text; without files, lines on standard input"
    )
    read.add_argument(
        "--skip",
        default="",
        metavar="NAMES",
        help=f"stages to leave out, with commas: {', '.join(pipeline.SKIPPABLE)}",
    )
    read.set_defaults(run=_read)
    return top


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
    pretty = None if one_line or not sys.stdout.isatty() else 1
    text = json.dumps(answer, ensure_ascii=False, indent=pretty)
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass") + b"\n")
    sys.stdout.flush()


def _answer_file(path: Path, skip: tuple[str, ...]) -> dict[str, Any]:
    text, _, doubt = decode.text_of(path.read_bytes())
    kind: pipeline.Kind = "html" if path.suffix.lower() in (".html", ".htm") else "text"
    answer = exchange.to_json(pipeline.read(text, kind=kind, skip=skip, id=path.name))
    if doubt:
        answer["doubts"].insert(0, {"raw_start": 0, "raw_end": 0, "rule": "encoding", "message": doubt})
    return answer


def _stream(lines: IO[bytes], out: IO[bytes], skip: tuple[str, ...]) -> int:
    """Answers each JSON line with one, flushed at once; a bad line gets an error line."""
    rules_for()
    gc.freeze()  # rules and modules never die: the collector need not look at them
    for line in lines:
        if not line.strip():
            continue
        answer = json.dumps(_answer_line(line, skip), ensure_ascii=False)
        out.write(answer.encode("utf-8", "backslashreplace") + b"\n")
        out.flush()
    return FINE


def _answer_line(line: bytes, skip: tuple[str, ...]) -> dict[str, Any]:
    name: Any = None
    try:
        message = json.loads(line)
        if not isinstance(message, dict):
            return {"id": None, "error": f"expected a JSON object, found {type(message).__name__}"}
        name = message.get("id")
        text, html = message.get("text"), message.get("html")
        if isinstance(text, str) == isinstance(html, str):
            return {"id": name, "error": "expected `text` or `html`, a string"}
        kind: pipeline.Kind = "text" if isinstance(text, str) else "html"
        raw = text if isinstance(text, str) else str(html)
        url = message.get("url")
        document = pipeline.read(raw, kind=kind, url=url, skip=skip)
        return {**exchange.to_json(document), "id": name}
    except (ValueError, RecursionError) as e:
        return {"id": name, "error": f"{type(e).__name__}: {e}"[:300]}
