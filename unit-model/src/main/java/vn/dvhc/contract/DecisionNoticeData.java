package vn.dvhc.contract;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import vn.dvhc.decision.Decision;
import vn.dvhc.timeline.Group;

/**
 * The data of one event on {@code unit-changes.v1} about a decision that is to take effect, or no longer is. It changes no
 * unit: the day itself is published when it takes effect. A long decision is told in parts, which belong together.
 *
 * @param sequence place in the order of all messages since 2004; grows by one
 * @param decision our id of the decision
 * @param effectiveDate date on which it takes effect, at 00:00 Asia/Ho_Chi_Minh
 * @param title a short description for people, in Vietnamese
 * @param changeCount how many changes the decision has, over all parts
 * @param part which part this is, from 1
 * @param parts how many parts the notice has, at least 1
 * @param changes the changes of this part, at most {@link #CHANGES_A_PART}; empty for a decision that was withdrawn
 */
public record DecisionNoticeData(
        long sequence,
        String decision,
        String effectiveDate,
        String title,
        int changeCount,
        int part,
        int parts,
        List<ChangeData> changes) {

    /** The most changes that one message holds. */
    public static final int CHANGES_A_PART = 500;

    public DecisionNoticeData {
        changes = List.copyOf(changes);
    }

    /** The kinds of notice; the type is part of the published contract. */
    public enum Kind {
        SCHEDULED("vn.dvhc.unit-decision.scheduled"),
        WITHDRAWN("vn.dvhc.unit-decision.withdrawn");

        private final String type;

        Kind(String type) {
            this.type = type;
        }

        /** The CloudEvents type. */
        public String type() {
            return type;
        }

        static boolean isType(String type) {
            return type.equals(SCHEDULED.type) || type.equals(WITHDRAWN.type);
        }

        /** @throws IllegalArgumentException if the contract has no such type of notice */
        public static Kind ofType(String type) {
            for (Kind kind : values()) {
                if (kind.type.equals(type)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("Unknown type of notice: " + type);
        }
    }

    /** A notice with the event type that goes into its envelope. */
    public record Typed(Kind kind, DecisionNoticeData data) implements LogMessage {

        @Override
        public String type() {
            return kind.type();
        }

        @Override
        public String subject() {
            return data.decision();
        }

        @Override
        public long sequence() {
            return data.sequence();
        }

        @Override
        public int index() {
            return data.part() - 1;
        }

        @Override
        public int count() {
            return data.parts();
        }

        @Override
        public Group.Kind groupKind() {
            return Group.Kind.NOTICE;
        }

        @Override
        public String groupName() {
            return kind.type() + " " + data.decision() + " " + data.effectiveDate();
        }
    }

    /** The messages that announce a decision, in order. */
    public static List<Typed> scheduled(Decision decision, long firstSequence) {
        List<ChangeData> changes =
                decision.changes().stream().map(ChangeData::of).toList();
        int parts = Math.max(1, (changes.size() + CHANGES_A_PART - 1) / CHANGES_A_PART);
        List<Typed> messages = new ArrayList<>(parts);
        for (int i = 0; i < parts; i++) {
            List<ChangeData> some =
                    changes.subList(i * CHANGES_A_PART, Math.min(changes.size(), (i + 1) * CHANGES_A_PART));
            messages.add(new Typed(Kind.SCHEDULED, of(decision, firstSequence + i, i + 1, parts, some)));
        }
        return messages;
    }

    /** The message that takes the announcement of a decision back. */
    public static Typed withdrawn(Decision decision, long sequence) {
        return new Typed(Kind.WITHDRAWN, of(decision, sequence, 1, 1, List.of()));
    }

    /** @throws java.time.DateTimeException if it is no date */
    public LocalDate effectiveDay() {
        return LocalDate.parse(effectiveDate);
    }

    private static DecisionNoticeData of(
            Decision decision, long sequence, int part, int parts, List<ChangeData> changes) {
        return new DecisionNoticeData(
                sequence,
                decision.id().value(),
                decision.effectiveDate().toString(),
                decision.title(),
                decision.changes().size(),
                part,
                parts,
                changes);
    }
}
