"""Three sentences in each language, and a question that only the second answers."""

# ruff: noqa: RUF001 - other alphabets are what this is about

from __future__ import annotations

import pytest

from fastclip_desktop.selection.select import select_moments
from tests.unit.selection.talks import transcript_of

SENTENCES: dict[str, tuple[str, str, str, str]] = {
    "af": ("Die weer is vandag mooi.", "Die katte slaap in die tuin.", "Die trein is laat.", "katte"),
    "ar": ("الطقس جميل اليوم.", "القطط تنام في الحديقة.", "القطار متأخر.", "حديقة"),
    "az": ("Bu gün hava yaxşıdır.", "Pişiklər bağda yatır.", "Qatar gecikir.", "pişik"),
    "bg": ("Времето днес е хубаво.", "Котките спят в градината.", "Влакът закъснява.", "котка"),
    "bn": ("আজ আবহাওয়া ভালো।", "বিড়াল বাগানে ঘুমায়।", "ট্রেন দেরিতে আসছে।", "বিড়াল"),
    "ca": ("Avui fa bon temps.", "Els gats dormen al jardí.", "El tren arriba tard.", "gat"),
    "cs": ("Dnes je hezky.", "Kočky spí na zahradě.", "Vlak má zpoždění.", "kočka"),
    "da": ("Vejret er godt i dag.", "Kattene sover i haven.", "Toget er forsinket.", "katte"),
    "de": ("Heute ist es warm.", "Die Katzen schlafen im Garten.", "Der Zug ist spät.", "Katze"),
    "el": ("Ο καιρός είναι καλός.", "Οι γάτες κοιμούνται στον κήπο.", "Το τρένο αργεί.", "γάτα"),
    "en": ("The weather is nice.", "The cats sleep in the garden.", "The train is late.", "cat"),
    "es": ("Hoy hace buen tiempo.", "Los gatos duermen en el jardín.", "El tren llega tarde.", "gato"),
    "et": ("Täna on ilus ilm.", "Kassid magavad aias.", "Rong hilineb.", "magavad"),
    "eu": ("Gaur eguraldi ona dago.", "Katuak lorategian lo daude.", "Trena berandu dator.", "katu"),
    "fa": ("امروز هوا خوب است.", "گربه‌ها در باغ می‌خوابند.", "قطار دیر کرده است.", "گربه"),
    "fi": ("Tänään on kaunis sää.", "Kissat nukkuvat puutarhassa.", "Juna on myöhässä.", "kissa"),
    "fr": ("Il fait beau aujourd'hui.", "Les chats dorment dans le jardin.", "Le train est en retard.", "chat"),
    "ga": ("Tá an aimsir go maith.", "Codlaíonn na cait sa ghairdín.", "Tá an traein déanach.", "ghairdín"),
    "gl": ("Hoxe vai bo tempo.", "Os gatos dormen no xardín.", "O tren chega tarde.", "xardín"),
    "he": ("מזג האוויר יפה היום.", "החתולים ישנים בגינה.", "הרכבת מאחרת.", "חתול"),
    "hi": ("आज मौसम अच्छा है।", "बिल्लियाँ बगीचे में सोती हैं।", "ट्रेन देर से आ रही है।", "बगीचा"),
    "hr": ("Danas je lijepo vrijeme.", "Mačke spavaju u vrtu.", "Vlak kasni.", "mačka"),
    "hu": ("Ma szép idő van.", "A macskák a kertben alszanak.", "A vonat késik.", "macska"),
    "hy": ("Այսօր եղանակը լավ է։", "Կատուները քնում են այգում։", "Գնացքը ուշանում է։", "կատուներ"),
    "id": ("Cuaca hari ini bagus.", "Kucing tidur di taman.", "Kereta terlambat.", "kucing"),
    "is": ("Veðrið er gott í dag.", "Kettirnir sofa í garðinum.", "Lestin er sein.", "garðinum"),
    "it": ("Oggi fa bel tempo.", "I gatti dormono in giardino.", "Il treno è in ritardo.", "gatto"),
    "ja": ("今日は天気がいいです。", "猫が庭で寝ています。", "電車は遅れています。", "猫"),
    "ka": ("დღეს კარგი ამინდია.", "კატები ბაღში სძინავთ.", "მატარებელი იგვიანებს.", "კატები"),
    "km": ("ថ្ងៃនេះអាកាសធាតុល្អ", "ឆ្មាគេងក្នុងសួន", "រថភ្លើងមកយឺត", "ឆ្មា"),
    "ko": ("오늘은 날씨가 좋습니다.", "고양이가 정원에서 잡니다.", "기차가 늦습니다.", "고양이"),
    "lo": ("ມື້ນີ້ອາກາດດີ", "ແມວນອນໃນສວນ", "ລົດໄຟມາຊ້າ", "ແມວ"),
    "lt": ("Šiandien gražus oras.", "Katės miega sode.", "Traukinys vėluoja.", "katė"),
    "lv": ("Šodien ir jauks laiks.", "Kaķi guļ dārzā.", "Vilciens kavējas.", "dārzs"),
    "mk": ("Денес времето е убаво.", "Мачките спијат во градината.", "Возот доцни.", "мачка"),
    "my": ("ဒီနေ့ရာသီဥတုကောင်းတယ်", "ကြောင်တွေခြံထဲမှာအိပ်နေတယ်", "ရထားနောက်ကျနေတယ်", "ကြောင်"),
    "ne": ("आज मौसम राम्रो छ।", "बिरालो बगैंचामा सुत्छ।", "रेल ढिलो छ।", "बिरालो"),
    "nl": ("Het is vandaag mooi weer.", "De katten slapen in de tuin.", "De trein is te laat.", "kat"),
    "no": ("Været er fint i dag.", "Kattene sover i hagen.", "Toget er forsinket.", "katt"),
    "pa": ("ਅੱਜ ਮੌਸਮ ਚੰਗਾ ਹੈ।", "ਬਿੱਲੀ ਬਾਗ ਵਿੱਚ ਸੌਂਦੀ ਹੈ।", "ਰੇਲ ਦੇਰ ਨਾਲ ਹੈ।", "ਬਿੱਲੀ"),
    "pl": ("Dzisiaj jest ładna pogoda.", "Koty śpią w ogrodzie.", "Pociąg jest opóźniony.", "kot"),
    "pt": ("Hoje o tempo está bom.", "Os gatos dormem no jardim.", "O comboio está atrasado.", "gato"),
    "ro": ("Astăzi vremea este frumoasă.", "Pisicile dorm în grădină.", "Trenul întârzie.", "pisică"),
    "ru": ("Сегодня хорошая погода.", "Кошки спят в саду.", "Поезд опаздывает.", "кошка"),
    "sk": ("Dnes je pekné počasie.", "Mačky spia v záhrade.", "Vlak mešká.", "mačka"),
    "sl": ("Danes je lepo vreme.", "Mačke spijo na vrtu.", "Vlak zamuja.", "mačka"),
    "sq": ("Sot moti është i mirë.", "Macet flenë në kopsht.", "Treni është me vonesë.", "kopshti"),
    "sr": ("Данас је лепо време.", "Мачке спавају у врту.", "Воз касни.", "мачка"),
    "sv": ("Vädret är fint i dag.", "Katterna sover i trädgården.", "Tåget är försenat.", "katt"),
    "sw": ("Hali ya hewa ni nzuri leo.", "Paka wanalala bustanini.", "Treni imechelewa.", "paka"),
    "ta": ("இன்று வானிலை நன்றாக உள்ளது.", "பூனைகள் தோட்டத்தில் தூங்குகின்றன.", "ரயில் தாமதமாக வருகிறது.", "பூனை"),
    "te": ("ఈరోజు వాతావరణం బాగుంది.", "పిల్లి తోటలో నిద్రపోతోంది.", "రైలు ఆలస్యంగా వస్తోంది.", "పిల్లి"),
    "th": ("วันนี้อากาศดี", "แมวนอนในสวน", "รถไฟมาสาย", "แมว"),
    "tr": ("Bugün hava güzel.", "Kediler bahçede uyuyor.", "Tren gecikiyor.", "kedi"),
    "uk": ("Сьогодні гарна погода.", "Коти сплять у саду.", "Потяг запізнюється.", "кіт коти"),
    "ur": ("آج موسم اچھا ہے۔", "بلی باغ میں سوتی ہے۔", "ٹرین دیر سے آ رہی ہے۔", "بلی"),
    "vi": ("Hôm nay trời đẹp.", "Con mèo ngủ trong vườn.", "Tàu đến muộn.", "mèo"),
    "yi": ("דער וועטער איז שיין הײַנט.", "די קעץ שלאָפֿן אין גאָרטן.", "די באַן איז שפּעט.", "קעץ"),
    "zh": ("今天天气很好。", "猫在花园里睡觉。", "火车晚点了。", "花园"),
}


