"""Messengers and social networks: their addresses, and where in a path the account stands.

What a platform calls an account, its limits and its reserved words are facts of the
platform (their own help pages and paths); the labels are what people in Kazakhstan write
before a name.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

NAME: Final = "name"
"""The next part of the path is the account: `t.me/s/NAME`."""
CODE: Final = "code"
"""The next part is an invitation or a number, kept as written: `telegram:+CODE`."""
OWN: Final = "own"
"""The next part is an id of this sort: `youtube:channel/ID`."""
LAST: Final = "last"
"""The account is the number at the end of the path: `facebook.com/people/Name/1000123`."""


class Platform(NamedTuple):
    """How one platform writes its accounts."""

    name: str
    """What keys begin with."""
    hosts: str
    """Its sites, separated by spaces, without `www.` and `m.`."""
    labels: str
    """What stands before an account in a text, lower case, separated by spaces."""
    shortest: int = 3
    longest: int = 32
    signs: str = "_"
    """Signs in a name beside letters and digits."""
    ascii_only: bool = True
    dots_count: bool = True
    """False: dots in a name are not looked at."""
    at: bool = False
    """A path is an account only when it begins with `@`."""
    routes: Mapping[str, str] = {}
    """First part of a path -> what the next part is."""
    reserved: str = ""
    """First parts of a path that are no accounts, separated by spaces."""


PLATFORMS: Final = (
    Platform(
        "telegram", "t.me telegram.me telegram.dog",
        "telegram телеграм телеграмм телега телеге телеграмме телеграме тг tg", 4, 32,
        routes={"s": NAME, "joinchat": CODE, "c": OWN, "addlist": OWN, "boost": NAME, "contact": OWN},
        reserved="share iv msg_url proxy socks setlanguage addstickers addemoji addtheme login"
        " confirmphone invoice giftcode call bg passport nft stars premium",
    ),
    Platform(
        "instagram", "instagram.com instagr.am ig.me",
        "instagram инстаграм инстаграмм инста инсте инстаграме инст insta inst ig", 2, 30, "._",
        routes={"stories": NAME, "_u": NAME, "_n": NAME, "m": NAME},
        reserved="p reel reels tv explore accounts direct s share about developer developers legal"
        " channel web api emails session challenge directory threads download",
    ),
    Platform(
        "facebook", "facebook.com fb.com m.me messenger.com", "facebook фейсбук фейсбуке фб fb", 4, 60, ".",
        dots_count=False,
        routes={
            "groups": OWN, "people": LAST, "pages": LAST, "pg": NAME, "events": OWN, "stories": NAME,
            "t": NAME, "p": LAST,
        },
        reserved="sharer sharer.php share share.php dialog login login.php plugins watch reel reels"
        " marketplace photo photo.php photos story.php permalink.php help policies privacy"
        " hashtag search games ads business home.php l.php gaming live video videos notes"
        " recover checkpoint settings messages friends about groups events",
    ),
    Platform(
        "tiktok", "tiktok.com", "tiktok тикток тик-ток тиктоке", 2, 24, "._", at=True,
    ),
    Platform(
        "youtube", "youtube.com", "youtube ютуб ютубе ютюб", 3, 30, "._-", ascii_only=False, at=True,
        routes={"channel": OWN, "c": OWN, "user": OWN},
    ),
    Platform(
        "vk", "vk.com vk.ru vk.me vkontakte.ru", "vk вк вконтакте", 3, 64, "_.",
        reserved="feed login away away.php share.php wall video videos audio audios photo photos"
        " albums doc docs app apps market search groups friends support dev about terms"
        " privacy clips stories im join settings mail al_im.php",
    ),
    Platform(
        "ok", "ok.ru odnoklassniki.ru", "одноклассники одноклассниках", 3, 64, "._-",
        routes={"profile": OWN, "group": OWN},
        reserved="video videoembed live dk search games feed help app apps music gifts messages guests"
        " settings market online discussions hobby regulations",
    ),
    Platform(
        "x", "x.com twitter.com", "twitter твиттер", 2, 15, "_",
        reserved="i home share intent search hashtag login signup explore settings messages"
        " notifications tos privacy compose about jobs download account",
    ),
    Platform("threads", "threads.net threads.com", "threads тредс", 2, 30, "._", at=True),
    Platform(
        "whatsapp", "whatsapp.com chat.whatsapp.com wa.me", "", 99, 99,
        routes={"invite": CODE, "channel": OWN, "message": OWN, "qr": OWN},
    ),
    Platform("viber", "", "", 3, 64, "_.-"),
    Platform(
        "linkedin", "linkedin.com", "linkedin линкедин", 99, 99, "-_%", routes={"in": OWN, "company": OWN},
    ),
    Platform(
        "discord", "discord.gg discord.com", "", 99, 99, routes={"invite": CODE},
    ),
)  # fmt: skip

INVITING: Final = frozenset({"chat.whatsapp.com", "discord.gg"})
"""Hosts whose whole path is an invitation."""
BY_NAME: Final[Mapping[str, Platform]] = {platform.name: platform for platform in PLATFORMS}
BY_HOST: Final[Mapping[str, Platform]] = {
    host: platform for platform in PLATFORMS for host in platform.hosts.split()
}
BY_LABEL: Final[Mapping[str, Platform]] = {
    label: platform for platform in PLATFORMS for label in platform.labels.split()
}
RESERVED: Final[Mapping[str, frozenset[str]]] = {
    platform.name: frozenset(platform.reserved.split()) for platform in PLATFORMS
}
FRONTS: Final = frozenset({"www", "m", "mobile", "web", "touch", "mbasic", "business", "api", "l"})
"""Labels before a platform's host under which the same accounts stand."""

PHONE_HOSTS: Final[Mapping[str, str]] = {
    "wa.me": "path", "api.whatsapp.com": "phone", "web.whatsapp.com": "phone", "whatsapp.com": "phone",
    "www.whatsapp.com": "phone", "t.me": "plus", "telegram.me": "plus", "telegram.dog": "plus",
}  # fmt: skip
"""Hosts whose links lead to a phone number: where it stands."""
PHONE_SCHEMES: Final[Mapping[str, str]] = {
    "whatsapp": "phone", "tg": "phone", "viber": "number", "tel": "path", "sms": "path", "callto": "path",
}  # fmt: skip
