-- Accounts of the local platform; run as superuser at every start. Passwords are for local development only.
DO $$
DECLARE
    account record;
BEGIN
    FOR account IN
        SELECT * FROM (VALUES
            ('registry', 'LOGIN', 'local-development-registry'),
            ('gateway', 'LOGIN', 'local-development-gateway'),
            ('sync', 'LOGIN', 'local-development-sync'),
            ('capture', 'LOGIN REPLICATION', 'local-development-capture'),
            ('app', 'LOGIN', 'local-development-app')) AS accounts (name, rights, password)
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = account.name) THEN
            EXECUTE format('CREATE ROLE %I %s PASSWORD %L', account.name, account.rights, account.password);
        END IF;
    END LOOP;
END
$$;

-- Snapshots read every table; capture never writes.
GRANT pg_read_all_data TO capture;
