"""Words as people type them: without Kazakh letters, in Latin chat letters, in letters that look alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from words.own_terms import lexicon, spelling, stems, table

# On a Russian keyboard

TYPED = table("""
қауіпсіз: кауипсиз
ақша: акша
сілтеме: силтеме
несие: несие
жұмыс: жумыс
көмек: комек
құттықтаймыз: куттыктаймыз
өтініш: отиниш
әлеуметтік: алеуметтик
мәлімет: малимет
алаяқ: алаяк
халық: халык
төлем: толем
шұғыл: шугыл
қызмет: кызмет
құжат: кужат
телефоныңыз: телефоныныз
""")


@pytest.mark.parametrize(("word", "typed"), TYPED)
def test_kazakh_on_a_russian_keyboard(word: str, typed: str) -> None:
    assert spelling().keyboard(word) == typed
    assert stems(lexicon(f"kk {word}"), typed) == {word}


@pytest.mark.parametrize(
    ("stem", "word"),
    [
        pytest.param("айт!", "айтыныз", id="imperative"),
        pytest.param("айт!", "айтынызшы", id="imperative, softer"),
        pytest.param("жібер!", "жиберинизши", id="all letters"),
        pytest.param("жібер!", "жібериниз", id="some letters"),
        pytest.param("аудар!", "аударыныздар", id="several people"),
        pytest.param("шот", "шотыныздан", id="noun"),
        pytest.param("сілтеме", "силтеменизди", id="long noun"),
        pytest.param("алаяқ", "алаягы", id="softened"),
        pytest.param("алаяқ", "алаякка", id="not softened"),
    ],
)
def test_endings_on_a_russian_keyboard(stem: str, word: str) -> None:
    assert stems(lexicon(f"kk {stem}"), word) == {stem.rstrip("!")}


@pytest.mark.parametrize(
    ("stem", "word"), [("қор", "кәр"), ("ұт", "үт"), ("қарыз", "қәрыз"), ("тұр", "түр"), ("сән", "саң")]
)
def test_a_kazakh_letter_that_was_typed_is_meant(stem: str, word: str) -> None:
    assert stems(lexicon(f"kk {stem}"), word) == set()


# In Latin chat letters: some spellings of each word

KAZAKH = table("""
код: kod
карта: karta
жібер: jiber zhiber
айтыңыз: aitynyz aitingiz aityńyz aytyñyz
ақша: aqsha aksha aqşa akwa
шот: shot şot wot
қауіпсіз: qauipsiz kauipsiz qaýipsiz
құттықтаймыз: quttyqtaimyz kuttyktaymyz qūttyqtaimyz quttıqtaymız
сілтеме: silteme sılteme
несие: nesie
жұмыс: jumys zhumys jumıs jūmys
табыс: tabys tabıs
үй: ui úı üi uy
төлем: tolem tólem tölem
сыйлық: syilyq syılyq syilyk siyliq
сөз: soz sóz söz
телефон: telefon
жеңіл: jenil zhengil jeńil jeñıl
пайда: paida payda paıda
аудар: audar aýdar
сал: sal
алаяқ: alaiaq alayak alaıaq
көмек: komek kómek kömek
шұғыл: shugyl shuǵyl şūğyl shughyl
қазір: qazir kazir qazır
қызмет: qyzmet kyzmet qızmet
құжат: qujat kuzhat qūjat kujat
куәлік: kualik kuälık kýálik
тіркел: tirkel tırkel
жинақ: jinaq zhinak jınaq
қарыз: qaryz karyz qarız
жәрдемақы: jardemaqy zhardemaky järdemaqy
жүкте: jukte zhukte júkte jükte
хабарлас: habarlas khabarlas
мемлекет: memleket
біз: biz bız
""")
RUSSIAN = table("""
код: kod
карт: kart
счет: schet
деньг: deng den'g
работ: rabot
заработок: zarabotok
срочн: srochn sro4n
ссылк: ssylk ssilk
перейди: pereidi pereydi perejdi
переведи: perevedi
отправь: otprav otprav'
сообщи: soobschi soobshchi soobshi soob6i soobwi
назови: nazovi
выигрыш: vyigrysh viigrish vyigry6
приз: priz
подарок: podarok
кредит: kredit
безопасный: bezopasnyi bezopasniy bezopasnyj
мошенник: moshennik mo6ennik
пенси: pensi pensii
выплат: vyplat viplat
доход: dohod dokhod doxod
жалоба: zhaloba jaloba
инвестици: investicii investitsii
объявление: obyavlenie ob'yavlenie objavlenie
цена: cena tsena
хочешь: hochesh khochesh xo4e6
чек: chek 4ek
ещё: eshe esche eshchyo
можно: mojno mozhno
яндекс: yandeks jandeks
цифр: cifr tsifr
вышли: vyshli vy6li vishli
нужно: nujno nuzhno
подтверди: podtverdi
полици: polici politsi
посылк: posylk posilk
щедрый: schedryi shedryj wedryi
""")


@pytest.mark.parametrize(("word", "latin"), KAZAKH)
def test_kazakh_in_latin_letters(word: str, latin: str) -> None:
    assert spelling().coarse(word) in {*spelling().latin_sounds(latin)}


@pytest.mark.parametrize(("word", "latin"), RUSSIAN)
def test_russian_in_latin_letters(word: str, latin: str) -> None:
    assert spelling().coarse(word) in {*spelling().latin_sounds(latin)}


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        pytest.param("kk айт!", "aitynyz aityńyz aityngyzshy aytıñız ait aitynyzdar", id="айт"),
        pytest.param("kk жібер!", "jiberiniz zhiberingiz jıberıñız jiberinizshi", id="жібер"),
        pytest.param("kk аудар!", "audaryńyz audarynyz", id="аудар"),
        pytest.param("kk сілтеме", "siltemege siltemeni siltemenizdi", id="сілтеме"),
        pytest.param("kk жұмыс", "jumys jumysqa zhumyska jumystan", id="жұмыс"),
        pytest.param("ru карт", "karta karty kartu kartoy kartoi", id="карт"),
        pytest.param("ru сообщи!", "soobshite soobschite soobshchite soob6ite", id="сообщи"),
        pytest.param("ru переведи!", "perevedite", id="переведи"),
        pytest.param("ru срочн", "srochno sro4no srochnyi", id="срочн"),
        pytest.param("ru деньг", "dengi den'gi dengami", id="деньг"),
        pytest.param("ru мошенник", "moshenniki moshennikov mo6enniki", id="мошенник"),
    ],
)
def test_forms_in_latin_letters(stem: str, words: str) -> None:
    assert [word for word in words.split() if not lexicon(stem).look(word).latin] == []


@pytest.mark.parametrize("word", ["kodeks", "kartofel", "kart0n", "zhumbaq", "denim", "banana", "g4e6"])
def test_other_latin_words(word: str) -> None:
    known = lexicon("kk айт!", "kk жұмыс", "ru карт", "ru деньг", "ru код")
    assert stems(known, word) == set()


# Letters that look alike, and digits for letters


@pytest.mark.parametrize(
    ("stem", "word"),
    [
        pytest.param("ru код", "кoд", id="Latin o"),
        pytest.param("ru карт", "кapтa", id="Latin a p"),
        pytest.param("kk ақша", "aқшa", id="Latin a beside Kazakh letters"),
        pytest.param("ru перевод", "пepeвoд", id="more Latin letters than others"),
        pytest.param("ru карт", "kарта", id="Latin k"),
        pytest.param("en code", "соde", id="Cyrillic с о"),
        pytest.param("en bank", "bаnk", id="Cyrillic а"),
        pytest.param("en code", "codе", id="Cyrillic е at the end"),
        pytest.param("ru заработок", "з@раб0ток", id="signs and digits"),
        pytest.param("ru код", "к0д", id="a digit inside a short word"),
        pytest.param("ru заработок", "3аработок", id="a digit in front"),
        pytest.param("ru чек", "4еки", id="4 for ч"),
        pytest.param("en money", "m0ney", id="0 for o"),
        pytest.param("en profit", "pr0fit", id="0 for o in the middle"),
        pytest.param("en cash", "ca$h", id="$ for s"),
    ],
)
def test_disguised_words_are_known_and_noted(stem: str, word: str) -> None:
    found = lexicon(stem).look(word)
    assert stems(lexicon(stem), word) == {stem.split()[1]}
    assert found.disguised


@pytest.mark.parametrize(
    "word", ["код", "коды", "kod", "code", "100к", "5а", "b2b", "к2", "2023г", "covid19"]
)
def test_ordinary_words_are_not_disguised(word: str) -> None:
    assert not lexicon("ru код", "kk код", "en code", "ru к", "ru г").look(word).disguised


def test_a_word_all_in_letters_that_look_cyrillic() -> None:
    assert stems(lexicon("ru карт"), "kapta") == {"карт"}
    assert spelling().as_cyrillic("pacxoд") is None


# Laws

WORDS = st.text("аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщыіьэюя", max_size=12)


@given(WORDS)
def test_a_spelling_of_a_spelling_is_the_same(word: str) -> None:
    own = spelling()
    assert own.keyboard(own.keyboard(word)) == own.keyboard(word)
    assert own.coarse(own.keyboard(word)) == own.coarse(word)
    assert len(own.keyboard(word)) == len(word)


@given(st.text(max_size=20))
def test_any_word_has_a_spelling(word: str) -> None:
    own = spelling()
    spellings = (own.keyboard(word), own.coarse(word), *own.latin_sounds(word), *own.without_leet(word))
    assert all(isinstance(spelled, str) for spelled in (*spellings, *own.one_script(word)))
