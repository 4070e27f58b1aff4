-- A subscription follows one stream from beginning to end: each has numbers of its own.
ALTER TABLE subscription
    ADD COLUMN stream text NOT NULL DEFAULT 'units' CHECK (stream IN ('units', 'handovers')),
    ADD COLUMN datasets text[] NOT NULL DEFAULT '{}',
    ADD CONSTRAINT subscription_datasets CHECK (stream = 'handovers' OR datasets = '{}');
