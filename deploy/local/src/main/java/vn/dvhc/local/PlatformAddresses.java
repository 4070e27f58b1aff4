package vn.dvhc.local;

import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a platform are, whatever JVMs they live in; all on 127.0.0.1.
 *
 * @param keycloakUrl null if the platform runs without Keycloak
 */
public record PlatformAddresses(
        int postgresPort,
        String kafkaBootstrap,
        String connectUrl,
        @Nullable String keycloakUrl) {

    /** A database as the services' settings name it: {@code 127.0.0.1:15432/registry}. */
    public String database(String name) {
        return "127.0.0.1:" + postgresPort + "/" + name;
    }

    /** {@code jdbc:postgresql://127.0.0.1:15432/registry}. */
    public String jdbcUrl(String name) {
        return "jdbc:postgresql://" + database(name);
    }

    public ConnectClient connect() {
        return new ConnectClient(connectUrl);
    }

    public boolean hasKeycloak() {
        return keycloakUrl != null;
    }

    /** The issuer of the realm {@code dvhc}. */
    public String oidcUrl() {
        if (keycloakUrl == null) {
            throw new IllegalStateException("the platform runs without Keycloak");
        }
        return keycloakUrl + "/realms/dvhc";
    }
}
