"""What a person drops or pastes, as the text that the engine takes for a source."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QUrl


def clean_source(text: str) -> str:
    """A typed or pasted source: spaces and quotes around it gone, a ``file:`` address turned into its path."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    if text.lower().startswith("file:"):
        return QUrl(text).toLocalFile() or text
    return text


def sources_in(mime: QMimeData) -> tuple[str, ...]:
    """Every source in what was dropped or pasted: files and links, or lines of text that are links."""
    if mime.hasUrls():
        urls = mime.urls()
        return tuple(url.toLocalFile() if url.isLocalFile() else url.toString() for url in urls if not url.isEmpty())
    lines = (clean_source(line) for line in mime.text().splitlines())
    return tuple(line for line in lines if line.lower().startswith(("http://", "https://")))
