"""What a person has chosen, in a small file that they may also edit by hand.

The file is JSON. A field that is missing or makes no sense has its default, and a damaged file is like none: a program
that does not start because of its settings cannot be used to mend them either. What this version does not know is kept.
"""

from __future__ import annotations

import ipaddress
import json
import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path

from fastclip_desktop.domain.access import SLOWEST_RATE, Access, is_proxy_address
from fastclip_desktop.domain.card import Card
from fastclip_desktop.domain.device_choices import Wishes, checked_choice
from fastclip_desktop.domain.errors import ErrorCode, InputError, UsageError
from fastclip_desktop.domain.job import DEFAULT_NAME_TEMPLATE
from fastclip_desktop.domain.model_hub import is_hub_address
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.name_template import check_name_template
from fastclip_desktop.domain.policy import HOSTED, LOCAL, Policy
from fastclip_desktop.domain.timeline import LEAST_BYTES, OutputFormat, OutputSpec
from fastclip_desktop.domain.work import Work

FILE = "preferences.json"
"""Its name in the folder of settings."""

SOURCE_OUTPUT = OutputSpec()
"""An mp4 as the source is."""

_MOST_BYTES = 256 * 1024
_LONGEST_NAME = 200
_LOG_LEVELS = ("debug", "info", "warning", "error")
_POLICIES = {policy.name: policy for policy in (LOCAL, HOSTED)}


class ThemeChoice(StrEnum):
    """Which of the two themes the window wears."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the window and the local API go by.

    Attributes:
        policy: its prices and limits.
        allow_local_sources: requests may name paths and addresses of this machine and its network.
        lan_address: an address of this machine by which others in its network may reach the API; empty for none.
        reload_needs_approval: a person has to agree before a script's reload counts.
        port: where it listens.
        cards: the sources of funds that scripts are told of.
        api_on: the window serves the API as long as it is open.
        reload_allowed: scripts may ask for funds at all.
        spending_password: what a script's reload has to bring, as
            :func:`~fastclip_desktop.settings.spending_password.protect` keeps it; empty for none.
        theme: of the window.
        clips_folder: where the window puts clips at first; ``None`` for a folder among the person's videos.
        name_template: how the window calls clips, see
            :class:`~fastclip_desktop.settings.file_names.NameTemplate`.
        output: the look of the window's clips, as it was chosen last.
        models: which model of a kind is used, by its name; the best one where none is chosen.
        side_width: pixels of the side panel; 0 for those of the first start.
        timeline_height: pixels of the timeline, likewise.
        window_size: width and height of a new window in pixels; 0 for those of the first start.
        shortcuts: other keys than the first ones by the ids of the window's commands, as Qt writes them on every
            system; none for a command without keys.
        model_hub: where models are fetched from, such as a company's mirror; empty for the public hub.
        cookies_file: a cookies.txt whose cookies sites get to see of what the person opens in the window.
        cookies_browser: a browser whose cookies they get to see instead, such as ``firefox`` or ``chrome:Profile 1``.
        most_a_second: bytes that a download of the window may take in a second; 0 for no limit.
        proxy: ``http://host:port`` by which this machine reaches servers; empty for what the environment says.
        offline: nothing leaves this machine, see :mod:`fastclip_desktop.outside`.
        language: of the window, as the code of a translation; empty for the system's.
        reduced_motion: nothing in the window slides or fades.
        plays_on_hover: what was found plays while the pointer rests on it.
        quick_scrubbing: small pictures of an open source are made while nothing else is to be done, see
            :mod:`~fastclip_desktop.domain.stand_in`.
        welcomed: the first steps were shown; they never come again.
        notifications: the system tells of what ended while another program was in front.
        devices: what does some kinds of work instead of what is fastest, see :mod:`~fastclip_desktop.domain.devices`.
        jobs_cleared: jobs that ended before this are not listed any more, in seconds since 1970.
        log_level: the least that is kept in the log: ``debug``, ``info``, ``warning`` or ``error``.
        checks_for_updates: the window asks once a day whether there is a newer FastClip.
        updates_checked: when it last did, in seconds since 1970.
    """

    policy: Policy = LOCAL
    allow_local_sources: bool = False
    lan_address: str = ""
    reload_needs_approval: bool = True
    port: int = 7420
    cards: tuple[Card, ...] = ()
    api_on: bool = False
    reload_allowed: bool = True
    spending_password: str = ""
    theme: ThemeChoice = ThemeChoice.SYSTEM
    clips_folder: Path | None = None
    name_template: str = DEFAULT_NAME_TEMPLATE
    output: OutputSpec = SOURCE_OUTPUT
    models: tuple[tuple[ModelKind, str], ...] = ()
    model_hub: str = ""
    side_width: int = 0
    timeline_height: int = 0
    window_size: tuple[int, int] = (0, 0)
    shortcuts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    cookies_file: Path | None = None
    cookies_browser: str = ""
    most_a_second: int = 0
    proxy: str = ""
    offline: bool = False
    language: str = ""
    reduced_motion: bool = False
    plays_on_hover: bool = True
    quick_scrubbing: bool = True
    welcomed: bool = False
    notifications: bool = True
    devices: Wishes = ()
    jobs_cleared: float = 0.0
    log_level: str = "warning"
    checks_for_updates: bool = False
    updates_checked: float = 0.0

    @property
    def access(self) -> Access:
        """How a person's own sources are opened."""
        return Access(cookies=self.cookies_file, browser=self.cookies_browser, most_a_second=self.most_a_second)


