"""Where things live on this machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

HOME_VARIABLE = "FASTCLIP_HOME"
"""Names one folder for everything: portable use and tests."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The application's folders; none is made before something is put into it.

    Attributes:
        data: what must survive: the library and the database.
        cache: what may be thrown away.
        config: settings.
    """

    data: Path
    cache: Path
    config: Path

    @property
    def work(self) -> Path:
        """One folder a job, gone when the job ends."""
        return self.cache / "work"

    @property
    def fetched(self) -> Path:
        """What was downloaded of remote media, for the next clip of it."""
        return self.cache / "fetched"

    @property
    def clips(self) -> Path:
        """The clips that scripts asked for; a person says where their own go."""
        return self.data / "clips"

    @property
    def uploads(self) -> Path:
        """The files that scripts sent, one folder each, for a day."""
        return self.data / "uploads"

    @property
    def sites(self) -> Path:
        """The newer versions of yt-dlp that were fetched."""
        return self.data / "sites"

    @property
    def left_words(self) -> Path:
        """Transcripts that single commands leave for the library."""
        return self.data / "words"

    @property
    def models(self) -> Path:
        """What hears, compares, judges and looks: one folder a model."""
        return self.data / "models"

    @property
    def database(self) -> Path:
        """The file that keeps the queue, the library and the accounts."""
        return self.data / "fastclip.sqlite"

    @property
    def holder(self) -> Path:
        """The file that says which program has the data folder; only there while one has."""
        return self.data / "instance.json"

    @property
    def previews(self) -> Path:
        """The file that keeps thumbnails, waveforms and the like."""
        return self.cache / "previews.sqlite"

    @property
    def stand_ins(self) -> Path:
        """The file that keeps the small pictures which are shown while a hand moves."""
        return self.cache / "stand-ins.sqlite"

    @property
    def logs(self) -> Path:
        """What the program noted of its work, for whoever looks for a fault."""
        return self.cache / "logs"

    @property
    def crashes(self) -> Path:
        """Reports of what ended the program, or a part of it, against its will."""
        return self.cache / "crashes"

    @property
    def insights(self) -> Path:
        """What was heard and understood of sources, kept for the next question about them."""
        return self.cache / "insights.sqlite"


def find_paths(environment: Mapping[str, str]) -> Paths:
    """The folders for this user, or below ``FASTCLIP_HOME`` if that is set."""
    home = environment.get(HOME_VARIABLE, "").strip()
    if home:
        root = Path(home).expanduser().absolute()
        return Paths(data=root / "data", cache=root / "cache", config=root / "config")
    folders = platformdirs.PlatformDirs("fastclip", appauthor=False)
    return Paths(data=folders.user_data_path, cache=folders.user_cache_path, config=folders.user_config_path)
