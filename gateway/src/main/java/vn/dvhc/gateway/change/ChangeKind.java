package vn.dvhc.gateway.change;

import java.util.Locale;
import java.util.Optional;

/** What a change does. */
public enum ChangeKind {
    CREATED,
    ENDED,
    RENAMED,
    RECLASSIFIED,
    REPARENTED,
    RECODED,
    SUCCEEDED,
    RETRACTED,
    SCHEDULED,
    WITHDRAWN;

    /** The last part of the CloudEvents type, as filters name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ChangeKind> ofLabel(String label) {
        for (ChangeKind kind : values()) {
            if (kind.label().equals(label)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** @throws IllegalArgumentException if the contract has no such type */
    static ChangeKind ofType(String type) {
        return ofLabel(type.substring(type.lastIndexOf('.') + 1))
                .orElseThrow(() -> new IllegalArgumentException("Unknown type of change: " + type));
    }
}
