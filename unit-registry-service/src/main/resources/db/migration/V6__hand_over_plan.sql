-- Hand-over plans as they were made for a decision. Of an approved decision only the approved one is left, which nobody changes any more.
CREATE TABLE hand_over_plan (
    decision_id text NOT NULL REFERENCES decision,
    digest      text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
    version     integer NOT NULL CHECK (version >= 0),
    made_by     text NOT NULL,
    made_at     timestamptz NOT NULL,
    upper_bound boolean NOT NULL,
    truncated   boolean NOT NULL,
    rests_on    text NOT NULL,
    estimates   text NOT NULL,
    -- The text that the digest is over, compressed with gzip: zcat shows it, sha256sum of that is the digest.
    lines       bytea NOT NULL,
    PRIMARY KEY (decision_id, digest)
);

CREATE FUNCTION hand_over_plan_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM decision_step WHERE decision_id = OLD.decision_id AND plan = OLD.digest) THEN
        RAISE EXCEPTION 'the plan % was approved with % and stays as it is', OLD.digest, OLD.decision_id;
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER hand_over_plan_is_kept BEFORE UPDATE OR DELETE ON hand_over_plan
    FOR EACH ROW EXECUTE FUNCTION hand_over_plan_is_kept();
