"""Pictures of every screen of the program: ``python -m tests.screenshots FOLDER``, as ``make screenshots`` does.

One process for each size, theme and language, for Qt takes these once. The sample talk is made once for all of them.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from tests.screenshots.shoot import prepare_home

SIZES = ((1280, 800, 1), (1920, 1080, 1), (1280, 720, 2))
"""Device-independent pixels and the scale: the last one is 2560 × 1440 on a screen of twice the density."""

THEMES, LANGUAGES = ("light", "dark"), ("en", "de")


@dataclass(frozen=True, slots=True)
class Variant:
    """How the program looks on one machine."""

    width: int
    height: int
    scale: int
    theme: str
    language: str

    @property
    def name(self) -> str:
        """Of its folder."""
        size = f"{self.width * self.scale}x{self.height * self.scale}" + (f"@{self.scale}x" if self.scale > 1 else "")
        return f"{size}-{self.theme}-{self.language}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the pictures go, in a folder for each variant")
    parser.add_argument("--only", default="", help="the variants whose names hold this")
    options = parser.parse_args()
    variants = [Variant(*size, theme, language) for size, theme, language in product(SIZES, THEMES, LANGUAGES)]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        prepare_home(home)
        for variant in variants:
            if options.only in variant.name:
                _shoot(variant, home, Path(folder) / "used", options.folder.absolute() / variant.name)
    return 0


def _shoot(variant: Variant, home: Path, used: Path, pictures: Path) -> None:
    shutil.rmtree(used, ignore_errors=True)
    shutil.copytree(home, used)
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": str(variant.scale),
        "FASTCLIP_HOME": str(used),
        "HOME": str(used),
    }
    words = [str(word) for word in (variant.width, variant.height, variant.theme, variant.language, pictures)]
    subprocess.run([sys.executable, "-m", "tests.screenshots.shoot", *words], env=environment, check=True)
    print(f"{variant.name}: {len(list(pictures.iterdir()))} pictures", flush=True)


if __name__ == "__main__":
    sys.exit(main())
