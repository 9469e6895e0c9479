"""From bytes to characters, and what went wrong on the way there before us.

The first layer: a byte order mark, line ends, control characters, and
mojibake (UTF-8 read as something else) through ftfy. ftfy's defaults would
straighten quotation marks and unescape markup, which destroys evidence; both
are off, and only its repair of wrong decoding is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import ftfy
import ftfy.bad_codecs  # registers `sloppy-windows-1252` and its kin
import webencodings
from bs4.dammit import EncodingDetector

from digest.plain import plain_words
from digest.text import Edit, settled

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ufffe\uffff\u2028\u2029]+|\r\n?")
# the first characters of UTF-8 sequences as Latin-1, Windows-1252 or Mac Roman show them
MOJIBAKE = re.compile(
    r"[\u00c0-\u00f4\u201a\u221a\u0393\u0102\u0413\u0420][\u0080-\u00bf\u0152-\u0192\u02c6-\u02dc\u2013-\u2122\u00c4-\u00ff]"
)
MAX_MARKS = 16  # combining marks in a run: `unicodedata.normalize` is quadratic in them
ACCENT = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
COMBINING = re.compile(f"{ACCENT}{ACCENT}{{{MAX_MARKS},}}")  # searched for faster than ACCENT{17,}
PLAIN = bytes([9, 10, *range(32, 127)])
LINE_END = re.compile("[\r\x85\u2028\u2029]")
BREAK = re.compile("[\x0b\x0c]")  # a line's and a page's break, which word processors write
ENDED = (*'\n.!?:”"’)]', "")  # before a break that ends a line; "" at the text's beginning
READ_AS = {"gbk": "gb18030", "x-user-defined": "cp1252"}  # by the WHATWG encoding standard
CONTROLS = bytes([*range(9), *range(14, 27), *range(28, 32), 127])
FEW = 10  # characters for one control character, of a text with NUL bytes that is valid UTF-8
RARE = 50  # of one that is not: of random bytes every tenth is a control character
LINE = re.compile(r"[^\r\n]+")
PAGE = re.compile(
    rb"(?i)(?:\xef\xbb\xbf)?\s{0,200}(?:<\?xml[^<>]{0,200}>\s{0,200})?(?:<!doctype html|<html[\s>])"
)
PAGES = (".html", ".htm")


class NotText(ValueError):
    """The bytes are no text in an encoding that we dare to read."""


def is_page(ending: str, data: bytes) -> bool:
    """Whether a file is an HTML page: by its name's ending, or since it begins as one."""
    return ending.lower() in PAGES or PAGE.match(data) is not None


