package vn.dvhc.gateway.change;

import java.util.BitSet;

/**
 * A filter over the log as it is known now: families grow with each reform, so that who follows a unit follows its successors from
 * the day on which they begin. For one thread.
 */
public final class Interest {

    private final ChangeLog log;
    private final ChangeFilter filter;
    private BitSet units = new BitSet();
    private BitSet provinces = new BitSet();
    private long asOf = -1;

    Interest(ChangeLog log, ChangeFilter filter) {
        this.log = log;
        this.filter = filter;
    }

    public boolean concerns(Change change) {
        refresh();
        Change.Concern concern = change.concern();
        return (filter.kinds().isEmpty() || filter.kinds().contains(change.kind()))
                && (filter.datasets().isEmpty() || concern.datasets().stream().anyMatch(filter.datasets()::contains))
                && (filter.units().isEmpty() || concern.ofAll() || Kin.meets(concern.units(), units))
                && (filter.provinces().isEmpty() || concern.ofAll() || Kin.meets(concern.provinces(), provinces));
    }

    private void refresh() {
        long last = log.last();
        if (asOf != last) {
            units = log.families(filter.units());
            provinces = log.numbers(filter.provinces());
            asOf = last;
        }
    }
}
