package vn.dvhc.timeline;

/**
 * One reason for which a day can't be enacted.
 *
 * @param code a stable word for programs
 * @param subject the code or id of the unit at fault
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
        LEVEL_CHANGED
    }
}
