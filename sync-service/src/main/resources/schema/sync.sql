-- What sync-service keeps in every database it writes to. Each statement may run again.
CREATE SCHEMA IF NOT EXISTS sync;
CREATE SCHEMA IF NOT EXISTS replica;

-- Position reached in each topic, written in the transaction that applies the batch.
CREATE TABLE IF NOT EXISTS sync.progress (
    topic text NOT NULL,
    partition integer NOT NULL,
    next_offset bigint NOT NULL,
    PRIMARY KEY (topic, partition)
);

-- One line a record that an enactment concerned, in the database where the record lives since.
CREATE TABLE IF NOT EXISTS sync.handed_over (
    dataset text NOT NULL,
    record_key text NOT NULL,
    enactment date NOT NULL,
    from_unit text,
    to_unit text,
    from_home text NOT NULL,
    to_home text NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('moved', 'kept', 'queued', 'rejected')),
    late boolean NOT NULL,
    -- pg_snapshot of the former home in which the record was read: a change it shows is contained in what was moved.
    snapshot text,
    source_epoch integer,
    source_position bigint,
    out_hash bigint,
    in_hash bigint,
    -- Changes that the former home's owner made after the hand-over and that were applied here.
    late_changes integer NOT NULL DEFAULT 0,
    handed_over_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (dataset, record_key, enactment)
);

-- How far the hand-over of one dataset from one home has come; it goes on from there after a crash.
CREATE TABLE IF NOT EXISTS sync.handover_run (
    enactment date NOT NULL,
    dataset text NOT NULL,
    from_home text NOT NULL,
    to_home text NOT NULL,
    last_key text NOT NULL DEFAULT '',
    read_count bigint NOT NULL DEFAULT 0,
    kept_count bigint NOT NULL DEFAULT 0,
    finished boolean NOT NULL DEFAULT false,
    PRIMARY KEY (enactment, dataset, from_home)
);

-- Its stretches of keys, each handed over by itself; those of a part have no record in common.
CREATE TABLE IF NOT EXISTS sync.handover_stretch (
    enactment date NOT NULL,
    dataset text NOT NULL,
    from_home text NOT NULL,
    number integer NOT NULL,
    last_key text NOT NULL,
    up_to text NOT NULL,
    finished boolean NOT NULL DEFAULT false,
    PRIMARY KEY (enactment, dataset, from_home, number)
);

-- Records whose unit was split and that nothing decides yet.
CREATE TABLE IF NOT EXISTS sync.queued_record (
    dataset text NOT NULL,
    record_key text NOT NULL,
    unit_id text NOT NULL,
    candidates text[] NOT NULL,
    locality text,
    enactment date NOT NULL,
    since timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (dataset, record_key)
);

-- Late changes of a former home to records that were edited in their new home since.
CREATE TABLE IF NOT EXISTS sync.conflict (
    topic text NOT NULL,
    partition integer NOT NULL,
    kafka_offset bigint NOT NULL,
    dataset text NOT NULL,
    record_key text NOT NULL,
    cause text NOT NULL,
    late_version text NOT NULL,
    detected_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (topic, partition, kafka_offset)
);

-- Used in the national database only: messages that can't be applied, and the days handled.
CREATE TABLE IF NOT EXISTS sync.dead_letter (
    topic text NOT NULL,
    partition integer NOT NULL,
    kafka_offset bigint NOT NULL,
    dataset text,
    record_key text,
    cause text NOT NULL,
    detail text NOT NULL,
    payload text,
    received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (topic, partition, kafka_offset)
);

CREATE TABLE IF NOT EXISTS sync.enactment (
    date date PRIMARY KEY,
    state text NOT NULL CHECK (state IN ('running', 'done')),
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz
);

-- Sources and datasets declared by API, each line a version; the latest of a name counts, and one without body withdraws it.
CREATE TABLE IF NOT EXISTS sync.declaration (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('source', 'dataset')),
    name text NOT NULL,
    body text,
    declared_by text NOT NULL,
    declared_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX IF NOT EXISTS declaration_name ON sync.declaration (kind, name, id);

-- Used in the national database only: what the stream went on without, since a database was away or records were being handed over.
-- The lane applies it by itself, from this offset on.
CREATE TABLE IF NOT EXISTS sync.lane_debt (
    source text NOT NULL,
    target text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    next_offset bigint NOT NULL,
    cause text NOT NULL,
    since timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (source, target, topic, partition)
);

