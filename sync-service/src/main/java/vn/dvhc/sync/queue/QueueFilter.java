package vn.dvhc.sync.queue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.plan.Dataset;

/**
 * What waiting records have to be like; null is any.
 *
 * @param candidate id of a unit among their candidates
 * @param locality words within their locality, whatever their case
 * @param enactment ISO date of the hand-over
 * @param group whether the locality has to be the whole one, as groups tell it; null then means records without one
 * @param units ids of the split units that may be seen at all
 */
record QueueFilter(
        @Nullable String dataset,
        @Nullable String unit,
        @Nullable String candidate,
        @Nullable String home,
        @Nullable String locality,
        @Nullable String enactment,
        boolean group,
        @Nullable List<String> units) {

    static final QueueFilter ALL = new QueueFilter(null, null, null, null, null, null, false, null);

    /** The same within these units; null is all. */
    QueueFilter within(@Nullable List<String> held) {
        return new QueueFilter(dataset, unit, candidate, home, locality, enactment, group, held);
    }

    boolean isOf(Dataset asked) {
        return dataset == null || dataset.equals(asked.name());
    }
}
