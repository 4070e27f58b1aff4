-- The life of decisions. A decision in force never changes again: the register is rebuilt from these rows.
CREATE TABLE decision (
    id             text PRIMARY KEY,
    effective_date date NOT NULL,
    position       integer,
    title          text NOT NULL,
    state          text NOT NULL CHECK (state IN ('draft', 'scheduled', 'in_force')),
    origin         text NOT NULL CHECK (origin IN ('catalogue', 'drafted')),
    changes        text NOT NULL,
    change_count   integer NOT NULL,
    drafted_by     text NOT NULL,
    recorded_at    timestamptz NOT NULL,
    approved_by    text,
    approved_at    timestamptz,
    in_force_at    timestamptz,
    version        integer NOT NULL,
    CONSTRAINT decision_place UNIQUE (effective_date, position),
    CONSTRAINT decision_placed CHECK (state = 'draft' OR position IS NOT NULL),
    CONSTRAINT decision_second_person CHECK (origin = 'catalogue' OR state = 'draft'
        OR (approved_by IS NOT NULL AND approved_by <> drafted_by)),
    CONSTRAINT decision_in_force CHECK ((state = 'in_force') = (in_force_at IS NOT NULL))
);
CREATE INDEX decision_by_state ON decision (state, effective_date);

-- One row a day that took effect. The digest is left out of days enacted while a later one was due already.
CREATE TABLE enactment (
    date           date PRIMARY KEY,
    first_sequence bigint NOT NULL,
    last_sequence  bigint NOT NULL UNIQUE,
    digest         text,
    enacted_at     timestamptz NOT NULL,
    CHECK (last_sequence >= first_sequence - 1)
);

CREATE TABLE unit_state (
    unit_id     text NOT NULL,
    valid_from  date NOT NULL,
    valid_to    date,
    code        text NOT NULL,
    level       text NOT NULL CHECK (level IN ('province', 'district', 'commune')),
    type        text NOT NULL,
    name        text NOT NULL,
    parent_id   text,
    legal_basis text[] NOT NULL,
    PRIMARY KEY (unit_id, valid_from),
    CHECK (valid_to > valid_from)
) WITH (fillfactor = 80);
CREATE INDEX unit_state_by_code ON unit_state (code, valid_from);

CREATE TABLE edge (
    date        date NOT NULL,
    from_id     text NOT NULL,
    to_id       text NOT NULL,
    extent      text NOT NULL CHECK (extent IN ('full', 'partial', 'unknown')),
    portion     text,
    confidence  text NOT NULL CHECK (confidence IN ('act', 'strong', 'likely')),
    legal_basis text[] NOT NULL,
    clause      text,
    note        text,
    PRIMARY KEY (date, from_id, to_id)
);
CREATE INDEX edge_to ON edge (to_id);

CREATE TABLE locality_assignment (
    unit_id      text NOT NULL,
    locality     text NOT NULL,
    enactment    date NOT NULL,
    successor_id text NOT NULL,
    assigned_by  text NOT NULL,
    assigned_at  timestamptz NOT NULL,
    PRIMARY KEY (unit_id, locality)
);

-- Captured by Debezium's outbox router. Rows are kept: a new Kafka can be filled from them in the order of position.
CREATE TABLE outbox (
    id           uuid PRIMARY KEY,
    position     bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    aggregate_id text NOT NULL,
    topic        text NOT NULL,
    payload      text NOT NULL
);
CREATE PUBLICATION dvhc_outbox FOR TABLE outbox WITH (publish = 'insert');
