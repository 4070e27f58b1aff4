package vn.dvhc.contract;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.timeline.Entry;
import vn.dvhc.timeline.Group;

/**
 * Puts the messages of {@code unit-changes.v1} together to whole groups: days, corrections and notices. Messages seen before
 * are dropped by their sequence; a gap or a message out of its group is a defect of the stream and stops it. Not thread-safe.
 */
public final class GroupAssembler {

    private final List<LogMessage> pending = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private Instant recordedAt = Instant.EPOCH;
    private long lastSequence;

    /** @param lastSequence the last message already applied; 0 if none */
    public GroupAssembler(long lastSequence) {
        this.lastSequence = lastSequence;
    }

    /** A complete group with the messages it was put together from. */
    public record Assembled(Group group, List<LogMessage> messages) {
        public Assembled {
            messages = List.copyOf(messages);
        }
    }

    /**
     * Takes the next message.
     *
     * @param recorded when the message was recorded; that of the first one holds for the group
     * @return the group, with its last message; empty while it is incomplete or if the message was seen before
     * @throws IllegalArgumentException if the message breaks the contract
     * @throws java.time.DateTimeException if its date is none
     * @throws IllegalStateException if a message before it is missing, or the group before it is incomplete
     */
    public Optional<Assembled> accept(LogMessage message, Instant recorded) {
        if (message.sequence() <= lastSequence) {
            return Optional.empty();
        }
        requireNext(message);
        if (message instanceof UnitChangeData.Message change) {
            entries.add(change.entry());
        }
        if (pending.isEmpty()) {
            recordedAt = recorded;
        }
        pending.add(message);
        lastSequence = message.sequence();
        return pending.size() < message.count() ? Optional.empty() : Optional.of(complete());
    }

    private void requireNext(LogMessage message) {
        if (message.sequence() != lastSequence + 1 || message.index() != pending.size()) {
            throw new IllegalStateException("Expected message " + (lastSequence + 1) + " with index " + pending.size()
                    + ", not " + message.sequence() + " with index " + message.index());
        }
        if (message.index() >= message.count()) {
            throw new IllegalArgumentException("Index " + message.index() + " is beyond its count " + message.count());
        }
        if (!pending.isEmpty()) {
            LogMessage first = pending.get(0);
            if (message.count() != first.count() || !message.groupName().equals(first.groupName())) {
                throw new IllegalStateException("Expected message " + message.index() + " of " + first.count() + " of "
                        + first.groupName() + ", not one of " + message.count() + " of " + message.groupName());
            }
        }
    }

    private Assembled complete() {
        Assembled assembled = new Assembled(group(pending.get(0)), pending);
        pending.clear();
        entries.clear();
        return assembled;
    }

    private Group group(LogMessage first) {
        if (first instanceof UnitChangeData.Message change) {
            UnitChangeData data = change.data();
            return first.groupKind() == Group.Kind.CORRECTION
                    ? new Group.Correction(
                            data.enactmentDate(),
                            new DecisionId(data.decision()),
                            recordedAt,
                            first.sequence(),
                            entries)
                    : new Group.Day(data.enactmentDate(), recordedAt, first.sequence(), entries);
        }
        DecisionNoticeData.Typed notice = (DecisionNoticeData.Typed) first;
        return new Group.Notice(
                new DecisionId(notice.data().decision()),
                notice.data().effectiveDay(),
                notice.kind() == DecisionNoticeData.Kind.WITHDRAWN,
                recordedAt,
                first.sequence(),
                lastSequence);
    }
}
