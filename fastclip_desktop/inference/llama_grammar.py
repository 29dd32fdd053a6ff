"""Rules that llama.cpp lets an answer follow."""

from __future__ import annotations

import ctypes
from typing import Self

import llama_cpp
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

FEW = 64
"""Tokens among which a choice is narrow."""
_LIKELIEST = 256
_GREATEST = 3e38
_CANDIDATE = np.dtype([("id", np.int32), ("score", np.float32), ("share", np.float32)])
"""``llama_token_data``"""


class Grammar:
    """Where an answer stands in the rules that it follows; use it with ``with``."""

    def __init__(self, sampler: int, size: int) -> None:
        self._sampler = sampler
        self._all = np.arange(size, dtype=np.int32)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        llama_cpp.llama_sampler_free(self._sampler)

    def allowed(self, scores: Floats) -> tuple[npt.NDArray[np.int32], Floats]:
        """The tokens that the rules let follow, among them the end where it may end, and their shares of 1.

        Where many may follow, only the likeliest are told: to look at all of a large vocabulary takes as long as to
        compute the next token.
        """
        scores = np.nan_to_num(scores, nan=-np.inf, posinf=_GREATEST)
        likeliest = self._all
        if len(scores) > _LIKELIEST:
            likeliest = np.argpartition(-scores, _LIKELIEST)[:_LIKELIEST].astype(np.int32)
        left = self._allowed_among(likeliest, scores)
        if len(left) <= FEW and likeliest is not self._all:
            left = self._allowed_among(self._all, scores)
        if not len(left):
            return left["id"], left["share"]
        odds = np.exp((left["score"] - left["score"].max()).astype(np.float64))
        return left["id"], (odds / odds.sum()).astype(np.float32)

    def _allowed_among(self, tokens: npt.NDArray[np.int32], scores: Floats) -> npt.NDArray[np.void]:
        candidates: npt.NDArray[np.void] = np.zeros(len(tokens), dtype=_CANDIDATE)
        candidates["id"] = tokens
        candidates["score"] = scores[tokens]
        row = llama_cpp.llama_token_data_array(
            data=pointer_to(candidates, llama_cpp.llama_token_data), size=len(candidates), selected=-1, sorted=False
        )
        llama_cpp.llama_sampler_apply(self._sampler, ctypes.byref(row))
        left: npt.NDArray[np.void] = candidates[np.isfinite(candidates["score"])]
        return left

    def follow(self, token: int) -> None:
        """Go on after a token that is allowed here and does not end the answer."""
        llama_cpp.llama_sampler_accept(self._sampler, token)


def pointer_to(array: npt.NDArray[np.generic], kind: type) -> object:
    """Where an array's values lie, as C wants to know it; the array has to stay alive."""
    return ctypes.cast(array.ctypes.data, ctypes.POINTER(kind))
