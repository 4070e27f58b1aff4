package vn.dvhc.local;

/**
 * The database accounts of the local platform. The passwords are for local development only: PostgreSQL listens on
 * 127.0.0.1, and no deployment outside this module reads them.
 */
public enum Account {
    /** Superuser: makes databases, roles and replication origins. */
    POSTGRES("postgres", "local-development-postgres"),
    /** Owner of the database {@code registry}. */
    REGISTRY("registry", "local-development-registry"),
    /** Owner of the database {@code gateway}. */
    GATEWAY("gateway", "local-development-gateway"),
    /** sync-service: owner of the database {@code national}, reads and writes the source databases. */
    SYNC("sync", "local-development-sync"),
    /** Debezium: may replicate and read everything, may write nothing. */
    CAPTURE("capture", "local-development-capture"),
    /** The applications of communes and provinces: owner of their tables. */
    APP("app", "local-development-app");

    private final String user;
    private final String password;

    Account(String user, String password) {
        this.user = user;
        this.password = password;
    }

    public String user() {
        return user;
    }

    public String password() {
        return password;
    }
}
