"""Named moments at which a program kills itself, put around its functions from outside: the product has no hooks.

A moment is right before or right after one function, which is wrapped wherever it is looked up. Every pass is counted;
the n-th pass of the moment that is armed is the last thing that the process does.
"""

from __future__ import annotations

import functools
import importlib
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

_ROOM = "fastclip_desktop"


def die() -> None:
    """Be killed, as by ``kill -9``."""
    os.kill(os.getpid(), signal.SIGKILL)


@dataclass(frozen=True, slots=True)
class CrashPoint:
    """One moment.

    Attributes:
        place: module and name of the function, such as ``engine.library:Library.shelve``.
        after: whether the moment comes when the function has returned something that is true.
        prelude: the moment at which an earlier run was killed, for those that only a second run comes to.
        newer: whether the second run is that of a newer version, which has the tables updated.
    """

    place: str
    after: bool
    prelude: str = ""
    newer: bool = False


def _before(place: str, prelude: str = "", *, newer: bool = False) -> CrashPoint:
    return CrashPoint(place, after=False, prelude=prelude, newer=newer)


def _after(place: str, prelude: str = "", *, newer: bool = False) -> CrashPoint:
    return CrashPoint(place, after=True, prelude=prelude, newer=newer)


CRASH_POINTS: dict[str, CrashPoint] = {
    # The first start, and the tables.
    "the folder is claimed": _after("store.data_folder:claim"),
    "the tables are made, not committed": _before("store.schema:_check_references"),
    "the tables are made": _after("store.database:apply_steps"),
    # A job comes in.
    "a job is written down, not committed": _after("store.jobs:JobTable.insert"),
    "money is set aside, not committed": _after("store.ledger:Ledger.reserve"),
    "a job is accepted, nobody was told": _after("engine.jobs:Jobs.submit"),
    # It has its turn.
    "a job is claimed, not committed": _after("store.jobs:JobTable.claim_next"),
    "a job is claimed": _after("engine.jobs:Jobs.claim"),
    "a job begins": _before("engine.pipeline:Pipeline.perform"),
    "a stage begins": _after("engine.jobs:JobCourse.begin"),
    "in the middle of a stage": _before("domain.progress:Reporter.report"),
    "a stage is done, its result is not kept": _before("engine.journal:Journal.keep"),
    "a stage's result is kept, not committed": _after("store.jobs:JobTable.remember"),
    "a stage's result is kept": _after("engine.journal:Journal.keep"),
    # Its clip is published.
    "rendered, not sealed": _before("engine.library:seal"),
    "sealed": _after("engine.library:seal"),
    "announced, not committed": _after("store.clips:ClipTable.announce"),
    "before the name": _before("engine.library:give_name"),
    "the name is given, its folder is not on the disk": _before("engine.publishing:fsync_folder"),
    "the name is given, the row is not listed": _after("engine.library:give_name"),
    "listed, not committed": _before("engine.jobs:JobCourse.finish"),
    "the job's end is written, not committed": _before("store.ledger:Ledger.settle"),
    "a script's notice is written, not committed": _after("store.webhooks:WebhookTable.announce"),
    "paid, not committed": _after("engine.jobs:JobCourse.finish"),
    "the clip is listed": _after("engine.library:Library._list"),
    "the clip is told of": _after("engine.library:Library.shelve"),
    "before the job's files go": _before("engine.pipeline:Pipeline.clear"),
    "the job's files are gone": _after("engine.pipeline:Pipeline.clear"),
    "before the end is told": _before("engine.jobs:JobCourse.conclude"),
    # It ends in another way.
    "before the failure is written": _before("engine.jobs:Jobs.fail"),
    "the failure is written, not committed": _before("store.ledger:Ledger.void"),
    "given back, not committed": _after("store.ledger:Ledger.void"),
    "the failure is written": _after("engine.jobs:Jobs.fail"),
    "cancelled": _after("engine.jobs:Jobs.cancel"),
    "before a cancelled clip is withdrawn": _before("engine.library:Library._withdraw"),
    "a cancelled clip is withdrawn": _after("engine.library:Library._withdraw"),
    # Clips go, and the database is copied.
    "a clip's file is deleted, its row is not": _before("engine.library:Library._forget"),
    "a clip is deleted": _after("engine.library:Library._forget"),
    "in the backup": _before("store.backups:_check"),
    "the backup has its name, its folder is not on the disk": _before("store.backups:_fsync_folder"),
    "the backup is made": _after("store.database:_back_up"),
    # A second run puts in order what the first one left.
    "before the recovery": _before("engine.jobs:Jobs.recover", "in the middle of a stage"),
    "put back, not committed": _after("store.jobs:JobTable.put_all_back", "a stage begins"),
    "before the sweep": _before("engine.library:Library.sweep", "the name is given, the row is not listed"),
    "after the sweep": _after("engine.library:Library.sweep", "before the name"),
    "in the sweep, before a cancelled clip is withdrawn": _before(
        "engine.library:Library._withdraw", "before a cancelled clip is withdrawn"
    ),
    "in the sweep, a cancelled clip is withdrawn": _after(
        "engine.library:Library._withdraw", "before a cancelled clip is withdrawn"
    ),
    "in the sweep, before a row without a file goes": _before(
        "engine.library:Library._forget", "a clip's file is deleted, its row is not"
    ),
    "before a named clip is found again": _before(
        "engine.library:Library.resume", "the name is given, the row is not listed"
    ),
    "a named clip is found again, not committed": _after(
        "store.clips:ClipTable.list_as", "the name is given, the row is not listed"
    ),
    "a named clip is found again and listed": _after(
        "engine.library:Library.resume", "the name is given, the row is not listed"
    ),
    "work folders are swept": _after("engine.pipeline:Pipeline.sweep", "the clip is listed"),
    # A newer version comes.
    "in the backup before an update": _before("store.backups:_check", "a stage begins", newer=True),
    "updated, not committed": _before("store.schema:_check_references", "a stage begins", newer=True),
    "updated": _after("store.database:apply_steps", "a stage begins", newer=True),
}


