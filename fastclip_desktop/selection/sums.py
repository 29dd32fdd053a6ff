"""Sums over sentences and windows.

A product with ``@`` goes to the BLAS that NumPy comes with, which spreads even a small one over all cores and waits for
them busily: on a machine with other work a query took five times as long.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

_Number = TypeVar("_Number", np.float32, np.float64)


def weighted_sums(rows: npt.NDArray[_Number], weights: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
    """The sum of each row's numbers by their weights, on one core."""
    sums: npt.NDArray[_Number] = np.einsum("ij,j->i", rows, weights)
    return sums


def running(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Running sums, beginning with 0."""
    sums = np.zeros(len(values) + 1)
    np.cumsum(values, out=sums[1:])
    return sums