-- Dead letters as cases: the message as it came is never changed, what a person makes of it stands beside it.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'sync.dead_letter'::regclass AND attname = 'state') THEN
        ALTER TABLE sync.dead_letter
            ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY,
            ADD COLUMN state text NOT NULL DEFAULT 'open'
                CHECK (state IN ('open', 'applied', 'superseded', 'discarded')),
            -- Redrives that were refused, of this payload under the plan and units of the fingerprint.
            ADD COLUMN attempts integer NOT NULL DEFAULT 0,
            ADD COLUMN fingerprint text,
            ADD COLUMN amended_payload text,
            ADD COLUMN changed_at timestamptz,
            ADD COLUMN source text NOT NULL GENERATED ALWAYS AS (split_part(topic, '.', 2)) STORED,
            -- The detail without what differs from letter to letter: numbers, and what stands quoted after a colon.
            ADD COLUMN pattern text NOT NULL GENERATED ALWAYS AS (
                regexp_replace(regexp_replace(detail, ': [^:]*$', ': …'), '[0-9]+', '#', 'g')) STORED;
        CREATE UNIQUE INDEX dead_letter_id ON sync.dead_letter (id);
        CREATE INDEX dead_letter_open ON sync.dead_letter (topic, record_key, partition, kafka_offset)
            WHERE state = 'open';
    END IF;
END
$$;

-- Used in the national database only: who did what to a case, and what came of it. Lines are only added.
CREATE TABLE IF NOT EXISTS sync.audit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    who text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    reason text,
    outcome text NOT NULL,
    detail text
);
CREATE INDEX IF NOT EXISTS audit_subject ON sync.audit (subject, id);

CREATE OR REPLACE FUNCTION sync.refuse_to_change_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'sync.audit: lines are only added';
END
$$;

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = 'sync.audit'::regclass AND tgname = 'only_added') THEN
        CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON sync.audit
            FOR EACH STATEMENT EXECUTE FUNCTION sync.refuse_to_change_audit();
    END IF;
END
$$;

-- Used in the national database only: the copies of the plan in use. What a later plan has besides is wished for.
CREATE TABLE IF NOT EXISTS sync.known_copy (
    source text NOT NULL,
    dataset text NOT NULL,
    target text NOT NULL,
    shape text NOT NULL,
    PRIMARY KEY (source, dataset, target)
);

-- Used in the national database only: tables whose rows a source has to send again, until its connector says that it has.
CREATE TABLE IF NOT EXISTS sync.snapshot_wish (
    source text NOT NULL,
    table_name text NOT NULL,
    wished_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    signal text,
    asked_at timestamptz,
    heard_at timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    PRIMARY KEY (source, table_name)
);
ALTER TABLE sync.snapshot_wish ADD COLUMN IF NOT EXISTS barrier bigint;
ALTER TABLE sync.snapshot_wish ADD COLUMN IF NOT EXISTS barrier_next bigint;

-- Used in the national database only: where a source's log stood when the last snapshot of a table was asked for.
CREATE TABLE IF NOT EXISTS sync.snapshot_barrier (
    source text NOT NULL,
    table_name text NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (source, table_name)
);

