"""XML as far as it goes: a download that broke off still has its first hour."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET


def root_of(text: str) -> ET.Element | None:
    """The root element with all that could be read up to the first fault; ``None`` where not even it begins.

    Args:
        text: XML that declares no entities of its own, since those can expand without end.
    """
    parser: ET.XMLPullParser[ET.Element] = ET.XMLPullParser(("start",))
    parser.feed(text)
    events: Iterator[tuple[object, ...]] = iter(parser.read_events())
    try:
        _, root = next(events, ("start", None))
    except ET.ParseError:
        return None
    return root if isinstance(root, ET.Element) else None
