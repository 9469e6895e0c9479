"""The text and the metadata that an HTML page holds, before any cleaning."""

from __future__ import annotations

from digest.model import Page


def page(markup: str, url: str | None = None) -> Page:
    """The text and metadata of an HTML page."""
    raise NotImplementedError
