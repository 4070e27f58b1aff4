package vn.dvhc.timeline;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Basis;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;

/**
 * The life of one unit.
 *
 * @param states its states in order, without gap; at least one
 * @param ended the first day on which it is no more (exclusive end); null while it is in force
 * @param endedBy what ended it; null while it is in force
 */
public record UnitHistory(
        UnitId id,
        List<Unit> states,
        @Nullable LocalDate ended,
        @Nullable Basis endedBy) {

    public UnitHistory {
        states = List.copyOf(states);
    }

    public LocalDate born() {
        return id.born();
    }

    public Unit first() {
        return states.get(0);
    }

    public Unit last() {
        return states.get(states.size() - 1);
    }

    public boolean isInForce(LocalDate date) {
        LocalDate end = ended;
        return !date.isBefore(born()) && (end == null || date.isBefore(end));
    }

    /** The state on a date; empty before its birth and from its end on. */
    public Optional<Unit> at(LocalDate date) {
        for (int i = states.size() - 1; i >= 0; i--) {
            Unit state = states.get(i);
            if (!date.isBefore(state.validFrom())) {
                return state.isInForce(date) ? Optional.of(state) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
