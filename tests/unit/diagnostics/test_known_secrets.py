"""What was registered is found among thousands, and what is many pushes out nothing else."""

from __future__ import annotations

from fastclip_desktop.diagnostics.known_secrets import KnownSecrets, Origin


def numbered(word: str, count: int) -> list[str]:
    return [f"{word}-{number:06d}" for number in range(count)]


def test_many_cookies_push_out_neither_keys_nor_what_the_environment_said() -> None:
    known = KnownSecrets()
    known.add(["word-of-the-hub"], Origin.ENVIRONMENT)
    known.add(["word-of-a-key"], Origin.PROGRAM)
    known.add(numbered("cookie", 30_000), Origin.COOKIES)
    assert known.taken_out("word-of-the-hub, word-of-a-key, cookie-029999") == "***, ***, ***"
    assert known.taken_out("cookie-000000") == "cookie-000000"  # the oldest are forgotten


def test_what_the_environment_said_is_never_forgotten() -> None:
    known = KnownSecrets()
    known.add(numbered("variable", 15_000), Origin.ENVIRONMENT)
    known.add(numbered("address", 15_000), Origin.PROGRAM)
    assert known.taken_out("variable-000000 variable-014999 address-014999") == "*** *** ***"


def test_one_of_two_origins_stays_when_the_other_forgets_it() -> None:
    known = KnownSecrets()
    known.add(["said-twice"], Origin.COOKIES)
    known.add(["said-twice"], Origin.ENVIRONMENT)
    known.add(numbered("cookie", 30_000), Origin.COOKIES)
    assert known.taken_out("said-twice") == "***"


def test_one_that_is_given_again_is_as_new() -> None:
    known = KnownSecrets()
    known.add(["given-again", *numbered("address", 1500)], Origin.PROGRAM)
    known.add(["given-again", *numbered("other", 1500)], Origin.PROGRAM)
    assert known.taken_out("given-again") == "***"


def test_the_longer_of_two_is_taken_out_and_neighbours_are_told_apart() -> None:
    known = KnownSecrets()
    known.add(["opensesame", "opensesame-wide", "sesame-wide"], Origin.PROGRAM)
    assert known.taken_out("opensesame-wideopensesame!") == "******!"
    assert known.taken_out("opensesam sesame-widest") == "opensesam ***st"


def test_a_text_without_any_is_the_same_text() -> None:
    known = KnownSecrets()
    text = "short"
    assert known.taken_out(text) is text
    known.add(["open-sesame", "", "tiny"], Origin.PROGRAM)
    assert known.taken_out("") == ""
    assert known.taken_out("a tiny thing") == "a tiny thing"
