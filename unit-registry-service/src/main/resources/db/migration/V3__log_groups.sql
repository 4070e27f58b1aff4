-- One row a group of messages on unit-changes.v1, in the order in which they were recorded: a day that took effect, a
-- correction of such a day, or a notice of a decision that is scheduled or withdrawn. The last row bears the last number given out.
ALTER TABLE enactment RENAME TO log_group;
ALTER TABLE log_group RENAME COLUMN enacted_at TO recorded_at;
ALTER TABLE log_group
    DROP CONSTRAINT enactment_pkey,
    DROP CONSTRAINT enactment_last_sequence_key,
    ADD COLUMN position    bigint,
    ADD COLUMN kind        text NOT NULL DEFAULT 'day' CHECK (kind IN ('day', 'correction', 'scheduled', 'withdrawn')),
    ADD COLUMN decision_id text REFERENCES decision,
    ADD CONSTRAINT log_group_about CHECK ((kind = 'day') = (decision_id IS NULL)),
    ADD CONSTRAINT log_group_says_something CHECK (kind = 'day' OR last_sequence >= first_sequence);
UPDATE log_group g SET position = n.position
    FROM (SELECT date, row_number() OVER (ORDER BY date) AS position FROM log_group) n WHERE n.date = g.date;
ALTER TABLE log_group ALTER COLUMN kind DROP DEFAULT, ADD PRIMARY KEY (position);
CREATE UNIQUE INDEX log_group_day ON log_group (date) WHERE kind = 'day';
CREATE UNIQUE INDEX log_group_correction ON log_group (decision_id) WHERE kind = 'correction';
CREATE INDEX log_group_by_date ON log_group (date);
