package vn.dvhc.sync.reconcile;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A record that both ends do not hold alike, read again after the stream had passed.
 *
 * @param unit the line it counts under: its owner's, or the copy's if its owner lacks it
 * @param ownerHash null if its owner lacks it
 * @param copyHash null if the copy lacks it
 * @param columns the names of those that differ; empty unless both have it
 */
record Difference(
        String key,
        Kind kind,
        String unit,
        @Nullable Long ownerHash,
        @Nullable Long copyHash,
        List<String> columns,
        Repair repair) {

    /** In which way. */
    enum Kind {
        /** The copy lacks it. */
        MISSING,
        /** Its owner does not have it. */
        EXTRA,
        /** Both have it. */
        DIFFERENT,
        /** The stream had not brought it yet, or it went on moving. Nothing is wrong. */
        LATE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What became of it. */
    enum Repair {
        /** Nobody asked for it. */
        NONE("none"),
        /** Re-emitted, and read again as equal. */
        REPAIRED("repaired"),
        /** The copy lacks a pseudonym that only the connector can make. */
        NEEDS_SNAPSHOT("needs-snapshot"),
        /** An old transaction is open at its owner, or the stream did not come to it in time. */
        NOT_YET("not-yet"),
        /** The stream has brought it and the copy still differs: see the dead letters. */
        REFUSED("refused");

        private final String word;

        Repair(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    Difference with(Repair outcome) {
        return new Difference(key, kind, unit, ownerHash, copyHash, columns, outcome);
    }

    /** Whether the copy is still wrong. */
    boolean isOpen() {
        return kind != Kind.LATE && repair != Repair.REPAIRED;
    }
}
