"""Words by which sentences open, turn and close a thought, by two-letter language.

Each field is a regular expression, matched without regard to case against a sentence. What a language lacks simply
counts for nothing there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Signs:
    """How a language shows what a sentence does.

    Attributes:
        address: speaks to the listener.
        surprise: promises or turns something: contrast, superlatives, secrets, mistakes.
        story: begins a story.
        hanging: at the beginning, leans on what was said before.
        closing: sums up or draws a conclusion.
        filler: all of it says nothing.
    """

    address: re.Pattern[str]
    surprise: re.Pattern[str]
    story: re.Pattern[str]
    hanging: re.Pattern[str]
    closing: re.Pattern[str]
    filler: re.Pattern[str]


_NEVER = r"(?!)"


@dataclass(frozen=True, slots=True)
class _Words:
    """Alternatives for each of the signs."""

    address: str = _NEVER
    surprise: str = _NEVER
    story: str = _NEVER
    hanging: str = _NEVER
    closing: str = _NEVER
    filler: str = _NEVER


_EN = _Words(
    address=r"you|your|yours|yourself|let's|imagine|remember",
    surprise=r"but|however|actually|instead|surpris\w+|secret|never|nobody|no one|truth|mistake|problem|wrong"
    r"|amazing|incredible|crazy|shock\w+|favou?rite|worst|best|biggest|hardest|easiest|fastest|greatest"
    r"|first time|only|most \w+|turns out|reason|why|important|key|trick|unlike|although|even though"
    r"|versus|impossible|dangerous",
    story=r"imagine|one day|once upon a time|once i (?:was|had|saw)|when i was|years ago|last (?:year|week"
    r"|night)|the other day|let me tell|picture this|i remember|here's (?:the|a|how|what|why)|the (?:thing"
    r"|question|problem|trick) is",
    hanging=r"and|or|so|but|because|which|that|this|these|those|it|it's|that's|he|she|they|them|him|her|his|their"
    r"|its|then|also|too|yeah|yes|no|okay|ok|well|um|uh|hmm|mm|right|exactly|anyway|sure|oh|mhm|alright"
    r"|there|of course|i mean|like",
    closing=r"that's why|that is why|that's how|so that's|the point is|in the end|at the end of the day"
    r"|which means|it means|lesson|turns out|finally|in short|to sum up|in conclusion|so now|that's what"
    r"|this is how|this is why|therefore|as a result|overall|changed (?:my|everything)|learned|realized"
    r"|conclusion|decided|so we (?:will|should|are going)",
    filler=r"(?:yeah|yes|no|okay|ok|um|uh|hmm|mm|mhm|right|alright|sure|oh|ah|huh|well|so|thanks?|thank you|hello"
    r"|hi|bye|i see|you know|i mean|great|cool|good)",
)
_DE = _Words(
    address=r"du|dein\w*|ihr|euch|sie|ihnen|stell dir|stellen sie",
    surprise=r"aber|jedoch|eigentlich|sondern|überrasch\w+|geheimnis|nie|niemals|niemand|wahrheit|fehler|problem"
    r"|falsch|unglaublich|schlimmste\w*|beste\w*|größte\w*|wichtig\w*|grund|warum|trotzdem|obwohl"
    r"|unmöglich|liebe|hasse",
    story=r"stell dir vor|eines tages|es war einmal|als ich|vor \w+ jahren|neulich|ich erinnere|das problem ist"
    r"|die frage ist",
    hanging=r"und|oder|also|aber|weil|denn|das|dies\w*|es|er|sie|ihn|ihm|dann|auch|ja|nein|okay|äh|ähm|hm|genau"
    r"|gut|nun|naja|da",
    closing=r"deshalb|deswegen|darum|am ende|das heißt|kurz gesagt|schließlich|zusammengefasst|gelernt"
    r"|das bedeutet|insgesamt",
    filler=r"(?:ja|nein|okay|ok|äh|ähm|hm|genau|gut|danke|hallo|tschüss|also|ach so|stimmt)",
)
_ES = _Words(
    address=r"tú|tu|tus|usted\w*|ustedes|te|imagina\w*",
    surprise=r"pero|sin embargo|en realidad|sorpren\w+|secreto|nunca|nadie|verdad|error|problema|increíble|peor"
    r"|mejor|mayor|razón|por qué|importante|clave|aunque|imposible",
    story=r"imagina\w*|un día|una vez|cuando (?:yo )?era|hace \w+ años|recuerdo|el problema es|la pregunta es",
    hanging=r"y|o|pero|porque|que|esto|eso|esta|ese|él|ella|ellos|lo|la|entonces|también|sí|no|bueno|pues|eh|claro"
    r"|ok|vale",
    closing=r"por eso|al final|significa|lección|resulta que|en resumen|en conclusión|finalmente|aprend\w+"
    r"|por lo tanto",
    filler=r"(?:sí|no|bueno|pues|eh|claro|ok|vale|gracias|hola|adiós|exacto)",
)
_FR = _Words(
    address=r"tu|toi|ton|ta|tes|vous|votre|vos|imagine\w*",
    surprise=r"mais|pourtant|en fait|surpren\w+|secret|jamais|personne|vérité|erreur|problème|incroyable|pire"
    r"|meilleur\w*|raison|pourquoi|important\w*|bien que|impossible",
    story=r"imagine\w*|un jour|une fois|quand j'étais|il y a \w+ ans|je me souviens|le problème c'est"
    r"|la question est",
    hanging=r"et|ou|donc|mais|parce que|car|ça|cela|ce|c'est|il|elle|ils|elles|alors|aussi|oui|non|ouais|bon|ben"
    r"|euh|voilà|ok",
    closing=r"c'est pourquoi|c'est pour ça|au final|ça veut dire|cela signifie|finalement|en résumé|bref"
    r"|en conclusion|appris",
    filler=r"(?:oui|non|ouais|bon|ben|euh|voilà|ok|merci|bonjour|salut|d'accord)",
)
_PT = _Words(
    address=r"você|vocês|tu|teu|seu|imagin\w+",
    surprise=r"mas|porém|na verdade|surpre\w+|segredo|nunca|ninguém|verdade|erro|problema|incrível|pior|melhor"
    r"|maior|razão|por que|importante|chave|embora|impossível",
    story=r"imagin\w+|um dia|uma vez|quando eu era|há \w+ anos|eu lembro|o problema é|a pergunta é",
    hanging=r"e|ou|mas|porque|que|isso|isto|esse|essa|ele|ela|eles|então|também|sim|não|bom|né|é|ok|ah",
    closing=r"por isso|no final|significa|lição|em resumo|em conclusão|finalmente|aprend\w+|portanto",
    filler=r"(?:sim|não|bom|né|é|ok|ah|obrigad[oa]|olá|oi|tchau|certo)",
)
_IT = _Words(
    address=r"tu|tuo|tua|tuoi|voi|vostr\w+|immagina\w*",
    surprise=r"ma|però|tuttavia|in realtà|sorpren\w+|segreto|mai|nessuno|verità|errore|problema|incredibile"
    r"|peggio\w*|miglior\w*|motivo|perché|importante|anche se|impossibile",
    story=r"immagina\w*|un giorno|una volta|quando ero|\w+ anni fa|mi ricordo|il problema è|la domanda è",
    hanging=r"e|o|ma|perché|che|questo|quello|lui|lei|loro|allora|anche|sí|no|beh|ecco|cioè|ok|va bene|quindi",
    closing=r"per questo|alla fine|significa|lezione|in breve|in conclusione|finalmente|imparato|dunque"
    r"|ecco perché",
    filler=r"(?:sí|no|beh|ecco|ok|va bene|grazie|ciao|certo|esatto)",
)
_BY_LANGUAGE = {"en": _EN, "de": _DE, "es": _ES, "fr": _FR, "pt": _PT, "it": _IT}

_WISH = frozenset(
    """
    highlight highlights best greatest top key coolest interesting important exciting memorable viral shareable quotable
    clip clips moment moments part parts bits scenes shorts short reels reel tiktok tiktoks teaser teasers find make
    video
    höhepunkt höhepunkte beste besten wichtigste wichtigsten spannendste spannendsten stellen momente
    destacados mejores momentos interesantes importantes partes clips
    meilleurs moments temps forts extraits meilleures
    melhores destaques interessantes
    migliori momenti salienti
    """.split()  # noqa: SIM905 - a list of words reads better as text
)
"""Words that ask for whatever is worth showing."""


def wants_highlights(words: Sequence[str]) -> bool:
    """Whether the case-folded words of a query ask for nothing but what is worth showing."""
    return bool(words) and all(word in _WISH for word in words)


@cache
def signs_of(language: str) -> Signs:
    """The signs of a two-letter language; none for one that is not known here."""
    words = _BY_LANGUAGE.get(language, _Words())
    return Signs(
        _anywhere(words.address),
        _anywhere(words.surprise),
        _anywhere(words.story),
        re.compile(rf"\W*(?:{words.hanging})\b", re.IGNORECASE),
        _anywhere(words.closing),
        re.compile(rf"\W*(?:{words.filler}\b\W*)+", re.IGNORECASE),
    )


def _anywhere(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE)
