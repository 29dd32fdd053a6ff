from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.model import ModelFile
from fastclip_desktop.domain.model_hub import ModelProgress
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.model_stages import ImportModel, StagedModel
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.inference import staging
from fastclip_desktop.inference.own_models import import_model, reread
from fastclip_desktop.speech.whisper_folder import check_whisper_folder
from tests.tiny_gguf import write_embedder
from tests.tiny_whisper import make_tiny_whisper


def bring(path: Path, folder: Path | None) -> StagedModel:
    return import_model(ImportModel(path, folder), check_whisper_folder, Reporter(), lambda _: None)


def test_a_file_is_copied_and_known(tmp_path: Path) -> None:
    path = write_embedder(tmp_path / "own.gguf")
    seen: list[ModelProgress] = []

    staged = import_model(ImportModel(path, tmp_path / "staging"), check_whisper_folder, Reporter(), seen.append)

    copy = staged.folder / staged.main
    assert staged.kind is ModelKind.EMBEDDING
    assert copy.read_bytes() == path.read_bytes()
    assert copy.is_relative_to(tmp_path / "staging")
    expected = ModelFile(
        "own.gguf", path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest(), copy.stat().st_mtime_ns
    )
    assert staged.files == (expected,)
    assert (seen[0].done, seen[-1].done) == (0, path.stat().st_size)


def test_a_folder_is_copied_without_what_is_not_part_of_it(tmp_path: Path) -> None:
    folder = make_tiny_whisper(tmp_path / "own")
    (folder / "secret.txt").write_text("not part of it")

    staged = bring(folder, tmp_path / "staging")

    assert (staged.kind, staged.main) == (ModelKind.SPEECH, "")
    assert sorted(path.name for path in staged.folder.iterdir()) == sorted(file.name for file in staged.files)
    assert "secret.txt" not in {file.name for file in staged.files}


def test_links_in_a_folder_become_files(tmp_path: Path) -> None:
    blob = write_embedder(tmp_path / "blob")
    (tmp_path / "snapshot").mkdir()
    try:
        (tmp_path / "snapshot" / "own.gguf").symlink_to(blob)
    except OSError:
        pytest.skip("there are no links here")

    staged = bring(tmp_path / "snapshot", tmp_path / "staging")

    assert not (staged.folder / "own.gguf").is_symlink()
    assert (staged.folder / "own.gguf").read_bytes() == blob.read_bytes()


def test_a_linked_model_stays_where_it_is(tmp_path: Path) -> None:
    path = write_embedder(tmp_path / "own.gguf")

    staged = bring(path, None)

    assert staged.folder / staged.main == path
    assert staged.files[0].sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_no_model_is_not_copied(tmp_path: Path) -> None:
    (tmp_path / "own.gguf").write_bytes(b"GGUF nonsense")

    with pytest.raises(InputError) as refused:
        bring(tmp_path / "own.gguf", tmp_path / "staging")
    assert refused.value.code is ErrorCode.BAD_MODEL
    assert not (tmp_path / "staging").exists()


def test_a_full_disk_is_said_before_anything_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_embedder(tmp_path / "own.gguf")
    monkeypatch.setattr(staging, "_SPARE", 10**18)

    with pytest.raises(InputError, match="GB are free") as refused:
        bring(path, tmp_path / "staging")
    assert refused.value.code is ErrorCode.DISK_FULL
    assert not (tmp_path / "staging" / "whole").exists()


def test_it_stops_on_request(tmp_path: Path) -> None:
    path = write_embedder(tmp_path / "own.gguf")
    cancel = CancelToken()

    with pytest.raises(Cancelled):
        import_model(
            ImportModel(path, tmp_path / "staging"),
            check_whisper_folder,
            Reporter(cancel=cancel),
            lambda _: cancel.cancel(),
        )


def test_files_are_what_they_are_now(tmp_path: Path) -> None:
    path = write_embedder(tmp_path / "own.gguf")
    before = bring(path, None).files
    assert reread(tmp_path, before, Reporter()) == before

    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(7, 7))
    (after,) = reread(tmp_path, before, Reporter())
    assert (after.sha256 == before[0].sha256, after.changed, after.size) == (False, 7, before[0].size)


def test_a_file_that_is_gone_is_a_broken_model(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.gguf") as fault:
        reread(tmp_path, (ModelFile("gone.gguf", 1, "", 1),), Reporter())
    assert fault.value.code is ErrorCode.BAD_MODEL
