package vn.dvhc.gateway.change;

import java.util.Locale;
import java.util.Optional;

/** The streams that somebody may follow, each numbered by itself. */
public enum StreamName {
    /** Changes of units, as the register publishes them. */
    UNITS,
    /** Hand-over records sealed and signed, and days handed over. */
    HANDOVERS;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<StreamName> ofLabel(String label) {
        for (StreamName name : values()) {
            if (name.label().equals(label)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
