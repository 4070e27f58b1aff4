-- A province's own database: its permits, each on a site in one of its communes. Run as superuser in the new database; can be
-- repeated.
CREATE TABLE IF NOT EXISTS permit (
    permit_number text PRIMARY KEY,
    unit_code text NOT NULL,
    unit_vintage date NOT NULL,
    hamlet text,
    kind text NOT NULL,
    holder_kind text NOT NULL,
    status text NOT NULL,
    area_m2 numeric,
    issued_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX IF NOT EXISTS permit_unit ON permit (unit_code, unit_vintage);

ALTER TABLE permit OWNER TO app;

-- A delete carries the whole old row, as in commune.sql.
ALTER TABLE permit REPLICA IDENTITY FULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON permit TO sync;
-- To close the table once its records live elsewhere (docs/guides/handover.md).
GRANT TRIGGER ON permit TO sync;

DO $$
BEGIN
    EXECUTE format('GRANT CONNECT, CREATE ON DATABASE %I TO sync', current_database());
    IF NOT EXISTS (SELECT FROM pg_publication WHERE pubname = 'dvhc') THEN
        CREATE PUBLICATION dvhc FOR TABLE permit;
    END IF;
END
$$;
