-- The database of a province's communes: the rows of all of them, each with its commune's code and the date at which that
-- code was read. Run as superuser in the new database; can be repeated.
CREATE TABLE IF NOT EXISTS case_file (
    case_number text PRIMARY KEY,
    unit_code text NOT NULL,
    unit_vintage date NOT NULL,
    hamlet text,
    procedure text NOT NULL,
    status text NOT NULL,
    steps text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX IF NOT EXISTS case_file_unit ON case_file (unit_code, unit_vintage);

ALTER TABLE case_file OWNER TO app;

-- steps is large: without the full old row an update that leaves it alone would send a placeholder, and a delete the key only.
ALTER TABLE case_file REPLICA IDENTITY FULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON case_file TO sync;
-- To close the table once its records live elsewhere (docs/guides/handover.md).
GRANT TRIGGER ON case_file TO sync;

DO $$
BEGIN
    -- sync keeps its progress and guards in a schema of its own, in the transaction that applies a batch.
    EXECUTE format('GRANT CONNECT, CREATE ON DATABASE %I TO sync', current_database());
    IF NOT EXISTS (SELECT FROM pg_publication WHERE pubname = 'dvhc') THEN
        CREATE PUBLICATION dvhc FOR TABLE case_file;
    END IF;
END
$$;
