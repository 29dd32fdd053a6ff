"""What a second start says to the first, and what happens to those who say something else."""

from __future__ import annotations

import dataclasses
import hmac
import json
import queue
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fastclip_desktop.store import hand_over as hand_over_module
from fastclip_desktop.store.data_folder import ClaimedFolder, claim
from fastclip_desktop.store.hand_over import (
    KEY,
    MOST_BYTES,
    RECORD,
    Holder,
    ask,
    hand_over,
    holder_answers,
    read_holder,
    write_traces,
)

Taken = queue.SimpleQueue[tuple[tuple[str, ...], int]]


@pytest.fixture
def claimed(tmp_path: Path) -> Iterator[ClaimedFolder]:
    with claim(tmp_path) as folder:
        yield folder


@pytest.fixture
def taken(claimed: ClaimedFolder) -> Taken:
    heard: Taken = queue.SimpleQueue()
    claimed.listen(lambda arguments: heard.put((arguments, threading.get_ident())))
    return heard


@pytest.fixture
def caller(claimed: ClaimedFolder) -> Iterator[socket.socket]:
    """A connection to the holder that has said nothing."""
    holder = read_holder(claimed.folder)
    assert holder is not None
    with socket.create_connection(("127.0.0.1", holder.port), 10) as connection:
        yield connection


def until_hung_up(caller: socket.socket) -> bytes:
    """All that the holder says before it hangs up, which it has to before the connection's own time limit."""
    said = b""
    try:
        while piece := caller.recv(1024):
            said += piece
    except ConnectionResetError:
        pass
    return said


@pytest.mark.parametrize(
    "arguments", [(), ("https://example.org/ä",), ("--start", "1:15", "two words\n"), ("x" * 200_000,)]
)
def test_arguments_arrive_as_they_were_on_a_thread_of_their_own(
    claimed: ClaimedFolder, taken: Taken, arguments: tuple[str, ...]
) -> None:
    assert hand_over(claimed.folder, arguments)
    heard, thread = taken.get(timeout=10)
    assert heard == arguments
    assert thread != threading.get_ident()


def test_nothing_is_handed_to_a_holder_that_takes_nothing(claimed: ClaimedFolder) -> None:
    assert holder_answers(claimed.folder)
    assert not hand_over(claimed.folder, ("talk.mp4",))


def test_a_take_that_fails_harms_nobody(claimed: ClaimedFolder, taken: Taken) -> None:
    came = threading.Event()

    def fail(_: tuple[str, ...]) -> None:
        came.set()
        raise ZeroDivisionError

    claimed.listen(fail)
    assert hand_over(claimed.folder, ("first",))
    assert came.wait(10)
    claimed.listen(lambda arguments: taken.put((arguments, 0)))
    assert hand_over(claimed.folder, ("second",))
    assert taken.get(timeout=10)[0] == ("second",)


def test_too_much_is_not_handed_over(claimed: ClaimedFolder, taken: Taken) -> None:
    assert not hand_over(claimed.folder, ("x" * MOST_BYTES,))
    assert taken.empty()


@pytest.mark.parametrize("words", [(), ("keys", "list"), ("two words\n", "ä"), ("x" * 200_000,)])
def test_a_question_is_answered_on_a_thread_of_its_own(claimed: ClaimedFolder, words: tuple[str, ...]) -> None:
    threads = []

    def answer(asked: tuple[str, ...]) -> str:
        threads.append(threading.get_ident())
        return json.dumps([*asked, "→"], ensure_ascii=False)

    claimed.reply(answer)
    said = ask(claimed.folder, words)
    assert said is not None
    assert json.loads(said) == [*words, "→"]
    assert threads != [threading.get_ident()]


def test_a_question_that_is_not_answered_or_at_too_great_a_length_is_declined(claimed: ClaimedFolder) -> None:
    assert ask(claimed.folder, ("list",)) is None

    def answer(asked: tuple[str, ...]) -> str:
        return "x" * {"much": MOST_BYTES, "too much": MOST_BYTES + 1}[asked[0]]

    claimed.reply(answer)
    assert ask(claimed.folder, ("nothing",)) is None
    assert ask(claimed.folder, ("too much",)) is None
    assert ask(claimed.folder, ("much",)) == "x" * MOST_BYTES


def test_a_question_is_not_taken_for_arguments_nor_arguments_for_a_question(
    claimed: ClaimedFolder, taken: Taken
) -> None:
    assert ask(claimed.folder, ("question",)) is None
    asked: Taken = queue.SimpleQueue()

    def answer(words: tuple[str, ...]) -> str:
        asked.put((words, 0))
        return ""

    claimed.reply(answer)
    assert ask(claimed.folder, ("question",)) == ""
    assert hand_over(claimed.folder, ("argument",))
    assert taken.get(timeout=10)[0] == ("argument",)
    assert asked.get(timeout=10)[0] == ("question",)
    assert taken.empty()
    assert asked.empty()


def test_an_answer_may_take_longer_than_a_greeting(claimed: ClaimedFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hand_over_module, "DEADLINE", 0.5)
    greeted = threading.Event()

    def answer(_: tuple[str, ...]) -> str:
        return str(greeted.wait(1.0))

    claimed.reply(answer)
    assert ask(claimed.folder, ()) == "False"


