package vn.dvhc.gateway.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * Something that happened at the door.
 *
 * @param at real time, to the microsecond; of several alike that of the first
 * @param who the token's subject, which is no name; {@code ?} for nobody known
 * @param client the program through which they asked
 * @param unit for which they act: {@code VN}, a unit id or {@code none}
 * @param method of HTTP; empty for what is counted whatever was asked for
 * @param what the call, or the first part of the address; {@code ?} for what is counted whatever was asked for
 * @param concerning the units that the address names
 * @param status of the answer; 0 for events that were lost
 * @param why the reason of a refusal; for a change, by which right it was made
 */
record DoorEvent(
        Instant at,
        Outcome outcome,
        String who,
        String client,
        String unit,
        String method,
        String what,
        String concerning,
        int status,
        String why) {

    /** How it ended. */
    enum Outcome {
        REFUSED,
        DONE,
        /** The service behind broke off: it may have been done or not. */
        UNCERTAIN,
        /** So many events could not be kept. */
        LOST;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    DoorEvent {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    static DoorEvent lost(Instant at) {
        return new DoorEvent(at, Outcome.LOST, "?", "?", "none", "", "audit", "", 0, "not-kept");
    }

    /** The same by somebody unknown. */
    DoorEvent ofNobody() {
        return new DoorEvent(at, outcome, "?", "?", "none", method, what, concerning, status, why);
    }

    /** What is hashed of so many alike; the order is that of the columns. */
    List<String> parts(long times) {
        return List.of(
                at.toString(),
                outcome.label(),
                who,
                client,
                unit,
                method,
                what,
                concerning,
                Integer.toString(status),
                why,
                Long.toString(times));
    }

    /** All but the moment: events that agree in it are kept as one within a batch. */
    List<String> likeness() {
        List<String> parts = parts(0);
        return parts.subList(1, parts.size());
    }
}
