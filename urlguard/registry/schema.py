"""The tables of the registry's file, by schema version.

`PRAGMA user_version` holds the version; `MIGRATIONS[n]` leads from version n to n + 1. What
often repeats (states, categories, brands) is written once in `names`, so that a million
records of a list cost some 80 MB.
"""

from typing import Final

APPLICATION: Final = 0x75674B5A
"""`PRAGMA application_id`: a file without it is some other program's database."""

_FIRST: Final = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE names(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE lists(
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    settings TEXT NOT NULL DEFAULT '{}'   -- JSON: title, url, licence, trust, etag, checksum ...
);
CREATE TABLE grounds(
    id INTEGER PRIMARY KEY,
    type TEXT NOT NULL, authority TEXT NOT NULL, number TEXT NOT NULL, date TEXT NOT NULL,
    court TEXT NOT NULL, court_date TEXT NOT NULL, article TEXT NOT NULL,
    UNIQUE(number, type, authority, date, court, court_date, article)
);
CREATE TABLE entries(
    anchor TEXT NOT NULL,      -- what a lookup asks for: host, host/path, phone:+7..., iban:KZ...
    id INTEGER NOT NULL,       -- year * 100000000 + number
    key TEXT,                  -- canonical key, where the anchor is not the whole of it
    value TEXT,                -- as given, where it differs from the key
    kind INTEGER NOT NULL,
    match INTEGER NOT NULL,
    list INTEGER NOT NULL,
    state INTEGER NOT NULL,
    effect INTEGER,            -- NULL: blocks
    since TEXT,
    until TEXT,
    category INTEGER,
    ground INTEGER,
    brand INTEGER,
    note TEXT,
    details TEXT,              -- JSON
    past TEXT,                 -- JSON: history that came with it from another registry
    born INTEGER NOT NULL,     -- the event that entered it
    PRIMARY KEY(anchor, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX entries_by_id ON entries(id);
CREATE INDEX entries_by_ground ON entries(ground) WHERE ground IS NOT NULL;
CREATE TABLE events(
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,       -- seconds since 1970, UTC
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    reason TEXT NOT NULL,
    document TEXT NOT NULL,
    list INTEGER,
    state INTEGER,             -- the state its new entries began in, unless `changes` says another
    subject INTEGER,           -- the event this one undoes
    born INTEGER NOT NULL,     -- how many entries it entered
    changed INTEGER NOT NULL,  -- how many rows it wrote to `changes`
    changes BLOB NOT NULL,     -- digest of these rows
    digest BLOB NOT NULL,      -- digest of all entries after it
    hash BLOB NOT NULL         -- of all of the above and the hash before
);
CREATE TABLE changes(
    entry INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    before INTEGER,            -- state; NULL: it was entered by this event
    after INTEGER NOT NULL,
    fields TEXT,               -- JSON: what other fields held before
    PRIMARY KEY(entry, seq)
) WITHOUT ROWID;
CREATE INDEX changes_by_event ON changes(seq);
CREATE TABLE quarantine(       -- what lists asked for and did not get: outside of digest and history
    list INTEGER NOT NULL, seq INTEGER NOT NULL, value TEXT NOT NULL, code TEXT NOT NULL, hits TEXT NOT NULL,
    PRIMARY KEY(list, value)
) WITHOUT ROWID;
CREATE TRIGGER events_stay BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_are_kept BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER changes_stay BEFORE UPDATE ON changes
    BEGIN SELECT RAISE(ABORT, 'changes are append-only'); END;
CREATE TRIGGER changes_are_kept BEFORE DELETE ON changes
    BEGIN SELECT RAISE(ABORT, 'changes are append-only'); END;
CREATE TRIGGER entries_are_kept BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;
"""

MIGRATIONS: Final = (_FIRST,)
VERSION: Final = len(MIGRATIONS)