-- Reconciliation, in the national database: one line a run, what was compared in it (one owner's dataset with one copy), by present
-- unit, and the records that differ. A run goes with all its lines.
CREATE TABLE IF NOT EXISTS sync.reconciliation (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    state text NOT NULL CHECK (state IN ('queued', 'running', 'done', 'cancelled', 'failed')),
    scheduled boolean NOT NULL,
    asked_by text NOT NULL,
    scope text NOT NULL,
    cancel_asked boolean NOT NULL DEFAULT false,
    rows_read bigint NOT NULL DEFAULT 0,
    rows_expected bigint NOT NULL DEFAULT 0,
    asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    started_at timestamptz,
    finished_at timestamptz
);

CREATE TABLE IF NOT EXISTS sync.reconciliation_pair (
    run bigint NOT NULL REFERENCES sync.reconciliation ON DELETE CASCADE,
    dataset text NOT NULL,
    source text NOT NULL,
    copy text NOT NULL,
    state text NOT NULL CHECK (state IN ('equal', 'different', 'unreachable')),
    -- Whether only some units were compared, so that it says nothing of the others.
    partial boolean NOT NULL,
    owner_rows bigint NOT NULL,
    copy_rows bigint NOT NULL,
    unreadable bigint NOT NULL,
    units integer NOT NULL,
    missing bigint NOT NULL,
    extra bigint NOT NULL,
    different bigint NOT NULL,
    late bigint NOT NULL,
    repaired bigint NOT NULL,
    -- Found missing and not repaired since.
    lacking bigint NOT NULL,
    not_compared text[] NOT NULL,
    owner_position bigint,
    owner_read_at timestamptz,
    copy_read_at timestamptz,
    seconds double precision NOT NULL,
    PRIMARY KEY (run, dataset, source, copy)
);

CREATE TABLE IF NOT EXISTS sync.reconciliation_unit (
    run bigint NOT NULL REFERENCES sync.reconciliation ON DELETE CASCADE,
    dataset text NOT NULL,
    source text NOT NULL,
    copy text NOT NULL,
    unit text NOT NULL,
    owner_rows bigint NOT NULL,
    copy_rows bigint NOT NULL,
    missing bigint NOT NULL,
    extra bigint NOT NULL,
    different bigint NOT NULL,
    late bigint NOT NULL,
    repaired bigint NOT NULL,
    PRIMARY KEY (run, unit, dataset, source, copy)
);

CREATE TABLE IF NOT EXISTS sync.reconciliation_difference (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run bigint NOT NULL REFERENCES sync.reconciliation ON DELETE CASCADE,
    dataset text NOT NULL,
    source text NOT NULL,
    copy text NOT NULL,
    record_key text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('missing', 'extra', 'different', 'late')),
    unit text NOT NULL,
    owner_hash bigint,
    copy_hash bigint,
    columns text[] NOT NULL,
    repair text NOT NULL CHECK (repair IN ('none', 'repaired', 'needs-snapshot', 'not-yet', 'refused'))
);
CREATE INDEX IF NOT EXISTS reconciliation_difference_run ON sync.reconciliation_difference (run, id);

-- The conflict inbox: late changes of former homes, in the new home's database; writes by others to copies, in the copy's
-- database; keys that two owners write, where the second came. Both versions as JSON; a version of null is a deletion.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'sync.conflict'::regclass AND attname = 'kind') THEN
        ALTER TABLE sync.conflict DROP CONSTRAINT conflict_pkey;
        ALTER TABLE sync.conflict
            ALTER topic DROP NOT NULL,
            ALTER partition DROP NOT NULL,
            ALTER kafka_offset DROP NOT NULL,
            ALTER late_version DROP NOT NULL,
            ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            ADD COLUMN kind text NOT NULL DEFAULT 'late-change'
                CHECK (kind IN ('late-change', 'foreign-write', 'key-collision')),
            ADD COLUMN state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'kept', 'accepted', 'undone')),
            ADD COLUMN owner text,
            ADD COLUMN other text,
            ADD COLUMN owner_version jsonb,
            ADD COLUMN other_version jsonb,
            ADD COLUMN other_position bigint,
            ADD COLUMN decided_at timestamptz,
            ADD COLUMN decided_by text,
            ADD COLUMN reason text;
        CREATE UNIQUE INDEX conflict_message ON sync.conflict (topic, partition, kafka_offset, kind);
        CREATE UNIQUE INDEX conflict_collision ON sync.conflict (dataset, record_key, owner, other)
            WHERE kind = 'key-collision' AND state = 'open';
        CREATE INDEX conflict_time ON sync.conflict (detected_at, id);
    END IF;
END
$$;

-- Writes to copies by anybody but sync, until they are taken up.
CREATE TABLE IF NOT EXISTS sync.foreign_write (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    dataset text NOT NULL,
    record_key text NOT NULL,
    operation text NOT NULL,
    before jsonb,
    after jsonb,
    account text NOT NULL,
    written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    transaction bigint NOT NULL
);
CREATE INDEX IF NOT EXISTS foreign_write_key ON sync.foreign_write (dataset, record_key, id);

-- Arguments: the dataset, then the columns of its key. Runs with the rights of its owner, so whoever writes needs none on the table
-- above. A change of the key is the end of one record and the beginning of another.
CREATE OR REPLACE FUNCTION sync.catch_foreign_write() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    old_row jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    new_row jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    old_key text;
    new_key text;
