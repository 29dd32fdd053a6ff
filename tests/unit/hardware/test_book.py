from __future__ import annotations

from fastclip_desktop.domain.devices import DeviceFailure
from fastclip_desktop.domain.work import Work
from fastclip_desktop.hardware.book import DeviceBook

FULL = DeviceFailure("h264_nvenc", "out of memory")


def test_a_failure_is_remembered_and_told_once() -> None:
    told: list[DeviceFailure] = []
    book = DeviceBook(lambda: ((Work.HEAR, "processor"),))
    book.on_failure(told.append)
    book.note(FULL)
    book.note(FULL)
    assert told == [FULL]
    rules = book.rules(fallen=FULL)
    assert rules.failures == (FULL,)
    assert rules.fallen is FULL
    assert (rules.wish(Work.HEAR), rules.wish(Work.ENCODE)) == ("processor", "auto")
    assert rules.failure("h264_nvenc") is FULL
    assert rules.failure("cuda") is None


def test_what_is_forgotten_is_told_of_again() -> None:
    told: list[DeviceFailure] = []
    book = DeviceBook()
    book.on_failure(told.append)
    book.note(FULL)
    book.forget()
    assert book.rules().failures == ()
    book.note(FULL)
    assert told == [FULL, FULL]
