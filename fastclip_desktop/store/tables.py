"""The tables, as the steps that lead to them; see :mod:`~fastclip_desktop.store.schema` for how they are taken.

Times are seconds since 1970. Exact seconds of media are texts, ``numerator/denominator``. A step that was released
is never changed; what comes later is another step.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One version's change: a name that is never used again, and what to execute."""

    name: str
    statements: tuple[str, ...]


_JOBS = (
    """
    CREATE TABLE jobs (
        id TEXT PRIMARY KEY NOT NULL,
        state TEXT NOT NULL CHECK (state IN (
            'pending', 'analyzing', 'downloading', 'processing', 'uploading', 'complete', 'failed', 'cancelled'
        )),
        paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
        priority INTEGER NOT NULL,
        position REAL NOT NULL,
        batch TEXT NOT NULL DEFAULT '',
        key TEXT NOT NULL DEFAULT '',
        request BLOB NOT NULL,
        error BLOB,
        findings BLOB,
        cost INTEGER NOT NULL DEFAULT 0,
        reservation INTEGER REFERENCES reservations,
        attempt INTEGER NOT NULL DEFAULT 0,
        stage TEXT NOT NULL DEFAULT '',
        fraction REAL NOT NULL DEFAULT 0,
        created REAL NOT NULL,
        started REAL,
        ended REAL,
        heartbeat REAL
    ) STRICT
    """,
    "CREATE INDEX jobs_open ON jobs (priority, position) WHERE ended IS NULL",
    "CREATE INDEX jobs_position ON jobs (position)",
    "CREATE INDEX jobs_newest ON jobs (created)",
    "CREATE INDEX jobs_batch ON jobs (batch, created) WHERE batch <> ''",
    "CREATE INDEX jobs_key ON jobs (key, created)",
    """
    CREATE TABLE stages (
        job TEXT NOT NULL REFERENCES jobs ON DELETE CASCADE,
        step INTEGER NOT NULL,
        name TEXT NOT NULL,
        request TEXT NOT NULL,
        result BLOB,
        seconds REAL NOT NULL,
        ended REAL NOT NULL,
        PRIMARY KEY (job, step)
    ) STRICT
    """,
    "CREATE INDEX stages_name ON stages (name, ended, seconds)",
)
"""``stages.request`` is a digest of the request whose result is kept: one that has changed since is carried out.

Of a job that has ended the results go and the times stay.
"""

_LIBRARY = (
    """
    CREATE TABLE sources (
        id INTEGER PRIMARY KEY,
        location TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL DEFAULT '',
        duration TEXT,
        thumbnail TEXT NOT NULL DEFAULT '',
        seen REAL NOT NULL
    ) STRICT
    """,
    # Start and end are exact; since and until are the same for comparisons.
    # A clip outlives the row of its job, so there is no foreign key from one to the other.
    """
    CREATE TABLE clips (
        id TEXT PRIMARY KEY NOT NULL,
        job TEXT NOT NULL,
        number INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('publishing', 'listed')),
        name TEXT NOT NULL,
        path TEXT NOT NULL,
        temporary TEXT NOT NULL DEFAULT '',
        source INTEGER REFERENCES sources ON DELETE SET NULL,
        source_title TEXT NOT NULL DEFAULT '',
        format TEXT NOT NULL,
        quality TEXT NOT NULL DEFAULT '',
        start TEXT NOT NULL,
        "end" TEXT NOT NULL,
        since REAL NOT NULL,
        until REAL NOT NULL,
        duration TEXT NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        file_size INTEGER NOT NULL,
        sha256 TEXT NOT NULL DEFAULT '',
        receipt BLOB NOT NULL,
        key TEXT NOT NULL DEFAULT '',
        created REAL NOT NULL,
        expires REAL,
        UNIQUE (job, number)
    ) STRICT
    """,
    "CREATE INDEX clips_newest ON clips (state, created)",
    "CREATE INDEX clips_key ON clips (key, created)",
    "CREATE INDEX clips_expiring ON clips (expires) WHERE expires IS NOT NULL",
    "CREATE INDEX clips_source ON clips (source)",
    "CREATE INDEX clips_path ON clips (path)",
)

