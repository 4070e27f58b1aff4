-- Refusals and changes at the door, each with the hash of the one before. Only written and read.
CREATE TABLE door_audit (
    place bigint PRIMARY KEY,
    at timestamptz NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('refused', 'done', 'uncertain', 'lost')),
    who text NOT NULL,
    client text NOT NULL,
    unit text NOT NULL,
    method text NOT NULL,
    what text NOT NULL,
    concerning text NOT NULL,
    status integer NOT NULL,
    why text NOT NULL,
    times bigint NOT NULL CHECK (times > 0),
    previous text NOT NULL,
    hash text NOT NULL
);

CREATE INDEX door_audit_who ON door_audit (who, place);

-- The last link, so that a cut at the end shows; the door's log tells it too.
CREATE TABLE door_audit_head (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    place bigint NOT NULL,
    hash text NOT NULL
);

INSERT INTO door_audit_head (place, hash) VALUES (0, repeat('0', 64));

CREATE FUNCTION door_audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit of the door only grows';
END
$$;

CREATE TRIGGER door_audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON door_audit
    FOR EACH STATEMENT EXECUTE FUNCTION door_audit_only_grows();
