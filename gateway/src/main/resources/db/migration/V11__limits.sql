-- What each consumer may still ask, shared by all replicas. Lost in a crash, the buckets are full again.
CREATE UNLOGGED TABLE limit_bucket (
    key text PRIMARY KEY,
    capacity double precision NOT NULL,
    per_second double precision NOT NULL,
    tokens double precision NOT NULL,
    -- What was taken last.
    granted bigint NOT NULL,
    at timestamptz NOT NULL
);

CREATE INDEX limit_bucket_at ON limit_bucket (at);