BEGIN
    SELECT string_agg(old_row ->> a.name, E'\x1f' ORDER BY a.place), string_agg(new_row ->> a.name, E'\x1f' ORDER BY a.place)
        INTO old_key, new_key FROM unnest(TG_ARGV) WITH ORDINALITY AS a (name, place) WHERE a.place > 1;
    IF old_key = new_key THEN
        INSERT INTO sync.foreign_write (dataset, record_key, operation, before, after, account, transaction)
            VALUES (TG_ARGV[0], new_key, TG_OP, old_row, new_row, session_user, pg_current_xact_id()::text::bigint);
        RETURN NULL;
    END IF;
    IF old_row IS NOT NULL THEN
        INSERT INTO sync.foreign_write (dataset, record_key, operation, before, after, account, transaction)
            VALUES (TG_ARGV[0], old_key, 'DELETE', old_row, NULL, session_user, pg_current_xact_id()::text::bigint);
    END IF;
    IF new_row IS NOT NULL THEN
        INSERT INTO sync.foreign_write (dataset, record_key, operation, before, after, account, transaction)
            VALUES (TG_ARGV[0], new_key, 'INSERT', NULL, new_row, session_user, pg_current_xact_id()::text::bigint);
    END IF;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION sync.refuse_foreign_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Bảng %.% là bản sao do dịch vụ đồng bộ làm chủ: không được xoá trắng.', TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;

-- What each unit gave in a hand-over, counted in the transaction of its records, so that the ledger can be held against it. The unit is
-- '' for records whose unit can't be read; accepted is what an operator has taken as lost from the ledger.
CREATE TABLE IF NOT EXISTS sync.handover_unit (
    enactment date NOT NULL,
    dataset text NOT NULL,
    from_home text NOT NULL,
    unit text NOT NULL,
    read_count bigint NOT NULL,
    kept_count bigint NOT NULL,
    accepted bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (enactment, dataset, from_home, unit)
);

-- The same of batches that were not added yet: one row a batch, folded into the table above when the part ends.
CREATE TABLE IF NOT EXISTS sync.handover_tally (
    enactment date NOT NULL,
    dataset text NOT NULL,
    from_home text NOT NULL,
    units text[] NOT NULL,
    read_counts bigint[] NOT NULL,
    kept_counts bigint[] NOT NULL
);

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'sync.handover_run'::regclass AND attname = 'breach') THEN
        ALTER TABLE sync.handover_run
            -- Why the figures don't add up; the hand-over does not go on until an operator releases it.
            ADD COLUMN breach text,
            ADD COLUMN breached_at timestamptz,
            -- Runs that began before units were counted are held against their sums only.
            ADD COLUMN by_unit boolean NOT NULL DEFAULT false,
            -- Time spent in batches, without what was waited between them.
            ADD COLUMN busy_millis bigint NOT NULL DEFAULT 0;
    END IF;
END
$$;

-- Used in the national database only: manifests, signatures and completed days in one chain, each hashed with the one before. Lines are only added.
CREATE TABLE IF NOT EXISTS sync.handover_entry (
    place bigint PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('manifest', 'signature', 'day')),
    enactment date NOT NULL,
    -- '' for a day.
    manifest text NOT NULL,
    version integer NOT NULL,
    -- Whose signature it is; '' for a manifest.
    side text NOT NULL CHECK (side IN ('', 'from', 'to')),
    -- What a later version is compared with; '' for a signature.
    figures text NOT NULL,
    content text NOT NULL,
    previous text NOT NULL,
    hash text NOT NULL,
    UNIQUE (enactment, kind, manifest, version, side)
);

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_constraint WHERE conrelid = 'sync.handover_entry'::regclass AND conname = 'handover_entry_kind_check'
            AND pg_get_constraintdef(oid) NOT LIKE '%day%') THEN
        ALTER TABLE sync.handover_entry DROP CONSTRAINT handover_entry_kind_check,
            ADD CONSTRAINT handover_entry_kind_check CHECK (kind IN ('manifest', 'signature', 'day'));
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION sync.refuse_to_change_chain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'sync.handover_entry: lines are only added';
END
$$;

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = 'sync.handover_entry'::regclass AND tgname = 'only_added') THEN
        CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON sync.handover_entry
            FOR EACH STATEMENT EXECUTE FUNCTION sync.refuse_to_change_chain();
    END IF;
END
$$;
-- How records of split units were decided: why each moved where it did, and what persons decided of those that waited.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'sync.handed_over'::regclass AND attname = 'way') THEN
        ALTER TABLE sync.handed_over
            ADD COLUMN way text CHECK (way IN ('portion', 'assignment', 'address', 'rule', 'person', 'owner')),
            ADD COLUMN confidence text CHECK (confidence IN ('certain', 'strong', 'likely')),
            ADD COLUMN words text,
            ADD COLUMN legal_basis text,
            ADD COLUMN clause text;
    END IF;
