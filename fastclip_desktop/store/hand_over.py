"""What a second start says to the first: open this instead; or what it asks.

Whoever holds a data folder listens on a port of the loopback interface, one road for every system. In the folder lie
the port and who listens, for everybody to read, and a key that only the same user can read. Both sides prove that they
know the key, so that neither a program of another user nor one that got a dead holder's port can ask or answer for
FastClip. All that is said is texts::

    second to first   a nonce C (32 bytes)
    first to second   a nonce S (32 bytes), HMAC(key, "first" C S)
    second to first   length (4 bytes), JSON, HMAC(key, "second" C S JSON)
    first to second   one byte: whether it takes them

A list of texts is handed over. An object whose ``ask`` is a list of texts is a question. If that is taken, there comes
also::

    first to second   length (4 bytes), the answer, HMAC(key, "answer" C S answer)

``multiprocessing.connection`` has a like greeting, but waits for ever for a peer that falls silent in a message.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import logging
import os
import secrets
import socket
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Self

RECORD = "instance.json"
"""Who holds the folder."""

KEY = "instance.key"
"""The key, for its user's eyes only."""

DEADLINE = 2.0
"""Seconds that a whole conversation may take; an honest one takes milliseconds."""

ANSWER_DEADLINE = 20.0
"""Seconds that an answer may take: what it tells of may first have to be put on a slow disk."""

MOST_BYTES = 256 * 1024
"""Of all arguments together, as JSON, and of an answer."""

_KEY_BYTES = 32
_NONCE = 32
_PROOF = 32
_LENGTH = 4
_ASK = "ask"
_TAKEN, _DECLINED = b"\x01", b"\x00"
_LOOPBACK = "127.0.0.1"
_PAUSE = 0.1

_log = logging.getLogger(__name__)

