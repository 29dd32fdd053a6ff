from __future__ import annotations

import threading

from fastclip_desktop.domain.events import ClipRemoved, Event
from fastclip_desktop.engine.event_bus import EventBus
from tests.unit.engine.small_jobs import PATIENCE


def test_subscribers_get_every_event_in_the_order_in_which_they_came() -> None:
    bus = EventBus()
    heard: list[tuple[str, Event]] = []
    bus.subscribe(lambda event: heard.append(("first", event)))
    stop = bus.subscribe(lambda event: heard.append(("second", event)))
    bus.publish(ClipRemoved("a"))
    stop()
    stop()
    bus.publish(ClipRemoved("b"))
    assert heard == [("first", ClipRemoved("a")), ("second", ClipRemoved("a")), ("first", ClipRemoved("b"))]


def test_all_subscribers_see_one_order_whoever_publishes() -> None:
    bus = EventBus()
    heard: tuple[list[Event], list[Event]] = ([], [])
    for each in heard:
        bus.subscribe(each.append)
    threads = [
        threading.Thread(target=lambda name=name: [bus.publish(ClipRemoved(f"{name} {n}")) for n in range(200)])
        for name in "abc"
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard[0] == heard[1]
    assert len(heard[0]) == 600


def test_a_handler_may_publish_and_subscribe() -> None:
    bus = EventBus()
    heard: list[Event] = []

    def answer(event: Event) -> None:
        if event == ClipRemoved("a"):
            bus.subscribe(heard.append)
            bus.publish(ClipRemoved("b"))

    bus.subscribe(answer)
    bus.publish(ClipRemoved("a"))
    assert heard == [ClipRemoved("b")]


def test_nobody_publishes_within_anothers_turn() -> None:
    bus = EventBus()
    heard: list[Event] = []
    bus.subscribe(heard.append)
    begun = threading.Event()

    def publish() -> None:
        begun.set()
        bus.publish(ClipRemoved("late"))

    thread = threading.Thread(target=publish)
    with bus.turn:
        thread.start()
        assert begun.wait(PATIENCE)
        bus.publish(ClipRemoved("early"))
        bus.publish(ClipRemoved("early too"))
    thread.join()
    assert heard == [ClipRemoved("early"), ClipRemoved("early too"), ClipRemoved("late")]