END
$$;
CREATE INDEX IF NOT EXISTS queued_record_since ON sync.queued_record (since, dataset, record_key);
CREATE INDEX IF NOT EXISTS queued_record_unit ON sync.queued_record (unit_id, locality);

CREATE TABLE IF NOT EXISTS sync.queue_assignment (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- All records of one request.
    assignment text NOT NULL,
    dataset text NOT NULL,
    record_key text NOT NULL,
    enactment date NOT NULL,
    from_unit text NOT NULL,
    to_unit text NOT NULL,
    from_code text NOT NULL,
    from_vintage date NOT NULL,
    to_code text NOT NULL,
    to_vintage date NOT NULL,
    -- Checksum of the record as it was decided: what was edited since is not taken back.
    content_hash bigint NOT NULL,
    -- The line of the queue, to be put back.
    candidates text[] NOT NULL,
    locality text,
    since timestamptz NOT NULL,
    assigned_by text NOT NULL,
    reason text NOT NULL,
    assigned_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    undone_at timestamptz,
    undone_by text,
    undo_reason text
);
CREATE INDEX IF NOT EXISTS queue_assignment_record ON sync.queue_assignment (dataset, record_key, id);
CREATE INDEX IF NOT EXISTS queue_assignment_request ON sync.queue_assignment (assignment, dataset, record_key);

-- Divided units whose records were decided, or wait again, since they were last counted: lines are added with what changed, so that
-- writers never wait for each other, and taken away once the counts are published.
CREATE TABLE IF NOT EXISTS sync.weight_change (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    unit_id text NOT NULL
);
CREATE INDEX IF NOT EXISTS handed_over_division ON sync.handed_over (from_unit)
    WHERE outcome = 'queued' OR way IS NOT NULL;

-- Lines that no batch entered which re-coded whole units in place: while there is none, such a batch need not look for each record.
CREATE INDEX IF NOT EXISTS handed_over_by_others ON sync.handed_over (dataset, enactment)
    WHERE late OR from_home <> to_home OR outcome = 'rejected';

-- Records whose hand-over was undone wait for a person, whatever the acts say of their unit.
ALTER TABLE sync.queued_record ADD COLUMN IF NOT EXISTS held boolean NOT NULL DEFAULT false;
ALTER TABLE sync.queue_assignment ADD COLUMN IF NOT EXISTS held boolean NOT NULL DEFAULT false;

-- Used in the national database only: corrections of days that were handed over, and what became of the records they concern.
CREATE TABLE IF NOT EXISTS sync.correction (
    sequence bigint PRIMARY KEY,
    decision text NOT NULL,
    enactment date NOT NULL,
    state text NOT NULL CHECK (state IN ('running', 'done')),
    revised bigint NOT NULL DEFAULT 0,
    left_alone bigint NOT NULL DEFAULT 0,
    taken_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz
);

-- Used in the national database only: manifests whose records went back. The version that was undone can't be signed any more.
CREATE TABLE IF NOT EXISTS sync.handover_reversal (
    enactment date NOT NULL,
    manifest text NOT NULL,
    version integer NOT NULL,
    who text NOT NULL,
    reason text NOT NULL,
    asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (enactment, manifest, version)
);
-- Whether records are still going back: meanwhile the manifest is neither sealed anew nor signed.
ALTER TABLE sync.handover_reversal ADD COLUMN IF NOT EXISTS running boolean NOT NULL DEFAULT false;

-- What becomes of the units of a part whose records all go the same way, while it is handed over. It is laid out anew whenever the part
-- goes on, so it need not outlive a crash.
CREATE UNLOGGED TABLE IF NOT EXISTS sync.handover_whole_unit (
    enactment date NOT NULL,
    dataset text NOT NULL,
    from_home text NOT NULL,
    code text NOT NULL,
    vintage date NOT NULL,
    to_code text NOT NULL,
    to_vintage date NOT NULL,
    from_unit text NOT NULL,
    to_unit text NOT NULL,
    way text,
    confidence text,
    words text,
    legal_basis text,
    clause text,
    PRIMARY KEY (enactment, dataset, from_home, code, vintage)
);