@dataclass
class Watch:
    """Counts how often each moment comes, and does something at one pass of one of them.

    Attributes:
        passes: by the moment's name.
        came: is set when that pass has come.
    """

    passes: Counter[str] = field(default_factory=Counter)
    came: threading.Event = field(default_factory=threading.Event)
    _armed: str = ""
    _at_pass: int = 0
    _action: Callable[[], None] = die
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self) -> None:
        """Wrap the functions; once in a process, and before anything is built of them."""
        for name, point in CRASH_POINTS.items():
            module_name, _, path = point.place.partition(":")
            owner: Any = importlib.import_module(f"{_ROOM}.{module_name}")
            *outer, attribute = path.split(".")
            for each in outer:
                owner = getattr(owner, each)
            # From the class's own dictionary, so that a class method stays one.
            setattr(owner, attribute, self._wrapped(vars(owner)[attribute], name, point))

    def arm(self, name: str, at_pass: int, action: Callable[[], None] = die) -> None:
        """Begin to count anew, and say what is to be done when a moment has come so often."""
        with self._lock:
            self.passes.clear()
            self.came.clear()
            self._armed, self._at_pass, self._action = name, at_pass, action

    def _wrapped(self, function: Callable[..., Any], name: str, point: CrashPoint) -> Callable[..., Any]:
        is_procedure = function.__annotations__.get("return") == "None"

        @functools.wraps(function)
        def wrapper(*arguments: Any, **options: Any) -> Any:
            if not point.after:
                self._pass(name)
            result = function(*arguments, **options)
            # What finds nothing, such as no job to begin, has not done what the moment is named for.
            if point.after and (is_procedure or (result is not None and result is not False)):
                self._pass(name)
            return result

        return wrapper

    def _pass(self, name: str) -> None:
        with self._lock:
            self.passes[name] += 1
            if name != self._armed or self.passes[name] != self._at_pass:
                return
            self._action()
            self.came.set()
