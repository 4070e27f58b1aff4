-- Lets sync write copies that Debezium does not read back: a session under a replication origin is left out of streams with
-- origin=none. Run as superuser in every database that sync writes to; can be repeated.

-- Origins belong to the whole server, and PostgreSQL refuses to start with more than max_active_replication_origins (160 on one machine) in
-- use: the names are fixed, and there are more of them than connections.
DO $$
BEGIN
    FOR i IN 1..144 LOOP
        IF NOT EXISTS (SELECT FROM pg_replication_origin WHERE roname = 'dvhc_sync_' || i) THEN
            BEGIN
                PERFORM pg_replication_origin_create('dvhc_sync_' || i);
            EXCEPTION WHEN unique_violation OR duplicate_object THEN
                NULL; -- another database's setup made it meanwhile
            END;
        END IF;
    END LOOP;
END
$$;

-- Puts the calling session under a free origin until the session ends, and answers its name. Call it once a connection, outside
-- of any business transaction, and begin each transaction with pg_replication_origin_xact_setup('0/0', clock_timestamp()): without
-- it the log holds wrong commit times.
CREATE OR REPLACE FUNCTION public.dvhc_lease_replication_origin() RETURNS text
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    origin text;
BEGIN
    FOR i IN 1..144 LOOP
        origin := 'dvhc_sync_' || i;
        BEGIN
            PERFORM pg_replication_origin_session_setup(origin);
            RETURN origin;
        EXCEPTION WHEN object_in_use THEN
            NULL; -- another session holds it
        END;
    END LOOP;
    RAISE EXCEPTION 'all 144 replication origins are in use' USING ERRCODE = 'object_in_use';
END
$$;

REVOKE ALL ON FUNCTION public.dvhc_lease_replication_origin() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION public.dvhc_lease_replication_origin() TO sync;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_replication_origin_xact_setup(pg_lsn, timestamptz) TO sync;
