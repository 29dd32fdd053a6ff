"""Object keys: names of uploaded files that look like places in a bucket, and are looked up like any other name."""

from __future__ import annotations

import re
from enum import StrEnum

from fastclip_desktop.engine.uploads import Uploads
from fastclip_desktop.store.uploads import Upload


class Purpose(StrEnum):
    """What a file is uploaded as."""

    SOURCE = "source"
    TRANSCRIPT = "transcript_srt"


_FOLDERS = {Purpose.SOURCE: "sources", Purpose.TRANSCRIPT: "transcripts"}

_LONGEST = 1024

_ID = re.compile(r"/([a-z0-9]{16})-", re.ASCII)


def object_key(upload: Upload) -> str:
    """What a file is called: by whose it is, what for, its id and its name."""
    folder = _FOLDERS[Purpose(upload.purpose)]
    return f"user_{upload.key}/ai-clipping-api/{folder}/{upload.id}-{upload.path.name}"


def find_object(uploads: Uploads, name: str, key: str) -> Upload | None:
    """The file of an object key, ready or not; ``None`` if there is none, not any more, or it is somebody else's.

    Args:
        uploads: all of them.
        name: the object key, as somebody gave it.
        key: the id of the key that they showed.
    """
    match = _ID.search(name[:_LONGEST])
    upload = uploads.find(match[1]) if match else None
    if upload is None or not upload.purpose or upload.key != key or object_key(upload) != name:
        return None
    return upload