_TRANSCRIPTS = (
    """
    CREATE TABLE transcripts (
        id INTEGER PRIMARY KEY,
        source INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE,
        language TEXT NOT NULL,
        origin TEXT NOT NULL,
        record BLOB NOT NULL,
        created REAL NOT NULL,
        UNIQUE (source, language, origin)
    ) STRICT
    """,
    # Start and end are for comparisons; "exact" has both as fractions.
    """
    CREATE TABLE passages (
        id INTEGER PRIMARY KEY,
        transcript INTEGER NOT NULL REFERENCES transcripts ON DELETE CASCADE,
        number INTEGER NOT NULL,
        start REAL NOT NULL,
        "end" REAL NOT NULL,
        exact TEXT NOT NULL,
        text TEXT NOT NULL,
        UNIQUE (transcript, number)
    ) STRICT
    """,
    """
    CREATE VIRTUAL TABLE passages_fts USING fts5 (
        text, content = 'passages', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE TRIGGER passages_inserted AFTER INSERT ON passages BEGIN
        INSERT INTO passages_fts (rowid, text) VALUES (NEW.id, NEW.text);
    END
    """,
    """
    CREATE TRIGGER passages_deleted AFTER DELETE ON passages BEGIN
        INSERT INTO passages_fts (passages_fts, rowid, text) VALUES ('delete', OLD.id, OLD.text);
    END
    """,
    """
    CREATE TRIGGER passages_updated AFTER UPDATE ON passages BEGIN
        INSERT INTO passages_fts (passages_fts, rowid, text) VALUES ('delete', OLD.id, OLD.text);
        INSERT INTO passages_fts (rowid, text) VALUES (NEW.id, NEW.text);
    END
    """,
)

_MONEY = (
    """
    CREATE TABLE reservations (
        id INTEGER PRIMARY KEY,
        amount INTEGER NOT NULL CHECK (amount >= 0),
        key TEXT NOT NULL DEFAULT '',
        outcome TEXT CHECK (outcome IN ('settled', 'voided')),
        cost INTEGER CHECK (cost BETWEEN 0 AND amount),
        created REAL NOT NULL,
        resolved REAL,
        CHECK ((outcome IS NULL) = (cost IS NULL) AND (outcome IS NULL) = (resolved IS NULL))
    ) STRICT
    """,
    "CREATE INDEX reservations_key ON reservations (key, outcome, amount, cost)",
    """
    CREATE TRIGGER reservations_resolve_once BEFORE UPDATE ON reservations WHEN OLD.outcome IS NOT NULL BEGIN
        SELECT RAISE (ABORT, 'a reservation resolves once');
    END
    """,
    """
    CREATE TRIGGER reservations_stay BEFORE DELETE ON reservations BEGIN
        SELECT RAISE (ABORT, 'reservations are not deleted');
    END
    """,
    """
    CREATE TABLE ledger (
        id INTEGER PRIMARY KEY,
        movement INTEGER NOT NULL,
        account TEXT NOT NULL CHECK (account IN ('external', 'available', 'reserved', 'spent')),
        cents INTEGER NOT NULL,
        reservation INTEGER REFERENCES reservations,
        memo TEXT NOT NULL DEFAULT '',
        created REAL NOT NULL,
        UNIQUE (movement, account)
    ) STRICT
    """,
    "CREATE INDEX ledger_account ON ledger (account, cents)",
    "CREATE INDEX ledger_reservation ON ledger (reservation) WHERE reservation IS NOT NULL",
    """
    CREATE TRIGGER ledger_unchanged BEFORE UPDATE ON ledger BEGIN
        SELECT RAISE (ABORT, 'the ledger is only appended to');
    END
    """,
    """
    CREATE TRIGGER ledger_stays BEFORE DELETE ON ledger BEGIN
        SELECT RAISE (ABORT, 'the ledger is only appended to');
    END
    """,
)

_ACCESS = (
    """
    CREATE TABLE keys (
        id TEXT PRIMARY KEY NOT NULL,
        name TEXT NOT NULL,
        digest BLOB NOT NULL UNIQUE,
        budget INTEGER,
        scopes TEXT NOT NULL,
        created REAL NOT NULL,
        expires REAL,
        revoked REAL,
        used REAL
    ) STRICT
    """,
    """
    CREATE TABLE idempotency (
        key TEXT NOT NULL,
        name TEXT NOT NULL,
        route TEXT NOT NULL,
        body TEXT NOT NULL,
        job TEXT,
        answer TEXT,
        created REAL NOT NULL,
        PRIMARY KEY (key, name, route)
    ) STRICT
    """,
    "CREATE INDEX idempotency_oldest ON idempotency (created)",
    """
    CREATE TABLE uploads (
        id TEXT PRIMARY KEY NOT NULL,
        name TEXT NOT NULL,
        content_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        received INTEGER NOT NULL DEFAULT 0,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'ready')),
        path TEXT NOT NULL,
        key TEXT NOT NULL DEFAULT '',
        created REAL NOT NULL,
        expires REAL NOT NULL
    ) STRICT
    """,
    "CREATE INDEX uploads_expiring ON uploads (expires)",
    "CREATE TABLE visits (id INTEGER PRIMARY KEY, bucket TEXT NOT NULL, at REAL NOT NULL) STRICT",
    "CREATE INDEX visits_bucket ON visits (bucket, at)",
    "CREATE INDEX visits_oldest ON visits (at)",
    "CREATE TABLE settings (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT",
)

