-- Tokens that were called back before their end: those of a session, a subject or a client, given out at some moment or before.
CREATE TABLE token_revocation (
    id text PRIMARY KEY,
    whose text NOT NULL CHECK (whose IN ('session', 'subject', 'client')),
    name text NOT NULL,
    up_to timestamptz NOT NULL,
    -- From when on none of the tokens could count anyway; then the row goes.
    ends_at timestamptz NOT NULL,
    why text NOT NULL,
    -- The subject of who did it; empty for the issuer of the tokens.
    made_by text NOT NULL,
    made_at timestamptz NOT NULL,
    -- Kept until its end, so that all replicas see it.
    lifted boolean NOT NULL DEFAULT false,
    -- Grows with each change, in the order in which changes are committed: replicas read what came after the last they saw.
    change bigint NOT NULL,
    UNIQUE (whose, name)
);

CREATE SEQUENCE token_revocation_change;

CREATE INDEX token_revocation_change_order ON token_revocation (change);
CREATE INDEX token_revocation_end ON token_revocation (ends_at);
