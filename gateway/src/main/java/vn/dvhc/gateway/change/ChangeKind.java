package vn.dvhc.gateway.change;

import java.util.Locale;
import java.util.Optional;
import vn.dvhc.contract.HandOverData;

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
    WITHDRAWN,
    SEALED(StreamName.HANDOVERS),
    SIGNED(StreamName.HANDOVERS),
    COMPLETED(StreamName.HANDOVERS);

    private final StreamName stream;

    ChangeKind() {
        this(StreamName.UNITS);
    }

    ChangeKind(StreamName stream) {
        this.stream = stream;
    }

    /** The stream that tells of it. */
    public StreamName stream() {
        return stream;
    }

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

    static ChangeKind of(HandOverData.Kind kind) {
        return switch (kind) {
            case SEALED -> SEALED;
            case SIGNED -> SIGNED;
            case COMPLETED -> COMPLETED;
        };
    }

    /** @throws IllegalArgumentException if the contract has no such type */
    static ChangeKind ofType(String type) {
        return ofLabel(type.substring(type.lastIndexOf('.') + 1))
                .orElseThrow(() -> new IllegalArgumentException("Unknown type of change: " + type));
    }
}
