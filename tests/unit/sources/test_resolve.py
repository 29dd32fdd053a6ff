from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError, UsageError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.sources.resolve import resolve_source
from tests.local_site import LocalSite


def test_a_path_is_a_file(plain_mp4: Path) -> None:
    assert resolve_source(str(plain_mp4), Reporter()).path == plain_mp4


def test_a_link_is_asked_whatever_the_case_of_its_scheme(local_site: LocalSite, plain_mp4: Path) -> None:
    (local_site.folder / "talk.mp4").write_bytes(plain_mp4.read_bytes())
    media = resolve_source(f" {local_site.url('/talk.mp4').replace('http', 'HTTP')} ", Reporter())
    assert media.path is None
    assert len(media.formats) == 1


@pytest.mark.parametrize("source", ["", "  \n"])
def test_nothing_is_no_source(source: str) -> None:
    with pytest.raises(UsageError) as caught:
        resolve_source(source, Reporter())
    assert caught.value.code is ErrorCode.BAD_USAGE


@pytest.mark.parametrize(
    "source",
    ["ftp://example.org/a.mp4", "rtmp://example.org/live", "gopher://example.org/1", "ytsearch5://cats", "data://x"],
)
def test_other_kinds_of_links_are_named_and_refused(source: str) -> None:
    with pytest.raises(InputError) as caught:
        resolve_source(source, Reporter())
    assert caught.value.code is ErrorCode.UNSUPPORTED_SITE
    assert source.partition(":")[0] in caught.value.message


@pytest.mark.parametrize("source", ["ytsearch:cats", "concat:a.mp4|b.mp4", "data:video/mp4;base64,AAAA", "pipe:0", "-"])
def test_names_that_other_tools_obey_are_only_names_of_files(source: str) -> None:
    with pytest.raises(InputError) as caught:
        resolve_source(source, Reporter())
    assert caught.value.code is ErrorCode.SOURCE_NOT_FOUND


def test_a_local_file_needs_neither_ytdlp_nor_ffmpeg(plain_mp4: Path) -> None:
    script = (
        "import sys\n"
        "from fastclip_desktop.domain.progress import Reporter\n"
        "from fastclip_desktop.sources.resolve import resolve_source\n"
        "from fastclip_desktop.sources.captions import fetch_captions\n"
        "assert resolve_source(sys.argv[1], Reporter()).path\n"
        "print(sorted({'yt_dlp', 'av', 'numpy'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", script, plain_mp4], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
