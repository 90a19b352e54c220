"""Callers from false banks, offices and families: a whole text convicts, honest ones stay clear."""

from typing import Final

import pytest

from urlguard import Guard, Level

WHOLE: Final = {
    "bank_safe_account": (
        "Банктен мазалап тұрмын, картаңыздан 320 мың теңге шешіліп жатыр. Тоқтату үшін келген кодты айтыңыз",
        "Вас беспокоит отдел безопасности банка. Ваши деньги под угрозой, переведите их на защищённую ячейку",
        "I am calling from your bank, someone tries to withdraw your money. Move it to a safe account",
        "Каспиден звандап тұрмыз, картаңыздан деньги списать етіп жатыр, смс кодты айтыңыз",
    ),
    "nationalbank_loan": (
        "Ұлттық банктен хабарласып тұрмын, сіздің атыңызға несие рәсімделіп жатыр, айна несие алыңыз",
        "На ваше имя подали заявку на кредит. Чтобы её аннулировать, оформите зеркальный кредит",
        "A loan is being taken in your name. You must take a mirror loan to cancel it",
        "Нацбанктен хабарласып тұрмын, атыңызға кредит оформить етіп жатыр, зеркальный кредит алыңыз",
    ),
    "law_enforcement": (
        "Сізге қазір прокурор хабарласады, трубканы қоймаңыз және ешкімге айтпаңыз",
        "Соединяю вас со следователем, оставайтесь на линии. Никто не должен знать об этом звонке",
        "The prosecutor will call you now. Stay on the line and tell no one about this call",
        "Қазір сізді следовательге қосамын, трубканы не кладите, никому не говорите",
    ),
    "remote_access": (
        "Банк маманы көмектеседі: RustDesk орнатып, экрандағы тоғыз санды айтыңыз",
        "Чтобы отменить кредит, установите RustDesk и продиктуйте девять цифр с экрана",
        "Install AnyDesk so that our bank specialist can cancel the loan, tell me the nine digits you see",
        "Каспи банк: кредитті тоқтату үшін AnyDesk орнатыңыз, код с экрана айтыңыз",
    ),
    "fake_boss": (
        "Директор мазалап тұр, ұйымымызда тексеру бар. Сізге маман хабарласады, сұрақтарына жауап беріңіз",
        "Это ректор. У нас утечка данных, с вами свяжется куратор из органов, окажите ему содействие",
        "This is your director. There is an audit at our firm, an officer will call you, answer him in full",
        "Бұл директор, компанияда проверка, сізге куратор хабарласады, содействие көрсетіңіз",
    ),
    "relative_trouble": (
        "Балаңыз көлікпен адам қағып кетті. 2 миллион теңге дайындаңыз, таксиші келіп алады",
        "Ваш сын сбил пешехода. Подготовьте 3 миллиона тенге, водитель приедет и заберёт",
        "Your daughter hit a pedestrian. Prepare 2 million tenge in cash, a driver will come for it",
        "Ұлыңыз дтп жасады, 2 млн тенге дайындаңыз, курьер барып алады",
    ),
    "friend_money": (
        "Қарызға 60 000 теңге бере тұршы, картам бұғатталып қалды, досымның картасына сал, ертең қайтарам",
        "Займи 60 000 тенге до завтра, моя карта на перевыпуске, кинь на карту друга",
        "Can you lend me 60,000 tenge till tomorrow? My card is blocked, send it to my friend's card",
        "Братан займи 50 000 тенге, каспиім заблокирован, досымның картасына сал, ертең верну",
    ),
    "wrong_transfer": (
        "Қателесіп сізге 30 000 теңге аударып жіберіппін, мына нөмірге қайтарыңызшы",
        "Здравствуйте, случайно закинула вам 30 000 тенге, верните на эту карту",
        "I sent you 30,000 tenge by mistake, please send it back to this card",
        "Сізге по ошибке 30 000 тенге аударыппын, қайтарып жіберіңізші",
    ),
}
"""One text a scheme with its opening, story and ask, in Kazakh, Russian, English and the mixture."""

HONEST: Final = (
    "Kaspi Gold: 12 500 теңге аударым. Алушы: Айгүл С. Қолжетімді: 84 200 теңге",
    "Полиция ескертеді: «қауіпсіз шот» деген болмайды, бейтаныс адамға ақша аудармаңыз",
    "Мам, жатақхананың ақысын төлеу керек екен, 28 000 теңге салып жіберіңізші",
    "Тергеуші қылмыстық істі сотқа жолдады, айыпталушы қамауға алынды",
    "Қате нөмірге 5 000 теңге аударып жіберіппін, банк арқылы қалай қайтарса болады?",
    "Ваша карта временно заблокирована: трижды введён неверный ПИН-код. Обратитесь в отделение банка",
    "Никому не сообщайте код 8841. Банк никогда не просит переводить деньги на безопасный счёт",
    "Привет! Займи, пожалуйста, 10 тысяч до зарплаты, в пятницу отдам, как обычно",
    "Брат попал в ДТП, слава богу жив, машина в хлам, сидим в травмпункте",
    "Это мой новый номер, старый потерял вместе с телефоном, сохрани",
    "Директор просит всех быть в актовом зале в 9:00, будет проверка пожарной безопасности",
    "Thanks for lunch, I sent you 3,000 tenge, check please.",
    "Your loan application has been approved. Sign the contract in the bank's app.",
    "Someone called me from the KNB and said there is a loan in my name, is it a scam?",
    "Братан, зарплатаға дейін 10 000 займи, жұмада берем ғой как обычно",
    "Қауіпсіз счёт деген развод, сенбеңдер, никому ақша аудармаңдар",
)


@pytest.fixture(scope="module")
def guard() -> Guard:
    return Guard()


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        pytest.param(scheme, text, id=f"{scheme} {lang}")
        for scheme, texts in WHOLE.items()
        for lang, text in zip(("kk", "ru", "en", "mixed"), texts, strict=True)
    ],
)
def test_a_whole_text_is_dangerous_and_names_its_scheme(guard: Guard, scheme: str, text: str) -> None:
    verdict = guard.check(text)
    assert (verdict.level, verdict.scheme) == (Level.DANGEROUS, scheme)


@pytest.mark.parametrize("text", HONEST)
def test_honest_texts_of_the_same_words_stay_clear(guard: Guard, text: str) -> None:
    assert guard.check(text).level == Level.CLEAR
