from __future__ import annotations

import json
import logging
import os
from hashlib import sha256
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.model import ModelFile, ModelOffer, ModelState
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.model_stages import StagedModel
from fastclip_desktop.store.model_shelf import ModelShelf

OFFER = ModelOffer("small", ModelKind.TEXT, "owner/small", "c0ffee", "mit", ())


def staged(folder: Path, contents: dict[str, bytes], main: str = "") -> StagedModel:
    files = []
    for name, data in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        files.append(ModelFile(name, len(data), sha256(data).hexdigest(), path.stat().st_mtime_ns))
    return StagedModel(ModelKind.TEXT if main else ModelKind.SPEECH, folder, main, tuple(files))


@pytest.fixture
def shelf(tmp_path: Path) -> ModelShelf:
    return ModelShelf(tmp_path / "models")


def put_small(shelf: ModelShelf, data: bytes = b"weights") -> Path:
    model = shelf.put("small", staged(shelf.staging("small") / "whole", {"small.gguf": data}, "small.gguf"), OFFER)
    return model.model.path


def test_there_are_no_models_before_the_first_comes(shelf: ModelShelf) -> None:
    assert shelf.all() == ()
    assert shelf.unfinished() == {}
    assert shelf.get("small") is None


def test_a_model_lies_in_its_place_with_where_it_came_from(shelf: ModelShelf) -> None:
    path = put_small(shelf)

    (found,) = shelf.all()
    assert path.read_bytes() == b"weights"
    assert found.state is ModelState.WHOLE
    assert (found.model.name, found.model.kind, found.model.path) == ("small", ModelKind.TEXT, path)
    assert (found.model.size, found.model.digest) == (7, sha256(b"weights").hexdigest())
    assert (found.model.revision, found.model.licence, found.repository) == ("c0ffee", "mit", "owner/small")


def test_the_path_of_a_model_of_several_files_is_their_folder(shelf: ModelShelf) -> None:
    contents = {"model.bin": b"weights", "config.json": b"{}"}
    model = shelf.put("ears", staged(shelf.staging("ears") / "whole", contents)).model

    assert (model.path / "model.bin").read_bytes() == b"weights"
    assert model.size == 9
    assert model.digest != sha256(b"weights").hexdigest()


def test_the_same_content_has_the_same_digest_under_another_name(shelf: ModelShelf) -> None:
    contents = {"model.bin": b"weights", "config.json": b"{}"}
    first = shelf.put("one", staged(shelf.staging("one") / "whole", contents)).model
    second = shelf.put("two", staged(shelf.staging("two") / "whole", dict(reversed(contents.items())))).model

    assert first.digest == second.digest


def test_a_model_takes_the_place_of_the_older_one_of_its_name(shelf: ModelShelf) -> None:
    put_small(shelf)
    path = put_small(shelf, b"better weights")

    assert path.read_bytes() == b"better weights"
    assert len(shelf.all()) == 1
    assert list((shelf.folder / ".partial").iterdir()) == []


def test_a_file_of_another_size_is_noticed(shelf: ModelShelf) -> None:
    put_small(shelf).write_bytes(b"half")

    assert shelf.all()[0].state is ModelState.DAMAGED


def test_a_missing_file_is_noticed(shelf: ModelShelf) -> None:
    put_small(shelf).unlink()

    assert shelf.all()[0].state is ModelState.DAMAGED


def test_a_file_that_was_written_again_is_noticed_until_somebody_looked(shelf: ModelShelf) -> None:
    path = put_small(shelf)
    os.utime(path, ns=(1, 1))
    touched = shelf.all()[0]

    assert touched.state is ModelState.TOUCHED
    shelf.confirm("small", [ModelFile(touched.files[0].name, 7, touched.files[0].sha256, 1)])
    assert shelf.all()[0].state is ModelState.WHOLE
    assert shelf.all()[0].model == touched.model


def test_files_of_somebody_else_stay_where_they_are(shelf: ModelShelf, tmp_path: Path) -> None:
    own = staged(tmp_path / "mine", {"own.gguf": b"mine"}, "own.gguf")
    model = shelf.put("own", own)

    assert model.linked
    assert model.model.path == tmp_path / "mine" / "own.gguf"
    shelf.remove("own")
    assert shelf.all() == ()
    assert (tmp_path / "mine" / "own.gguf").read_bytes() == b"mine"


def test_removing_takes_the_files_and_what_a_fetch_left(shelf: ModelShelf) -> None:
    path = put_small(shelf)
    partial = shelf.staging("small") / "more.part"
    partial.parent.mkdir(parents=True)
    partial.write_bytes(b"12345")

    assert shelf.unfinished() == {"small": 5}
    shelf.remove("small")
    assert not path.exists()
    assert shelf.unfinished() == {}


def test_what_a_killed_program_left_in_the_midst_of_a_change_goes_in_time(shelf: ModelShelf) -> None:
    put_small(shelf)
    left, fresh = (shelf.folder / ".partial" / f".passing-{age}" for age in ("old", "new"))
    for folder in (left, fresh):
        (folder / "files").mkdir(parents=True)
        (folder / "files" / "small.gguf").write_bytes(b"gigabytes")
    os.utime(left, (1, 1))

    assert shelf.unfinished() == {}
    put_small(shelf)
    assert not left.exists()
    assert fresh.exists()


@pytest.mark.parametrize("name", ["../evil", "", ".hidden", "a/b", "A", "x" * 81, "con\0"])
def test_a_name_that_is_no_folder_name_is_refused(shelf: ModelShelf, name: str) -> None:
    with pytest.raises(InputError) as refused:
        shelf.staging(name)
    assert refused.value.code is ErrorCode.BAD_MODEL
    assert shelf.get(name) is None


@pytest.mark.parametrize(
    "record",
    [
        "",
        "[]",
        "null",
        "[" * 100_000,
        '{"kind": "text"}',
        json.dumps({"kind": "poem"}),
        json.dumps(
            {
                "kind": "text",
                "main": "../../etc/passwd",
                "files": [{"name": "../../etc/passwd", "size": 1, "sha256": "", "changed": 1}],
                "linked": "",
                "revision": "",
                "licence": "",
                "repository": "",
                "added": 1,
            }
        ),
    ],
)
def test_a_record_that_makes_no_sense_is_no_model(
    shelf: ModelShelf, record: str, caplog: pytest.LogCaptureFixture
) -> None:
    put_small(shelf)
    (shelf.folder / "odd").mkdir()
    (shelf.folder / "odd" / "model.json").write_text(record)

    with caplog.at_level(logging.WARNING):
        assert [model.model.name for model in shelf.all()] == ["small"]
    assert "odd" in caplog.text


def test_a_folder_that_cannot_be_written_to_is_a_plain_fault(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file")
    shelf = ModelShelf(tmp_path / "models")

    with pytest.raises(InputError) as fault:
        shelf.put("own", staged(tmp_path / "mine", {"own.gguf": b"mine"}, "own.gguf"))
    assert fault.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