def test_a_release_waits_for_an_answer_under_way(claimed: ClaimedFolder) -> None:
    began, over = threading.Event(), threading.Event()
    ended = []

    def answer(_: tuple[str, ...]) -> str:
        began.set()
        ended.append(over.wait(10))
        return "late"

    claimed.reply(answer)
    with ThreadPoolExecutor(2) as pool:
        said = pool.submit(ask, claimed.folder, ())
        assert began.wait(10)
        released = pool.submit(claimed.release)
        over.set()
        released.result(10)
        assert ended == [True]
        assert said.result(10) in (None, "late")


@pytest.mark.parametrize(
    "said",
    [
        b"\x01",
        b"\x01\x00\x00\x00\x02{}" + bytes(32),
        b"\x01\xff\xff\xff\xff" + bytes(64),
        b"\x01\x00\x00\x00\x00",
        b"\x00",
    ],
)
def test_an_answer_without_its_proof_is_none(tmp_path: Path, said: bytes) -> None:
    key = b"k" * 32
    with socket.create_server(("127.0.0.1", 0)) as holder:
        write_traces(tmp_path, Holder("FastClip", 1, "here", 0.0, holder.getsockname()[1]), key)

        def pretend() -> None:
            connection, _ = holder.accept()
            with connection:
                nonce = connection.recv(32)
                connection.sendall(bytes(32) + hmac.digest(key, b"first" + nonce + bytes(32), "sha256"))
                connection.recv(1024)
                connection.sendall(said)

        with ThreadPoolExecutor(1) as pool:
            pretending = pool.submit(pretend)
            assert ask(tmp_path, ("keys", "list")) is None
            pretending.result(10)


def test_nobody_is_reached_where_nobody_is(tmp_path: Path, unused_port: int) -> None:
    assert not hand_over(tmp_path, ("talk.mp4",))
    write_traces(tmp_path, Holder("FastClip", 1, "here", 0.0, unused_port), bytes(32))
    assert not hand_over(tmp_path, ("talk.mp4",))
    assert ask(tmp_path, ("keys", "list")) is None
    assert not holder_answers(tmp_path)


@pytest.mark.parametrize("port", [0, -1, 65536, 10**30])
def test_a_port_that_is_none_reaches_nobody(tmp_path: Path, port: int) -> None:
    write_traces(tmp_path, Holder("FastClip", 1, "here", 0.0, port), bytes(32))
    assert not hand_over(tmp_path, ("talk.mp4",))


def test_whoever_knows_another_key_is_not_heard(claimed: ClaimedFolder, taken: Taken) -> None:
    (claimed.folder / KEY).write_bytes(bytes(32))
    assert not holder_answers(claimed.folder)
    assert not hand_over(claimed.folder, ("talk.mp4",))
    assert taken.empty()


def test_a_caller_that_skips_the_proof_is_not_heard(taken: Taken, caller: socket.socket) -> None:
    text = json.dumps(["talk.mp4"]).encode()
    caller.sendall(bytes(32) + len(text).to_bytes(4, "big") + text + bytes(32))
    assert len(until_hung_up(caller)) == 64  # the greeting, and nothing after it
    assert taken.empty()


@pytest.mark.parametrize(
    "garbage", [b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" + bytes(64), bytes(32) + b"\xff" * 1000]
)
def test_garbage_is_hung_up_on_and_the_next_is_heard(
    claimed: ClaimedFolder, taken: Taken, caller: socket.socket, garbage: bytes
) -> None:
    caller.sendall(garbage)
    assert len(until_hung_up(caller)) <= 64
    assert hand_over(claimed.folder, ("talk.mp4",))
    assert taken.get(timeout=10)[0] == ("talk.mp4",)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("said", [b"", b"\x00" * 31, b"\x00" * 34])
def test_a_caller_that_falls_silent_keeps_nobody_waiting_and_is_hung_up_on(
    claimed: ClaimedFolder, taken: Taken, caller: socket.socket, said: bytes
) -> None:
    caller.sendall(said)
    assert hand_over(claimed.folder, ("talk.mp4",))
    assert taken.get(timeout=10)[0] == ("talk.mp4",)
    assert len(until_hung_up(caller)) == (64 if len(said) >= 32 else 0)


def test_a_release_waits_for_no_caller(claimed: ClaimedFolder, caller: socket.socket) -> None:
    claimed.release()
    assert until_hung_up(caller) == b""


def test_one_that_listens_but_says_nothing_is_given_up(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        write_traces(tmp_path, Holder("FastClip", 1, "here", 0.0, silent.getsockname()[1]), bytes(32))
        assert not hand_over(tmp_path, ("talk.mp4",))


def test_one_that_got_a_dead_holders_port_learns_no_arguments(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as impostor:
        write_traces(tmp_path, Holder("FastClip", 1, "here", 0.0, impostor.getsockname()[1]), b"k" * 32)
        said: list[bytes] = []

        def pretend() -> None:
            connection, _ = impostor.accept()
            with connection:
                said.append(connection.recv(1024))
                connection.sendall(bytes(64))
                said.append(connection.recv(1024))

        thread = threading.Thread(target=pretend)
        thread.start()
        assert not hand_over(tmp_path, ("secret",))
        thread.join()
    assert [len(words) for words in said] == [32, 0]


def test_the_record_says_who_and_a_damaged_one_nothing(claimed: ClaimedFolder) -> None:
    holder = read_holder(claimed.folder)
    assert holder is not None
    write_traces(claimed.folder, dataclasses.replace(holder, program="Another"), bytes(32))
    assert read_holder(claimed.folder) == dataclasses.replace(holder, program="Another")
    (claimed.folder / RECORD).write_bytes(b"\xff")
    assert read_holder(claimed.folder) is None
