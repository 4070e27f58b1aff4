package vn.dvhc.contract;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vn.dvhc.decision.Fact;

/**
 * Puts the messages of {@code unit-changes.v1} together to whole days. Messages seen before are dropped by their
 * sequence; a gap or a message out of its day is a defect of the stream and stops it. Not thread-safe.
 */
public final class DayAssembler {

    private final List<Fact> pending = new ArrayList<>();
    private long lastSequence;
    private int expectedIndex;

    /** @param lastSequence the last message already applied; 0 if none */
    public DayAssembler(long lastSequence) {
        this.lastSequence = lastSequence;
    }

    /** A complete enactment. */
    public record Day(LocalDate date, long lastSequence, List<Fact> facts) {
        public Day {
            facts = List.copyOf(facts);
        }
    }

    /**
     * Takes the next message.
     *
     * @return the day, with its last message; empty while the day is incomplete or if the message was seen before
     * @throws IllegalArgumentException if the message breaks the contract
     * @throws IllegalStateException if a message before it is missing
     */
    public Optional<Day> accept(UnitChangeData.Typed message) {
        UnitChangeData data = message.data();
        if (data.sequence() <= lastSequence) {
            return Optional.empty();
        }
        if (data.sequence() != lastSequence + 1 || data.index() != expectedIndex) {
            throw new IllegalStateException("Expected message " + (lastSequence + 1) + " with index " + expectedIndex
                    + ", not " + data.sequence() + " with index " + data.index());
        }
        pending.addAll(message.facts());
        lastSequence = data.sequence();
        if (data.index() + 1 < data.count()) {
            expectedIndex++;
            return Optional.empty();
        }
        Day day = new Day(data.enactmentDate(), lastSequence, pending);
        pending.clear();
        expectedIndex = 0;
        return Optional.of(day);
    }
}
