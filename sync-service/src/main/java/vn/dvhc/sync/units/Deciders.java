package vn.dvhc.sync.units;

import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.recode.Decider;

/** One decider a dataset as it is declared now, all by the same knowledge and as of the same day. */
public final class Deciders {

    private final UnitKnowledge.State state;
    private final LocalDate on;
    private final LocalDate today;
    private final Map<String, Known> deciders = new ConcurrentHashMap<>();

    /** As of the last day that handed records over. */
    public Deciders(UnitKnowledge.State state, LocalDate today) {
        this(state, state.lastReform(), today);
    }

    /**
     * @param on the day as of which records are to be re-coded
     * @param today the business date
     */
    public Deciders(UnitKnowledge.State state, LocalDate on, LocalDate today) {
        this.state = state;
        this.on = on;
        this.today = today;
    }

    private record Known(Dataset dataset, Decider decider) {}

    /** Whether they decide by what is known now. */
    public boolean isOf(UnitKnowledge.State other, LocalDate date) {
        return state == other && today.equals(date);
    }

    public Decider of(Dataset dataset) {
        Known known = deciders.get(dataset.name());
        if (known == null || !known.dataset().equals(dataset)) {
            known = new Known(dataset, state.decider(dataset, on, today));
            deciders.put(dataset.name(), known);
        }
        return known.decider();
    }
}
