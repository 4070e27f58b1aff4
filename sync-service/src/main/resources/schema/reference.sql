-- The units, for look-ups and joins beside the records, in every database that takes part. Each statement may run again. Written by
-- sync-service from the national register: whatever else is written here is overwritten.
CREATE SCHEMA IF NOT EXISTS dvhc;
GRANT USAGE ON SCHEMA dvhc TO PUBLIC;

-- One line a state of a unit: a unit keeps its id through changes of name, type, code and parent.
CREATE TABLE IF NOT EXISTS dvhc.unit (
    unit_id text NOT NULL,
    valid_from date NOT NULL,
    -- The first day on which the state no longer holds; null while it holds.
    valid_to date,
    code text NOT NULL,
    name text NOT NULL,
    full_name text NOT NULL,
    type text NOT NULL,
    level text NOT NULL,
    parent_id text,
    PRIMARY KEY (unit_id, valid_from)
);
CREATE INDEX IF NOT EXISTS unit_code ON dvhc.unit (code, valid_from);
CREATE INDEX IF NOT EXISTS unit_parent ON dvhc.unit (parent_id);

-- What one unit passed to another, at 00:00 of a day.
CREATE TABLE IF NOT EXISTS dvhc.succession (
    from_id text NOT NULL,
    to_id text NOT NULL,
    date date NOT NULL,
    extent text NOT NULL,
    portion text NOT NULL,
    confidence text NOT NULL,
    PRIMARY KEY (from_id, to_id, date, extent, portion)
);
CREATE INDEX IF NOT EXISTS succession_to ON dvhc.succession (to_id);

-- Which state of the register the tables hold.
CREATE TABLE IF NOT EXISTS dvhc.register_state (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    sequence bigint NOT NULL,
    last_day date NOT NULL,
    digest text NOT NULL,
    written_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- The unit that bore a code on a day: a code alone does not name a unit.
CREATE OR REPLACE FUNCTION dvhc.unit_at(code text, day date) RETURNS SETOF dvhc.unit
LANGUAGE sql STABLE
AS $$
    SELECT * FROM dvhc.unit u
    WHERE u.code = unit_at.code AND u.valid_from <= unit_at.day AND (u.valid_to IS NULL OR unit_at.day < u.valid_to)
$$;

GRANT SELECT ON dvhc.unit, dvhc.succession, dvhc.register_state TO PUBLIC;
