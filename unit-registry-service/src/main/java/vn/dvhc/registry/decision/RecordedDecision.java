package vn.dvhc.registry.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Decision;

/**
 * A decision with all that was done with it.
 *
 * @param steps in order; the first one brought it in
 * @param position place among the decisions of its date; null while it has none
 */
public record RecordedDecision(
        Dossier dossier, List<Step> steps, @Nullable Integer position) {

    /** @throws IllegalArgumentException if nobody brought it in */
    public RecordedDecision {
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("Somebody must have brought the decision in");
        }
        steps = List.copyOf(steps);
    }

    public Decision decision() {
        return dossier.decision();
    }

    /** Grows by one with every step, from 0; a caller who names an older one has not seen the latest. */
    public int version() {
        return steps.size() - 1;
    }

    public Step broughtIn() {
        return steps.get(0);
    }

    /** The latest step of a kind. */
    public Optional<Step> last(Step.Kind kind) {
        Step found = null;
        for (Step step : steps) {
            if (step.kind() == kind) {
                found = step;
            }
        }
        return Optional.ofNullable(found);
    }

    /** Whoever wrote or handed in what is to be approved: none of them may approve it. */
    public Set<String> authors() {
        return Stream.concat(
                        Stream.of(broughtIn()),
                        Stream.of(last(Step.Kind.REVISED), last(Step.Kind.SUBMITTED))
                                .flatMap(Optional::stream))
                .map(Step::by)
                .collect(Collectors.toUnmodifiableSet());
    }

    RecordedDecision with(Step step) {
        return new RecordedDecision(dossier, append(step), position);
    }

    RecordedDecision rewritten(Dossier rewritten, Step step) {
        return new RecordedDecision(rewritten, append(step), position);
    }

    RecordedDecision placed(@Nullable Integer place) {
        return new RecordedDecision(dossier, steps, place);
    }

    private List<Step> append(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return longer;
    }
}
