package vn.dvhc.sync.apply;

import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.recode.Decider;
import vn.dvhc.sync.units.UnitKnowledge;

/** One decider a dataset as it is declared now, as of the last day in force. */
final class Deciders {

    private final UnitKnowledge.State state;
    private final LocalDate today;
    private final Map<String, Known> deciders = new ConcurrentHashMap<>();

    Deciders(UnitKnowledge.State state, LocalDate today) {
        this.state = state;
        this.today = today;
    }

    private record Known(Dataset dataset, Decider decider) {}

    boolean isOf(UnitKnowledge.State other, LocalDate date) {
        return state == other && today.equals(date);
    }

    Decider of(Dataset dataset) {
        Known known = deciders.get(dataset.name());
        if (known == null || !known.dataset().equals(dataset)) {
            known = new Known(dataset, state.decider(dataset, state.lastReform(), today));
            deciders.put(dataset.name(), known);
        }
        return known.decider();
    }
}
