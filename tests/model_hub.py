"""A model hub on the loopback interface that answers as huggingface.co does to whoever fetches.

A repository's files are listed by ``/api/models/OWNER/NAME?blobs=true`` with their sizes and hashes. Small files come
from ``/OWNER/NAME/resolve/COMMIT/FILE`` itself; large ones (kept by Git LFS) lie on another address, to which that one
redirects, with byte ranges::

    with LocalSite() as site:
        hub = ModelHub(site)
        hub.publish("owner/model", {"model.gguf": data}, licence="mit")
        site.route(hub.storage("model.gguf", data), Route(body=data, cut_after=1000))
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from tests.local_site import LocalSite, Route


class ModelHub:
    """The hub's side of a site."""

    def __init__(self, site: LocalSite) -> None:
        self.site = site

    @property
    def address(self) -> str:
        return self.site.url().rstrip("/")

    def publish(
        self,
        repository: str,
        files: Mapping[str, bytes],
        licence: str = "mit",
        small: Collection[str] = (),
        **facts: Any,
    ) -> str:
        """Offer files, in the place of what the repository had; gives the commit.

        Args:
            repository: ``owner/name``.
            files: contents by name.
            licence: as a tag; none where empty.
            small: the names of files that are not kept by Git LFS.
            **facts: fields of the answer that are to be otherwise.
        """
        commit = hashlib.sha1(json.dumps([sorted(files), len(self.site.requests), facts]).encode()).hexdigest()
        siblings = []
        for name, data in files.items():
            siblings.append(_listed(name, data, large=name not in small))
            resolve = f"/{repository}/resolve/{commit}/{name}"
            headers = {"X-Repo-Commit": commit, "Set-Cookie": "token=secret; Path=/"}
            if name in small:
                self.site.route(resolve, Route(body=data, headers=headers | {"ETag": f'"{_git_sha1(data)}"'}))
            else:
                sha256 = hashlib.sha256(data).hexdigest()
                linked = {"X-Linked-Etag": f'"{sha256}"', "X-Linked-Size": str(len(data))}
                self.site.route(self.storage(data), Route(body=data, headers={"ETag": f'"{sha256}"'}))
                self.site.route(resolve, Route(redirect=self.site.url(self.storage(data)), headers=headers | linked))
        answer = {
            "_id": "1",
            "id": repository,
            "sha": commit,
            "private": False,
            "gated": False,
            "disabled": False,
            "tags": [f"license:{licence}"] if licence else [],
            "siblings": siblings,
        } | facts
        self.site.route(
            f"/api/models/{repository}",
            Route(body=json.dumps(answer).encode(), headers={"Content-Type": "application/json; charset=utf-8"}),
        )
        return commit

    def storage(self, data: bytes) -> str:
        """The path at which the bytes of a large file lie."""
        return f"/storage/{hashlib.sha256(data).hexdigest()}"

    def spoil(self, data: bytes, **how: Any) -> None:
        """Answer for the bytes of a large file otherwise than well, see :class:`~tests.local_site.Route`."""
        path = self.storage(data)
        self.site.route(path, replace(self.site.route_for(path), **how))

    def bytes_sent(self, data: bytes) -> int:
        """How many bytes of a large file were given away."""
        return self.site.bytes_sent(self.storage(data))


def _listed(name: str, data: bytes, *, large: bool) -> dict[str, Any]:
    listed: dict[str, Any] = {"rfilename": name, "size": len(data), "blobId": _git_sha1(data)}
    if large:
        listed["lfs"] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data), "pointerSize": 134}
    return listed


def _git_sha1(data: bytes) -> str:
    return hashlib.sha1(f"blob {len(data)}\0".encode() + data).hexdigest()
