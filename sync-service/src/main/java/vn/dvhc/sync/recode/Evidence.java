package vn.dvhc.sync.recode;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.plan.Sureness;

/**
 * What speaks for a unit as the one a record of a split unit belongs to.
 *
 * @param words what was found: the assigned locality, the words of the address, the name of the rule, the act's words for the
 *     portion; null if a person or the record's owner decided
 * @param legalBasis numbers of the acts of the edges to the unit; may be empty
 * @param clause the place in the act; null if unknown or of several
 */
public record Evidence(
        Way way,
        Sureness confidence,
        @Nullable String words,
        List<String> legalBasis,
        @Nullable String clause) {

    /** The ways in which it is found. */
    public enum Way {
        /** The act's portions leave no other unit for such records. */
        PORTION,
        /** The record's hamlet, street or parcel was assigned. */
        ASSIGNMENT,
        /** The record's address names the unit, or a locality assigned to it. */
        ADDRESS,
        /** The dataset's rule. */
        RULE,
        /** A person chose it. */
        PERSON,
        /** The record's owner wrote it. */
        OWNER;

        /** The word stored and published. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Evidence {
        legalBasis = List.copyOf(legalBasis);
    }

    /** Of a record of a unit that went whole into another, which a person put there. */
    static Evidence ofPerson() {
        return new Evidence(Way.PERSON, Sureness.CERTAIN, null, List.of(), null);
    }

    /** Of a record that its owner put under a unit in force. */
    public static Evidence ofOwner() {
        return new Evidence(Way.OWNER, Sureness.CERTAIN, null, List.of(), null);
    }
}