def text_of(data: bytes, markup: bool = False) -> tuple[str, str, str]:
    """The characters of `data`, the encoding, and a doubt ("" if none).

    `text.encode(encoding)` gives the bytes back. An HTML page (`markup`) is
    read as it declares itself, where its bytes bear that out. Raises NotText
    for binary data: NUL bytes, and many control characters for its length.
    """
    if markup and not _is_utf8(data) and (declared := _declared(data)):
        return data.decode(declared), declared, ""
    try:
        text = data.decode("utf-8")
        if 0 in data and _binary(data, FEW):
            raise NotText(f"a NUL byte at offset {data.index(0)}: this is no text file")
        return text, "utf-8", ""
    except UnicodeDecodeError as e:
        bad = e
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding, f"read as {encoding}, by its byte order mark"
            except UnicodeDecodeError:
                break
    if 0 in data and _binary(data, RARE):
        raise NotText(f"not UTF-8 (byte {bad.start} is 0x{data[bad.start]:02x}) and holds NUL bytes")
    for encoding in ("cp1252", "latin-1"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        line = data.count(b"\n", 0, bad.start) + 1
        return (
            text,
            encoding,
            f"not UTF-8 (line {line}, byte 0x{data[bad.start]:02x}): read as {encoding}, a guess",
        )
    raise NotText("no encoding fits")  # pragma: no cover  latin-1 reads anything


def _is_utf8(data: bytes) -> bool:
    """Bytes that happen to be valid UTF-8 are UTF-8, whatever a page says of itself."""
    try:
        return bool(data.decode("utf-8")) and b"\x1b$" not in data  # escapes of ISO-2022 are ASCII too
    except UnicodeDecodeError:
        return False


def _declared(data: bytes) -> str:
    """The encoding that a page names in its head, when its bytes can be read and written so; else ""."""
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return ""  # a byte order mark knows better
    name = EncodingDetector.find_declared_encoding(data, is_html=True) or ""
    found = webencodings.lookup(name)
    if found is None or found.name.startswith(
        "utf-16"
    ):  # bytes in which we could read the name are not UTF-16
        return ""
    own = READ_AS.get(found.codec_info.name, found.codec_info.name)
    return next((x for x in (own, _sloppy(own)) if x and _fits(data, x)), "")


def _sloppy(codec: str) -> str:
    """The codec that reads bytes which a Windows code page leaves undefined as browsers do."""
    return f"sloppy-windows-{codec[2:]}" if codec.startswith("cp125") else ""


def _fits(data: bytes, codec: str) -> bool:
    """Whether a codec reads the bytes, and writes them again."""
    try:
        return data.decode(codec).encode(codec) == data
    except (LookupError, UnicodeError, ValueError):
        return False


def _binary(data: bytes, share: int) -> bool:
    """Whether more than one byte in `share` is a control character that no text has."""
    return (len(data) - len(data.translate(None, CONTROLS))) * share > len(data)


def edits(text: str) -> tuple[Edit, ...]:
    """Edits of kind `decode`: after them lines end in `\\n` and no control character is left.

    Mojibake comes first: its words hold characters that alone would be
    taken for control characters.
    """
    if plain_words(text) is not None:
        return ()  # most lone sentences
    odd = _odd(text)
    if not odd:
        return ()
    found = [*_mojibake(text)] if MOJIBAKE.search(odd) and MOJIBAKE.search(text) else []
    return settled([*found, *_characters(text, odd)])


def _odd(text: str) -> str:
    """The characters of `text` that ASCII cannot print, less blanks: few, so that they are quick to search."""
    rest = text.encode("utf-8", "surrogatepass").translate(None, PLAIN)
    return rest.decode("utf-8", "surrogatepass")


def _characters(text: str, odd: str) -> Iterator[Edit]:
    """Single characters that cannot be printed as they are; `odd` are all that are not plain ASCII."""
    if text.startswith("\ufeff"):
        yield _edit(0, 1, "", "byte-order-mark", "a byte order mark is no part of the text")
    for m in CONTROL.finditer(text) if CONTROL.search(odd) else ():
        if LINE_END.search(m[0]):
            yield _edit(*m.span(), "\n", "line-end", "line ends are written alike")
        elif BREAK.search(m[0]):
            ends = text[max(0, m.start() - 1) : m.start()] in ENDED or text[m.end() : m.end() + 1] in (
                "\n",
                "",
            )
            yield _edit(
                *m.span(), "\n" if ends else " ", "line-end", "a break of a line or page is white space"
            )
        else:
            yield _edit(*m.span(), "", "control", "control characters cannot be printed")
    for m in COMBINING.finditer(text) if COMBINING.search(odd) else ():
        yield _edit(m.start() + MAX_MARKS, m.end(), "", "combining", "a pile of combining marks")


def _mojibake(text: str) -> Iterable[Edit]:
    """One edit a damaged word, so that the apparatus shows words, not pages."""
    for line in LINE.finditer(text):
        if not MOJIBAKE.search(line[0]) or COMBINING.search(line[0]):
            continue
        for word in re.finditer(r"\S+", line[0]):
            if MOJIBAKE.search(word[0]):
                fixed = ftfy.fix_encoding(word[0])
                if fixed != word[0]:
                    start = line.start() + word.start()
                    why = "UTF-8 that was read in another encoding (ftfy)"
                    yield _edit(start, start + len(word[0]), fixed, "mojibake", why)


def _edit(start: int, end: int, new: str, cls: str, why: str) -> Edit:
    return Edit(start, end, new, "decode", cls, f"decode.{cls}", why)
