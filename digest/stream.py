"""One line of the `read --jsonl` stream (docs/read.md): JSON in, JSON out, never an exception."""

from __future__ import annotations

import json
import math
from json.encoder import encode_basestring as quoted
from typing import Any

from digest import exchange, pipeline


def answer(line: bytes, skip: tuple[str, ...] = ()) -> str:
    """What the reader says of the text that one JSON line holds, as JSON; its `error` for a bad line."""
    name = "null"
    try:
        encoding = "utf-8" if line.startswith(b'{"') else json.detect_encoding(line)
        message = _decoded(line.decode(encoding, "surrogatepass"))
        if not isinstance(message, dict):
            return _error(name, f"expected a JSON object, found {type(message).__name__}")
        id = message.get("id")
        name = quoted(id) if isinstance(id, str) else exchange.encoded(id)
        raw, html = message.get("text"), message.get("html")
        kind: pipeline.Kind = "text"
        if isinstance(raw, str) == isinstance(html, str):
            return _error(name, "expected `text` or `html`, a string")
        if not isinstance(raw, str):
            raw, kind = str(html), "html"
        document = pipeline.read(raw, kind=kind, url=message.get("url"), skip=skip)
        return exchange.line(document, name)
    except Exception as e:  # whatever one text does to us, the stream goes on (docs/read.md)
        return _error(name, f"{type(e).__name__}: {e}"[:300])


def _decoded(words: str) -> Any:
    """The value that the JSON in `words` stands for; blanks around it are looked for only where there are any but a line end."""
    if words.startswith("{"):
        message, end = DECODER.raw_decode(words)
        if words[end:] == "\n":
            return message
    return DECODER.decode(words)


def _error(name: str, message: str) -> str:
    return f'{{"id": {name}, "error": {exchange.encoded(message)}}}'


def _refused(word: str) -> Any:
    raise ValueError(f"{word} is no JSON")


def _finite(word: str) -> float:
    number = float(word)
    return number if math.isfinite(number) else _refused(word[:20])


DECODER = json.JSONDecoder(parse_constant=_refused, parse_float=_finite)  # made once, not for each line
