"""A small list in each format, what is read of it, and the lines that are bad."""
# ruff: noqa: E501, ISC004  (lines of lists stand as they are written)

from urlguard.model import Kind
from urlguard.record import Match

HOST, DOMAIN, MASK = (Kind.HOST, Match.HOST), (Kind.HOST, Match.DOMAIN), (Kind.HOST, Match.MASK)
ADDRESS, NETWORK, ANYTHING = (Kind.IP, Match.EXACT), (Kind.IP, Match.NETWORK), (None, None)
Found = list[tuple[int, str, tuple[Kind | None, Match | None]]]

READ: dict[str, tuple[str, Found, list[int]]] = {
    "domains": (
        "# list\n\na.top\n b.top # why\nhttp://c.top/#x\n+7 701 123 45 67 ; seen\n*.d.top\n198.51.100.0/24\n"
        "// said\n//e.top/x\n! adblock\nf.top // x\n",
        [(3, "a.top", ANYTHING), (4, "b.top", ANYTHING), (5, "http://c.top/#x", ANYTHING),
         (6, "+7 701 123 45 67", ANYTHING), (7, "*.d.top", MASK), (8, "198.51.100.0/24", NETWORK),
         (10, "//e.top/x", ANYTHING), (12, "f.top", ANYTHING)],
        [],
    ),
    "hosts": (
        "# h\n127.0.0.1 localhost\n::1 ip6-localhost ip6-loopback\n0.0.0.0 a.top\n127.0.0.1\tb.top c.top # d.top\n"
        "192.168.1.5 nas\nevil.top\n255.255.255.255 broadcasthost\n0.0.0.0 0.0.0.0\n:: e.top\n",
        [(4, "a.top", HOST), (5, "b.top", HOST), (5, "c.top", HOST), (10, "e.top", HOST)],
        [6, 7],
    ),
    "adblock": (
        "[Adblock Plus 2.0]\n! Title: x\n||a.top^\n@@||b.top^\n|https://c.top/x|\n||d.top/pay^\n||*.e.top^\n"
        "||f.top^$third-party\n##.ad\ng.top##.ad\n/banner/\n-ad-\n||h.top^$document,important\n||1.2.3.4^\n"
        "://i.top^\n/ads[0-9]+/$script\n||j*.top/x*y\n||\n||^\n",
        [(3, "a.top", DOMAIN), (4, "b.top", DOMAIN), (5, "https://c.top/x", (Kind.URL, Match.EXACT)),
         (6, "d.top/pay", (Kind.URL, Match.PREFIX)), (7, "*.e.top", MASK), (13, "h.top", DOMAIN),
         (14, "1.2.3.4", ADDRESS), (15, "i.top", HOST), (17, "j*.top/x*y*", (Kind.URL, Match.MASK))],
        [8, 9, 10, 11, 12, 16, 18, 19],
    ),
    "rpz": (
        "$TTL 2h\n$ORIGIN rpz.example.\n@ IN SOA a. b. (\n 1 ; serial\n 2 3 4 5 )\n  IN NS localhost.\na.top CNAME .\n"
        "*.a.top CNAME .\nb.top 300 IN CNAME rpz-passthru.\nc.top A 127.0.0.1\n*.d.top CNAME *.\n"
        "32.7.113.0.203.rpz-ip CNAME .\n48.zz.1.db8.2001.rpz-ip CNAME .\n32.1.0.0.127.rpz-client-ip CNAME .\n"
        "e.top.rpz.example. CNAME .\nf.other. CNAME .\n* CNAME .\n99.1.2.3.4.rpz-ip CNAME .\ng.top MX x.\n"
        'h.top TXT "a ; ( b"\n',
        [(7, "a.top", DOMAIN), (9, "b.top", HOST), (10, "c.top", HOST), (11, "*.d.top", MASK),
         (12, "203.0.113.7", ADDRESS), (13, "2001:db8:1::/48", NETWORK), (15, "e.top", HOST)],
        [14, 16, 17, 18, 19],
    ),
    "dnsmasq": (
        "# d\nno-resolv\naddress=/a.top/0.0.0.0\naddress=/b.top/c.top/\nserver=/d.top/\nlocal=/e.top/\n"
        "server=/f.top/#\nserver=/g.top/1.1.1.1\naddress=/h.top/203.0.113.1\naddress=/#/\n???\naddress=\nserver=1.1.1.1\n",
        [(3, "a.top", DOMAIN), (4, "b.top", DOMAIN), (4, "c.top", DOMAIN), (5, "d.top", DOMAIN),
         (6, "e.top", DOMAIN), (7, "f.top", DOMAIN)],
        [8, 9, 10, 11, 12],
    ),
    "unbound": (
        'server:\n  local-zone: "a.top." always_nxdomain\nlocal-zone: b.top refuse # x\n'
        'local-data: "b.top A 1.2.3.4"\nlocal-zone: "c.top" transparent\nlocal-zone: "d.top" typetransparent\n'
        'local-zone: "." static\nlocal-zone: "e.top\n???\n',
        [(2, "a.top", DOMAIN), (3, "b.top", DOMAIN), (5, "c.top", DOMAIN)],
        [6, 7, 8, 9],
    ),
    "squid": (
        "# s\n.a.top\nb.top # x\n203.0.113.7\n[2001:db8::7]\nhttp://c.top/\n.\n",
        [(2, "a.top", DOMAIN), (3, "b.top", HOST), (4, "203.0.113.7", ADDRESS), (5, "2001:db8::7", ADDRESS)],
        [6, 7],
    ),
    "certpl": (
        '[{"RegisterPositionId": 1, "DomainAddress": "a.top", "InsertDate": "2026-01-02T03:04:05", "DeleteDate": null},\n'
        '{"DomainAddress": "b.top", "InsertDate": "2026-01-02T03:04:05", "DeleteDate": "2026-02-02T03:04:05"},\n'
        '{"DomainAddress": "c.top", "InsertDate": "soon"},\n7,\n{"DomainAddress": ""}, {bad}, {"DomainAddress": "d.top"}]',
        [(1, "a.top", DOMAIN), (2, "b.top", DOMAIN), (5, "d.top", DOMAIN)],
        [3, 4, 5, 5],
    ),
    "misp": (
        '{"list": ["a.top", 7, ".b.top"], "name": "x", "version": 1, "type": "hostname"}',
        [(1, "a.top", DOMAIN), (1, "b.top", DOMAIN)],
        [1],
    ),
    "jsonl": (
        '{"value": "a.top"}\n\n{"value": "b.top", "kind": "host", "match": "host_only"}\n{"value": 7}\n{"value": ""}\n'
        '{"value": "c", "kind": "moon"}\n{"value": "c", "colour": 1}\n[]\n{\n{"value": "c", "details": {"a": 1}}\n'
        '{"value": "c", "history": [{}]}\n',
        [(1, "a.top", ANYTHING), (3, "b.top", HOST)],
        [4, 5, 6, 7, 8, 9, 10, 11],
    ),
}  # fmt: skip
