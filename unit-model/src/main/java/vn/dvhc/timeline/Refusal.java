package vn.dvhc.timeline;

import java.time.LocalDate;

/**
 * One reason for which a day can't be enacted or mended.
 *
 * @param code a stable word for programs
 * @param subject the code or id of the unit at fault, else the date or the number of the message
 * @param message what is wrong, in Vietnamese, for the clerk who has to mend it
 */
public record Refusal(Code code, String subject, String message) {

    /** The stable words. */
    public enum Code {
        DATE_NOT_AFTER_LAST,
        UNIT_UNKNOWN,
        CODE_IN_USE,
        BORN_TWICE,
        PARENT_UNKNOWN,
        PARENT_NOT_IN_FORCE,
        PARENT_MISSING,
        CHILDREN_LEFT,
        EDGE_FROM_NOT_IN_FORCE,
        EDGE_TO_NOT_IN_FORCE,
        EDGE_TO_ITSELF,
        EDGE_TWICE,
        FULL_EDGE_OF_UNIT_THAT_GOES_ON,
        NAME_NOT_UNIQUE,
        LEVEL_CHANGED,
        /** A correction would mend a date before the first or after the last enacted one. */
        DATE_NOT_ENACTED,
        /** A correction without changes that strikes nothing. */
        NOTHING_TO_CORRECT,
        /** The date has no message of this number. */
        MESSAGE_UNKNOWN,
        /** The message is struck already. */
        MESSAGE_STRUCK,
        /** No edge to this unit rides on the message. */
        EDGE_UNKNOWN,
        /** A message would stand in the place of one that is not struck. */
        PLACE_TAKEN
    }

    static Refusal notAfterLast(LocalDate date, LocalDate last) {
        return new Refusal(
                Code.DATE_NOT_AFTER_LAST,
                date.toString(),
                "Ngày hiệu lực " + date + " không sau ngày đã có hiệu lực gần nhất " + last + ".");
    }
}
