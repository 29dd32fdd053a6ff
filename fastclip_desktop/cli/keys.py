"""``fastclip keys``: the keys of scripts, made, listed and revoked on this machine and nowhere else."""

from __future__ import annotations

import os
import sys
import time
from argparse import Namespace
from datetime import UTC, datetime

from fastclip_desktop.bootstrap import open_keyring
from fastclip_desktop.cli.report import Json, write_json
from fastclip_desktop.domain.api_key import ApiKey, Scope
from fastclip_desktop.domain.money import Money
from fastclip_desktop.engine.keyring import Keyring
from fastclip_desktop.engine.remote_keys import RemoteKeyring
from fastclip_desktop.settings.paths import find_paths
from fastclip_desktop.settings.preferences import read_preferences

_DAY = 24 * 3600.0

_SCOPES = {Scope.ALL: "everything", Scope.CLIPS: "clips only"}


def keys(options: Namespace) -> int:
    """``fastclip keys create NAME | list | revoke ID``."""
    with open_keyring() as keyring:
        match options.action:
            case "create":
                _create(keyring, options)
            case "list":
                _list(keyring, as_json=options.json)
            case "revoke":
                _revoke(keyring, options.id, as_json=options.json)
    return 0


def _create(keyring: Keyring | RemoteKeyring, options: Namespace) -> None:
    preferences, _ = read_preferences(find_paths(os.environ).config)
    key, secret = keyring.create(
        options.name,
        scope=Scope.CLIPS if options.clips_only else Scope.ALL,
        budget=None if options.budget is None else Money(options.budget),
        expires=None if options.expires is None else time.time() + options.expires * _DAY,
        policy=preferences.policy,
    )
    if options.json:
        write_json({"id": key.id, "name": key.name, "key": secret})
    else:
        print(secret)
        print(f"This is the key {key.name!r}. It is shown this once; keep it somewhere safe.", file=sys.stderr)


def _list(keyring: Keyring | RemoteKeyring, *, as_json: bool) -> None:
    now = time.time()
    known = keyring.all()
    if as_json:
        write_json({"keys": [_to_json(key, now) for key in known]})
        return
    if not known:
        print("There are no keys. Make one with `fastclip keys create NAME`.")
    for key in known:
        print(f"{key.id}  {_state(key, now):<7}  {key.name}")
        print(f"  opens {_SCOPES[key.scope]}{_limits(key)} · made {_when(key.created)}{_last_use(key)}")


def _revoke(keyring: Keyring | RemoteKeyring, key_id: str, *, as_json: bool) -> None:
    key = keyring.revoke(key_id)
    if as_json:
        write_json({"id": key.id, "name": key.name, "revoked": True})
    else:
        print(f"The key {key.name!r} opens nothing any more.")


def _to_json(key: ApiKey, now: float) -> Json:
    return {
        "id": key.id,
        "name": key.name,
        "state": _state(key, now),
        "scope": str(key.scope),
        "budget": None if key.budget is None else key.budget.cents,
        "created": _instant(key.created),
        "expires": _instant(key.expires),
        "last_used": _instant(key.used),
    }


def _state(key: ApiKey, now: float) -> str:
    if key.revoked is not None:
        return "revoked"
    return "live" if key.is_live(now) else "expired"


def _limits(key: ApiKey) -> str:
    budget = "" if key.budget is None else f", up to {key.budget} in all"
    return budget if key.expires is None else f"{budget}, until {_when(key.expires)}"


def _last_use(key: ApiKey) -> str:
    return " · never used" if key.used is None else f" · last used {_when(key.used)}"


def _when(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).astimezone().strftime("%Y-%m-%d %H:%M")


def _instant(seconds: float | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
