"""A backup holds no secret, in no value and in no page; and what is signed with lies beside the database."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.store.backups import restore_newest_backup
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.own_secrets import FILE, OwnSecrets
from fastclip_desktop.store.records import pack, unpack
from fastclip_desktop.store.settings_table import SettingsTable

S = "Qx7vR2mB9kLw4TzN"
LINK = f"https://mara:{S}@media.example.org/talk.mp4?token={S}&n=1"
CLEAN = "https://***@media.example.org/talk.mp4?token=***&n=1"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "fastclip.sqlite"


def backed_up(database: Database) -> bytes:
    backup = database.back_up()
    assert backup is not None
    return backup.read_bytes()


def test_links_lose_their_passwords_in_texts_in_json_and_in_records(path: Path) -> None:
    error = InputError(ErrorCode.DAMAGED_MEDIA, f"{LINK} does not answer.", "Try again.")
    with Database.open(path) as database:
        with database.transaction() as connection:
            put = connection.execute
            put("INSERT INTO sources (location, title, seen) VALUES (?, ?, 0)", (LINK, f"A talk hf_{S}"))
            put("INSERT INTO sources (location, seen) VALUES (?, 0)", (LINK.replace("token=", "token=x"),))
            put(
                "INSERT INTO jobs (id, state, priority, position, request, error, created, ended) "
                "VALUES ('j', 'failed', 1, 1, ?, ?, 0, 1)",
                (pack((LINK,)), pack(error)),
            )
            put(
                "INSERT INTO idempotency (key, name, route, body, answer, created) VALUES ('k', 'n', 'r', 'b', ?, 0)",
                (json.dumps({"source": LINK}),),
            )
            put("INSERT INTO ledger (movement, account, cents, memo, created) VALUES (1, 'spent', 5, ?, 0)", (LINK,))
            put("INSERT INTO stages VALUES ('j', 1, 'resolve', 'd', ?, 1.5, 0)", (pack((LINK,)),))
        assert S.encode() in path.with_name(path.name + "-wal").read_bytes()  # it is looked for in the right way
        assert S.encode() not in backed_up(database)
    assert restore_newest_backup(path) is not None
    with Database.open(path) as database, database.reading() as connection:
        first, second = connection.execute("SELECT location, title FROM sources ORDER BY id").fetchall()
        assert tuple(first) == (CLEAN, "A talk hf_***")
        assert second["location"].startswith(CLEAN)  # two that differed in their secret alone stay two
        job = connection.execute("SELECT request, error FROM jobs").fetchone()
        assert unpack(tuple[str, ...], job["request"]) == (CLEAN,)
        assert unpack(type(error), job["error"]).message == f"{CLEAN} does not answer."
        assert json.loads(connection.execute("SELECT answer FROM idempotency").fetchone()[0]) == {"source": CLEAN}
        assert connection.execute("SELECT memo FROM ledger").fetchone()[0] == CLEAN
        assert tuple(connection.execute("SELECT result, seconds FROM stages").fetchone()) == (None, 1.5)
        guards = connection.execute("SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()[0]
    with Database.in_memory() as fresh, fresh.reading() as connection:
        assert guards == connection.execute("SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()[0]


def test_what_was_deleted_before_is_in_no_page_of_a_backup(path: Path) -> None:
    with Database.open(path) as database:
        with database.transaction() as connection:
            for number in range(200):
                connection.execute("INSERT INTO sources (location, seen) VALUES (?, 0)", (f"{LINK}&m={number}",))
        with database.transaction() as connection:
            connection.execute("DELETE FROM sources")
        assert S.encode() not in backed_up(database)


def test_whoever_is_told_at_a_secret_address_is_left_out(path: Path) -> None:
    addresses = (
        "https://example.org/fastclip",
        f"https://example.org/hook?key={S}",
        f"https://example.org/hooks/{S}",
        f"https://mara:{S}@example.org/",
    )
    with Database.open(path) as database:
        with database.transaction() as connection:
            for number, url in enumerate(addresses):
                connection.execute("INSERT INTO webhooks VALUES (?, ?, '[]', 'k', 'person', 0)", (str(number), url))
                connection.execute("INSERT INTO notices VALUES (?, ?, 'done', '{}', 0, 0)", (f"n{number}", str(number)))
        assert S.encode() not in backed_up(database)
    restore_newest_backup(path)
    with Database.open(path) as database, database.reading() as connection:
        assert [row["url"] for row in connection.execute("SELECT url FROM webhooks")] == [addresses[0]]
        assert [row["id"] for row in connection.execute("SELECT id FROM notices")] == ["n0"]


def test_json_loses_what_its_names_say_is_secret_and_is_else_left_as_it_is_written(path: Path) -> None:
    kept = '{"title" : "Zo\u00eb",  "cookies": "/srv/zo/cookies.txt", "n": 1}'
    lost = json.dumps({"headers": {"Cookie": f"SID={S}", "Accept": "*/*"}, "password": f"open {S}", "token": ""})
    put = "INSERT INTO idempotency (key, name, route, body, answer, created) VALUES (?, 'n', 'r', 'b', ?, 0)"
    with Database.open(path) as database:
        with database.transaction() as connection:
            connection.executemany(put, [("k", kept), ("l", lost)])
        assert S.encode() not in backed_up(database)
    restore_newest_backup(path)
    with Database.open(path) as database, database.reading() as connection:
        answers = [row[0] for row in connection.execute("SELECT answer FROM idempotency ORDER BY key")]
    assert answers[0] == kept
    assert json.loads(answers[1]) == {"headers": {"Cookie": "***", "Accept": "*/*"}, "password": "***", "token": ""}


def test_words_of_media_are_left_as_they_are(path: Path) -> None:
    with Database.open(path) as database:
        with database.transaction() as connection:
            connection.execute("INSERT INTO sources (id, location, seen) VALUES (1, 'a', 0)")
            connection.execute("INSERT INTO transcripts VALUES (1, 1, 'en', 'heard', x'00', 0)")
            connection.execute("INSERT INTO passages VALUES (1, 1, 1, 0, 1, '', 'the password: open sesame please')")
        backed_up(database)
    restore_newest_backup(path)
    with Database.open(path) as database, database.reading() as connection:
        found = connection.execute("SELECT rowid FROM passages_fts WHERE passages_fts MATCH 'sesame'").fetchall()
        assert len(found) == 1
        assert connection.execute("SELECT text FROM passages").fetchone()[0] == "the password: open sesame please"


def test_what_is_signed_with_lies_beside_the_database_and_stays_the_same(path: Path) -> None:
    with Database.open(path) as database:
        with database.transaction() as connection:
            made = OwnSecrets(path).get("links", connection)
            assert OwnSecrets(path).get("links", connection) == made
            assert OwnSecrets(path).get("webhooks", connection) != made
        assert made.hex().encode() not in backed_up(database)
    file = path.with_name(FILE)
    assert made.hex() in file.read_text()
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_an_older_version_kept_in_the_database_moves_out(path: Path) -> None:
    with Database.open(path) as database:
        with database.transaction() as connection:
            SettingsTable(connection).put("secret of links", "ab" * 32)
        assert b"ab" * 32 not in backed_up(database)
        with database.transaction() as connection:
            assert OwnSecrets(path).get("links", connection) == b"\xab" * 32
            assert SettingsTable(connection).get("secret of links") is None
            assert OwnSecrets(path).get("links", connection) == b"\xab" * 32


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"links": "short"}', '{"links": 7}'])
def test_a_damaged_file_of_secrets_is_made_anew(path: Path, damage: str) -> None:
    path.with_name(FILE).write_text(damage)
    with Database.open(path) as database, database.transaction() as connection:
        assert len(OwnSecrets(path).get("links", connection)) == 32
    assert json.loads(path.with_name(FILE).read_text())["links"]


def test_what_could_not_be_kept_is_not_signed_with(path: Path) -> None:
    with Database.open(path) as database, database.transaction() as connection:
        own = OwnSecrets(path)
        path.with_name(FILE).mkdir()
        for _ in range(2):
            with pytest.raises(InputError):
                own.get("links", connection)
        path.with_name(FILE).rmdir()
        made = own.get("links", connection)
        assert OwnSecrets(path).get("links", connection) == made


def test_without_a_file_they_are_remembered() -> None:
    with Database.in_memory() as database, database.transaction() as connection:
        own = OwnSecrets(database.path)
        assert own.get("links", connection) == own.get("links", connection)
