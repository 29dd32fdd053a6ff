from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, FastClipError, InputError, UnavailableError, UsageError
from fastclip_desktop.domain.model import KnownModel, ModelOffer
from fastclip_desktop.domain.model_hub import ModelProgress
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.model_stages import FetchModel, StagedModel
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.inference import staging, weights
from fastclip_desktop.inference.weights import fetch_model, look_up
from tests.local_site import LocalSite, Route, unused_port
from tests.model_hub import ModelHub
from tests.tiny_gguf import write_embedder, write_language_model

KNOWN = KnownModel("tiny", ModelKind.EMBEDDING, "owner/tiny", ("tiny-*.gguf",), "for tests", 0, optional=("NOTES.txt",))


@pytest.fixture(scope="module")
def gguf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_embedder(tmp_path_factory.mktemp("gguf") / "tiny.gguf").read_bytes()


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "_PAUSE", 0.001)


@pytest.fixture
def hub(local_site: LocalSite) -> ModelHub:
    return ModelHub(local_site)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "tiny"


def offer_of(hub: ModelHub, known: KnownModel = KNOWN) -> ModelOffer:
    (offer,) = look_up((known,), hub.address, Reporter())
    assert isinstance(offer, ModelOffer), offer
    return offer


def refusal_of(hub: ModelHub, known: KnownModel = KNOWN) -> str:
    (sentence,) = look_up((known,), hub.address, Reporter())
    assert isinstance(sentence, str)
    return sentence


def fetch(hub: ModelHub, offer: ModelOffer, folder: Path, cancel: CancelToken | None = None) -> StagedModel:
    return fetch_model(FetchModel(offer, folder, hub.address), no_speech, Reporter(cancel=cancel), lambda _: None)


def no_speech(folder: Path, name: str) -> None:
    raise AssertionError(f"{name} in {folder} is not there to be heard with")


def fault_of(call: Callable[[], object]) -> FastClipError:
    with pytest.raises(FastClipError) as fault:
        call()
    return fault.value


def test_an_offer_says_what_the_hub_says(hub: ModelHub, gguf: bytes) -> None:
    files = {"tiny-q8.gguf": gguf, "NOTES.txt": b"notes", "other.bin": b"other", "README.md": b"readme"}
    commit = hub.publish("owner/tiny", files, "apache-2.0", small=["NOTES.txt"])

    offer = offer_of(hub)

    assert (offer.name, offer.kind, offer.revision, offer.licence) == ("tiny", KNOWN.kind, commit, "apache-2.0")
    assert [(file.name, file.size) for file in offer.files] == [("tiny-q8.gguf", len(gguf)), ("NOTES.txt", 5)]
    assert offer.files[0].promise == hashlib.sha256(gguf).hexdigest()
    assert offer.files[1].promise == hashlib.sha1(b"blob 5\0notes").hexdigest()
    assert offer.size == len(gguf) + 5


def test_of_several_files_that_fit_the_last_by_name_is_meant(hub: ModelHub, gguf: bytes) -> None:
    hub.publish("owner/tiny", {"tiny-2026.gguf": gguf, "tiny-2025.gguf": b"older"})

    assert [file.name for file in offer_of(hub).files] == ["tiny-2026.gguf"]


@pytest.mark.parametrize(
    ("card", "tags", "licence"),
    [
        ({"license": "mit"}, [], "mit"),
        ({"license": "other", "license_name": "llama3.2"}, ["license:other"], "llama3.2"),
        ({}, [], ""),
        ({"license": ["a", "b"]}, ["license:a", "license:b"], "a, b"),
        (None, ["license:\x1b[31m" + "x" * 500], "[31m" + "x" * 96),
    ],
)
def test_a_licence_is_what_the_repository_states(
    hub: ModelHub, gguf: bytes, card: object, tags: list[str], licence: str
) -> None:
    hub.publish("owner/tiny", {"tiny-1.gguf": gguf}, tags=tags, cardData=card)

    assert offer_of(hub).licence == licence


