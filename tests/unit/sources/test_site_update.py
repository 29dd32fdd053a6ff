from __future__ import annotations

import hashlib
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yt_dlp

from fastclip_desktop import __version__
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, FastClipError, InputError
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import SitesUpdated, UpdateSites
from fastclip_desktop.sources import site_update
from fastclip_desktop.sources.newest_ytdlp import CHOICE, bundled_version, read_choice, usable_choice
from fastclip_desktop.sources.site_update import update_sites
from tests.local_site import LocalSite, Route

NEWER = "2099.1.2"
HERE = Path(yt_dlp.__file__).parent
SOLVER = HERE.with_name("yt_dlp_ejs")
PASSES = [sys.executable, "-c", "import sys; sys.exit(0)"]
FAILS = [sys.executable, "-c", "import sys; sys.exit(1)"]
METADATA = (
    "Metadata-Version: 2.4\nName: yt-dlp\nVersion: {}\nRequires-Dist: yt-dlp-ejs=={}; extra == 'default'\n\nWords\n"
)

USE = """
import sys
from pathlib import Path
from fastclip_desktop.sources.newest_ytdlp import use_newest, version_in_use
use_newest(Path(sys.argv[1]))
import yt_dlp.version
from yt_dlp import YoutubeDL
assert version_in_use() == yt_dlp.version.__version__ or yt_dlp.__file__ == sys.argv[2]
print(yt_dlp.version.__version__, yt_dlp.__file__)
"""

Wheel = Callable[..., bytes]


def wheel(files: dict[str, str], version: str = NEWER, ejs: str = "0", package: str = "yt_dlp") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in ({f"{package}/__init__.py": ""} | files).items():
            archive.writestr(name, text)
        archive.writestr(f"{package}-{version}.dist-info/METADATA", METADATA.format(version, ejs))
        archive.writestr(f"{package}-{version}.data/data/share/man/yt-dlp.1", "words")
    return buffer.getvalue()


@pytest.fixture(scope="session")
def whole() -> Wheel:
    """A wheel of the very yt-dlp that is installed, with another version and whatever else a test changes."""

    def make(ejs: str = metadata.version("yt-dlp-ejs"), **changes: Callable[[str], str]) -> bytes:
        changes = {"version_py": lambda text: re.sub(r"__version__ = .*", f"__version__ = {NEWER!r}", text)} | changes
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for path in HERE.rglob("*.py"):
                text = path.read_text(encoding="utf-8")
                change = changes.get(path.name.replace(".", "_"))
                name = f"yt_dlp/{path.relative_to(HERE).as_posix()}"
                archive.writestr(name, change(text) if change and path.parent == HERE else text)
            archive.writestr(f"yt_dlp-{NEWER}.dist-info/METADATA", METADATA.format(NEWER, ejs))
        return buffer.getvalue()

    return make


def entry(local_site: LocalSite, name: str, data: bytes, **other: Any) -> dict[str, Any]:
    url = local_site.route(f"/files/{name}", Route(body=data))
    return {"filename": name, "url": url, "hashes": {"sha256": hashlib.sha256(data).hexdigest()}} | other


def index(local_site: LocalSite, **projects: list[dict[str, Any]]) -> str:
    for name, files in projects.items():
        body = json.dumps({"meta": {"api-version": "1.1"}, "name": name, "files": files}).encode()
        local_site.route(f"/simple/{name.replace('_', '-')}/", Route(body=body))
    return local_site.url("/simple/")


