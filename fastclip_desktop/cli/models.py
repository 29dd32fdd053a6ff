"""``fastclip models``: the models on this machine, and how others come here."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from fastclip_desktop.cli.report import Json, write_json
from fastclip_desktop.domain.errors import ErrorCode, InputError, UnavailableError
from fastclip_desktop.domain.model import InstalledModel, KnownModel, Model, ModelOffer, ModelState
from fastclip_desktop.domain.model_hub import ModelProgress
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.engine.models import Models

_LINE_STEP = 0.1
"""A line for every tenth is enough for a log."""

_STATES = {ModelState.WHOLE: "", ModelState.TOUCHED: "changed, not read since", ModelState.DAMAGED: "damaged"}

Offers = dict[str, ModelOffer | str]


def models(engine: Engine, options: Namespace) -> int:
    """``fastclip models list | fetch NAME… | import PATH | use NAME | remove NAME``."""
    match options.action:
        case "list":
            _list(engine.models, options)
        case "fetch":
            _fetch(engine.models, options)
        case "import":
            _import(engine.models, options)
        case "use":
            model = engine.models.choose(options.name)
            _say(f"{model.name} is used for {model.kind} from now on.", _model_to_json(model), as_json=options.json)
        case "remove":
            freed = engine.models.remove(options.name)
            told: Json = {"name": options.name, "freed": freed}
            _say(f"{options.name} is gone; {_bytes(freed)} are free again.", told, as_json=options.json)
    return 0


def _list(service: Models, options: Namespace) -> None:
    offers: Offers = {}
    fault = None
    if not options.offline:
        try:
            offers = service.look_up()
        except InputError as error:
            if not isinstance(error, UnavailableError) and error.code is not ErrorCode.OFFLINE:
                raise
            fault = error
    installed = service.list()
    used = {model.name for kind in ModelKind if (model := service.installed(kind)) is not None}
    unfinished = service.unfinished()
    if options.json:
        write_json(
            {
                "folder": str(service.folder),
                "size": sum(each.model.size for each in installed if not each.linked) + sum(unfinished.values()),
                "models": [_installed_to_json(each, each.model.name in used) for each in installed],
                "unfinished": dict(unfinished),
                "hub": service.hub,
                "hub_fault": None if fault is None else {"code": str(fault.code), "message": fault.message},
                "catalogue": [_known_to_json(known, offers.get(known.name)) for known in service.catalogue()],
            }
        )
        return
    _list_installed(service, installed, used, unfinished)
    _list_catalogue(service, {each.model.name for each in installed}, offers)
    if fault is not None:
        print(f"fastclip: {fault.message} So sizes and licences are not known just now.", file=sys.stderr)


def _list_installed(
    service: Models, installed: tuple[InstalledModel, ...], used: set[str], unfinished: dict[str, int]
) -> None:
    size = sum(each.model.size for each in installed if not each.linked)
    print(f"On this machine: {_bytes(size)} in {service.folder}")
    for each in installed:
        facts = [each.model.licence or "licence not stated", "used" if each.model.name in used else ""]
        facts += ["linked" if each.linked else "", _STATES[each.state]]
        words = ", ".join(filter(None, facts))
        print(f"  {each.model.name:<24} {each.model.kind:<10} {_bytes(each.model.size):>9}  {words}")
    for name, left in unfinished.items():
        print(f"  {name:<24} broken off after {_bytes(left)}; `fastclip models fetch {name}` goes on")
    if not installed and not unfinished:
        print("  none")


def _list_catalogue(service: Models, there: set[str], offers: Offers) -> None:
    print("\nTo fetch with `fastclip models fetch NAME` (* where you have no wish of your own):")
    for known in service.catalogue():
        if known.name in there:
            continue
        offer = offers.get(known.name)
        size, licence = ("?", "?")
        if isinstance(offer, ModelOffer):
            size, licence = _bytes(offer.size), offer.licence or "licence not stated"
        mark = "*" if known.recommended else " "
        print(f"{mark} {known.name:<24} {known.kind:<10} {size:>9}  {licence:<12} {known.about}")
        if isinstance(offer, str):
            print(f"    {offer}")


def _fetch(service: Models, options: Namespace) -> None:
    offers = service.look_up(options.names)
    brought = []
    for name in dict.fromkeys(options.names):
        offer = offers[name]
        if isinstance(offer, ModelOffer):
            print(_terms(offer), file=sys.stderr)
        with _display(name) as show:
            brought.append(service.fetch(offer if isinstance(offer, ModelOffer) else name, show))
    if options.json:
        write_json({"models": [_model_to_json(model) for model in brought]})
        return
    for model in brought:
        print(f"{model.name} is here: {model.path}")


def _terms(offer: ModelOffer) -> str:
    licence = f"licence {offer.licence}" if offer.licence else "licence not stated"
    return f"{offer.name}: {_bytes(offer.size)}, {licence}, from {offer.repository} at commit {offer.revision[:12]}"


def _import(service: Models, options: Namespace) -> None:
    path = Path(options.path).expanduser()
    with _display(path.name) as show:
        model = service.import_(path, options.name, link=options.link, on_progress=show)
    licence = f"licence {model.licence}" if model.licence else "its licence is not stated"
    said = f"{model.name} is here, for {model.kind}: {_bytes(model.size)}, {licence}."
    _say(said, _model_to_json(model), as_json=options.json)


@contextmanager
def _display(name: str) -> Iterator[Callable[[ModelProgress], None]]:
    if not sys.stderr.isatty():
        yield _Lines(name).show
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TextColumn("{task.fields[left]}"))
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=None, left="")
        yield lambda progress: bar.update(
            task, completed=progress.done, total=progress.total, left=_left(progress.seconds_left)
        )


class _Lines:
    """Writes a line for every tenth."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._shown = -1.0

    def show(self, progress: ModelProgress) -> None:
        part = progress.done / progress.total if progress.total else 1.0
        if part - self._shown >= _LINE_STEP or (part == 1.0 and self._shown < part):
            self._shown = part
            left = _left(progress.seconds_left)
            told = f"{self._name} … {part:.0%}, {_bytes(progress.done)} of {_bytes(progress.total)}"
            print(f"{told}{', ' if left else ''}{left}", file=sys.stderr, flush=True)


