package vn.dvhc.registry.decision;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A decision in one state of its life. Each state has a method for every step that may follow it, and none for any other:
 * a step out of turn can't be written. Who may take a step is not judged here.
 *
 * <p>A decision goes from {@link Draft} through {@link SubmittedReform}, {@link Approved} and {@link Scheduled} to {@link
 * InForce}; midnight takes the last step for all decisions of its day. A correction goes from {@link SubmittedCorrection}
 * straight to {@link InForce}, since its day is gone by. {@link Rejected} decisions may be revised; {@link Withdrawn} is an end.
 */
public sealed interface Life {

    RecordedDecision recorded();

    State state();

    /** The steps that a person may take next, for those who ask over the wire. */
    default Set<NextStep> nextSteps() {
        EnumSet<NextStep> steps = EnumSet.noneOf(NextStep.class);
        if (this instanceof Revisable) {
            steps.add(NextStep.REVISION);
        }
        if (this instanceof Withdrawable) {
            steps.add(NextStep.WITHDRAWAL);
        }
        switch (state()) {
            case DRAFT -> steps.add(NextStep.SUBMISSION);
            case SUBMITTED -> Collections.addAll(steps, NextStep.APPROVAL, NextStep.REJECTION);
            case APPROVED -> steps.add(NextStep.SCHEDULE);
            case SCHEDULED, IN_FORCE, REJECTED, WITHDRAWN -> {}
        }
        return Collections.unmodifiableSet(steps);
    }

    /** A decision brought in by a person. */
    static Draft draft(Dossier dossier, String by, Instant at) {
        return new Draft(new RecordedDecision(dossier, List.of(new Step(Step.Kind.DRAFTED, by, at, null)), null));
    }

    /** A decision of the national catalogue: scheduled at once. */
    static Scheduled imported(Dossier dossier, int position, Instant at) {
        Step imported = new Step(Step.Kind.IMPORTED, Step.CATALOGUE, at, null);
        return new Scheduled(new RecordedDecision(dossier, List.of(imported), position));
    }

    /** What was recorded once, as it stands. */
    static Life of(State state, RecordedDecision recorded) {
        return switch (state) {
            case DRAFT -> new Draft(recorded);
            case SUBMITTED -> Submitted.of(recorded);
            case APPROVED -> new Approved(recorded);
            case SCHEDULED -> new Scheduled(recorded);
            case IN_FORCE -> new InForce(recorded);
            case REJECTED -> new Rejected(recorded);
            case WITHDRAWN -> new Withdrawn(recorded);
        };
    }

    /** A state in which the decision may still be written anew. */
    sealed interface Revisable extends Life {

        /** @throws IllegalArgumentException if the dossier is of another decision */
        default Draft revised(Dossier dossier, String by, Instant at) {
            if (!dossier.decision().id().equals(recorded().decision().id())) {
                throw new IllegalArgumentException("A revision keeps the decision's id");
            }
            return new Draft(recorded().rewritten(dossier, new Step(Step.Kind.REVISED, by, at, null)));
        }
    }

    /** A state in which the decision may still be called off. */
    sealed interface Withdrawable extends Life {

        /** Its place among the decisions of its date becomes free. */
        default Withdrawn withdrawn(String by, Instant at, @Nullable String reason) {
            return new Withdrawn(recorded()
                    .with(new Step(Step.Kind.WITHDRAWN, by, at, reason))
                    .placed(null));
        }
    }

    /** Being written; may contradict the register. */
    record Draft(RecordedDecision recorded) implements Revisable, Withdrawable {

        @Override
        public State state() {
            return State.DRAFT;
        }

        public Submitted submitted(String by, Instant at, @Nullable String reason) {
            return Submitted.of(recorded.with(new Step(Step.Kind.SUBMITTED, by, at, reason)));
        }
    }

    /** Waits for a second person. */
    sealed interface Submitted extends Withdrawable {

        @Override
        default State state() {
            return State.SUBMITTED;
        }

        default Rejected rejected(String by, Instant at, String reason) {
            return new Rejected(recorded().with(new Step(Step.Kind.REJECTED, by, at, reason)));
        }

        private static Submitted of(RecordedDecision recorded) {
            return recorded.dossier().origin() == Origin.CORRECTION
                    ? new SubmittedCorrection(recorded)
                    : new SubmittedReform(recorded);
        }
    }

    /** A submitted decision of a date to come. */
    record SubmittedReform(RecordedDecision recorded) implements Submitted {

        /** @param plan digest of the hand-over plan that is approved with it; null for none */
        public Approved approved(String by, Instant at, @Nullable String reason, @Nullable String plan) {
            return new Approved(recorded.with(new Step(Step.Kind.APPROVED, by, at, reason, plan)));
        }
    }

    /** A submitted decision about a day gone by. */
    record SubmittedCorrection(RecordedDecision recorded) implements Submitted {

        /**
         * Its approval puts it in force.
         *
         * @param plan digest of the hand-over plan that is approved with it; null for none
         */
        public InForce approved(String by, Instant at, @Nullable String reason, @Nullable String plan) {
            return new InForce(recorded.with(new Step(Step.Kind.APPROVED, by, at, reason, plan))
                    .with(new Step(Step.Kind.ENACTED, by, at, null)));
        }
    }

    /** Two persons stand for it; it has no place among the decisions of its date yet. */
    record Approved(RecordedDecision recorded) implements Withdrawable {

        @Override
        public State state() {
            return State.APPROVED;
        }

        /** @param position behind all decisions already scheduled for the date */
        public Scheduled scheduled(String by, Instant at, @Nullable String reason, int position) {
            return new Scheduled(
                    recorded.with(new Step(Step.Kind.SCHEDULED, by, at, reason)).placed(position));
        }
    }

    /** Waits for its midnight, which puts all decisions of a date in force at once. */
    record Scheduled(RecordedDecision recorded) implements Withdrawable {

        @Override
        public State state() {
            return State.SCHEDULED;
        }
    }

    /** Took effect, and never changes again. */
    record InForce(RecordedDecision recorded) implements Life {

        @Override
        public State state() {
            return State.IN_FORCE;
        }
    }

    /** Sent back with a reason. */
    record Rejected(RecordedDecision recorded) implements Revisable {

        @Override
        public State state() {
            return State.REJECTED;
        }
    }

    /** Called off for good. */
    record Withdrawn(RecordedDecision recorded) implements Life {

        @Override
        public State state() {
            return State.WITHDRAWN;
        }
    }
}