@pytest.fixture
def _trial_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is fetched here is no yt-dlp that could pass; the real trial has tests of its own."""
    monkeypatch.setattr(site_update, "_own_command", lambda: PASSES)


def update(folder: Path, url: str) -> SitesUpdated:
    return update_sites(UpdateSites(folder, url), Reporter())


def refused(folder: Path, url: str) -> FastClipError:
    with pytest.raises(InputError) as caught:
        update(folder, url)
    assert caught.value.hint
    assert not folder.exists() or list(folder.iterdir()) == []
    return caught.value


def used(folder: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", USE, str(folder), yt_dlp.__file__], capture_output=True, text=True, check=True
    )
    return done.stdout.split(maxsplit=1)


def test_the_newest_is_fetched_tried_and_used_from_then_on(local_site: LocalSite, tmp_path: Path, whole: Wheel) -> None:
    scripts = {
        f"yt_dlp_ejs/{path.relative_to(SOLVER).as_posix()}": path.read_text(encoding="utf-8")
        for path in SOLVER.rglob("*")
        if path.suffix in (".py", ".js")
    }
    solver = wheel(scripts, "0.0.1", package="yt_dlp_ejs")
    url = index(
        local_site,
        yt_dlp=[entry(local_site, f"yt_dlp-{NEWER}-py3-none-any.whl", whole("0.0.1"))],
        yt_dlp_ejs=[
            entry(local_site, "yt_dlp_ejs-0.0.1-py3-none-any.whl", solver),
            entry(local_site, "yt_dlp_ejs-9.0-py3-none-any.whl", b"not this one"),
        ],
    )
    folder = tmp_path / "sites"
    assert update(folder, url) == SitesUpdated(bundled_version(), NEWER)
    choice = read_choice(folder)
    assert choice is not None
    assert sorted(path.name for path in folder.iterdir()) == sorted([CHOICE, choice.folder])
    assert sorted(path.name for path in (folder / choice.folder).iterdir()) == ["yt_dlp", "yt_dlp_ejs"]
    version, file = used(folder)
    assert version == NEWER
    assert Path(file.strip()).is_relative_to(folder)
    asked = len(local_site.requests_for(f"/files/yt_dlp-{NEWER}-py3-none-any.whl"))
    assert update(folder, url) == SitesUpdated(NEWER, NEWER)
    assert len(local_site.requests_for(f"/files/yt_dlp-{NEWER}-py3-none-any.whl")) == asked == 1
    # What was chosen breaks later: the bundled one takes its place, now and afterwards.
    (folder / choice.folder / "yt_dlp" / "__init__.py").write_text(
        "import yt_dlp.utils\nraise RuntimeError('broken')\n"
    )
    version, file = used(folder)
    assert Path(file.strip()) == HERE / "__init__.py"
    assert read_choice(folder) is None


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("reason", "changes"),
    [
        ("no such thing", {"__init___py": lambda _: "raise ImportError('no such thing')"}),
        ("past the guard", {"YoutubeDL_py": lambda text: text.replace("build_request_director", "build_a_director")}),
    ],
    ids=["cannot be imported", "goes past the guard"],
)
def test_what_does_not_pass_the_trial_is_not_used(
    local_site: LocalSite,
    tmp_path: Path,
    whole: Wheel,
    caplog: pytest.LogCaptureFixture,
    reason: str,
    changes: dict[str, Callable[[str], str]],
) -> None:
    url = index(local_site, yt_dlp=[entry(local_site, f"yt_dlp-{NEWER}-py3-none-any.whl", whole(**changes))])
    error = refused(tmp_path / "sites", url)
    assert error.code is ErrorCode.BAD_UPDATE
    assert "does not work" in error.message
    assert reason in caplog.text


def plain(local_site: LocalSite, data: bytes, version: str = NEWER, **other: Any) -> str:
    data_entry = entry(local_site, f"yt_dlp-{version}-py3-none-any.whl", data, **other)
    empty = wheel({}, "0", package="yt_dlp_ejs")
    return index(
        local_site, yt_dlp=[data_entry], yt_dlp_ejs=[entry(local_site, "yt_dlp_ejs-0-py3-none-any.whl", empty)]
    )


@pytest.mark.usefixtures("_trial_passes")
def test_only_the_package_is_unpacked(local_site: LocalSite, tmp_path: Path) -> None:
    url = plain(local_site, wheel({"yt_dlp/a/b.py": "x = 1", "other/c.py": "", "d.pth": "import os"}))
    folder = tmp_path / "sites"
    update(folder, url)
    choice = read_choice(folder)
    assert choice is not None
    home = folder / choice.folder
    files = sorted(path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file())
    assert files == ["yt_dlp/__init__.py", "yt_dlp/a/b.py", "yt_dlp_ejs/__init__.py"]


def test_bytes_that_are_not_the_promised_ones_are_refused(local_site: LocalSite, tmp_path: Path) -> None:
    url = plain(local_site, wheel({}), hashes={"sha256": "0" * 64})
    error = refused(tmp_path / "sites", url)
    assert error.code is ErrorCode.BAD_UPDATE
    assert "promises" in error.message


@pytest.mark.usefixtures("_trial_passes")
def test_a_trial_that_fails_leaves_the_choice_as_it_was(
    local_site: LocalSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "sites"
    update(folder, plain(local_site, wheel({}, "2099.1.1"), "2099.1.1"))
    before = read_choice(folder)
    monkeypatch.setattr(site_update, "_own_command", lambda: FAILS)
    with pytest.raises(InputError):
        update(folder, plain(local_site, wheel({})))
    assert read_choice(folder) == before
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("yt_dlp-2000.1.1-py3-none-any.whl", {}),
        ("yt_dlp-2099.1.2.dev3-py3-none-any.whl", {}),
        ("yt_dlp-2099.1.2-py3-none-any.whl", {"yanked": "broken"}),
        ("yt_dlp-2099.1.2-py3-none-any.whl", {"requires-python": ">=9"}),
        ("yt_dlp-2099.1.2-py3-none-any.whl", {"requires-python": "nonsense"}),
        ("yt_dlp-2099.1.2-py3-none-any.whl", {"hashes": {"md5": "0"}}),
        ("yt_dlp-2099.1.2-py3-none-any.whl", {"hashes": None}),
        ("yt_dlp-2099.1.2-cp311-cp311-win_amd64.whl", {}),
        ("yt_dlp-2099.1.2.tar.gz", {}),
        ("yt_dlp-nonsense.whl", {}),
    ],
)
def test_what_does_not_run_here_or_is_not_newer_is_left_alone(
    local_site: LocalSite, tmp_path: Path, name: str, other: dict[str, Any]
) -> None:
    known = entry(local_site, f"yt_dlp-{bundled_version()}-py3-none-any.whl", b"")
    url = index(local_site, yt_dlp=[entry(local_site, name, wheel({}), **other), known])
    assert update(tmp_path / "sites", url) == SitesUpdated(bundled_version(), bundled_version())
    assert [seen.path for seen in local_site.requests] == ["/simple/yt-dlp/"]
    assert list((tmp_path / "sites").iterdir()) == []


@pytest.mark.parametrize("body", [b"<html></html>", b"[]", b'{"files": 5}', b'{"files": [1, {}]}', b"[" * 100_000])
def test_an_answer_that_is_no_registrys_is_refused(local_site: LocalSite, tmp_path: Path, body: bytes) -> None:
    local_site.route("/simple/yt-dlp/", Route(body=body))
    assert refused(tmp_path / "sites", local_site.url("/simple/")).code is ErrorCode.BAD_UPDATE


def evil(name: str, mode: int = 0o644) -> bytes:
    buffer = io.BytesIO(wheel({}))
    with zipfile.ZipFile(buffer, "a") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        archive.writestr(info, "../../../etc/passwd")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK" + bytes(1000),
        wheel({})[:-30],
        wheel({}, package="something"),
        evil("yt_dlp/../../escaped.py"),
        evil("yt_dlp/..\\..\\escaped.py"),
        evil("yt_dlp/C:escaped.py"),
        evil("yt_dlp/link", 0o120777),
    ],
)
def test_an_archive_that_is_damaged_or_evil_is_refused(local_site: LocalSite, tmp_path: Path, data: bytes) -> None:
    assert refused(tmp_path / "sites", plain(local_site, data)).code is ErrorCode.BAD_UPDATE
    assert not list(tmp_path.rglob("escaped*"))


def test_a_registry_that_does_not_answer_is_an_error_of_the_network(local_site: LocalSite, tmp_path: Path) -> None:
    local_site.route("/simple/yt-dlp/", Route(status=503))
    assert refused(tmp_path / "sites", local_site.url("/simple/")).code is ErrorCode.SOURCE_UNREACHABLE


@pytest.mark.parametrize("url", ["http://pypi.example/simple/", "ftp://127.0.0.1/", "file:///tmp/", "pypi.org"])
def test_a_registry_has_to_prove_who_it_is(tmp_path: Path, url: str) -> None:
    assert refused(tmp_path / "sites", url).code is ErrorCode.BAD_UPDATE


def test_a_stop_changes_nothing(local_site: LocalSite, tmp_path: Path) -> None:
    url = plain(local_site, wheel({}))
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        update_sites(UpdateSites(tmp_path / "sites", url), Reporter(cancel=cancel))
    assert list((tmp_path / "sites").iterdir()) == []


def test_a_stop_ends_the_trial(local_site: LocalSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cancel = CancelToken()

    def begin() -> list[str]:
        cancel.cancel()
        return [sys.executable, "-c", "import time; time.sleep(60)"]

    monkeypatch.setattr(site_update, "_own_command", begin)
    with pytest.raises(Cancelled):
        update_sites(UpdateSites(tmp_path / "sites", plain(local_site, wheel({}))), Reporter(cancel=cancel))
    assert list((tmp_path / "sites").iterdir()) == []


@pytest.mark.usefixtures("_trial_passes")
def test_what_an_update_that_was_killed_left_is_removed_by_a_later_one(local_site: LocalSite, tmp_path: Path) -> None:
    folder = tmp_path / "sites"
    for name in ("download-old", "download-new", "2099.1.1-0123abcd", "mine"):
        (folder / name).mkdir(parents=True)
        (folder / name / "file").touch()
    os.utime(folder / "download-old", (0, 0))
    update(folder, plain(local_site, wheel({})))
    choice = read_choice(folder)
    assert choice is not None
    assert {path.name for path in folder.iterdir()} == {CHOICE, choice.folder, "download-new", "mine"}


def choose(sites: Path, **fields: Any) -> None:
    (sites / "a" / "yt_dlp").mkdir(parents=True, exist_ok=True)
    choice = {"folder": "a", "version": NEWER, "tried_by": __version__} | fields
    (sites / CHOICE).write_text(json.dumps(choice), encoding="utf-8")


@pytest.mark.parametrize(
    "fields",
    [
        {"version": "2000.1.1"},
        {"version": bundled_version()},
        {"version": "nonsense"},
        {"tried_by": "0.0.1"},
        {"folder": "gone"},
        {"folder": ".."},
        {"folder": "../a"},
        {"folder": ""},
    ],
)
def test_a_choice_counts_only_if_it_is_newer_tried_and_there(tmp_path: Path, fields: dict[str, Any]) -> None:
    choose(tmp_path)
    assert usable_choice(tmp_path) is not None
    choose(tmp_path, **fields)
    assert usable_choice(tmp_path) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "5", "\x00"])
def test_a_damaged_choice_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / CHOICE).write_text(text)
    assert read_choice(tmp_path) is None
    assert usable_choice(tmp_path / "nowhere") is None