def _left(seconds: float | None) -> str:
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s left" if minutes else f"{rest} s left"


def _say(text: str, as_object: Json, *, as_json: bool) -> None:
    if as_json:
        write_json(as_object)
    else:
        print(text)


def _bytes(size: int) -> str:
    for unit, name in ((1000**3, "GB"), (1000**2, "MB")):
        if size >= unit:
            return f"{size / unit:.1f} {name}"
    return f"{size / 1000:.0f} kB"


def _model_to_json(model: Model) -> dict[str, Json]:
    return {
        "name": model.name,
        "kind": str(model.kind),
        "path": str(model.path),
        "size": model.size,
        "digest": model.digest,
        "revision": model.revision or None,
        "licence": model.licence or None,
    }


def _installed_to_json(each: InstalledModel, used: bool) -> Json:  # noqa: FBT001 - one row
    return {
        **_model_to_json(each.model),
        "state": str(each.state),
        "used": used,
        "linked": each.linked,
        "repository": each.repository or None,
    }


def _known_to_json(known: KnownModel, offer: ModelOffer | str | None) -> Json:
    return {
        "name": known.name,
        "kind": str(known.kind),
        "repository": known.repository,
        "about": known.about,
        "memory": known.memory,
        "recommended": known.recommended,
        "size": offer.size if isinstance(offer, ModelOffer) else None,
        "licence": (offer.licence or None) if isinstance(offer, ModelOffer) else None,
        "revision": offer.revision if isinstance(offer, ModelOffer) else None,
        "fault": offer if isinstance(offer, str) else None,
    }
