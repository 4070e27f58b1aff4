package vn.dvhc.sync.connector;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How a source is captured.
 *
 * @param state {@code running}, {@code starting}, {@code failed}, {@code stopped}, {@code unmanaged} (Kafka Connect is not this
 *     service's task), {@code unknown} (Kafka Connect does not answer), or {@code none} (nothing to capture there)
 * @param problem the first line of why it failed; null if it did not
 * @param restarts how often it was restarted since it last ran for long
 * @param nextRestartAt ISO instant of the next attempt; null if it does not wait for one
 */
@Schema(name = "ConnectorState")
public record ConnectorState(
        String state,
        @Nullable String problem,
        int restarts,
        @Nullable String nextRestartAt) {

    static ConnectorState of(String state) {
        return new ConnectorState(state, null, 0, null);
    }
}