def test_what_is_not_for_everybody_is_said_in_a_sentence(hub: ModelHub, gguf: bytes) -> None:
    assert "owner/tiny" in refusal_of(hub)  # there is none
    hub.publish("owner/tiny", {"tiny-1.gguf": gguf}, gated="manual")
    assert "agreed to its terms" in refusal_of(hub)
    hub.publish("owner/tiny", {"other.gguf": gguf})
    assert "no tiny-*.gguf" in refusal_of(hub)


@pytest.mark.parametrize("name", ["../tiny-1.gguf", "/tiny-1.gguf", "a\\tiny-1.gguf", "c:tiny-1.gguf", "tiny-\n.gguf"])
def test_a_file_with_a_name_that_leads_elsewhere_is_not_offered(hub: ModelHub, gguf: bytes, name: str) -> None:
    known = replace(KNOWN, files=("*tiny-*.gguf",))
    hub.publish("owner/tiny", {name: gguf})

    assert "no *tiny-*" in refusal_of(hub, known)


@pytest.mark.parametrize(
    "listed",
    [
        {"rfilename": "tiny-1.gguf"},
        {"rfilename": "tiny-1.gguf", "size": -1, "blobId": "0" * 40},
        {"rfilename": "tiny-1.gguf", "size": 5, "blobId": "nonsense"},
        {"rfilename": "tiny-1.gguf", "size": 5, "lfs": {"sha256": "../x", "size": 5, "pointerSize": 1}},
    ],
)
def test_a_file_that_could_not_be_checked_is_not_offered(hub: ModelHub, listed: object) -> None:
    hub.publish("owner/tiny", {}, siblings=[listed])

    assert "no tiny-*.gguf" in refusal_of(hub)


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>Log in</html>", b"[]", b"{}", b'{"id": 1, "siblings": 7}', b"[" * 100_000, b'{"id":"a","sha":"x"}'],
)
def test_something_else_than_a_hub_is_told_from_one(local_site: LocalSite, body: bytes) -> None:
    local_site.route("/api/models/owner/tiny", Route(body=body))

    fault = fault_of(lambda: look_up((KNOWN,), local_site.url(), Reporter()))

    assert isinstance(fault, UnavailableError)
    assert fault.code is ErrorCode.HUB_UNREACHABLE
    assert "does not answer as a model hub" in fault.message


def test_a_hub_that_cannot_be_reached_is_said_with_the_way_out() -> None:
    with unused_port() as port:
        fault = fault_of(lambda: look_up((KNOWN,), f"http://127.0.0.1:{port}", Reporter()))

    assert fault.code is ErrorCode.HUB_UNREACHABLE
    assert "from a file" in fault.hint


def test_a_hub_in_trouble_is_not_a_missing_model(hub: ModelHub) -> None:
    hub.site.route("/api/models/owner/tiny", Route(status=503))

    assert "answers 503" in fault_of(lambda: look_up((KNOWN,), hub.address, Reporter())).message


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError):
        look_up((KNOWN,), "http://huggingface.co", Reporter())


def test_a_model_comes_whole(hub: ModelHub, gguf: bytes, folder: Path) -> None:
    hub.publish("owner/tiny", {"tiny-1.gguf": gguf, "NOTES.txt": b"notes"}, small=["NOTES.txt"])
    offer = offer_of(hub)
    seen: list[ModelProgress] = []

    staged = fetch_model(FetchModel(offer, folder, hub.address), no_speech, Reporter(), seen.append)

    assert (staged.kind, staged.main) == (ModelKind.EMBEDDING, "tiny-1.gguf")
    assert (staged.folder / "tiny-1.gguf").read_bytes() == gguf
    assert (staged.folder / "NOTES.txt").read_bytes() == b"notes"
    assert [file.sha256 for file in staged.files] == [hashlib.sha256(data).hexdigest() for data in (gguf, b"notes")]
    assert (seen[0].done, seen[-1].done, seen[-1].total) == (0, offer.size, offer.size)
    assert hub.bytes_sent(gguf) == len(gguf)


