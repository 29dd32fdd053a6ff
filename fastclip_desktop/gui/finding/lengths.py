"""Lengths, shares and likelihoods as a person says them."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QCoreApplication

_MINUTE, _HOUR = 60, 3600

_SURE, _LIKELY, _MAYBE = 0.75, 0.4, 0.15
"""Of a hundred moments with a confidence of 0.75, 75 are what was meant: this is how the search is calibrated."""


def length_words(seconds: Fraction) -> str:
    """A length to the second, such as ``4 m 12 s``."""
    whole = round(seconds)
    if whole >= _HOUR:
        text = QCoreApplication.translate("Lengths", "{0} h {1} m")
        return text.format(whole // _HOUR, whole % _HOUR // _MINUTE)
    if whole >= _MINUTE:
        return QCoreApplication.translate("Lengths", "{0} m {1} s").format(whole // _MINUTE, whole % _MINUTE)
    if whole >= 1 or seconds == 0:
        return QCoreApplication.translate("Lengths", "{0} s").format(whole)
    return QCoreApplication.translate("Lengths", "{0} s").format(f"{float(seconds):.2f}")


def sureness(confidence: float) -> str:
    """A confidence, 0..1, as a word and in percent."""
    if confidence >= _SURE:
        text = QCoreApplication.translate("Lengths", "Sure · {0}")
    elif confidence >= _LIKELY:
        text = QCoreApplication.translate("Lengths", "Likely · {0}")
    elif confidence >= _MAYBE:
        text = QCoreApplication.translate("Lengths", "Maybe · {0}")
    else:
        text = QCoreApplication.translate("Lengths", "Faint · {0}")
    return text.format(percent_words(max(0.01, confidence)))


def under_way(share: float) -> str:
    """How much of something is done that is still going on, in percent: never all of it."""
    return percent_words(min(99, int(share * 100)) / 100)


def percent_words(share: float) -> str:
    """A share, 0..1, in whole percent as the language writes it."""
    return QCoreApplication.translate("Lengths", "{0}%").format(round(share * 100))
