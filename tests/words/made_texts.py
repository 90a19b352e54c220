"""Texts put together from what texts of swindlers and of those who warn of them consist of."""

from hypothesis import strategies as st

PIECES = st.sampled_from([
    "Назовите код из СМС", "кодты айтыңыз", "айтпаңыз", "tell me the code", "не", "ешкімге", "мошенники",
    "алаяқтар", "осторожно", "это развод?", "банк", "Kaspi", "Halyk Bank", "сізге сыйлық", "вы выиграли приз",
    "срочно", "бүгін", "переведите деньги", "на безопасный счёт", "50 000 тг", "+7 701 123 45 67",
    "+1 202 555 0143", "@kaspi_help", "kaspi-bonus.top", "https://kaspi.kz", "wa.me/77011234567", "t.me/x",
    "«", "»", '"', ".", "\n\n", "\n", ",", "к о д", "к\u200bод", "з@раб0ток", "аqша", "𝐤𝐨𝐝", "AnyDesk",
    "установите", "прошу заблокировать", "102", "никогда",
])  # fmt: skip
TEXTS = st.lists(PIECES, max_size=14).map(" ".join)

WARNING = "Осторожно, мошенники! Никогда не сообщайте коды, сотрудники банка их не запрашивают."
ASKS = {
    "code, Russian": "Назовите код из СМС",
    "code, Kazakh": "СМС-пен келген кодты айтыңыз",
    "code, English": "Tell me the code you received",
    "code, Latin letters": "kelgen kodty aityńyz",
    "card": "Продиктуйте номер карты и три цифры на обороте",
    "remote access": "Установите AnyDesk и назовите номер на экране",
}
WARNINGS = {
    "Russian": "Осторожно, мошенники!",
    "Kazakh": "Алаяқтардан сақ болыңыз!",
    "English": "Beware of scammers!",
    "with advice": "Никому не говорите об этом звонке, действуют мошенники.",
    "of news": "Полиция задержала мошенников, ущерб 5 млн тг.",
}
