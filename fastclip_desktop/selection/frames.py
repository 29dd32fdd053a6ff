"""How people ask for clips, language by language: the data that :mod:`~fastclip_desktop.selection.asking` reads.

Every field is a list of alternatives, parted by ``|``, in the syntax of regular expressions and without groups of its
own. They are matched without regard to case, at the beginning and the end of words.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """How one language asks.

    Attributes:
        language: two letters.
        request: what politeness puts first, "can you".
        verb: what is to be done, "show".
        show_me: the same with for whom, "show me".
        which: what stands before a piece, "the", "all of the".
        piece: what is asked for, "moments".
        clip: those of them that can mean nothing else, even right behind a number.
        link: between a piece and the matter, "about", "in which".
        who: who speaks, "the host".
        be: auxiliaries between the two, "is".
        telling: what speakers do, up to the matter, "talks about".
        closing: the same where it comes last, as in German.
        every: "all".
        every_time: the same as one phrase.
        broad: a wish for the whole treatment, "summarize".
        numbers: ``word=number``.
        ordinals: ``word=number``, -1 for the last.
        occurrence: what is counted by them, "time", "mention".
        units: ``word=seconds``.
        first: "first" of a stretch of time.
        last: "last" likewise.
        within: what stands before such a stretch, "in the".
        before, after, between, until, around: before times of day and of the recording.
        mark: what stands before the number of a minute, "minute".
        at_most, at_least: before a length.
        best: before a number of pieces.
        each: after a length.
        excluding: before what is not wanted.
        excepting: likewise, in a request or behind a comma; else it belongs to the matter, "all layers except one".
        drops_who: the verb alone says who speaks, as in Spanish.
        not_but: around what is not wanted where it comes first, "not ... but"; empty where nobody looked.
    """

    language: str
    request: str
    verb: str
    show_me: str
    which: str
    piece: str
    clip: str
    link: str
    who: str
    be: str
    telling: str
    closing: str
    every: str
    every_time: str
    broad: str
    numbers: str
    ordinals: str
    occurrence: str
    units: str
    first: str
    last: str
    within: str
    before: str
    after: str
    between: str
    until: str
    around: str
    mark: str
    at_most: str
    at_least: str
    best: str
    each: str
    excluding: str
    excepting: str
    drops_who: bool = False
    not_but: tuple[str, str] = ("", "")


ENGLISH = Frame(
    language="en",
    request="please|can you|could you|would you|i want to see|i want to hear|i want|i'?d like to see|i'?d like|i need"
    "|i'?m looking for|i am looking for|we need|let me see|let me hear",
    verb="show|find|get|give|make|cut out|cut|clip|extract|play|pull out|search for|look for|create|grab|compile",
    show_me="(?:show|find|get|give|make|cut|clip|extract|play|pull out|search for|look for|create|grab) (?:me|us)",
    which="an?|the|any|some|all of the|all of|all the|all|every|each",
    piece="clips?|parts?|moments?|bits?|sections?|scenes?|segments?|places?|mentions?|instances?|occurrences?|times?"
    "|passages?|stor(?:y|ies)|anecdotes?|quotes?|thoughts|things?|something|anything|everything|stuff",
    clip="clips?|moments?|highlights?|shorts?|snippets?|excerpts?",
    link="of|about|on|where|when|in which|that|with|how",
    who="i|you|he|she|they|we|it|someone|somebody|the (?:speaker|host|guest|narrator|presenter)s?",
    be="is|are|was|were",
    telling="(?:talk|speak|tell)(?:s|ing)? about|(?:say|explain|mention|discuss)(?:es|s|ing)?(?: that| how)?",
    closing="(?:is|are|was|were|gets|get) (?:mentioned|named|discussed|talked about)|comes? up|(?:is|are) brought up",
    every="all|every|each",
    every_time="every ?time",
    broad="summari[sz]e|(?:a |the )?(?:summary|overview|recap) of|(?:the |a )?(?:whole|entire|full|complete)",
    numbers="one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 fifteen=15 twenty=20 thirty=30 "
    "forty=40 sixty=60 half=1/2 half_an=1/2",
    ordinals="first=1 second=2 third=3 fourth=4 fifth=5 1st=1 2nd=2 3rd=3 4th=4 5th=5 last=-1 final=-1",
    occurrence="times?|mention|instance|occurrence",
    units="second=1 seconds=1 secs=1 sec=1 s=1 minute=60 minutes=60 mins=60 min=60 hour=3600 hours=3600",
    first="first|opening",
    last="last|final|closing",
    within="in|during|within|from",
    before="before|until|up to",
    after="after|since|from",
    between="between|from",
    until="and|to|until|till",
    around="around|near",
    mark="minute",
    at_most="at most|no more than|not more than|up to|under|less than|shorter than|no longer than|not longer than"
    "|a maximum of|maximum|max\\.?|or less",
    at_least="at least|no less than|longer than|more than|over|a minimum of|minimum|min\\.?",
    best="best|top|funniest|most important|most interesting|short|quick|brief|little",
    each="each|long|in length|apiece",
    excluding="but not|but without|but no|excluding|leaving out",
    excepting="except for|except|apart from|other than",
    not_but=("not", "but"),
)

GERMAN = Frame(
    language="de",
    request="bitte|kannst du|könntest du|können sie|könnten sie|ich möchte|ich will|ich hätte gern|ich brauche"
    "|ich suche nach|ich suche|würdest du|kannst du mir|könntest du mir",
    verb="zeige?|finde|such(?:e|t)?|gib|mache?|schneide?|hole?|spiele?|zeigen sie|finden sie|erstelle?|stelle?|nimm",
    show_me="(?:zeige?|finde|suche?|gib|mache?|schneide?|hole?|spiele?|zeigen sie|finden sie|erstelle?"
    "|stelle?) (?:mir|uns)",
    which="der|die|das|den|dem|eine?n?|alle|jede[nrs]?|sämtliche",
    piece="clips?|stellen?|teile?|momente?n?|abschnitte?n?|szenen?|ausschnitte?n?|passagen?|erwähnungen?|male?"
    "|geschichten?|anekdoten?|zitate?|etwas|alles|sachen?",
    clip="clips?|momente?|highlights?|ausschnitte?|schnipsel",
    link="(?:zum|über das) (?:thema|stichwort)|rund um|geht es um"
    "|es geht um|um|von der|von dem|von|vom|über|zu|zum|zur|wo|wenn|als|an denen|an der|an dem"
    "|in denen|in der|in dem|bei denen"
    "|bei der|bei dem|dass|mit|wie|worin|wann|was",
    who="ich|du|er|sie|wir|ihr|es|jemand|man|der (?:sprecher|moderator|gast)|die (?:sprecherin|moderatorin)",
    be="sich|etwas",
    telling="(?:spricht|sprechen|redet|reden|erzählt|erzählen) (?:über|von)"
    "|(?:sagt|erklärt|erwähnt|nennt)(?: dass| wie)?",
    closing="spricht|sprechen|redet|reden|erzählt|erzählen|sagt|sagen|erklärt|erklären|erwähnt|erwähnen"
    "|erwähnt wird|erwähnt werden|gesprochen wird|geredet wird|die rede ist|geht|zu tun hat|gesagt wird|erklärt wird"
    "|vorkommt|vorkommen|zusammen|raus|heraus|raussuchen|heraussuchen|rausschneiden|herausschneiden|zusammenstellen",
    every="alle|jede[nrs]?|sämtliche",
    every_time="jedes ?mal|jedesmal|immer wenn",
    broad="fasse? .{0,60} zusammen|(?:eine |die )?(?:zusammenfassung|übersicht) (?:von|über|der|des)"
    "|(?:der |die |das )?(?:ganze|gesamte|vollständige|komplette)[nrs]?",
    numbers="eine=1 einen=1 ein=1 zwei=2 drei=3 vier=4 fünf=5 sechs=6 sieben=7 acht=8 neun=9 zehn=10 fünfzehn=15 "
    "zwanzig=20 dreißig=30 dreissig=30 sechzig=60 halbe=1/2 halben=1/2 einer_halben=1/2",
    ordinals="erste=1 ersten=1 zweite=2 zweiten=2 dritte=3 dritten=3 vierte=4 vierten=4 fünfte=5 fünften=5 letzte=-1 "
    "letzten=-1",
    occurrence="male?|erwähnung",
    units="sekunde=1 sekunden=1 sek=1 s=1 minute=60 minuten=60 min=60 stunde=3600 stunden=3600",
    first="erste[nrs]?",
    last="letzte[nrs]?",
    within="in|während|innerhalb|aus",
    before="vor|bis",
    after="nach|ab|seit",
    between="zwischen|von",
    until="und|bis",
    around="gegen|um|bei",
    mark="minute",
    at_most="höchstens|maximal|max\\.?|nicht länger als|unter|bis zu|weniger als|kürzer als",
    at_least="mindestens|mind\\.?|länger als|mehr als|über|nicht kürzer als",
    best="besten|beste|wichtigsten|lustigsten|schönsten|top|kurze[nrs]?|kleine[nrs]?",
    each="lang|länge|jeweils",
    excluding="aber nicht|aber ohne|aber kein(?:e|en)?|ausgenommen",
    excepting="außer|ausser|abgesehen von",
    not_but=("nicht|keine?|keinen", "sondern"),
)

SPANISH = Frame(
    language="es",
    request="por favor|puedes|podrías|puede|quiero ver|quiero oír|quiero|quisiera|me gustaría ver|me gustaría|necesito",
    verb="mu[eé]stra|mostrar|enseña|busca|encuentra|da|haz|corta|extrae|pon",
    show_me="(?:mu[eé]stra|mostrar|enséña|enseña|busca|encuentra|da|haz|corta|pon)(?:me|nos)",
    which="el|la|los|las|una?|unos|unas|algún|alguna|todos los|todas las|todos|todas|cada",
    piece="clips?|partes?|momentos?|trozos?|secciones|sección|escenas?|fragmentos?|menciones|mención|veces|vez"
    "|pasajes?",
    clip="clips?|momentos?|fragmentos?",
    link="de los|de las|de la|del|de|sobre|acerca de|donde|cuando|en que|en los que|en las que|en el que|en la que|que"
    "|con|cómo|como",
    who="yo|tú|él|ella|ellos|ellas|nosotros|alguien|el (?:locutor|presentador|invitado)"
    "|la (?:presentadora|invitada)|se",
    be="está|están|estaba",
    telling="(?:hablan?|hablando|habló|conversan?) (?:de los|de las|de la|del|de|sobre|acerca de)"
    "|(?:dicen?|explican?|mencionan?|menciona a|discuten?|cuentan?)(?: que| cómo)?",
    closing="",
    every="todos los|todas las|todos|todas|cada",
    every_time="cada vez|siempre que|todas las veces",
    broad="resume|resumir|(?:un |el )?resumen (?:de|del)|(?:una )?visión general de|(?:todo el|toda la)|"
    "(?:el |la )?(?:completo|completa|entero|entera)",
    numbers="un=1 una=1 uno=1 dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10 quince=15 veinte=20 "
    "treinta=30 sesenta=60 media=1/2",
    ordinals="primera=1 primer=1 segunda=2 segundo=2 tercera=3 tercer=3 cuarta=4 quinta=5 última=-1 último=-1 "
    "ultima=-1",
    occurrence="vez|mención",
    units="segundo=1 segundos=1 seg=1 s=1 minuto=60 minutos=60 min=60 hora=3600 horas=3600",
    first="primer[oa]?s?",
    last="[uú]ltim[oa]s?",
    within="en|durante|dentro de|de",
    before="antes de|antes del|hasta|hasta el",
    after="después de|después del|desde|desde el|a partir de|a partir del",
    between="entre|desde|de",
    until="y|a|hasta",
    around="alrededor de|cerca de|hacia",
    mark="minuto|el minuto",
    at_most="como máximo|como mucho|máximo|máx\\.?|no más de|menos de|de hasta|hasta",
    at_least="al menos|como mínimo|mínimo|mín\\.?|más de|por lo menos",
    best="mejores|más importantes|más divertidos",
    each="cada uno|cada una|de duración|como máximo",
    excluding="pero no|pero sin|excluyendo",
    excepting="excepto|salvo",
    not_but=("no", "sino"),
    drops_who=True,
)

FRENCH = Frame(
    language="fr",
    request="s'il te plaît|s'il vous plaît|peux-tu|pouvez-vous|pourrais-tu|pourriez-vous|je veux voir|je veux entendre"
    "|je veux|je voudrais voir|je voudrais|j'aimerais voir|j'aimerais|il me faut",
    verb="montre|montrez|trouve|trouvez|cherche|cherchez|donne|donnez|fais|faites|coupe|coupez|extrais|extrayez",
    show_me="(?:montre|montrez|trouve|trouvez|cherche|cherchez|donne|donnez|fais|faites|coupe|coupez)[- ](?:moi|nous)",
    which="le|la|les|l'|une?|des|tous les|toutes les|tous|toutes|chaque",
    piece="clips?|parties?|moments?|passages?|sections?|scènes?|extraits?|mentions?|fois|endroits?|séquences?",
    clip="clips?|moments?|extraits?",
    link="de la|de l'|des|du|de|d'|sur|à propos des?|à propos du|où|quand|lorsque|lorsqu'|dans lesquels"
    "|dans lesquelles"
    "|dans lequel|dans laquelle|pendant lequel|que|qu'|qui|avec|comment",
    who="je|tu|il|elle|on|nous|vous|ils|elles|quelqu'un|l'(?:animateur|animatrice|invité|invitée|orateur)"
    "|le (?:présentateur|narrateur)|la présentatrice",
    be="est|sont|était|étaient",
    telling="(?:parle|parlent|parlait|parlez|parlons|discute|discutent) (?:de la|de l'|des|du|de|d'|sur)"
    "|(?:disent|dit|explique|expliquent|mentionne"
    "|mentionnent|évoque|évoquent|raconte|racontent)(?: que| qu'| comment)?",
    closing="",
    every="tous les|toutes les|tous|toutes|chaque",
    every_time="chaque fois|à chaque fois|toutes les fois",
    broad="résume|résumez|résumer|(?:un |le )?résumé (?:de|du|des)|(?:un )?aperçu (?:de|du|des)"
    "|(?:tout le|toute la|toute l')|(?:l')?intégralité (?:de|du|des)",
    numbers="une=1 un=1 deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 quinze=15 vingt=20 trente=30 "
    "soixante=60 demi=1/2 demie=1/2",
    ordinals="première=1 premier=1 deuxième=2 seconde=2 second=2 troisième=3 quatrième=4 cinquième=5 dernière=-1 "
    "dernier=-1",
    occurrence="fois|mention",
    units="seconde=1 secondes=1 sec=1 s=1 minute=60 minutes=60 min=60 heure=3600 heures=3600",
    first="premi(?:er|ère)s?",
    last="derni(?:er|ère)s?",
    within="dans|pendant|durant|au cours des|au cours de|lors des|de|des",
    before="avant|jusqu'à",
    after="après|depuis|à partir de|dès",
    between="entre|de",
    until="et|à|jusqu'à",
    around="vers|autour de|aux alentours de",
    mark="minute|la minute",
    at_most="au plus|au maximum|maximum|max\\.?|pas plus de|moins de|jusqu'à|d'au plus|d'au maximum|de moins de",
    at_least="au moins|au minimum|minimum|min\\.?|plus de|d'au moins|de plus de",
    best="meilleurs|meilleures|plus importants|plus drôles",
    each="chacun|chacune|maximum|au plus|au maximum|de long",
    excluding="mais pas|mais sans|en excluant",
    excepting="sauf|excepté|hormis",
)

PORTUGUESE = Frame(
    language="pt",
    request="por favor|pode|podes|você pode|poderia|eu quero ver|quero ver|quero ouvir|quero|queria ver|queria"
    "|gostaria de ver|gostaria de|preciso de|preciso",
    verb="mostre?|mostra|encontre|encontra|procure|procura|ache|dê|faça|corte|corta|extraia|pegue",
    show_me="(?:mostre?|mostra|encontre|encontra|procure|ache|dê|faça|corte)-(?:me|nos)"
    "|me (?:mostre|mostra|dê|encontre)",
    which="o|a|os|as|uma?|uns|umas|algum|alguma|todos os|todas as|todos|todas|cada",
    piece="clipes?|clips?|partes?|momentos?|trechos?|seções|seção|cenas?|segmentos?|menções|menção|vezes|vez|passagens"
    "|passagem",
    clip="clipes?|clips?|momentos?|trechos?",
    link="dos|das|do|da|de|sobre|acerca de|onde|quando|em que|nos quais|nas quais|no qual|na qual|que|com|como",
    who="eu|tu|você|ele|ela|eles|elas|nós|alguém|o (?:apresentador|convidado|locutor)|a (?:apresentadora|convidada)|se",
    be="está|estão|estava",
    telling="(?:falam?|falando|falou|conversam?) (?:dos|das|do|da|de|sobre|acerca de)"
    "|(?:dizem|diz|explicam?|mencionam?|discutem?|discute|contam?)(?: que| como)?",
    closing="",
    every="todos os|todas as|todos|todas|cada",
    every_time="cada vez|toda vez|sempre que|todas as vezes",
    broad="resuma|resume|resumir|(?:um |o )?resumo (?:de|do|da)|(?:uma )?visão geral (?:de|do|da)|(?:todo o|toda a)",
    numbers="um=1 uma=1 dois=2 duas=2 três=3 quatro=4 cinco=5 seis=6 sete=7 oito=8 nove=9 dez=10 quinze=15 vinte=20 "
    "trinta=30 sessenta=60 meia=1/2",
    ordinals="primeira=1 primeiro=1 segunda=2 segundo=2 terceira=3 terceiro=3 quarta=4 quinta=5 última=-1 último=-1",
    occurrence="vez|menção",
    units="segundo=1 segundos=1 seg=1 s=1 minuto=60 minutos=60 min=60 hora=3600 horas=3600",
    first="primeir[oa]s?",
    last="últim[oa]s?",
    within="nos|nas|no|na|durante os|durante as|durante|dentro dos|dos|das",
    before="antes de|antes dos?|até|até os?",
    after="depois de|depois dos?|após|desde|a partir de|a partir dos?",
    between="entre|de|desde",
    until="e|a|até",
    around="por volta de|perto de|em torno de",
    mark="minuto|o minuto",
    at_most="no máximo|máximo|máx\\.?|não mais de|menos de|de até|até",
    at_least="pelo menos|no mínimo|ao menos|mínimo|mín\\.?|mais de",
    best="melhores|mais importantes|mais engraçados",
    each="cada um|cada uma|cada|no máximo|de duração",
    excluding="mas não|mas sem|excluindo",
    excepting="exceto",
    drops_who=True,
)

ITALIAN = Frame(
    language="it",
    request="per favore|puoi|potresti|può|potrebbe|voglio vedere|voglio sentire|voglio|vorrei vedere|vorrei|mi serve"
    "|mi servono",
    verb="mostra|mostrare|trova|cerca|taglia|estrai",
    show_me="(?:mostra|trova|cerca|da|taglia|estrai)(?:m?mi|ci)|fammi vedere|fammi",
    which="il|lo|la|l'|i|gli|le|una?|uno|dei|delle|tutti i|tutti gli|tutte le|tutti|tutte|ogni",
    piece="clip|parti|parte|momenti|momento|pezzi|pezzo|sezioni|sezione|scene|scena|spezzoni|spezzone|brani|brano"
    "|menzioni|menzione|volte|volta|punti|punto",
    clip="clip|momenti|spezzoni|brani",
    link="della|delle|dello|degli|dei|del|dell'|di|sulla|sulle|sugli|sui|sul|sull'|su|riguardo a|dove|quando|in cui"
    "|nei quali|nelle quali|nel quale|nella quale|che|con|come",
    who="io|tu|lui|lei|loro|noi|voi|qualcuno|il (?:conduttore|presentatore|relatore)|la (?:conduttrice|presentatrice)"
    "|l'ospite|si",
    be="sta|stanno|viene|vengono",
    telling="(?:parlano?|parlando|parla|discutono|discute) (?:della|delle|dello|degli|dei"
    "|del|dell'|di|sulla|sul|sui|su)"
    "|(?:dicono|dice|spiegano?|spiega|menzionano?|menziona|citano?|racconta(?:no)?)(?: che| come)?",
    closing="",
    every="tutti i|tutti gli|tutte le|tutti|tutte|ogni",
    every_time="ogni volta|tutte le volte|ogniqualvolta",
    broad="riassumi|riassumere|(?:un |il )?riassunto (?:di|del|della)|(?:una )?panoramica (?:di|del|della|su)"
    "|(?:tutto il|tutta la|l'intero|l'intera)",
    numbers="un=1 una=1 uno=1 due=2 tre=3 quattro=4 cinque=5 sei=6 sette=7 otto=8 nove=9 dieci=10 quindici=15 "
    "venti=20 "
    "trenta=30 sessanta=60 mezza=1/2 mezz'=1/2",
    ordinals="prima=1 primo=1 seconda=2 secondo=2 terza=3 terzo=3 quarta=4 quinta=5 ultima=-1 ultimo=-1",
    occurrence="volta|menzione",
    units="secondo=1 secondi=1 sec=1 s=1 minuto=60 minuti=60 min=60 ora=3600 ore=3600",
    first="prim[aoie]",
    last="ultim[aoie]",
    within="nei|nelle|nel|nella|negli|durante i|durante gli|durante|entro i|dei|degli",
    before="prima di|prima del|prima dei|fino a|fino al",
    after="dopo|dopo il|dal|dalle|da|a partire da",
    between="tra|fra|da|dalle",
    until="e|a|alle|fino a",
    around="intorno a|verso|attorno a|circa a",
    mark="minuto|il minuto",
    at_most="al massimo|massimo|max\\.?|non più di|meno di|fino a|di al massimo",
    at_least="almeno|minimo|min\\.?|più di|come minimo",
    best="migliori|più importanti|più divertenti",
    each="ciascuno|ciascuna|l'uno|l'una|al massimo|di durata",
    excluding="ma non|ma senza|esclusi|escluse|escludendo",
    excepting="tranne|eccetto",
    not_but=("non", "ma|bensì"),
    drops_who=True,
)

FRAMES: dict[str, Frame] = {frame.language: frame for frame in (ENGLISH, GERMAN, SPANISH, FRENCH, PORTUGUESE, ITALIAN)}
"""By two-letter language."""
