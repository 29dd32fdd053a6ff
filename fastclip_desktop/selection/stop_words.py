"""Words that carry grammar rather than meaning, and the language that they give away.

The lists are short on purpose: a word that is missing here still gets a small weight, because it is frequent. The
English one also holds the words that questions and requests are made of.
"""

# ruff: noqa: RUF001 - the words of other alphabets are meant

from __future__ import annotations

from collections.abc import Iterable

_LISTS: dict[str, str] = {
    "ar": "في من على إلى عن مع هذا هذه ذلك التي الذي ما لا أن إن كان كانت هو هي هم أو ثم لم لن قد كل بين بعد قبل حتى",
    "cs": "a aby ale ani ano by byl byla bylo být co do ho i já jak je jeho jen ji jsem jsme jsou k kde když "
    "který ma mi mě na ne nebo není o od po pro při s se si svůj ta tak také te ten to tu už v ve vy z za "
    "ze že",
    "da": "af at da de den der det dig din du efter eller en er et for fra han har hun hvad hvis hvor i ikke "
    "ind jeg jo kan kom man med men mig min må ned nu når og også om op os på sig sin skal som så til ud "
    "var ved vi vil være",
    "de": "aber als am an auch auf aus bei bin bis da damit dann das dass dem den denn der des die dir doch du "
    "durch ein eine einem einen einer eines er es etwas für habe haben hat hatte hier ich ihm ihn ihr im "
    "in ist ja jetzt kann kein keine man mehr mein mich mir mit nach nicht noch nun nur ob oder ohne "
    "schon sein seine sich sie sind so über um und uns unter vom von vor wann war waren warum was wenn "
    "wer werden wie wieder wir wird wo wurde zu zum zur",
    "en": "a about above after again against all also am an and any are aren't as at be because been before "
    "being below between both but by can can't cannot could couldn't did didn't do does doesn't doing "
    "don't down during each either else ever every few for from further get gets getting give go goes "
    "going gonna got had hadn't has hasn't have haven't having he he'd he'll he's her here hers herself "
    "him himself his how i i'd i'll i'm i've if in into is isn't it it'd it'll it's its itself just let "
    "let's like may me might mine more most much must my myself need no nor not now of off oh ok okay on "
    "once one only or other our ours ourselves out over own please quite rather really same say says said "
    "shall she she'd she'll she's should shouldn't so some such tell than that that's the their theirs "
    "them themselves then there there's these they they'd they'll they're they've thing things think this "
    "those though through to too uh um under until up upon us very want wanna wants was wasn't way we "
    "we'd we'll we're we've well were weren't what what's when where whether which while who whom whose "
    "why will with within without won't would wouldn't yeah yes yet you you'd you'll you're you've your "
    "yours yourself",
    "es": "a al algo ante así aún aunque como con cual cuando de del desde donde dos e el él ella ellos en "
    "entre era es esa ese eso esta está están este esto estos fue ha hace hasta hay la las le les lo los "
    "más me mi muy nada ni no nos o os otra otro para pero por porque puede que qué quien se ser si sí "
    "sin sobre son su sus también tan te tiene todo tu tú un una uno unos y ya yo",
    "fi": "ei että en hän hänen he ja jo jos joka jotka kaikki kanssa koska kuin kuka kun me mikä minä minun "
    "mitä mutta myös niin nyt ole oli olla on ovat se sen siellä sitä sinä tai tämä te tuo vain vielä voi",
    "fr": "à au aussi aux avec ce ces cet cette comme d dans de des du donc elle elles en est et été être eu "
    "fait il ils j je l la le les leur lui m ma mais me mes moi mon n ne nos notre nous on ont ou où par "
    "pas peu plus pour pourquoi qu quand que quel quelle qui quoi s sa sans se ses si son sont sur t ta "
    "te tes toi ton tout tous très tu un une vos votre vous y c ça",
    "hi": "का के की है में से को और यह वह हैं था थे थी पर ने हो भी कि जो तो ही या एक इस उस नहीं कर लिए अपने",
    "hu": "a az és hogy nem is egy ez van volt de már csak meg ha mint még ezt azt ki mi én te ő vagy lesz kell "
    "mert így itt ott el fel le be",
    "id": "yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke karena tersebut bisa ada "
    "mereka lebih kita kami adalah atau seperti sudah kalau dia anda",
    "it": "a ad ai al alla anche c che chi ci come con cosa così da dal dalla dei del della delle di dove e è "
    "ed era essere fa fare gli ha hai hanno ho i il in io l la le lei lo loro lui ma me mi mia mio molto "
    "nel nella no noi non o per perché più poi può qualche quando quello questa questo qui se sei si sì "
    "sia solo sono sta su sua suo te ti tra tu tutti tutto un una uno vi voi",
    "nl": "aan al alles als altijd bij daar dan dat de der deze die dit doen door dus een en er ge geen had heb "
    "hebben heeft hem het hier hij hoe hun iets ik in is ja je kan maar me meer men met mij mijn moet na "
    "naar niet niets nog nu of om omdat ons ook op over te tegen toch toen tot u uit uw van veel voor "
    "want waren was wat we wel werd wezen wie wij wil worden zal ze zei zelf zich zij zijn zo zou",
    "no": "av at da de den der det deg du eller en er et etter for fra han har hun hva hvis hvor i ikke jeg kan "
    "kom man med men meg min må ned nå når og også om opp oss på seg sin skal som så til ut var ved vi "
    "vil være",
    "pl": "a aby ale bo być był była było by ci co czy dla do go i ich ile im ja jak jako je jego jej jest "
    "jestem już każdy kiedy kto która który ma mnie może na nas nie nic niż no o od on ona oni po pod "
    "przez się są ta tak tam te tego tej ten to tu ty tylko w we więc z za ze że",
    "pt": "a ao aos as até com como da das de dela dele do dos e é ela ele eles em entre era essa esse esta "
    "está este eu foi há isso isto já lhe mais mas me mesmo meu minha muito na não nas nem no nos nós num "
    "o os ou para pela pelo por porque qual quando que quem se sem ser seu sua são só também te tem tudo "
    "um uma você vocês",
    "ro": "a acest ai al am ar are au ca că ce cel cu cum da dar de din dintre este eu fi în îi la le lui mai "
    "mi nu o pe pentru prin sa să se si și sunt un una unde va",
    "ru": "а без был была были было быть в вам вас весь во вот все всё всех вы где да даже для до его ее её "
    "если есть еще ещё же за и из или им их к как ко когда кто ли меня мне мы на над нас не него нее нет "
    "ни них но ну о об он она они оно от по под при с со так там то того тоже только тот ты у уже чего "
    "чем что чтобы эта эти это этого этот я",
    "sv": "att av blev bli då de dem den denna det detta dig din du där efter ej eller en er ett från för ha "
    "hade han har hon hur här i icke in inte jag ju kan man med men mig min mot mycket ni nu när något "
    "och om oss på sig sin ska som så till under upp ut var vara vi vid vill är över",
    "tr": "acaba ama bana bazı ben beni bir biz bu çok çünkü da daha de değil diye en gibi hem hep her için ile "
    "ise kadar ki kim mi mı mu mü nasıl ne neden niye o olan olarak oldu on ona onlar sen siz şey şu tüm "
    "var ve veya ya yani yok",
    "uk": "а або але без був була було бути в вам вас ви від він вона вони все всі де для до ж за з і й його її "
    "їх коли ми на над нас не ні ну о об по при про та так там те ти тільки то у це цей чи що щоб я як "
    "який",
    "vi": "và của là có không được cho trong các một những với này đã để khi người từ đến như cũng về vì thì mà "
    "ra nếu ở",
}

