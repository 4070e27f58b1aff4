package vn.dvhc.history.lineage;

import java.util.List;
import java.util.Map;
import vn.dvhc.unit.UnitId;

/** The weights as they are known now. One thread writes, any number read. */
public final class LiveWeights {

    private volatile Weights current = Weights.NONE;

    public Weights current() {
        return current;
    }

    /** Takes the latest counts of units. */
    public synchronized void accept(Map<UnitId, List<Weights.Count>> latest, long version) {
        current = current.with(latest, version);
    }
}
