"""A headless Chromium, spoken to over a pipe by its DevTools protocol; ``None`` where there is none."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAM = shutil.which("chromium") or shutil.which("google-chrome")

_ARGUMENTS = (
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-sandbox",  # where tests run as root there is none; it opens only what the tests serve
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--hide-scrollbars",
    "--mute-audio",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


class Page:
    """The one page of a browser.

    Attributes:
        requests: the addresses that it has asked for since it was last emptied.
        dialogs: the texts of the dialogs that it has opened, likewise.
    """

    def __init__(self, to: int, of: int) -> None:
        self._to = to
        self._of = of
        self._number = 0
        self._rest = b""
        self._session = ""
        self.requests: list[str] = []
        self.dialogs: list[str] = []
        self._loaded = False
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime"):
            self._call(f"{domain}.enable")

    def open(self, url: str) -> None:
        """Go to an address and wait until it is loaded."""
        self._loaded = False
        self._call("Page.navigate", url=url)
        while not self._loaded:
            self._hear(self._receive())

    def evaluate(self, expression: str) -> Any:
        """The value of an expression of JavaScript in the page."""
        answer = self._call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def look(self, path: Path, width: int, height: int, scheme: str) -> None:
        """Take a picture of it on a screen of a size, in a ``light`` or ``dark`` scheme."""
        self._call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )
        self._call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        path.write_bytes(b64decode(self._call("Page.captureScreenshot")["data"]))

    def close(self) -> None:
        """End the browser."""
        self._session = ""
        self._call("Browser.close")

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result
            self._hear(answer)

    def _hear(self, message: dict[str, Any]) -> None:
        match message.get("method"):
            case "Network.requestWillBeSent":
                self.requests.append(message["params"]["request"]["url"])
            case "Page.javascriptDialogOpening":
                self.dialogs.append(message["params"]["message"])
                self._call("Page.handleJavaScriptDialog", accept=True)
            case "Page.loadEventFired":
                self._loaded = True

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            piece = os.read(self._of, 1 << 16)
            assert piece, "the browser has ended"
            self._rest += piece
        line, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        return message


@contextmanager
def chromium(folder: Path) -> Iterator[Page]:
    """A browser for as long as the block lasts.

    Args:
        folder: for its profile.
    """
    assert PROGRAM
    to_it, ours_to = os.pipe()
    ours_of, of_it = os.pipe()
    # The protocol has the browser read at 3 and write at 4, whatever numbers the pipes have here.
    shell = f'exec "$@" 3<&{to_it} 4>&{of_it}'
    command = ["/bin/bash", "-c", shell, "sh", PROGRAM, *_ARGUMENTS, f"--user-data-dir={folder}", "about:blank"]
    with subprocess.Popen(
        command, pass_fds=(to_it, of_it), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as browser:
        os.close(to_it)
        os.close(of_it)
        try:
            page = Page(ours_to, ours_of)
            yield page
            page.close()
        finally:
            os.close(ours_to)  # it ends when nobody speaks to it any more
            os.close(ours_of)
            try:
                browser.wait(10)
            except subprocess.TimeoutExpired:
                browser.kill()