def read_preferences(folder: Path) -> tuple[Preferences, tuple[str, ...]]:
    """The preferences in a folder of settings, and sentences on what of them makes no sense.

    Args:
        folder: see :attr:`~fastclip_desktop.settings.paths.Paths.config`; it need not be there.
    """
    path = folder / FILE
    fields, warning = _read(path)
    if warning:
        return Preferences(offline=_mentions_offline(path)), (warning,)
    good: dict[str, object] = {}
    warnings = []
    for name, (understand, expected) in _FIELDS.items():
        if name in fields:
            try:
                good[name] = understand(fields[name])
            except (TypeError, ValueError):
                warnings.append(f"{name!r} in {path} has to be {expected}; its default is used.")
    return Preferences(**good), tuple(warnings)  # type: ignore[arg-type]  # each was understood as what it is


def write_preferences(folder: Path, preferences: Preferences) -> None:
    """Put the preferences in the place of the older ones, all at once; fields of other versions stay.

    Raises:
        InputError: ``output_not_writable``.
    """
    path = folder / FILE
    fields, damage = _read(path)
    fields |= {
        "policy": preferences.policy.name,
        "allow_local_sources": preferences.allow_local_sources,
        "lan_address": preferences.lan_address,
        "reload_needs_approval": preferences.reload_needs_approval,
        "port": preferences.port,
        "cards": [asdict(card) for card in preferences.cards],
        "api_on": preferences.api_on,
        "reload_allowed": preferences.reload_allowed,
        "spending_password": preferences.spending_password,
        "theme": str(preferences.theme),
        "clips_folder": "" if preferences.clips_folder is None else str(preferences.clips_folder),
        "name_template": preferences.name_template,
        "output": _plain_output(preferences.output),
        "models": {str(kind): name for kind, name in preferences.models},
        "model_hub": preferences.model_hub,
        "side_width": preferences.side_width,
        "timeline_height": preferences.timeline_height,
        "window_size": list(preferences.window_size),
        "shortcuts": {command: list(keys) for command, keys in preferences.shortcuts},
        "cookies_file": "" if preferences.cookies_file is None else str(preferences.cookies_file),
        "cookies_browser": preferences.cookies_browser,
        "most_a_second": preferences.most_a_second,
        "proxy": preferences.proxy,
        "offline": preferences.offline,
        "language": preferences.language,
        "reduced_motion": preferences.reduced_motion,
        "plays_on_hover": preferences.plays_on_hover,
        "quick_scrubbing": preferences.quick_scrubbing,
        "welcomed": preferences.welcomed,
        "notifications": preferences.notifications,
        "devices": {str(work): choice for work, choice in preferences.devices},
        "jobs_cleared": preferences.jobs_cleared,
        "log_level": preferences.log_level,
        "checks_for_updates": preferences.checks_for_updates,
        "updates_checked": preferences.updates_checked,
    }
    text = json.dumps(fields, indent=2) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if damage:  # a person may want to look at what they had typed
            path.replace(path.with_suffix(".damaged.json"))
        _replace(path, text)
    except OSError as error:
        raise InputError(
            ErrorCode.OUTPUT_NOT_WRITABLE,
            f"The preferences cannot be written to {path}: {error.strerror or error}.",
            "Make the folder writable.",
        ) from error


