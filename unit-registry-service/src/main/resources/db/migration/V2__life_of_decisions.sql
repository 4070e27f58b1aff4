-- The life of a decision has more states now, every step of it is kept, and decisions are found by act and unit.
ALTER TABLE decision
    DROP CONSTRAINT decision_state_check,
    DROP CONSTRAINT decision_origin_check,
    DROP CONSTRAINT decision_placed,
    DROP CONSTRAINT decision_second_person,
    ADD COLUMN acts             text NOT NULL DEFAULT '[]',
    ADD COLUMN retracts         text NOT NULL DEFAULT '[]',
    ADD COLUMN ended_on_purpose text[] NOT NULL DEFAULT '{}',
    ADD COLUMN act_numbers      text[] NOT NULL DEFAULT '{}',
    ADD COLUMN unit_codes       text[] NOT NULL DEFAULT '{}',
    ADD CONSTRAINT decision_state CHECK (state IN
        ('draft', 'submitted', 'approved', 'scheduled', 'in_force', 'rejected', 'withdrawn')),
    ADD CONSTRAINT decision_origin CHECK (origin IN ('catalogue', 'drafted', 'correction')),
    -- A correction takes effect at once: it never stands among the decisions of its date.
    ADD CONSTRAINT decision_placed CHECK ((position IS NOT NULL)
        = (origin <> 'correction' AND state IN ('scheduled', 'in_force'))),
    ADD CONSTRAINT decision_second_person CHECK (origin = 'catalogue' OR state NOT IN ('approved', 'scheduled', 'in_force')
        OR (approved_by IS NOT NULL AND approved_by <> drafted_by));

UPDATE decision d SET
    act_numbers = ARRAY(SELECT DISTINCT n FROM jsonb_array_elements(d.changes::jsonb) c,
        jsonb_array_elements_text(coalesce(c -> 'legalBasis', '[]')) a,
        unnest(ARRAY[a, regexp_replace(a, ' \([0-9]{4}\)$', '')]) n),
    unit_codes = ARRAY(SELECT DISTINCT u FROM jsonb_array_elements(d.changes::jsonb) c,
        unnest(ARRAY[c ->> 'code', c ->> 'to', c ->> 'newCode', c ->> 'parent']) u WHERE u IS NOT NULL);

CREATE INDEX decision_by_effect ON decision (effective_date, (coalesce(position, 2147483647)), id);
CREATE INDEX decision_by_act ON decision USING gin (act_numbers);
CREATE INDEX decision_by_unit ON decision USING gin (unit_codes);

CREATE TABLE decision_step (
    decision_id text NOT NULL REFERENCES decision,
    number      integer NOT NULL CHECK (number >= 0),
    step        text NOT NULL CHECK (step IN ('drafted', 'imported', 'revised', 'submitted', 'approved', 'rejected',
        'scheduled', 'withdrawn', 'enacted')),
    taken_by    text NOT NULL,
    taken_at    timestamptz NOT NULL,
    reason      text,
    PRIMARY KEY (decision_id, number),
    CHECK (step <> 'rejected' OR reason IS NOT NULL)
);
INSERT INTO decision_step (decision_id, number, step, taken_by, taken_at)
    SELECT id, row_number() OVER (PARTITION BY id ORDER BY place) - 1, step, taken_by, taken_at FROM (
        SELECT id, 0 AS place, CASE origin WHEN 'catalogue' THEN 'imported' ELSE 'drafted' END AS step,
            drafted_by AS taken_by, recorded_at AS taken_at FROM decision
        UNION ALL SELECT id, 1, 'approved', approved_by, approved_at FROM decision WHERE approved_by IS NOT NULL
        UNION ALL SELECT id, 2, 'enacted', 'midnight', in_force_at FROM decision WHERE in_force_at IS NOT NULL) taken;

-- Acts by themselves. What is null is not known: the catalogue gives numbers only.
CREATE TABLE legal_act (
    id              text PRIMARY KEY,
    number          text NOT NULL,
    issuer          text,
    signed_year     integer,
    signed_on       date,
    in_force_on     date,
    title           text,
    clauses         text[] NOT NULL DEFAULT '{}',
    document_sha256 text CHECK (document_sha256 ~ '^[0-9a-f]{64}$'),
    CONSTRAINT legal_act_once UNIQUE NULLS NOT DISTINCT (number, issuer, signed_year),
    CHECK (signed_on IS NULL OR signed_year = extract(year FROM signed_on))
);
CREATE INDEX legal_act_by_issuer ON legal_act (issuer, signed_year);

CREATE TABLE decision_act (
    decision_id text NOT NULL REFERENCES decision,
    act_id      text NOT NULL REFERENCES legal_act,
    PRIMARY KEY (decision_id, act_id)
);
CREATE INDEX decision_act_by_act ON decision_act (act_id);
