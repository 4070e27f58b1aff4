-- What sort of place was assigned. A name still means one place within a unit: records name no kind.
ALTER TABLE locality_assignment
    ADD COLUMN kind text NOT NULL DEFAULT 'hamlet'
        CONSTRAINT locality_assignment_kind CHECK (kind IN ('hamlet', 'street', 'parcel'));
