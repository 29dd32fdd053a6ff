"""What packages are made of, as far as it can be seen without building one."""

from __future__ import annotations

import configparser
import ctypes
import json
import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from fastclip_desktop.gui.arrivals import PROJECT_SUFFIX

ROOT = Path(__file__).parents[1]
LINUX = ROOT / "packaging" / "linux"
ID = "app.fastclip.Desktop"
MIME_INFO = "{http://www.freedesktop.org/standards/shared-mime-info}"


def desktop_entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # names of keys are told apart by their letters
    parser.read(LINUX / f"{ID}.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def test_window_and_packages_have_one_name() -> None:
    window = (ROOT / "fastclip_desktop" / "gui" / "main.py").read_text(encoding="utf-8")
    assert re.findall(r'setDesktopFileName\("(.+)"\)', window) == [ID]
    assert desktop_entry()["Icon"] == ID
    assert json.loads((LINUX / f"{ID}.flatpak.json").read_text(encoding="utf-8"))["id"] == ID
    description = ET.parse(LINUX / f"{ID}.metainfo.xml").getroot()
    assert description.findtext("id") == ID
    assert description.findtext("launchable") == f"{ID}.desktop"


def test_projects_have_a_type_that_the_desktop_opens_with_the_window() -> None:
    kind = ET.parse(LINUX / f"{ID}.xml").getroot().find(f"{MIME_INFO}mime-type")
    assert kind is not None
    patterns = [glob.get("pattern") for glob in kind.iter(f"{MIME_INFO}glob")]
    assert patterns == [f"*{PROJECT_SUFFIX}"]
    entry = desktop_entry()
    assert str(kind.get("type")) in entry["MimeType"].split(";")
    assert entry["Exec"] == "fastclip-desktop %u"


@pytest.mark.parametrize(("called", "says"), [("/usr/bin/fastclip", "COMMAND"), ("fastclip-desktop", "[SRC]")])
def test_the_name_that_the_program_is_called_by_says_which_it_is(called: str, says: str) -> None:
    program = ROOT / "packaging" / "program.py"
    code = f"import sys; sys.argv = [{called!r}, '--help']; sys.path.insert(0, {str(program.parent)!r}); "
    code += f"exec(compile(open({str(program)!r}).read(), {str(program)!r}, 'exec'))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert says in done.stdout.splitlines()[0]


@pytest.fixture
def packaging(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))


@pytest.mark.usefixtures("packaging")
def test_what_is_never_used_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import lean

    monkeypatch.setattr(lean.sys, "platform", "darwin")
    kept = ["PySide6/Qt/plugins/platforms/libqxcb.so", "PySide6/Qt/translations/qtbase_de.qm", "av.libs/libx264.so"]
    left = ["PySide6/Qt/plugins/platforms/libqeglfs.so", "PySide6/Qt/translations/qtbase_fr.qm", "numpy/core.pyi"]
    entries = [(place, place, "DATA") for place in (*kept, *left)]
    assert [place for place, _, _ in lean.lean(entries, tmp_path)] == kept


@pytest.mark.usefixtures("packaging")
@pytest.mark.skipif(sys.platform != "linux", reason="it reads ELF files")
def test_libraries_that_nothing_needs_any_more_are_left_out() -> None:
    import lean

    linked = Path(sys.executable).resolve()
    needed = sorted(lean._needed(str(linked)))
    entries = [("fastclip", str(linked), "EXECUTABLE"), *((f"{name}", str(linked), "BINARY") for name in needed)]
    kept = lean._without_orphans([*entries, ("libnobody.so.1", str(linked), "BINARY")])
    assert kept == entries


@pytest.mark.usefixtures("packaging")
def test_a_folder_that_grew_too_large_fails(tmp_path: Path) -> None:
    (tmp_path / "numpy.libs").mkdir()
    (tmp_path / "numpy.libs" / "libopenblas.so").write_bytes(bytes(3_000_000))
    script = [sys.executable, str(ROOT / "packaging" / "sizes.py"), str(tmp_path), "--most"]
    fits = subprocess.run([*script, "3.5"], check=False, capture_output=True, text=True)
    assert (fits.returncode, "| NumPy | 3 |" in fits.stdout) == (0, True)
    grown = subprocess.run([*script, "2.5"], check=False, capture_output=True, text=True)
    assert (grown.returncode, "holds 3 MB; 2 are allowed" in grown.stderr) == (1, True)