STOP_WORDS: dict[str, frozenset[str]] = {language: frozenset(words.split()) for language, words in _LISTS.items()}
"""Case-folded words by two-letter language."""

_TELLING: dict[str, str] = {
    "en": "agree agreed answer answered argue argued ask asked attitude claim claimed comment conclude concluded "
    "conclusion describe described disagree disagreed discuss discussed discussing discussion discussions "
    "explain explained introduce introduced introduction mention mentioned mentions moment opinion opinions "
    "overview part perspective presentation propose proposed question questions recap recommend recommended "
    "regarding remark replied reply respond responded response said say state stated suggest suggested "
    "summarise summarize summary talk talked talking tell think thought thoughts told toward towards",
    "de": "abschnitt ausschnitt besprechen besprochen erklären erklärt erläutert erwähnen erwähnt erzählen erzählt "
    "frage fragen fragt gesagt geredet gesprochen meint meinung moment nennt rede reden redet sagen sagt spreche "
    "sprechen spricht stelle stellen szene teil thema überblick zusammenfassung",
    "es": "comenta comentan dice dicen dijo discute discuten discutir escena explica explican explicar fragmento habla "
    "hablan hablando hablar habló menciona mencionan mencionar momento opina opinión opinan parte pregunta preguntan "
    "resumen trozo",
    "fr": "avis demande dire disent discute discutent discuter discussion dit endroit évoque évoquent explique "
    "expliquent expliquer extrait mentionne mentionnent moment opinion parle parlent parler partie passage question "
    "raconte racontent résumé scène",
    "it": "brano chiede commenta dice dicono dire discute discutono discutere menziona menzionano momento opinione "
    "parla parlano parlando parlare parte pezzo punto racconta raccontano riassunto scena spiega spiegano spiegare",
    "pt": "cena comenta comentam diz dizem dizer discute discutem discutir disse explica explicam explicar fala falam "
    "falando falar falou menciona mencionam momento opinião parte pergunta resumo trecho",
}

TELLING_WORDS: dict[str, frozenset[str]] = {language: frozenset(words.split()) for language, words in _TELLING.items()}
"""Words for what speakers do, such as discuss and explain, by two-letter language."""

_LEAST_SHARE = 0.08
"""Of running words; true text of a listed language has 30 to 50 %."""


def guess_language(words: Iterable[str]) -> str:
    """The listed language whose stop words come up most, or empty where none comes up often.

    Args:
        words: running text as case-folded words; a few thousand are plenty.
    """
    counts = dict.fromkeys(STOP_WORDS, 0)
    total = 0
    for word in words:
        total += 1
        for language, stop_words in STOP_WORDS.items():
            counts[language] += word in stop_words
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] > _LEAST_SHARE * total else ""
