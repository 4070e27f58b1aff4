package vn.dvhc.registry.act;

import java.util.UUID;

/** Our own identifier of an act: numbers collide across issuers and years. */
public record ActId(String value) {

    /** @throws IllegalArgumentException unless it is {@code act-} and 1 to 60 of a-z, 0-9 and hyphen */
    public ActId {
        if (!value.matches("act-[a-z0-9-]{1,60}")) {
            throw new IllegalArgumentException("An act id is act- and 1 to 60 of a-z, 0-9 and hyphen");
        }
    }

    public static ActId random() {
        return new ActId("act-" + UUID.randomUUID());
    }

    @Override
    public String toString() {
        return value;
    }
}
