"""``fastclip restore`` with real files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fastclip_desktop.cli.main import main
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.money import Money
from fastclip_desktop.store.data_folder import claim
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.ledger import Ledger


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FASTCLIP_HOME", str(tmp_path))
    return tmp_path / "data" / "fastclip.sqlite"


def spoil(path: Path) -> None:
    with path.open("rb+") as file:
        file.write(b"no database" * 100)


def test_a_whole_library_is_left_alone(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Database.open(database).close()
    before = database.read_bytes()
    assert main(["restore", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"was_whole": True, "backup": None}
    assert database.read_bytes() == before


def test_a_damaged_library_gets_its_newest_backup_and_is_kept_aside(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Database.open(database) as opened:
        with opened.transaction() as connection:
            Ledger(connection).deposit(Money(700), "a gift")
        backup = opened.back_up()
    spoil(database)
    with pytest.raises(InputError, match="fastclip restore") as caught:
        Database.open(database)
    assert caught.value.code is ErrorCode.DATA_DAMAGED
    assert main(["restore"]) == 0
    assert str(backup) in capsys.readouterr().out
    with Database.open(database) as opened, opened.reading() as connection:
        assert Ledger(connection).balance() == Money(700)
    assert any(b"no database" in other.read_bytes() for other in database.parent.glob("*damaged*"))


def test_without_a_backup_the_damaged_library_is_set_aside(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Database.open(database).close()
    spoil(database)
    assert main(["restore"]) == 0
    assert "no good backup" in capsys.readouterr().out
    assert not database.exists()
    assert list(database.parent.glob("*damaged*"))


def test_a_library_in_use_is_not_touched(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Database.open(database).close()
    spoil(database)
    before = database.read_bytes()
    with claim(database.parent):
        assert main(["restore", "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "data_in_use"
    assert database.read_bytes() == before
