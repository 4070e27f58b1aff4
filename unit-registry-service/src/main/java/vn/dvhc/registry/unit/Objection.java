package vn.dvhc.registry.unit;

import vn.dvhc.timeline.Refusal;

/**
 * One reason why the register does not take what it was given.
 *
 * @param code a stable word for programs
 * @param subject what is at fault: a code, a unit id or a place in the request
 * @param message what is wrong, in Vietnamese, for the clerk who has to mend it
 */
public record Objection(String code, String subject, String message) {

    /** What the timeline refuses, as the register says it. */
    public static Objection of(Refusal refusal) {
        return new Objection(refusal.code().name(), refusal.subject(), refusal.message());
    }
}
