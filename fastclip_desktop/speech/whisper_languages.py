"""Whisper's codes of languages and BCP 47's tags for the same.

Whisper's codes are ISO 639-1 where there is one, but for Javanese, which it calls by its old code.
"""

from __future__ import annotations

from fastclip_desktop.domain.errors import ErrorCode, UsageError

_ALL = (
    "af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu ha haw he hi hr ht hu hy id "
    "is it ja jw ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn mr ms mt my ne nl nn no oc pa pl ps pt ro ru sa sd si "
    "sk sl sn so sq sr su sv sw ta te tg th tk tl tr tt uk ur uz vi yi yo yue zh"
)
CODES = frozenset(_ALL.split())
"""All that any Whisper knows; ``yue`` came with the third large one, and English models know one of them."""

_CODE_OF = {
    "jv": "jw",
    "jav": "jw",
    "nb": "no",
    "nob": "no",
    "nno": "nn",
    "fil": "tl",
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "mo": "ro",
    "cmn": "zh",
    "zho": "zh",
    "arb": "ar",
    "pes": "fa",
    "prs": "fa",
    "zsm": "ms",
    "als": "sq",
    "lvs": "lv",
    "ekk": "et",
    "khk": "mn",
    "swh": "sw",
    "npi": "ne",
    "pbt": "ps",
    "uzn": "uz",
    "azj": "az",
    "plt": "mg",
    "ydd": "yi",
}
"""Deprecated tags, and members of macrolanguages (ISO 639-3) that Whisper knows by the macrolanguage's name."""

_TAG_OF = {"jw": "jv"}

_CLOSEST = {"yue": "zh"}
"""What a model that does not know a language hears it as."""


def whisper_code(tag: str, known: frozenset[str], model: str) -> str:
    """The code of a BCP 47 tag for a model; empty for an empty tag and for ``auto``, which ask to find out.

    Args:
        tag: as a person or a script gave it, such as ``pt-BR``.
        known: the codes that the model has.
        model: its name, for the message.

    Raises:
        UsageError: ``bad_usage`` for a language that the model does not know.
    """
    parts = tag.strip().replace("_", "-").lower().split("-")
    language = parts[0]
    if language in ("", "auto", "und"):
        return ""
    # "zh-yue" is how Cantonese was written before it had a code of its own.
    code = "yue" if parts[:2] in (["zh", "yue"], ["zh", "hk"]) else _CODE_OF.get(language, language)
    if code in known:
        return code
    if _CLOSEST.get(code) in known:
        return _CLOSEST[code]
    if known == {"en"}:
        raise UsageError(
            ErrorCode.BAD_USAGE,
            f"The model {model} hears English alone, not {tag!r}.",
            "Choose one that hears many languages: those without .en in their names.",
        )
    raise UsageError(
        ErrorCode.BAD_USAGE,
        f"The model {model} hears no language {tag!r}.",
        "Give a code such as en, de or pt-BR, or auto to find out.",
    )


def language_tag(code: str) -> str:
    """The BCP 47 tag of one of Whisper's codes."""
    return _TAG_OF.get(code, code)


def likeliest(*hearings: dict[str, float]) -> tuple[str, float]:
    """The language that is likeliest over several windows, and its mean likelihood; ``("", 0)`` where nobody spoke."""
    totals: dict[str, float] = {}
    for hearing in hearings:
        for code, likelihood in hearing.items():
            totals[code] = totals.get(code, 0.0) + likelihood
    if not totals:
        return "", 0.0
    best = max(totals, key=lambda code: totals[code])
    return best, totals[best] / len(hearings)