def change_preferences(folder: Path, **changes: object) -> Preferences:
    """Change some preferences by their names, and leave the others as they stand in the file now.

    Raises:
        InputError: ``output_not_writable``.
    """
    preferences, _ = read_preferences(folder)
    changed = replace(preferences, **changes)  # type: ignore[arg-type]  # each has the type of its field
    write_preferences(folder, changed)
    return changed


def _read(path: Path) -> tuple[dict[str, object], str]:
    """All fields of the file, and why there are none."""
    try:
        with path.open("rb") as file:
            return _understood(file.read(_MOST_BYTES + 1)), ""
    except FileNotFoundError:
        return {}, ""
    except OSError as error:
        why = error.strerror or error
        return {}, f"The preferences in {path} cannot be read: {why}. FastClip works offline until they can be."
    except (ValueError, TypeError, RecursionError) as error:
        return {}, f"The preferences in {path} make no sense: {error}. The defaults are used."


def _mentions_offline(path: Path) -> bool:
    """Whether a file that makes no sense may say to work offline: neither a slip nor a lock takes anybody online."""
    try:
        with path.open("rb") as file:
            return re.search(rb'"offline"\s*:\s*true', file.read(_MOST_BYTES)) is not None
    except OSError:
        return True


def _understood(data: bytes) -> dict[str, object]:
    if len(data) > _MOST_BYTES:
        raise ValueError(f"there are more than {_MOST_BYTES} bytes")
    fields = json.loads(data)
    if not isinstance(fields, dict):
        raise TypeError("it is no JSON object")
    return fields


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _policy(value: object) -> Policy:
    if not isinstance(value, str) or value not in _POLICIES:
        raise ValueError
    return _POLICIES[value]


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _port(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**16:
        raise ValueError
    return value


def _lan_address(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    if value:
        address = ipaddress.ip_address(value)
        if address.is_unspecified or address.is_multicast or address.is_loopback:
            raise ValueError
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _theme(value: object) -> ThemeChoice:
    return ThemeChoice(_text(value))


def _folder(value: object) -> Path | None:
    if not value:
        return None
    folder = Path(_text(value))
    if not folder.is_absolute() or "\0" in str(folder):
        raise ValueError
    return folder


def _name_template(value: object) -> str:
    text = _text(value)
    try:
        check_name_template(text)
    except UsageError:
        raise ValueError from None
    return text


def _output(value: object) -> OutputSpec:
    if not isinstance(value, dict):
        raise TypeError
    most = value.get("max_bytes")
    if most is not None and (isinstance(most, bool) or not isinstance(most, int) or most < LEAST_BYTES):
        raise ValueError
    try:
        output = OutputSpec.of(OutputFormat.parse(_text(value["format"])), _text(value["quality"]))
    except (KeyError, UsageError):
        raise ValueError from None
    compatible = output.compatible or _flag(value.get("compatible", False))
    return replace(output, compatible=compatible, max_bytes=most, subtitles=_flag(value.get("subtitles", True)))


def _plain_output(output: OutputSpec) -> dict[str, object]:
    # The name of a quality says either how tall or that all is encoded, and a clip may be both.
    return {
        "format": str(output.format),
        "quality": output.quality if output.max_height is None else f"{output.max_height}p",
        "compatible": output.compatible,
        "max_bytes": output.max_bytes,
        "subtitles": output.subtitles,
    }


def _models(value: object) -> tuple[tuple[ModelKind, str], ...]:
    if not isinstance(value, dict):
        raise TypeError
    return tuple((ModelKind(_text(kind)), _text(name)) for kind, name in value.items())


def _devices(value: object) -> Wishes:
    if not isinstance(value, dict):
        raise TypeError
    return tuple((work := Work(_text(name)), checked_choice(work, _text(choice))) for name, choice in value.items())


def _model_hub(value: object) -> str:
    address = _text(value)
    if address and not is_hub_address(address):
        raise ValueError
    return address


def _instant(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
        raise ValueError
    return float(value)


def _pixels(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**15:
        raise ValueError
    return value


def _size(value: object) -> tuple[int, int]:
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError
    return _pixels(value[0]), _pixels(value[1])


def _rate(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or (value and value < SLOWEST_RATE):
        raise ValueError
    return value


def _proxy(value: object) -> str:
    address = _text(value)
    if address and not is_proxy_address(address):
        raise ValueError
    return address


def _name(value: object) -> str:
    text = _text(value)
    if len(text) > _LONGEST_NAME or not text.isprintable():
        raise ValueError
    return text


def _shortcuts(value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Lists of keys; whether they are keys is for the window to say, which knows them."""
    if not isinstance(value, dict):
        raise TypeError
    shortcuts = []
    for command, keys in value.items():
        if not isinstance(keys, list):
            raise TypeError
        shortcuts.append((_text(command), tuple(_text(each) for each in keys)))
    return tuple(shortcuts)


def _cards(value: object) -> tuple[Card, ...]:
    if not isinstance(value, list):
        raise TypeError
    cards = tuple(_card(each) for each in value)
    if len({card.id for card in cards}) < len(cards):
        raise ValueError
    return cards


def _card(value: object) -> Card:
    match value:
        case {
            "id": str(card_id),
            "brand": str(brand),
            "last4": str(last4),
            "exp_month": int(month),
            "exp_year": int(year),
        } if not isinstance(month, bool):
            return Card(card_id, brand, last4, month, year)
        case _:
            raise TypeError


def _log_level(value: object) -> str:
    if value not in _LOG_LEVELS:
        raise ValueError
    return str(value)


_FIELDS: dict[str, tuple[Callable[[object], object], str]] = {
    "policy": (_policy, " or ".join(f'"{name}"' for name in _POLICIES)),
    "allow_local_sources": (_flag, "true or false"),
    "lan_address": (_lan_address, "an address of this machine in its network, or empty"),
    "reload_needs_approval": (_flag, "true or false"),
    "port": (_port, "a number from 1 to 65535"),
    "cards": (_cards, "a list of cards, each with its own id, a brand, last4, exp_month and exp_year"),
    "api_on": (_flag, "true or false"),
    "reload_allowed": (_flag, "true or false"),
    "spending_password": (_text, "what the settings window wrote, or empty"),
    "theme": (_theme, " or ".join(f'"{theme}"' for theme in ThemeChoice)),
    "clips_folder": (_folder, "the whole path of a folder, or empty"),
    "name_template": (_name_template, "a name with {title}, {start} and {end} in it"),
    "output": (_output, "an object with a format and a quality"),
    "models": (_models, "an object of kinds and the names of models"),
    "model_hub": (_model_hub, "an address that starts with https://, or empty"),
    "cookies_file": (_folder, "the whole path of a cookies.txt, or empty"),
    "cookies_browser": (_name, "the name of a browser, or empty"),
    "most_a_second": (_rate, f"a number of bytes from {SLOWEST_RATE}, or 0"),
    "offline": (_flag, "true or false"),
    "proxy": (_proxy, "an address such as http://proxy.example:3128, or empty"),
    "language": (_name, "the code of a language, or empty"),
    "reduced_motion": (_flag, "true or false"),
    "plays_on_hover": (_flag, "true or false"),
    "quick_scrubbing": (_flag, "true or false"),
    "welcomed": (_flag, "true or false"),
    "notifications": (_flag, "true or false"),
    "devices": (_devices, "an object of kinds of work and what does them, such as processor"),
    "jobs_cleared": (_instant, "a number of seconds since 1970, or 0"),
    "log_level": (_log_level, " or ".join(f'"{level}"' for level in _LOG_LEVELS)),
    "checks_for_updates": (_flag, "true or false"),
    "updates_checked": (_instant, "a number of seconds since 1970, or 0"),
    "side_width": (_pixels, "a number of pixels, or 0"),
    "timeline_height": (_pixels, "a number of pixels, or 0"),
    "window_size": (_size, "a list of two numbers of pixels"),
    "shortcuts": (_shortcuts, "an object of the ids of commands and lists of keys"),
}