-- What a record bore when it was handed over: the code and the date as of which it was read, for ever.
ALTER TABLE sync.handed_over ADD COLUMN IF NOT EXISTS from_code text;
ALTER TABLE sync.handed_over ADD COLUMN IF NOT EXISTS from_vintage text;

-- What became of a line later, by a correction, by undoing the hand-over, or since a locality was assigned. Lines are only added.
CREATE TABLE IF NOT EXISTS sync.handover_revision (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    dataset text NOT NULL,
    record_key text NOT NULL,
    enactment date NOT NULL,
    former_unit text,
    unit text,
    outcome text NOT NULL,
    revised_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX IF NOT EXISTS handover_revision_record ON sync.handover_revision (dataset, record_key);

-- Records that could not come into a home, since it has others of the same key: they stay where they were.
CREATE TABLE IF NOT EXISTS sync.handover_collision (
    dataset text NOT NULL,
    record_key text NOT NULL,
    enactment date NOT NULL,
    from_home text NOT NULL,
    to_home text NOT NULL,
    from_code text,
    from_vintage text,
    from_unit text,
    out_hash bigint,
    handed_over_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (dataset, record_key, enactment, from_home)
);

-- What the books count: one line a record of each home.
CREATE OR REPLACE VIEW sync.handover_line AS
    SELECT dataset, record_key, enactment, from_unit, to_unit, from_home, to_home, outcome, late, out_hash, in_hash, late_changes,
        handed_over_at, from_code, from_vintage
    FROM sync.handed_over
    UNION ALL
    SELECT dataset, record_key, enactment, from_unit, NULL, from_home, to_home, 'rejected', false, out_hash, NULL, 0, handed_over_at,
        from_code, from_vintage
    FROM sync.handover_collision;

-- Whether this database is a former home that was closed for writing: one line, or none.
CREATE TABLE IF NOT EXISTS sync.archive (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    successor text NOT NULL,
    closed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Whoever writes has no rights in this schema.
CREATE OR REPLACE FUNCTION sync.refuse_to_write_archive() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    home text;
BEGIN
    SELECT a.successor INTO home FROM sync.archive a;
    IF FOUND THEN
        RAISE EXCEPTION 'Kho lưu trữ, chỉ để đọc: hồ sơ đã bàn giao sang %, hãy ghi ở đó.', home
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN NULL;
END
$$;

-- Used in the national database only: edits of the columns that a dataset's journal names, as the owners' logs tell them. The key is the
-- place in the log, so a message that comes again adds nothing. Old lines are taken away.
CREATE TABLE IF NOT EXISTS sync.record_edit (
    dataset text NOT NULL,
    record_key text NOT NULL,
    source text NOT NULL,
    epoch integer NOT NULL,
    position bigint NOT NULL,
    kind text NOT NULL CHECK (kind IN ('created', 'edited', 'deleted')),
    -- The source's transaction, 32 bits.
    transaction bigint,
    -- What the record bore then.
    unit_code text,
    unit_vintage text,
    before json NOT NULL,
    after json NOT NULL,
    -- Whether its home had been handed over when the change arrived.
    late boolean NOT NULL,
    committed_at timestamptz NOT NULL,
    PRIMARY KEY (dataset, record_key, source, epoch, position)
);
CREATE INDEX IF NOT EXISTS record_edit_age ON sync.record_edit (committed_at);

-- Transactions in which sync carried records or late changes of journaled datasets into this home: what they wrote was done elsewhere.
CREATE TABLE IF NOT EXISTS sync.carrying_transaction (
    transaction bigint PRIMARY KEY,
    carried_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
-- As a log tells it.
CREATE INDEX IF NOT EXISTS carrying_transaction_32 ON sync.carrying_transaction ((transaction & 4294967295));
CREATE INDEX IF NOT EXISTS carrying_transaction_age ON sync.carrying_transaction (carried_at);

-- The last change of a former home that was applied to a record here after its hand-over. The ledger has one line a record and day, of the home
-- that it came from last; a record that has moved twice takes late changes of both former homes.
CREATE TABLE IF NOT EXISTS sync.late_record (
    dataset text NOT NULL,
    record_key text NOT NULL,
    from_home text NOT NULL,
    source_epoch integer NOT NULL,
    source_position bigint NOT NULL,
    out_hash bigint,
    in_hash bigint,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (dataset, record_key, from_home)
);

-- Records that a correction left in a database which does not serve their unit; null while they are not counted.
ALTER TABLE sync.correction ADD COLUMN IF NOT EXISTS elsewhere bigint;
