-- Who wants to be told of which changes, and where they are.
CREATE TABLE subscription (
    id text PRIMARY KEY,
    owner text NOT NULL,
    url text NOT NULL,
    description text,
    units text[] NOT NULL,
    provinces text[] NOT NULL,
    kinds text[] NOT NULL,
    state text NOT NULL CHECK (state IN ('active', 'paused', 'disabled')),
    reason text CHECK (reason IN ('gone', 'failing')),
    -- Sealed with a key that is not in this database.
    secret bytea NOT NULL,
    former_secret bytea,
    former_until timestamptz,
    -- Up to here all was delivered, was not wanted, or is kept in "delivery".
    position bigint NOT NULL,
    delivered bigint NOT NULL DEFAULT 0,
    delivered_at timestamptz,
    failing_since timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz NOT NULL DEFAULT now(),
    -- Grows with each change that somebody makes: who serves the subscription then reads it anew.
    revision bigint NOT NULL DEFAULT 1,
    -- The replica that serves it, and until when.
    holder text,
    held_until timestamptz,
    CHECK ((state = 'disabled') = (reason IS NOT NULL)),
    CHECK ((former_secret IS NULL) = (former_until IS NULL))
);

CREATE INDEX subscription_owner ON subscription (owner, id);

-- What failed and waits, what waits behind it, and what was given up.
CREATE TABLE delivery (
    subscription text NOT NULL REFERENCES subscription ON DELETE CASCADE,
    sequence bigint NOT NULL,
    subject text NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'held', 'failed')),
    attempts integer NOT NULL,
    next_at timestamptz,
    last_at timestamptz,
    last_status integer,
    cause text,
    PRIMARY KEY (subscription, sequence),
    CHECK ((state = 'waiting') = (next_at IS NOT NULL))
);

-- Who did what to subscriptions. Only written and read.
CREATE TABLE audit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now(),
    who text NOT NULL,
    action text NOT NULL,
    subscription text NOT NULL,
    detail text
);
