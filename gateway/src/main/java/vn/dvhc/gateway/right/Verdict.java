package vn.dvhc.gateway.right;

import java.util.Locale;

/**
 * What came of the question whether a caller may.
 *
 * @param what the call, as guides and audit name it; {@code ?} for one that is not laid down
 * @param concerning the units that the address names, as it names them, or nothing
 * @param why by which relation it was granted; for the audit
 */
public record Verdict(Kind kind, String what, String concerning, String why) {

    /** The ways it ends. */
    public enum Kind {
        GRANTED,
        /** No role of the caller may make this call at all. */
        NO_ROLE,
        /** The caller's unit has ended, and others have taken its affairs over. */
        UNIT_ENDED,
        /** Nobody knows the caller's unit. */
        UNIT_UNKNOWN,
        /** It is about a unit over whose affairs the caller has no right. */
        FOREIGN_UNIT,
        /** The units are not known now, so nobody can tell. */
        UNDECIDABLE;

        /** In small letters: {@code foreign-unit}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
