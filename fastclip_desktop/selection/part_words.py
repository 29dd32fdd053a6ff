"""How people name parts of a recording, language by language: "in the first half", "near the end of the talk".

Every field is a list of alternatives, parted by ``|``, as in :mod:`~fastclip_desktop.selection.frames`; those of
``shares`` and ``ranks`` are ``word=number``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PartWords:
    """How one language names parts.

    Attributes:
        within: what stands before a share, "in the".
        after: before a share that is over, "after the".
        before: before a share that is to come.
        shares: "half", "third".
        common: those of them that mean something else in talks about money or time, unless "of the video" follows.
        ranks: "first", "second", -1 for the last.
        beginning: with its preposition, "at the beginning".
        middle: likewise.
        end: likewise.
        the_beginning: without one, "the beginning".
        the_middle: likewise.
        the_end: likewise.
        opening: what stands at the very beginning, "intro".
        closing: what stands at the very end, "conclusion".
        whole: what it is a part of, "of the video".
        of: what may stand behind, so that the part is one of something else.
    """

    within: str
    after: str
    before: str
    shares: str
    common: str
    ranks: str
    beginning: str
    middle: str
    end: str
    the_beginning: str
    the_middle: str
    the_end: str
    opening: str
    closing: str
    whole: str
    of: str


_EN_RECORDING = (
    "(?:video|talk|recording|episode|podcast|film|movie|lecture|show|interview|stream|meeting|presentation|lesson"
    "|tutorial|session|webinar|call|speech|clip|audio|whole thing)"
)
_DE_RECORDING = (
    "(?:videos?|vortrags?|vortrages|aufnahme|folge|podcasts?|films?|vorlesung|sendung|interviews?|streams?"
    "|besprechung|sitzung|präsentation|tutorials?|rede|gesprächs?|ganzen)"
)
_ES_RECORDING = (
    "(?:v[ií]deo|charla|grabación|episodio|podcast|película|conferencia|programa|entrevista|reunión|presentación"
    "|tutorial|clase|discurso)"
)
_FR_RECORDING = (
    "(?:vid[ée]o|exposé|enregistrement|épisode|podcast|film|conférence|émission|entretien|interview|réunion"
    "|présentation|tutoriel|cours|discours)"
)
_PT_RECORDING = (
    "(?:v[ií]deo|palestra|gravação|episódio|podcast|filme|conferência|programa|entrevista|reunião|apresentação"
    "|tutorial|aula|discurso)"
)
_IT_RECORDING = (
    "(?:video|intervento|registrazione|episodio|puntata|podcast|film|conferenza|trasmissione|intervista|riunione"
    "|presentazione|tutorial|lezione|discorso)"
)

PART_WORDS: dict[str, PartWords] = {
    "en": PartWords(
        within="(?:in|during|within|from|throughout)(?: the)?",
        after="after the",
        before="before the",
        shares="half=1/2 third=1/3 quarter=1/4 thirds=1/3 quarters=1/4",
        common="quarter|quarters",
        ranks="first=1 second=2 third=3 fourth=4 opening=1 last=-1 final=-1 closing=-1 latter=-1",
        beginning="(?:right )?(?:at|in|near|towards?|around|close to|from) the (?:very )?(?:beginning|start|outset)"
        "|early on",
        middle="(?:in|near|around|towards?) the (?:very )?middle|half ?way through|midway through",
        end="(?:right )?(?:at|in|near|towards?|around|close to) the (?:very )?(?:end|close)",
        the_beginning="(?:very )?(?:beginning|start|opening)",
        the_middle="middle",
        the_end="(?:very )?(?:end|ending|close)",
        opening="intro|introduction|opening|greetings?",
        closing="outro|conclusions?|closing|closing remarks|closing words|sign-off|farewell|wrap[- ]?up",
        whole=f"(?:of|in) (?:the|this|that|her|his|their|your|my|our) {_EN_RECORDING}|of it|of it all",
        of="of",
    ),
    "de": PartWords(
        within="in der|im|in den|während der|während des|während den|aus der|aus dem|innerhalb der|innerhalb des",
        after="nach der|nach dem|nach den",
        before="vor der|vor dem|vor den",
        shares="hälfte=1/2 drittel=1/3 drittels=1/3 viertel=1/4 viertels=1/4 dritteln=1/3 vierteln=1/4",
        common="",
        ranks="erste=1 ersten=1 erstes=1 zweite=2 zweiten=2 zweites=2 dritte=3 dritten=3 drittes=3 mittlere=2 "
        "mittleren=2 vierte=4 vierten=4 letzte=-1 letzten=-1 letztes=-1",
        beginning="(?:ganz |gleich )?(?:am|zum|gegen) (?:anfang|beginn)|(?:gleich |ganz )?zu (?:anfang|beginn)|anfangs",
        middle="(?:etwa |ungefähr )?(?:in der|zur|gegen) mitte",
        end="(?:ganz |kurz )?(?:am|zum|gegen|vor) (?:ende|schluss)|kurz vor dem (?:ende|schluss)",
        the_beginning="anfang|beginn",
        the_middle="mitte",
        the_end="ende|schluss",
        opening="intro|einleitung|begrüßung|begrüssung|anmoderation|eröffnung|einstieg",
        closing="outro|schlussworte?|verabschiedung|fazit|abmoderation|abspann",
        whole=f"(?:des|der|dieses|dieser|vom|von der|im|in der|ihres|ihrer|seines|seiner|eures|unseres) {_DE_RECORDING}"
        "|vom ganzen",
        of="des|vom|von|eines|einer",
    ),
    "es": PartWords(
        within="en el|en la|en los|durante el|durante la|durante los|de la|del",
        after="después de la|después del|tras la|tras el",
        before="antes de la|antes del",
        shares="mitad=1/2 tercio=1/3 tercios=1/3 cuarto=1/4 cuartos=1/4",
        common="",
        ranks="primera=1 primer=1 primeros=1 segunda=2 segundo=2 tercer=3 tercera=3 cuarto=4 última=-1 último=-1 "
        "ultima=-1 ultimo=-1 últimos=-1",
        beginning="(?:al|hacia el|cerca del|en el) (?:principio|comienzo|inicio)|al empezar",
        middle="a (?:la )?mitad|hacia la mitad|en el medio|a mediados",
        end="(?:al|hacia el|cerca del|en el) (?:final|fin)",
        the_beginning="principio|comienzo|inicio",
        the_middle="mitad|medio",
        the_end="final|fin",
        opening="intro|introducción|saludo|bienvenida",
        closing="conclusión|despedida|cierre",
        whole=f"(?:del|de la|de este|de esta|de su) {_ES_RECORDING}",
        of="de|del",
    ),
    "fr": PartWords(
        within="dans la|dans le|dans les|pendant la|pendant le|durant la|durant le|au cours de la|au cours du|au"
        "|lors de la|lors du",
        after="après la|après le",
        before="avant la|avant le",
        shares="moitié=1/2 tiers=1/3 quart=1/4 quarts=1/4",
        common="",
        ranks="première=1 premier=1 premiers=1 deuxième=2 second=2 seconde=2 troisième=3 quatrième=4 dernière=-1 "
        "dernier=-1 derniers=-1",
        beginning="(?:tout )?(?:au|vers le) (?:tout )?(?:début|commencement)",
        middle="(?:au|vers le) milieu",
        end="(?:tout )?(?:à la|vers la) (?:toute )?fin",
        the_beginning="début|commencement",
        the_middle="milieu",
        the_end="fin",
        opening="intro|introduction|accueil",
        closing="conclusion|clôture",
        whole=f"(?:de la |du |de l'|de cette |de ce |de cet |de sa |de son ){_FR_RECORDING}",
        of="de|du|des|d'",
    ),
    "pt": PartWords(
        within="na|no|nos|durante a|durante o|da|do",
        after="depois da|depois do|após a|após o",
        before="antes da|antes do",
        shares="metade=1/2 terço=1/3 terços=1/3 quarto=1/4 quartos=1/4",
        common="",
        ranks="primeira=1 primeiro=1 primeiros=1 segunda=2 segundo=2 terceira=3 terceiro=3 última=-1 último=-1 "
        "últimos=-1",
        beginning="(?:no|perto do|logo no) (?:início|começo|princípio)",
        middle="no meio",
        end="(?:no|perto do|quase no|ao) (?:final|fim)",
        the_beginning="início|começo|princípio",
        the_middle="meio",
        the_end="final|fim",
        opening="introdução|abertura|saudação",
        closing="conclusão|encerramento|despedida",
        whole=f"(?:do|da|deste|desta|desse|dessa) {_PT_RECORDING}",
        of="de|do|da|dos|das",
    ),
    "it": PartWords(
        within="nella|nel|nei|durante la|durante il|della|del",
        after="dopo la|dopo il",
        before="prima della|prima del",
        shares="metà=1/2 terzo=1/3 terzi=1/3 quarto=1/4 quarti=1/4",
        common="",
        ranks="prima=1 primo=1 primi=1 seconda=2 secondo=2 terza=3 terzo=3 quarta=4 ultima=-1 ultimo=-1 ultimi=-1",
        beginning="(?:all'|verso l'|proprio all')inizio|in apertura",
        middle="a metà|verso la metà|nel mezzo",
        end="(?:alla|verso la|quasi alla|proprio alla) fine|in chiusura",
        the_beginning="inizio",
        the_middle="metà",
        the_end="fine",
        opening="introduzione|apertura|saluti iniziali",
        closing="conclusione|chiusura|saluti finali",
        whole=f"(?:del |della |dell'|di questo |di questa ){_IT_RECORDING}",
        of="di|del|della|dell'|dei|delle",
    ),
}
"""By two-letter language."""