SHOWN_BY_SCRIPT = "bn el he hy ja ka km ko lo my pa ta te th zh"


@pytest.mark.parametrize(
    ("language", "stated"),
    [*((language, language) for language in sorted(SENTENCES)), *((each, "") for each in SHOWN_BY_SCRIPT.split())],
)
def test_the_right_sentence_is_found_in_each_language(language: str, stated: str) -> None:
    before, wanted, after, query = SENTENCES[language]
    transcript = transcript_of([before, wanted, after], language=stated)
    moments = select_moments(transcript, query, 1)
    assert moments
    assert wanted in moments[0].excerpt
    assert select_moments(transcript, "xylophonist", 1) == ()


@pytest.mark.parametrize(
    ("language", "said", "typed"),
    [
        ("en", "It costs ２５ dollars in all.", "25 dollars"),
        ("de", "Das Donaudampfschiff fuhr früh ab.", "Dampfschiff"),
        ("nl", "De ziektekostenverzekering wordt duurder.", "verzekering"),
        ("ja", "昨日はプログラミングを勉強しました。", "ﾌﾟﾛｸﾞﾗﾐﾝｸﾞ"),
        ("zh", "我们下周讨论预算问题。", "讨论预算"),
        ("ko", "우리는 학교에서 프로그래밍을 배웁니다.", "프로그래밍은 학교"),
        ("ar", "ذهبنا وَالأَوْلَاد إلى المدرسة.", "مدرسة"),
        ("tr", "IŞIK HIZI çok yüksek.", "ışık hızı"),
    ],
)
def test_what_is_peculiar_to_a_language_hides_nothing(language: str, said: str, typed: str) -> None:
    others = ["xx yy zz.", said, "zz yy xx."]
    moments = select_moments(transcript_of(others, language=language), typed, 1)
    assert moments
    assert said in moments[0].excerpt
