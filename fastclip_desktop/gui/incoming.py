"""What a person drops or pastes, as the text that the engine takes for a source."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

CAPTION_SUFFIXES = (".srt", ".vtt", ".ass", ".ssa", ".ttml", ".sbv")
"""How the files are called that bring words rather than a source."""

_OPENED = {")": "(", "]": "[", "}": "{"}


def is_captions(source: str) -> bool:
    """Whether a source is a local caption file by its name."""
    return "://" not in source and Path(source).suffix.lower() in CAPTION_SUFFIXES


def clean_source(text: str) -> str:
    """A typed or pasted source: spaces and quotes around it gone, a ``file:`` address turned into its path."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    if text.lower().startswith("file:"):
        return QUrl(text).toLocalFile() or text
    return text


def links_in(text: str) -> tuple[str, ...]:
    """Every link in a text, each once; what stands between them does not count."""
    links = (_without_what_follows(word.lstrip("\"'<([{")) for word in text.split())
    return tuple(dict.fromkeys(link for link in links if link.lower().startswith(("http://", "https://"))))


def _without_what_follows(link: str) -> str:
    """A link without the sentence around it; a bracket that closes one of its own belongs to it."""
    while link and (
        link[-1] in "\"'<>,;.!" or (link[-1] in _OPENED and link.count(link[-1]) > link.count(_OPENED[link[-1]]))
    ):
        link = link[:-1]
    return link


def sources_in(mime: QMimeData) -> tuple[str, ...]:
    """Every source in what was dropped or pasted: files and links, or the links in a text."""
    if mime.hasUrls():
        return tuple(_source_of(url) for url in mime.urls() if not url.isEmpty())
    return links_in(mime.text())


def _source_of(url: QUrl) -> str:
    return url.toLocalFile() if url.isLocalFile() else url.toEncoded().toStdString()