@pytest.mark.usefixtures("packaging")
def test_checksums_are_as_sha256sum_reads_them(tmp_path: Path) -> None:
    import checksums

    (tmp_path / "a.txt").write_bytes(b"abc")
    (tmp_path / "SHA256SUMS").write_text("old", encoding="utf-8")
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert checksums.write_checksums(tmp_path) == f"{digest}  a.txt\n"
    assert (tmp_path / "SHA256SUMS").read_text(encoding="utf-8") == f"{digest}  a.txt\n"


@pytest.mark.usefixtures("packaging")
@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="Debian's and Ubuntu's packages are meant")
def test_the_terms_of_the_systems_libraries_lie_with_them(tmp_path: Path) -> None:
    import notices

    (tmp_path / "_internal").mkdir()
    for name in ("libc.so.6", "libnobody.so.1"):
        (tmp_path / "_internal" / name).touch()
    (notice,) = notices.of_the_system(tmp_path)
    assert notice.startswith("libc6 ")
    assert "of the source package glibc" in notice
    assert "Lesser General Public" in notice


@pytest.mark.usefixtures("packaging")
def test_data_of_icu_keeps_what_sorts_and_loses_what_qt_has_itself() -> None:
    import icu

    head = struct.pack("<H", 32).ljust(12, b"\0") + b"CmnD".ljust(20, b"\0")
    files = [(b"icudt73l/coll/de.res", b"sorts"), (b"icudt73l/curr/de.res", b"Euro"), (b"icudt73l/ibm-1.cnv", b"old")]
    files += [
        (b"icudt73l/root.res", b"everything else"),
        (b"icudt73l/zone/fr.res", b"UTC"),
        (b"icudt73l/zone/de.res", b"MEZ"),
    ]
    kept = [file for file in files if file[1] in (b"sorts", b"everything else", b"MEZ")]
    assert icu.trimmed(head + icu._table(files)) == head + icu._table(kept)
    (count,) = struct.unpack_from("<I", icu._table(kept))
    for number, (name, content) in enumerate(kept):
        name_at, place = struct.unpack_from("<II", icu._table(kept), 4 + 8 * number)
        assert icu._table(kept)[name_at:].startswith(name + b"\0")
        assert icu._table(kept)[place:].startswith(content)
        assert place % 16 == 0
    assert count == len(kept)


@pytest.mark.usefixtures("packaging")
@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("cc"), reason="it makes libraries as on Linux")
def test_qt_quick_is_stood_for_only_while_nobody_asks_for_more_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import no_quick
    import PySide6

    qt = Path(PySide6.__path__[0], "Qt")
    files = [qt / "lib" / "libQt6Quick.so.6", qt / "lib" / "libQt6Qml.so.6"]
    files += [qt / "plugins" / "multimedia" / "libffmpegmediaplugin.so", qt / "lib" / "libQt6Multimedia.so.6"]
    libraries = {f"PySide6/Qt/{file.relative_to(qt)}": str(file) for file in files}
    made = no_quick.stand_ins(libraries, tmp_path)
    assert {Path(place).name for place in made} == {"libQt6Quick.so.6", "libQt6Qml.so.6"}
    assert max(file.stat().st_size for file in made.values()) < 20_000
    for file in made.values():
        ctypes.CDLL(str(file))
    monkeypatch.delitem(no_quick._SOURCES, no_quick._RECORDING)
    assert no_quick.stand_ins(libraries, tmp_path) == {}


@pytest.mark.usefixtures("packaging")
def test_without_a_compiler_it_is_said_what_is_larger_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import icu
    import no_quick

    monkeypatch.setattr("shutil.which", lambda _name: None)
    library = tmp_path / "libicudata.so"
    library.write_bytes(b"no data")
    assert icu.slim(library, tmp_path / "work") == library
    assert no_quick.stand_ins({"PySide6/Qt/lib/libQt6Quick.so.6": str(library)}, tmp_path / "work") == {}
    assert ["ICU" in line or "Qt Quick" in line for line in capsys.readouterr().err.splitlines()] == [True, True]
