package vn.dvhc.sync.apply;

import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.recode.Decider;
import vn.dvhc.sync.units.UnitKnowledge;

/** One decider a dataset, as of the last day in force. */
final class Deciders {

    private final UnitKnowledge.State state;
    private final LocalDate today;
    private final Map<String, Decider> deciders = new ConcurrentHashMap<>();

    Deciders(UnitKnowledge.State state, LocalDate today) {
        this.state = state;
        this.today = today;
    }

    boolean isOf(UnitKnowledge.State other, LocalDate date) {
        return state == other && today.equals(date);
    }

    Decider of(Dataset dataset) {
        return deciders.computeIfAbsent(
                dataset.name(),
                name -> new Decider(state.timeline(), state.localities(), state.lastDay(), today, dataset.follows()));
    }
}
