"""The parts that FastClip is built of, with their versions, licences and notices, as they were installed."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

_LONGEST_NAME = 60
"""Letters of a licence's name; some packages put the whole text there."""

_MOST_NOTICE = 200_000
_NOTICES = ("licen", "copying", "notice", "author")


@dataclass(frozen=True, slots=True)
class Part:
    """An installed package.

    Attributes:
        name: as its publisher writes it.
        version: of it.
        licence: its name, as the publisher states it; empty where none is stated.
    """

    name: str
    version: str
    licence: str


def all_parts(root: str = "fastclip-desktop") -> tuple[Part, ...]:
    """FastClip's own dependencies and theirs, by name; takes a second, so do it where nobody waits.

    Where nobody knows what FastClip depends on, as in a packaged program, it is all that is there.

    Args:
        root: the package whose dependencies are meant.
    """
    found = {_key(each.name): each for each in metadata.distributions() if each.name}
    wanted = _reachable(root, found) or set(found) - {_key(root)}
    return tuple(Part(found[key].name, found[key].version, _licence(found[key])) for key in sorted(wanted))


def notice_of(name: str) -> str:
    """The texts that came with a part, such as its licence in full; may be empty."""
    texts: list[str] = []
    for file in metadata.distribution(name).files or ():
        if file.name.lower().startswith(_NOTICES) and file.suffix.lower() in ("", ".txt", ".md", ".rst"):
            try:
                text = Path(file.locate()).read_bytes()[:_MOST_NOTICE].decode(errors="replace").strip()
            except OSError:
                continue
            if text and text not in texts:
                texts.append(text)
    return "\n\n".join(texts)


def _reachable(root: str, found: dict[str, metadata.Distribution]) -> set[str]:
    from packaging.requirements import InvalidRequirement, Requirement  # only whoever asks needs it

    reached: set[str] = set()
    waiting: list[tuple[str, frozenset[str]]] = [(_key(root), frozenset())]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        entry = waiting.pop()
        key, extras = entry
        if entry in seen or key not in found:
            continue
        seen.add(entry)
        reached.add(key)
        for text in found[key].requires or ():
            try:
                requirement = Requirement(text)
            except InvalidRequirement:
                continue
            marker = requirement.marker
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
                waiting.append((_key(requirement.name), frozenset(requirement.extras)))
    return reached - {_key(root)}


def _key(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def _licence(distribution: metadata.Distribution) -> str:
    facts = distribution.metadata
    if "License-Expression" in facts:
        return facts["License-Expression"]
    classified = [
        each.rpartition(" :: ")[2] for each in facts.get_all("Classifier") or () if each.startswith("License ::")
    ]
    stated = facts["License"].strip() if "License" in facts else ""
    if stated and len(stated) <= _LONGEST_NAME and "\n" not in stated:
        return stated
    return ", ".join(each for each in classified if each != "OSI Approved")