def test_nobody_is_told_who_asks(
    hub: ModelHub, gguf: bytes, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    (home / ".cache" / "huggingface").mkdir(parents=True)
    (home / ".cache" / "huggingface" / "token").write_text("hf_secret")
    (home / ".netrc").write_text("machine 127.0.0.1 login me password secret")
    (home / ".netrc").chmod(0o600)
    before = sorted(home.rglob("*"))
    for name, value in {"HOME": str(home), "HF_TOKEN": "hf_secret", "CLAUDECODE": "1"}.items():
        monkeypatch.setenv(name, value)
    hub.publish("owner/tiny", {"tiny-1.gguf": gguf, "NOTES.txt": b"notes"}, small=["NOTES.txt"])

    fetch(hub, offer_of(hub), folder)

    assert sorted(home.rglob("*")) == before
    for seen in hub.site.requests:
        assert not {"authorization", "cookie"} & set(seen.headers)
        assert seen.headers["user-agent"].startswith("fastclip/")
        assert "secret" not in str(seen)
        assert "harness" not in seen.path


def test_a_connection_that_breaks_off_is_taken_up_where_it_ended(hub: ModelHub, gguf: bytes, folder: Path) -> None:
    hub.publish("owner/tiny", {"tiny-1.gguf": gguf})
    hub.spoil(gguf, cut_after=len(gguf) // 3, cuts=2)

    staged = fetch(hub, offer_of(hub), folder)

    assert (staged.folder / "tiny-1.gguf").read_bytes() == gguf
    assert hub.bytes_sent(gguf) == len(gguf)
    assert len(hub.site.requests_for(hub.storage(gguf))) == 3


def test_many_connections_that_each_bring_something_bring_all_of_it(hub: ModelHub, gguf: bytes, folder: Path) -> None:
    hub.publish("owner/tiny", {"tiny-1.gguf": gguf})
    hub.spoil(gguf, cut_after=len(gguf) // 12)

    assert (fetch(hub, offer_of(hub), folder).folder / "tiny-1.gguf").read_bytes() == gguf
    assert len(hub.site.requests_for(hub.storage(gguf))) >= 12


@pytest.mark.parametrize("how", [{"resets": True}, {}, {"claimed_length": 10**9}])
def test_one_that_always_breaks_off_says_so_and_keeps_what_has_come(
    hub: ModelHub, gguf: bytes, folder: Path, how: dict[str, object]
) -> None:
    hub.publish("owner/tiny", {"tiny-1.gguf": gguf})
    offer = offer_of(hub)
    part = folder / "parts" / offer.files[0].promise
    part.parent.mkdir(parents=True)
    part.write_bytes(gguf[:1000])
    hub.spoil(gguf, cut_after=0, **how)

    fault = fault_of(lambda: fetch(hub, offer, folder))

    assert fault.code is ErrorCode.HUB_UNREACHABLE
    assert part.read_bytes() == gguf[:1000]


def test_what_an_earlier_try_brought_is_not_brought_again(hub: ModelHub, gguf: bytes, folder: Path) -> None:
    hub.publish("owner/tiny", {"tiny-1.gguf": gguf, "NOTES.txt": b"notes"}, small=["NOTES.txt"])
    offer = offer_of(hub)
    (folder / "parts").mkdir(parents=True)
    (folder / "parts" / offer.files[0].promise).write_bytes(gguf[:5000])
    seen: list[ModelProgress] = []

    fetch_model(FetchModel(offer, folder, hub.address), no_speech, Reporter(), seen.append)

    assert hub.bytes_sent(gguf) == len(gguf) - 5000
    assert hub.site.requests_for(hub.storage(gguf))[0].headers["range"] == "bytes=5000-"
    assert seen[-1].done == offer.size


def test_it_is_taken_up_under_a_new_commit_with_the_same_file(hub: ModelHub, gguf: bytes, folder: Path) -> None:
    hub.publish("owner/tiny", {"tiny-1.gguf": gguf})
    hub.spoil(gguf, cut_after=0)
    first = offer_of(hub)
    (folder / "parts").mkdir(parents=True)
    (folder / "parts" / first.files[0].promise).write_bytes(gguf[:5000])
    hub.publish("owner/tiny", {"tiny-1.gguf": gguf})
    second = offer_of(hub)

    fetch(hub, second, folder)

    assert first.revision != second.revision
    assert hub.bytes_sent(gguf) == len(gguf) - 5000


def test_parts_of_other_files_go(hub: ModelHub, gguf: bytes, folder: Path) -> None:
    (folder / "parts").mkdir(parents=True)
    (folder / "parts" / ("0" * 64)).write_bytes(b"something older")
    (folder / "whole").mkdir()
    (folder / "whole" / "tiny-0.gguf").write_bytes(gguf)
    hub.publish("owner/tiny", {"tiny-1.gguf": gguf})

    fetch(hub, offer_of(hub), folder)

    assert [path.name for path in (folder / "whole").iterdir()] == ["tiny-1.gguf"]
    assert list((folder / "parts").iterdir()) == []


def test_a_damaged_part_is_brought_anew(hub: ModelHub, gguf: bytes, folder: Path) -> None:
    hub.publish("owner/tiny", {"tiny-1.gguf": gguf})
    offer = offer_of(hub)
    for left in (b"x" * 5000, b"x" * len(gguf), b"x" * (len(gguf) + 7)):
        (folder / "parts").mkdir(parents=True, exist_ok=True)
        (folder / "parts" / offer.files[0].promise).write_bytes(left)
        (folder / "whole" / "tiny-1.gguf").unlink(missing_ok=True)

        assert (fetch(hub, offer, folder).folder / "tiny-1.gguf").read_bytes() == gguf


def test_a_whole_file_is_read_again_before_it_is_believed(hub: ModelHub, gguf: bytes, folder: Path) -> None:
    hub.publish("owner/tiny", {"tiny-1.gguf": gguf})
    offer = offer_of(hub)
    (folder / "whole").mkdir(parents=True)
    (folder / "whole" / "tiny-1.gguf").write_bytes(gguf)
    fetch(hub, offer, folder)
    assert hub.bytes_sent(gguf) == 0

    (folder / "whole" / "tiny-1.gguf").write_bytes(b"x" * len(gguf))
    assert (fetch(hub, offer, folder).folder / "tiny-1.gguf").read_bytes() == gguf
    assert hub.bytes_sent(gguf) == len(gguf)


def test_a_hub_without_ranges_sends_all_of_it_again(hub: ModelHub, gguf: bytes, folder: Path) -> None:
    hub.publish("owner/tiny", {"tiny-1.gguf": gguf})
    hub.spoil(gguf, ranges=False)
    offer = offer_of(hub)
    (folder / "parts").mkdir(parents=True)
    (folder / "parts" / offer.files[0].promise).write_bytes(gguf[:5000])

    assert (fetch(hub, offer, folder).folder / "tiny-1.gguf").read_bytes() == gguf


@pytest.mark.parametrize("spoilt", ["another", "shorter", "longer"])
def test_other_bytes_than_promised_are_never_used(hub: ModelHub, gguf: bytes, folder: Path, spoilt: str) -> None:
    hub.publish("owner/tiny", {"tiny-1.gguf": gguf})
    bodies = {"another": bytes([gguf[0] ^ 1]) + gguf[1:], "shorter": gguf[:-10], "longer": gguf + b"more"}
    offer = offer_of(hub)
    hub.spoil(gguf, body=bodies[spoilt])

    fault = fault_of(lambda: fetch(hub, offer, folder))

    assert fault.code is (ErrorCode.BAD_MODEL if spoilt == "another" else ErrorCode.HUB_UNREACHABLE)
    assert "tiny-1.gguf" in fault.message
    assert list((folder / "whole").glob("*")) == []


def test_what_is_promised_but_no_model_is_not_used(hub: ModelHub, folder: Path) -> None:
    hub.publish("owner/tiny", {"tiny-1.gguf": b"#!/bin/sh"})

    assert fault_of(lambda: fetch(hub, offer_of(hub), folder)).code is ErrorCode.BAD_MODEL
    assert not (folder / "whole").exists()


def test_a_model_of_another_kind_is_not_used(hub: ModelHub, folder: Path, tmp_path: Path) -> None:
    hub.publish("owner/tiny", {"tiny-1.gguf": write_language_model(tmp_path / "lm.gguf").read_bytes()})

    fault = fault_of(lambda: fetch(hub, offer_of(hub), folder))

    assert "kind text and not of the kind embedding" in fault.message


def test_a_file_that_is_gone_is_no_reason_to_try_again(hub: ModelHub, gguf: bytes, folder: Path) -> None:
    hub.publish("owner/tiny", {"tiny-1.gguf": gguf})
    offer = offer_of(hub)
    hub.site.route(f"/owner/tiny/resolve/{offer.revision}/tiny-1.gguf", Route(status=404))

    assert fault_of(lambda: fetch(hub, offer, folder)).code is ErrorCode.MODEL_REFUSED
    assert len(hub.site.requests) == 2


def test_a_hub_that_is_overloaded_for_a_while_is_asked_again(hub: ModelHub, gguf: bytes, folder: Path) -> None:
    hub.publish("owner/tiny", {"tiny-1.gguf": gguf})
    hub.spoil(gguf, troubles=3)

    assert (fetch(hub, offer_of(hub), folder).folder / "tiny-1.gguf").read_bytes() == gguf


def test_a_full_disk_is_said_before_anything_is_fetched(
    hub: ModelHub, gguf: bytes, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.publish("owner/tiny", {"tiny-1.gguf": gguf})
    offer = offer_of(hub)
    monkeypatch.setattr(staging, "_SPARE", 10**18)

    fault = fault_of(lambda: fetch(hub, offer, folder))

    assert fault.code is ErrorCode.DISK_FULL
    assert hub.bytes_sent(gguf) == 0


def test_two_programs_do_not_fetch_the_same_one(
    hub: ModelHub, gguf: bytes, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "_PATIENCE", 0)
    hub.publish("owner/tiny", {"tiny-1.gguf": gguf})
    offer = offer_of(hub)
    folder.mkdir()
    with FileLock(folder / "fetch.lock"):
        fault = fault_of(lambda: fetch(hub, offer, folder))

    assert isinstance(fault, UnavailableError)
    assert fault.code is ErrorCode.MODEL_BUSY


def test_a_folder_that_cannot_be_made_is_a_plain_fault(hub: ModelHub, gguf: bytes, tmp_path: Path) -> None:
    hub.publish("owner/tiny", {"tiny-1.gguf": gguf})
    (tmp_path / "file").write_text("")

    with pytest.raises(InputError) as fault:
        fetch(hub, offer_of(hub), tmp_path / "file" / "tiny")
    assert fault.value.code is ErrorCode.OUTPUT_NOT_WRITABLE


def test_a_stop_keeps_what_has_come(hub: ModelHub, folder: Path, tmp_path: Path) -> None:
    data = write_embedder(tmp_path / "tiny.gguf").read_bytes() + b"\0" * 2_000_000
    hub.publish("owner/tiny", {"tiny-1.gguf": data})
    offer = offer_of(hub)
    cancel = CancelToken()

    def stop_soon(progress: ModelProgress) -> None:
        if progress.done:
            cancel.cancel()

    hub.spoil(data, bytes_per_second=4_000_000)
    with pytest.raises(Cancelled):
        fetch_model(FetchModel(offer, folder, hub.address), no_speech, Reporter(cancel=cancel), stop_soon)

    left = (folder / "parts" / offer.files[0].promise).stat().st_size
    assert 0 < left < len(data)
    assert data.startswith((folder / "parts" / offer.files[0].promise).read_bytes())


def test_offline_mode_is_named(hub: ModelHub, gguf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    hub.publish("owner/tiny", {"tiny-1.gguf": gguf})
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)

    fault = fault_of(lambda: offer_of(hub))

    assert fault.code is ErrorCode.HUB_UNREACHABLE
    assert "HF_HUB_OFFLINE" in fault.message
