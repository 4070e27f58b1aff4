-- The hand-over plan that was approved with a decision, by its digest: whoever reads the plan later sees whether it is still the same.
ALTER TABLE decision_step
    ADD COLUMN plan text CONSTRAINT decision_step_plan CHECK (plan IS NULL OR (plan ~ '^[0-9a-f]{64}$' AND step = 'approved'));
