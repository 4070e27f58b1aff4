-- Whose addresses are on which host: operators say so, and nothing leads to a host that is not here.
CREATE TABLE portal_host (
    host text PRIMARY KEY,
    owner text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX portal_host_owner ON portal_host (owner, host);

-- Addresses that carry a unit's code. They belong to whom their host belongs to.
CREATE TABLE url_pattern (
    id text PRIMARY KEY,
    host text NOT NULL REFERENCES portal_host,
    template text NOT NULL UNIQUE,
    -- The date as of which the codes are read; without it nothing is resolved.
    vintage date,
    level text CHECK (level IN ('province', 'district', 'commune')),
    successor_host text NOT NULL REFERENCES portal_host,
    successor text NOT NULL,
    description text,
    sunset date,
    created_at timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX url_pattern_host ON url_pattern (host);
CREATE INDEX url_pattern_successor_host ON url_pattern (successor_host);

-- Who still calls old addresses and codes, by day.
CREATE TABLE old_code_use (
    day date NOT NULL,
    -- Empty for callers unknown.
    client text NOT NULL,
    -- The id of a pattern, or a path of the door's own.
    pattern text NOT NULL,
    code text NOT NULL,
    times bigint NOT NULL,
    last_at timestamptz NOT NULL,
    PRIMARY KEY (day, client, pattern, code)
);

COMMENT ON COLUMN audit.subscription IS 'The subscription, URL pattern or host that was changed';
