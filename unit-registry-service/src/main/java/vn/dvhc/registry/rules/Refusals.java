package vn.dvhc.registry.rules;

import vn.dvhc.timeline.Refusal;

/** What the timeline refuses, in both languages. */
public final class Refusals {

    private Refusals() {}

    public static Finding finding(Refusal refusal) {
        return new Finding(
                Severity.ERROR, refusal.code().name(), refusal.subject(), refusal.message(), english(refusal));
    }

    static String english(Refusal refusal) {
        String subject = refusal.subject();
        return switch (refusal.code()) {
            case DATE_NOT_AFTER_LAST ->
                "The effective date " + subject + " is not after the last day that took effect.";
            case UNIT_UNKNOWN -> "No unit in force bears the code or id " + subject + ".";
            case CODE_IN_USE -> "Code " + subject + " is borne by another unit.";
            case BORN_TWICE -> "Unit " + subject + " can't begin on this day, or not begin and end on one day.";
            case PARENT_UNKNOWN -> "The parent named for unit " + subject + " does not exist at the end of the day.";
            case PARENT_NOT_IN_FORCE -> "The parent of unit " + subject + " is not in force or of the wrong level.";
            case PARENT_MISSING -> "Unit " + subject + " lacks a parent.";
            case CHILDREN_LEFT -> "Unit " + subject + " ends while units below it remain.";
            case EDGE_FROM_NOT_IN_FORCE -> "The giving unit " + subject + " was not in force the day before.";
            case EDGE_TO_NOT_IN_FORCE -> "The receiving unit " + subject + " is not in force at the end of the day.";
            case EDGE_TO_ITSELF -> "Unit " + subject + " goes on, so it passes nothing to itself.";
            case EDGE_TWICE -> "An edge from unit " + subject + " is stated twice.";
            case FULL_EDGE_OF_UNIT_THAT_GOES_ON -> "Unit " + subject + " passes whole but does not end on the day.";
            case NAME_NOT_UNIQUE -> "The name of unit " + subject + " is also that of another unit below its parent.";
            case LEVEL_CHANGED -> "The new code of unit " + subject + " is of another level.";
            case DATE_NOT_ENACTED -> "Only a day that took effect can be mended, not " + subject + ".";
            case NOTHING_TO_CORRECT -> "The correction of " + subject + " changes nothing.";
            case MESSAGE_UNKNOWN -> "The day to be mended has no message " + subject + ".";
            case MESSAGE_STRUCK -> "Message " + subject + " is struck already.";
            case EDGE_UNKNOWN -> "Message " + subject + " bears no edge to the unit named.";
            case PLACE_TAKEN -> "Message " + subject + " would be replaced but is not struck.";
        };
    }
}
