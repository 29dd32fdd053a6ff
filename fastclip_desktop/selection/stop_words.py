"""Words that carry grammar rather than meaning, and the language that they give away.

The lists are short on purpose: a word that is missing here still gets a small weight, because it is frequent. The
English one also holds the words that questions and requests are made of.
"""

# ruff: noqa: RUF001 - the words of other alphabets are meant

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from fastclip_desktop.selection.scripts import is_latin, language_by_script

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
    "af": "aan 'n as baie by daar dat die dit dus een ek en gaan geen haar het hier hom hulle hy in is jy kan maar "
    "met moet my na nie nog nou om ons ook op sal se so sy te toe tot uit van vir was wat wees word",
    "az": "amma bir biz bu bunu çox da daha deyil də edir elə en hər ilə isə kimi ki mən necə nə o olan olaraq olub "
    "onlar onu sən siz sonra üçün və var ya yox",
    "be": "а але без быў была было былі быць вы гэта да для ён ёсць ж за з і ў як калі мы на не ні пра па пры што "
    "так там толькі ты у усе яго яна яны я",
    "bg": "а ако аз без беше би бъде в вече все във го да до доста ето за защото и из или им има как какво като "
    "когато който която които ли ме ми много може му на над не него нещо ни ние но нас от по при с са само се "
    "си след със сме съм така там те това този той тя тук ще я",
    "ca": "al amb aquest aquesta com de del dels des el els en és era està ha hi ho i jo la les li lo mes molt més "
    "ni no o on per però perquè pot que què qui se si són també tan te tot un una va ve vos",
    "el": "αν από αυτά αυτή αυτό αυτός για δε δεν εγώ είναι εμείς ένα ένας έχει έχω η ή θα και κι μα μας με μετά μη "
    "μην μια μόνο μου να ο οι όμως όταν ότι όχι πιο που πρέπει πως πώς σαν σας σε στη στην στις στο στον "
    "στους τα τη την της τι τις το τον του τους των",
    "et": "aga ei ja ka kas kes kui kuidas kus ma me meie mida minu mis mu mul na ning nii no nüüd oli olen on ole "
    "oma sa see seda selle siin siis ta te tema välja või väga üks",
    "fa": "آن از است اما این با باید بر برای به بود تا چه خود در را شد شده شود که ما من می نه نیز هر هم و ها هستند "
    "یا یک دارد کرد کند",
    "gl": "ao aos as así ata con como cos da das de del do dos é ela eles en entre era esta este foi hai isto máis "
    "mais me moi na nas non no nos o os ou para pero pola polo por porque que quen se sen ser seu son sobre "
    "súa tamén te ten un unha xa",
    "he": "אבל או אותו אותה אז אחרי איך אין אל אם אנחנו אני את אתה אתם גם הוא היא היה היו הם הזה זאת זה יותר יש כי "
    "כל כמו כן לא לו לי מאוד מה מי מן על עם עוד של שלו שלי",
    "hr": "a ali ako bi bih bila bilo bio biti da do ga i iz ili ima im ja je jer još kad kada kako kao koja koje "
    "koji li me mi mu na nam ne nego nije no o od on ona oni po pri s sa sam samo se su što ta tako te ti to "
    "tu u već vi za",
    "is": "að af allt á ef eða ég ekki en er eru fá fyrir hann haf hafa hefur hér hún hvað hver í líka með mig mér "
    "mjög nú og okkur sem sér sig sinn svo til um upp úr vera verið við það þá þar þau þegar þeir þetta þú "
    "þær",
    "kk": "ал ауыл және бар бір бұл біз болды болып бойынша да де деген деп ді емес ең еді келе кейін қазір мен "
    "менің мұнда не оның ол олар осы сен сол соң туралы тек үшін",
    "lt": "apie ar aš bet bus būti buvo čia dabar dar dėl gali į iki ir iš jau jei jie jis ji jo jos ką kad kai "
    "kaip kas kur labai man mes mano ne nei nes nuo o pat per po prie reikia savo su ta tai taip tas tik tu "
    "už yra",
    "lv": "ar arī bet bija būs būt es gan ir ja jau jo jūs ka kad kas kā kur labi ļoti man mēs ne nav no nu par pēc "
    "pie savu šis tā tad tas te tie tikai tur tu un uz vai viņa viņi viņš vēl",
    "mk": "а ако бев беше би биде во го да до дека е ги за и или им има јас како кај каде кои кој која кое ли ме ми "
    "многу може му на не него ние но од она оние оваа ова овој по при се само сè со сте сум така таму те тие "
    "тоа ти уште ќе што",
    "mr": "आणि आता आपण आम्ही आहे आहेत एक कर करून का काय की केला केली च जर जे तर ती ते तो त्या त्याला न नाही पण मग "
    "मला मी म्हणजे म्हणून या ला व हा ही हे होता होती होते",
    "ms": "ada adalah akan anda apa atau bagi banyak boleh dalam dan dari daripada dengan di dia hari ia ini itu "
    "jika juga kami kepada kerana ke kita lagi lebih mereka oleh orang pada saya sebagai seperti telah tetapi "
    "tidak untuk yang",
    "ne": "छ छन् र यो त्यो को का की मा ले लाई बाट पनि हो भने भएको गर्न गरेको तर म हामी उनी यस तपाईं के नै अब अनि छैन थियो",
    "sk": "a aby aj ak ako ale alebo ani ano áno by bol bola bolo byť čo do ho i ich ja je jeho jej keď kde ktorý "
    "ktorá ktoré len ma má mi mňa my na nie o od on ona po pre pri s sa si so som sme sú ta tak tam ten tento "
    "to toto tu už v vo vy z za zo že",
    "sl": "a ali bi bil bila bilo biti bo da do ga iz in ja jaz je jih jo kaj kako kar ker ki ko lahko le mi mu na "
    "ne ni o od on pa po pri s sem si smo so sta se tako ta te ti to tudi tukaj v več vse z za zelo že",
    "sq": "a aq ata ato ai ajo çfarë dhe do e edhe është i ishte ja jam janë jo ka kam kanë këtë kjo ky me më mund "
    "na ne në nga një nuk pa për por po prej që sa se si sipas tani te të tij u unë",
    "sr": "а али ако би бих била било био бити да до га и из или има им ја је јер још кад када како као која које "
    "који ли ме ми му на нам не него није но о од он она они по при с са сам само се су шта што та тако те ти "
    "то ту у већ ви за",
    "sw": "hii hiyo hizo huo huyo ili kama katika kila kuna kutoka kuwa kwa kwamba la lakini mimi na ndani ni nini "
    "pia sana sasa si sisi tu vya wa wao wewe ya yake yangu yao yeye za zaidi",
    "tl": "ako ang ano at ating ay ba bakit dahil din dito ganito ha hindi iba ito iyon ka kami kanila kapag kasi "
    "kaya kay ko kung lahat lang lamang mga mo na namin nang natin ng ngayon ni nila niya o pa para po rin sa "
    "si sila siya tayo yung",
    "ur": "اب اس اسے ان اور ایک بھی بہت پر تک تھا تھی تھے تو جو سے کا کو کی کے کر کیا گیا لیے میں نہ نہیں نے وہ ہم "
    "ہو ہوں ہے ہیں یا یہ",
}

STOP_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.casefold().split()) for language, words in _LISTS.items()
}
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
    """The language of a script that is its alone, else that whose stop words come up most; empty where none does often.

    Args:
        words: running text as case-folded words; a few thousand are plenty.
    """
    words = list(words)
    alone, shared = language_by_script(words)
    if alone:
        return alone
    frequencies = Counter(words)
    candidates = [language for language in STOP_WORDS if (language in shared if shared else is_latin(language))]
    counts = {language: sum(map(frequencies.__getitem__, STOP_WORDS[language])) for language in candidates}
    total = len(words)
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] > _LEAST_SHARE * total else ""
