"""Which yt-dlp this process imports: the one that came with FastClip, or a newer one from the data folder.

Sites change faster than FastClip is released. A newer yt-dlp, fetched by
:func:`~fastclip_desktop.sources.site_update.update_sites`, lies in a folder of its own and is found by the import
system before the bundled one. It is used only if it is newer and was tried by this very version of FastClip, which
reaches into yt-dlp's networking to guard its connections; if it fails to import all the same, the bundled one is
imported in its place and the newer one is not looked at again.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import json
import logging
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from fastclip_desktop import __version__

_log = logging.getLogger(__name__)

PACKAGES = ("yt_dlp", "yt_dlp_ejs")
"""yt-dlp, and the scripts that solve YouTube's riddles, which each yt-dlp wants in a version of its own."""

CHOICE = "current.json"
"""Names the folder that is used, with its version and the FastClip that tried it; beside the folders."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A fetched yt-dlp.

    Attributes:
        folder: its name inside the folder of all of them.
        version: as on the registry.
        tried_by: the version of FastClip in which it passed the trial.
    """

    folder: str
    version: str
    tried_by: str


def use_newest(folder: Path) -> None:
    """Let imports of yt-dlp find a newer one below ``folder``; to be called before the first of them."""
    _install(_Finder(folder, None))


def use_candidate(folder: Path) -> None:
    """Import yt-dlp from exactly this folder, whatever its version: for a trial in a process of its own."""
    _install(_Finder(folder.parent, folder))


def bundled_version() -> str:
    """The version that came with FastClip; ``0`` where nothing says it."""
    import importlib.metadata  # it brings an e-mail parser, which no local file should wait for

    try:
        return importlib.metadata.version("yt-dlp")
    except importlib.metadata.PackageNotFoundError:
        return "0"


def version_in_use() -> str:
    """The version that this process imports, or would."""
    finder = next((each for each in sys.meta_path if isinstance(each, _Finder)), None)
    choice = finder.choice if finder is not None else None
    return choice.version if choice is not None else bundled_version()


def sites_folder() -> Path | None:
    """Where newer yt-dlps, and what they need, lie; ``None`` where this process was not told."""
    finder = next((each for each in sys.meta_path if isinstance(each, _Finder)), None)
    return finder.folder if finder is not None else None


def read_choice(folder: Path) -> Choice | None:
    """What was chosen below ``folder``, ``None`` where nothing was or what says so is damaged."""
    try:
        fields = json.loads((folder / CHOICE).read_text(encoding="utf-8"))
        choice = Choice(str(fields["folder"]), str(fields["version"]), str(fields["tried_by"]))
    except (OSError, ValueError, LookupError, TypeError):
        return None
    # It is a name of ours and no way to somewhere else.
    return choice if re.fullmatch(r"[\w.-]+", choice.folder) and choice.folder not in (".", "..") else None


def usable_choice(folder: Path) -> Choice | None:
    """What was chosen, if this FastClip tried it and it is newer than the bundled one."""
    choice = read_choice(folder)
    if choice is None or choice.tried_by != __version__ or not (folder / choice.folder / "yt_dlp").is_dir():
        return None
    from packaging.version import InvalidVersion, Version  # only whoever has an update needs it

    try:
        return choice if Version(choice.version) > Version(bundled_version()) else None
    except InvalidVersion:
        return None


def _install(finder: _Finder) -> None:
    sys.meta_path[:] = [finder, *(each for each in sys.meta_path if not isinstance(each, _Finder))]


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, folder: Path, forced: Path | None) -> None:
        self.folder = folder
        self._forced = forced
        self._given_up = False

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Where a package of yt-dlp's lies, ``None`` for everybody else and where the bundled one is to be used."""
        if path is not None or fullname not in PACKAGES or self._given_up:
            return None
        choice = self.choice
        folder = self._forced or (self.folder / choice.folder if choice else None)
        if folder is None:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, [str(folder)], target)
        if spec is not None and spec.loader is not None and self._forced is None and fullname == "yt_dlp":
            spec.loader = _WithBundledBehind(spec.loader, self)
        return spec

    def give_up(self) -> None:
        """Find nothing any more, in this process or a later one."""
        self._given_up = True
        try:
            (self.folder / CHOICE).unlink(missing_ok=True)
        except OSError:
            _log.debug("%s stays", self.folder / CHOICE, exc_info=True)

    @property
    def choice(self) -> Choice | None:
        """What is used in place of the bundled one."""
        return None if self._given_up else usable_choice(self.folder)


class _WithBundledBehind(importlib.abc.Loader):
    """Runs a package's first module, and if that fails the bundled package's in its place."""

    def __init__(self, newer: importlib.abc.Loader, finder: _Finder) -> None:
        self._newer = newer
        self._finder = finder

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        """Leave it to Python."""
        return self._newer.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Run the newer one, or the bundled one."""
        try:
            self._newer.exec_module(module)
        except Exception:
            _log.warning("The updated yt-dlp cannot be imported; the bundled one is used.", exc_info=True)
            self._finder.give_up()
            bundled = importlib.machinery.PathFinder.find_spec("yt_dlp")
            if bundled is None or bundled.loader is None:
                raise
            for name in [name for name in sys.modules if name.startswith(("yt_dlp.", "yt_dlp_ejs"))]:
                del sys.modules[name]
            module.__spec__ = bundled
            module.__file__ = bundled.origin
            module.__path__ = list(bundled.submodule_search_locations or [])
            bundled.loader.exec_module(module)
