"""``fastclip keys`` on a data folder of its own, and on one that another program holds."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from fastclip_desktop import bootstrap
from fastclip_desktop.cli.main import main
from fastclip_desktop.domain.api_key import Scope
from fastclip_desktop.domain.money import Money
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.engine.keyring import Keyring
from fastclip_desktop.settings.paths import Paths, find_paths
from fastclip_desktop.store.data_folder import ClaimedFolder, claim
from fastclip_desktop.store.database import Database
from tests.scripted_runner import ScriptedRunner

SECRET = r"sk_live_[0-9A-Za-z]{43}"
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def paths(fastclip_home: Path) -> Paths:
    return find_paths({"FASTCLIP_HOME": str(fastclip_home)})


@pytest.fixture
def holder(paths: Paths) -> Iterator[Engine]:
    """An engine that holds the data folder."""
    claimed = claim(paths.data, "the window")
    with Engine(ScriptedRunner({}), paths, Database.open(paths.database), claimed) as engine:
        yield engine


@pytest.fixture(params=["nobody", "holder"])
def _held_by(request: pytest.FixtureRequest) -> None:
    if request.param == "holder":
        request.getfixturevalue("holder")


def run(capsys: Capture, *words: str) -> Any:
    assert main(["keys", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def fails(capsys: Capture, exit_code: int, *words: str) -> str:
    assert main(["keys", *words]) == exit_code
    out, sentence = capsys.readouterr()
    assert out == ""
    return sentence


@pytest.mark.usefixtures("_held_by")
def test_a_key_is_made_listed_and_revoked(capsys: Capture) -> None:
    made = run(capsys, "create", "ägent")
    assert set(made) == {"id", "name", "key"}
    assert made["name"] == "ägent"
    assert re.fullmatch(SECRET, str(made["key"]))
    (listed,) = run(capsys, "list")["keys"]
    assert (listed["id"], listed["state"], listed["scope"]) == (made["id"], "live", "all")
    assert (listed["budget"], listed["expires"], listed["last_used"]) == (None, None, None)
    assert str(made["key"])[8:] not in json.dumps(listed)
    assert run(capsys, "revoke", str(made["id"])) == {"id": made["id"], "name": "ägent", "revoked": True}
    (listed,) = run(capsys, "list")["keys"]
    assert listed["state"] == "revoked"


@pytest.mark.usefixtures("_held_by")
def test_what_cannot_be_is_told_in_a_sentence(capsys: Capture) -> None:
    assert "There is no key 'nobody'." in fails(capsys, 3, "revoke", "nobody")
    assert "cannot be called" in fails(capsys, 2, "create", "")
    assert "cannot be called" in fails(capsys, 2, "create", "\udcff")
    for number in range(10):
        run(capsys, "create", str(number))
    assert "no more than 10" in fails(capsys, 3, "create", "eleventh")


def test_a_holder_knows_the_key_at_once(capsys: Capture, holder: Engine) -> None:
    made = run(capsys, "create", "agent", "--clips-only", "--budget", "$12.50", "--expires", "0.5")
    key = holder.keys.find(str(made["key"]))
    assert key is not None
    assert (key.scope, key.budget) == (Scope.CLIPS, Money(1250))
    assert key.expires is not None
    assert key.expires == pytest.approx(time.time() + 12 * 3600, abs=60)
    run(capsys, "revoke", key.id)
    assert holder.keys.find(str(made["key"])) is None


def test_for_people_the_secret_stands_alone_and_the_rest_beside_it(capsys: Capture) -> None:
    assert main(["keys", "create", "agent", "--budget", "700"]) == 0
    out, beside = capsys.readouterr()
    assert re.fullmatch(SECRET + "\n", out)
    assert "'agent'" in beside
    assert main(["keys", "list"]) == 0
    listed = capsys.readouterr().out
    assert "up to $7.00 in all" in listed
    assert "never used" in listed
    assert main(["keys", "revoke", listed.split()[0]]) == 0
    assert "'agent'" in capsys.readouterr().out


def test_an_empty_list_says_how_to_make_one(capsys: Capture) -> None:
    assert main(["keys", "list"]) == 0
    assert "fastclip keys create" in capsys.readouterr().out


def test_instants_are_told_with_their_zone(capsys: Capture, paths: Paths) -> None:
    run(capsys, "create", "agent", "--expires", "30")
    with claim(paths.data, briefly=True), Database.open(paths.database) as database:
        (key,) = Keyring(database, Clock()).all()
    (listed,) = run(capsys, "list")["keys"]
    for name, instant in (("created", key.created), ("expires", key.expires)):
        told = datetime.fromisoformat(listed[name])
        assert told.utcoffset() is not None
        assert told.timestamp() == pytest.approx(instant, abs=1)


def test_a_holder_that_answers_nothing_is_told_of(
    capsys: Capture, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "_PATIENCE", 0.0)
    with claim(paths.data, "an old window"):
        assert "an old window (process" in fails(capsys, 3, "list")


def test_a_holder_that_is_just_starting_is_waited_for(
    capsys: Capture, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    claimed = claim(paths.data, "a new window")
    engine = Engine(ScriptedRunner({}), paths, Database.open(paths.database), claimed)
    monkeypatch.setattr("fastclip_desktop.bootstrap.time.sleep", lambda _: engine.start())
    with engine:
        made = run(capsys, "create", "agent")
        assert engine.keys.find(str(made["key"])) is not None


def test_a_holder_that_is_just_ending_is_waited_for(
    capsys: Capture, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    claimed: ClaimedFolder = claim(paths.data, "an old window")
    monkeypatch.setattr("fastclip_desktop.bootstrap.time.sleep", lambda _: claimed.release())
    assert run(capsys, "list") == {"keys": []}
