package vn.dvhc.gateway.identity;

import java.time.Instant;

/**
 * Tokens that count no more though they have not ended.
 *
 * @param whose by what they are found
 * @param name of the session, subject or client
 * @param upTo those given out at this moment or before
 * @param end from when on none of them could count anyway
 */
public record Revocation(Kind whose, String name, Instant upTo, Instant end) {

    /** By what tokens are called back. */
    public enum Kind {
        /** One sign-in of a person. */
        SESSION,
        /** A person or a program, whatever they came through. */
        SUBJECT,
        /** All that come through a program. */
        CLIENT
    }

    Revocation and(Revocation other) {
        return new Revocation(
                whose, name, upTo.isAfter(other.upTo) ? upTo : other.upTo, end.isAfter(other.end) ? end : other.end);
    }

    boolean covers(Instant issued) {
        return !issued.isAfter(upTo);
    }
}
