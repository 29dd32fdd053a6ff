from __future__ import annotations

import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.model_catalogue import CATALOGUE, find_known, rank
from fastclip_desktop.domain.model_hub import HUB, is_hub_address
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.store.model_shelf import checked_name


def test_every_name_is_there_once_and_can_be_a_folder() -> None:
    names = [known.name for known in CATALOGUE]

    assert len(set(names)) == len(names)
    assert [checked_name(name) for name in names] == names


@pytest.mark.parametrize("kind", ModelKind)
def test_each_kind_has_one_that_somebody_without_a_wish_should_take(kind: ModelKind) -> None:
    assert len([known for known in CATALOGUE if known.kind is kind and known.recommended]) == 1


def test_a_name_leads_to_its_model_and_its_rank() -> None:
    assert find_known("whisper-small").repository == "Systran/faster-whisper-small"
    assert rank("whisper-large-v3") < rank("whisper-small") < rank("of-my-own")


def test_an_unknown_name_says_where_the_names_are() -> None:
    with pytest.raises(InputError, match="models list") as unknown:
        find_known("gpt-9")
    assert unknown.value.code is ErrorCode.UNKNOWN_MODEL


@pytest.mark.parametrize("address", [HUB, "https://mirror.example:8443/hf", "http://127.0.0.1:8000"])
def test_an_address_of_a_hub(address: str) -> None:
    assert is_hub_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://huggingface.co",
        "ftp://huggingface.co",
        "huggingface.co",
        "https://",
        "https://user:password@mirror.example",
        "https://mirror.example/?token=1",
        "https://mirror.example:99999",
        "https://mirror\n.example",
        "",
    ],
)
def test_no_address_of_a_hub(address: str) -> None:
    assert not is_hub_address(address)
