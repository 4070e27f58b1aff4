package vn.dvhc.gateway.transport;

import java.util.Optional;

/** Whether a door that answers over plain HTTP may start. */
public enum PlainHttp {
    /** It may not. */
    REFUSED,
    /** Something before the door ends TLS, and nobody else reaches the door. */
    BEHIND_TLS,
    /** Everything is on one machine, for development. */
    LOCAL;

    private static final String LOCAL_ENVIRONMENT = "local";

    /**
     * Why the door may not start.
     *
     * @param answersPlainly whether it answers over plain HTTP instead of sending callers to TLS
     * @param environment {@code local} for development on one machine
     * @return empty if it may
     */
    Optional<String> refusal(boolean answersPlainly, String environment) {
        return switch (this) {
            case REFUSED ->
                answersPlainly
                        ? Optional.of(
                                "The door would answer over plain HTTP: tokens and records could be read on the way. Start it with"
                                        + " QUARKUS_PROFILE=prod,tls and a certificate (DVHC_GATEWAY_TLS_CERT, DVHC_GATEWAY_TLS_KEY), or say"
                                        + " DVHC_GATEWAY_PLAIN_HTTP=behind-tls if a proxy before it ends TLS and nobody else reaches it.")
                        : Optional.empty();
            case BEHIND_TLS -> Optional.empty();
            case LOCAL ->
                environment.equals(LOCAL_ENVIRONMENT)
                        ? Optional.empty()
                        : Optional.of(
                                "DVHC_GATEWAY_PLAIN_HTTP=local is for development on one machine, with DVHC_ENVIRONMENT=local;"
                                        + " this is " + environment + ".");
        };
    }
}
