"""Characters that neither HTML nor XML 1.0 allows."""

import re

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def clean(text: str) -> str:
    """`text` with U+FFFD for each of them."""
    return CONTROL.sub("\ufffd", text)
