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
from dataclasses import dataclass
from typing import Any

_ROOM = "fastclip_desktop"


@dataclass(frozen=True, slots=True)
class CrashPoint:
    """One moment.

    Attributes:
        place: module and name of the function, such as ``engine.library:Library.shelve``.
        after: whether the moment comes when the function has returned something that is true.
        prelude: the moment at which an earlier run was killed, for those that only a second run comes to.
    """

    place: str
    after: bool
    prelude: str = ""


def _before(place: str, prelude: str = "") -> CrashPoint:
    return CrashPoint(place, after=False, prelude=prelude)


def _after(place: str, prelude: str = "") -> CrashPoint:
    return CrashPoint(place, after=True, prelude=prelude)


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
}

passes: Counter[str] = Counter()
"""How often each moment has come."""

_lock = threading.Lock()


def watch(armed: str = "", at_pass: int = 1) -> None:
    """Count all moments from now on, and die at a pass of one of them.

    Args:
        armed: the name of the moment; empty for none.
        at_pass: which of its passes.
    """
    for name, point in CRASH_POINTS.items():
        module_name, _, path = point.place.partition(":")
        owner: Any = importlib.import_module(f"{_ROOM}.{module_name}")
        *outer, attribute = path.split(".")
        for each in outer:
            owner = getattr(owner, each)
        # From the class's own dictionary, so that a class method stays one.
        function = vars(owner)[attribute]
        last = at_pass if name == armed else 0
        setattr(owner, attribute, _wrapped(function, name, point, last))


def _wrapped(function: Callable[..., Any], name: str, point: CrashPoint, last: int) -> Callable[..., Any]:
    is_procedure = function.__annotations__.get("return") == "None"

    @functools.wraps(function)
    def wrapper(*arguments: Any, **options: Any) -> Any:
        if not point.after:
            _pass(name, last)
        result = function(*arguments, **options)
        # What finds nothing, such as no job to begin, has not done what the moment is named for.
        if point.after and (is_procedure or (result is not None and result is not False)):
            _pass(name, last)
        return result

    return wrapper


def _pass(name: str, last: int) -> None:
    with _lock:
        passes[name] += 1
        if passes[name] == last:
            os.kill(os.getpid(), signal.SIGKILL)