_WEBHOOKS = (
    """
    CREATE TABLE webhooks (
        id TEXT PRIMARY KEY NOT NULL,
        url TEXT NOT NULL,
        kinds TEXT NOT NULL,
        key TEXT NOT NULL,
        trust TEXT NOT NULL,
        created REAL NOT NULL
    ) STRICT
    """,
    "CREATE INDEX webhooks_key ON webhooks (key, created)",
    """
    CREATE TABLE notices (
        id TEXT PRIMARY KEY NOT NULL,
        webhook TEXT NOT NULL REFERENCES webhooks ON DELETE CASCADE,
        kind TEXT NOT NULL,
        body TEXT NOT NULL,
        attempts INTEGER NOT NULL,
        due REAL NOT NULL
    ) STRICT
    """,
    "CREATE INDEX notices_due ON notices (due)",
    "CREATE INDEX notices_webhook ON notices (webhook)",
)

_VECTORS = (
    # The points of a transcript's texts as 16-bit floats: half the bytes, and no ranking changes by it.
    """
    CREATE TABLE vectors (
        transcript INTEGER NOT NULL REFERENCES transcripts ON DELETE CASCADE,
        model TEXT NOT NULL,
        dimensions INTEGER NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (transcript, model)
    ) STRICT, WITHOUT ROWID
    """,
)

_PARAGRAPHS = (
    # Which transcripts the search knows, and in which language their words were taken apart.
    """
    CREATE TABLE indexed (
        transcript INTEGER PRIMARY KEY REFERENCES transcripts ON DELETE CASCADE,
        language TEXT NOT NULL,
        edition INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE paragraphs (
        id INTEGER PRIMARY KEY,
        transcript INTEGER NOT NULL REFERENCES transcripts ON DELETE CASCADE,
        number INTEGER NOT NULL,
        spans TEXT NOT NULL,
        texts TEXT NOT NULL,
        terms TEXT NOT NULL,
        UNIQUE (transcript, number)
    ) STRICT
    """,
    # Terms are folded already, so that only what lies between them has to be known.
    """
    CREATE VIRTUAL TABLE paragraphs_fts USING fts5 (
        terms, content = 'paragraphs', content_rowid = 'id', tokenize = 'ascii'
    )
    """,
    """
    CREATE TRIGGER paragraphs_inserted AFTER INSERT ON paragraphs BEGIN
        INSERT INTO paragraphs_fts (rowid, terms) VALUES (NEW.id, NEW.terms);
    END
    """,
    """
    CREATE TRIGGER paragraphs_deleted AFTER DELETE ON paragraphs BEGIN
        INSERT INTO paragraphs_fts (paragraphs_fts, rowid, terms) VALUES ('delete', OLD.id, OLD.terms);
    END
    """,
    "CREATE VIRTUAL TABLE paragraph_terms USING fts5vocab ('paragraphs_fts', 'row')",
)

_PURPOSES = (
    # What a script sends a file for, which decides what it may be used as.
    "ALTER TABLE uploads ADD COLUMN purpose TEXT NOT NULL DEFAULT ''",
)

_SHORTS = (
    # What is told of shorts beside their clips, also while they are still being made.
    "ALTER TABLE jobs ADD COLUMN shorts BLOB",
    """
    CREATE TABLE projects (
        id TEXT PRIMARY KEY NOT NULL,
        run TEXT NOT NULL UNIQUE,
        render TEXT NOT NULL UNIQUE,
        job TEXT NOT NULL UNIQUE REFERENCES jobs ON DELETE CASCADE,
        credits INTEGER NOT NULL
    ) STRICT
    """,
)

STEPS = (
    Step("1: jobs, clips, words and money", _MONEY + _JOBS + _LIBRARY + _TRANSCRIPTS + _ACCESS),
    Step("2: webhooks", _WEBHOOKS),
    Step("3: meanings", _VECTORS),
    Step("4: paragraphs", _PARAGRAPHS),
    Step("5: purposes of uploads", _PURPOSES),
    Step("6: shorts", _SHORTS),
)
"""All versions up to this program's own."""