Take = Callable[[tuple[str, ...]], None]
Answer = Callable[[tuple[str, ...]], str]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a data folder.

    Attributes:
        program: its name for a person.
        pid: its process.
        host: the name of its machine.
        since: seconds since 1970.
        port: where it listens on its machine's loopback interface.
    """

    program: str
    pid: int
    host: str
    since: float
    port: int


def read_holder(folder: Path) -> Holder | None:
    """Who holds a data folder by its own word, or who last did if it was killed; ``None`` where nobody says."""
    try:
        fields = json.loads((folder / RECORD).read_bytes())
        since = float(fields["since"])
        time.localtime(since)  # refuses what is no time of this calendar
        return Holder(str(fields["program"]), int(fields["pid"]), str(fields["host"]), since, int(fields["port"]))
    except (OSError, ValueError, TypeError, KeyError, OverflowError):
        return None


def hand_over(folder: Path, arguments: tuple[str, ...]) -> bool:
    """Give a start's arguments to the program that holds the folder.

    Returns:
        Whether it takes them; not if nobody holds the folder, it belongs to another user, or its holder takes none.
    """
    call = _Call.to_holder(folder)
    if call is None:
        return False
    with call:
        return call.greeted() and call.give(json.dumps(arguments).encode())


def ask(folder: Path, words: tuple[str, ...]) -> str | None:
    """Ask the program that holds the folder for something.

    Returns:
        Its answer; ``None`` where there is none: nobody holds the folder, it belongs to another user, or its holder
        answers no questions, or not this one.
    """
    call = _Call.to_holder(folder)
    if call is None:
        return None
    with call:
        return call.answer(json.dumps({_ASK: words}).encode()) if call.greeted() else None


def holder_answers(folder: Path) -> bool:
    """Whether the program that says it holds the folder is alive, and is who it says it is."""
    call = _Call.to_holder(folder)
    if call is None:
        return False
    with call:
        return call.greeted()


class Reception:
    """Listens for later starts, on a thread of its own.

    Attributes:
        key: what they have to know.
        port: where they find it.
        take: gets their arguments, each call on a thread of its own; ``None`` while nobody takes any.
        answer: answers their questions, likewise; a question that it raises an exception at is declined.

    Raises:
        OSError: if there is no port to listen on.
    """

    def __init__(self) -> None:
        self.key = secrets.token_bytes(_KEY_BYTES)
        self.take: Take | None = None
        self.answer: Answer | None = None
        self._socket = socket.create_server((_LOOPBACK, 0))
        self._socket.settimeout(0)
        self.port: int = self._socket.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._closing = asyncio.Event()
        self._thread = threading.Thread(target=self._listen, name="reception", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Listen no longer, and hang up on whoever is there."""
        with contextlib.suppress(RuntimeError):  # the loop has ended already
            self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join()

    def _listen(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner, self._socket:
            runner.run(self._serve())

    async def _serve(self) -> None:
        # asyncio.start_server() loses, and never closes, a connection that comes in the moment it is told to stop.
        closing = asyncio.create_task(self._closing.wait())
        talks: set[asyncio.Task[None]] = set()
        while not closing.done():
            coming = asyncio.create_task(self._loop.sock_accept(self._socket))
            await asyncio.wait({coming, closing}, return_when=asyncio.FIRST_COMPLETED)
            if not coming.done():
                coming.cancel()
            elif coming.exception() is None:
                connection, _ = coming.result()
                talk = asyncio.create_task(self._receive(_Stream(self._loop, connection)))
                talks.add(talk)
                talk.add_done_callback(talks.discard)
                talk.add_done_callback(partial(_hang_up, connection))
            else:  # no descriptor is free, or the caller has gone again
                _log.warning("A later start could not be heard: %r", coming.exception())
                await asyncio.wait({closing}, timeout=_PAUSE)
        for talk in talks:
            talk.cancel()
        await asyncio.gather(*talks, return_exceptions=True)

    async def _receive(self, stream: _Stream) -> None:
        try:
            async with asyncio.timeout(DEADLINE) as limit:
                nonces, text = await self._hear(stream)
                asked, texts = _texts(text)
                if asked:
                    limit.reschedule(self._loop.time() + ANSWER_DEADLINE)
                    await self._answer(stream, nonces, texts)
                else:
                    await self._take(stream, texts)
        except (OSError, ValueError) as error:
            _log.info("Somebody came and said nothing of use: %r", error)

    async def _hear(self, stream: _Stream) -> tuple[bytes, bytes]:
        """Both nonces, and what somebody says who knows the key."""
        nonces = await stream.read(_NONCE) + secrets.token_bytes(_NONCE)
        await stream.write(nonces[_NONCE:] + _proof(self.key, b"first", nonces))
        length = int.from_bytes(await stream.read(_LENGTH), "big")
        if length > MOST_BYTES:
            raise ValueError(f"{length} bytes are too many")
        text = await stream.read(length)
        if not hmac.compare_digest(await stream.read(_PROOF), _proof(self.key, b"second", nonces + text)):
            raise ValueError("the proof is wrong")
        return nonces, text

    async def _take(self, stream: _Stream, arguments: tuple[str, ...]) -> None:
        take = self.take
        await stream.write(_DECLINED if take is None else _TAKEN)
        if take is not None:
            threading.Thread(target=_hand, args=(take, arguments), name="handed-over", daemon=True).start()

    async def _answer(self, stream: _Stream, nonces: bytes, words: tuple[str, ...]) -> None:
        said = None if self.answer is None else await asyncio.to_thread(_said, self.answer, words)
        if said is None:
            await stream.write(_DECLINED)
        else:
            proof = _proof(self.key, b"answer", nonces + said)
            await stream.write(_TAKEN + len(said).to_bytes(_LENGTH, "big") + said + proof)


class _Stream:
    """A connection that is read in pieces of known length."""

    def __init__(self, loop: asyncio.AbstractEventLoop, connection: socket.socket) -> None:
        self._loop = loop
        self._connection = connection
        connection.settimeout(0)

    async def read(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            piece = await self._loop.sock_recv(self._connection, count - len(data))
            if not piece:
                raise ConnectionError("the other side hung up")
            data += piece
        return data

    async def write(self, data: bytes) -> None:
        await self._loop.sock_sendall(self._connection, data)


class _Call:
    """The second start's side of one conversation."""

    def __init__(self, connection: socket.socket, key: bytes, deadline: float) -> None:
        self._connection = connection
        self._key = key
        self._deadline = deadline
        self._nonces = b""

    @classmethod
    def to_holder(cls, folder: Path) -> _Call | None:
        """Connect to the one that says it holds the folder; ``None`` if nobody is there."""
        holder = read_holder(folder)
        try:
            key = (folder / KEY).read_bytes()
            if holder is None or len(key) != _KEY_BYTES:
                return None
            deadline = time.monotonic() + DEADLINE
            return cls(socket.create_connection((_LOOPBACK, holder.port), DEADLINE), key, deadline)
        except (OSError, OverflowError):  # OverflowError: a port that is none
            return None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def greeted(self) -> bool:
        """Say hello, and give whether the answer proves that the other side knows the key."""
        nonce = secrets.token_bytes(_NONCE)
        try:
            self._connection.sendall(nonce)
            answer = self._read(_NONCE + _PROOF)
        except OSError:
            return False
        self._nonces = nonce + answer[:_NONCE]
        return hmac.compare_digest(answer[_NONCE:], _proof(self._key, b"first", self._nonces))

    def give(self, text: bytes) -> bool:
        """Hand the arguments over, and give whether they were taken."""
        if len(text) > MOST_BYTES:
            return False
        try:
            self._connection.sendall(
                len(text).to_bytes(_LENGTH, "big") + text + _proof(self._key, b"second", self._nonces + text)
            )
            return self._read(1) == _TAKEN
        except OSError:
            return False

    def answer(self, question: bytes) -> str | None:
        """Ask, and give the answer; ``None`` if there is none, or it does not come from whoever knows the key."""
        self._deadline += ANSWER_DEADLINE
        if not self.give(question):
            return None
        try:
            said = self._read(min(MOST_BYTES, int.from_bytes(self._read(_LENGTH), "big")))
            proof = self._read(_PROOF)
        except OSError:
            return None
        return said.decode() if hmac.compare_digest(proof, _proof(self._key, b"answer", self._nonces + said)) else None

    def _read(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            self._connection.settimeout(max(0.001, self._deadline - time.monotonic()))
            piece = self._connection.recv(count - len(data))
            if not piece:
                raise ConnectionError("the other side hung up")
            data += piece
        return data


def write_traces(folder: Path, holder: Holder, key: bytes) -> None:
    """Leave in the folder who holds it, for everybody, and the key to talk to it, for this user alone.

    Raises:
        OSError: if the folder does not take them.
    """
    _write(folder / KEY, key, 0o600)
    _write(folder / RECORD, json.dumps(asdict(holder)).encode(), 0o644)


def remove_traces(folder: Path) -> None:
    """Take them away; what is not there or cannot be removed stays so."""
    for name in (RECORD, KEY):
        with contextlib.suppress(OSError):
            (folder / name).unlink()


def _write(path: Path, data: bytes, mode: int) -> None:
    """Put a whole file there at once; it has the mode from its first byte on."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")  # made for its user alone
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(mode)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _proof(key: bytes, side: bytes, said: bytes) -> bytes:
    return hmac.digest(key, side + said, "sha256")


def _texts(data: bytes) -> tuple[bool, tuple[str, ...]]:
    """Whether it is a question, and what is said."""
    said = json.loads(data)
    asked = isinstance(said, dict)
    texts = said.get(_ASK) if isinstance(said, dict) else said
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise ValueError("no list of texts")
    return asked, tuple(texts)


def _said(answer: Answer, words: tuple[str, ...]) -> bytes | None:
    """The answer to a question; ``None`` if there is none."""
    try:
        said = answer(words).encode()
    except Exception:  # noqa: BLE001 - the thread's edge
        _log.exception("What a later start asked was not answered")
        return None
    return said if len(said) <= MOST_BYTES else None


def _hang_up(connection: socket.socket, _: object) -> None:
    connection.close()  # not in the task itself, which may be told to stop before it begins


def _hand(take: Take, arguments: tuple[str, ...]) -> None:
    try:
        take(arguments)
    except Exception:  # noqa: BLE001 - the thread's edge
        _log.exception("What a later start handed over was not taken well")
