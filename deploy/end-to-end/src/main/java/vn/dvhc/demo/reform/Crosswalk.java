package vn.dvhc.demo.reform;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.dvhc.demo.record.Dataset;
import vn.dvhc.timeline.Recoding;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitRef;

/** Says where a record must stand after the reform, from the acts and the decisions on hamlets. */
public final class Crosswalk {

    private final Timeline after;
    private final Map<Locality, UnitId> assigned = new HashMap<>();

    public Crosswalk(Timeline after, List<Assignment> assignments) {
        this.after = after;
        assignments.forEach(assignment ->
                assigned.put(new Locality(assignment.unit(), assignment.locality()), assignment.successor()));
    }

    /** @param unit as the record's owner last wrote it */
    public Placement place(Dataset dataset, UnitRef unit, @Nullable String hamlet) {
        Recoding recoding = after.recode(unit, Reform.DAY, dataset.follows());
        return switch (recoding.kind()) {
            case SAME -> new Placement(Outcome.KEPT, unit);
            case ONE_SUCCESSOR ->
                moved(((Recoding.OneSuccessor) recoding).successor().unit());
            case SPLIT -> decide((Recoding.Split) recoding, unit, hamlet);
            case ENDED, AMBIGUOUS -> new Placement(Outcome.QUEUED, unit);
            case UNKNOWN -> new Placement(Outcome.REJECTED, unit);
        };
    }

    private Placement decide(Recoding.Split split, UnitRef unit, @Nullable String hamlet) {
        UnitId successor =
                hamlet == null ? null : assigned.get(new Locality(split.from().id(), hamlet));
        return split.candidates().stream()
                .map(candidate -> candidate.unit())
                .filter(candidate -> candidate.id().equals(successor))
                .findFirst()
                .map(Crosswalk::moved)
                .orElseGet(() -> new Placement(Outcome.QUEUED, unit));
    }

    private static Placement moved(Unit successor) {
        return new Placement(Outcome.MOVED, new UnitRef(successor.code(), Reform.DAY));
    }

    private record Locality(UnitId unit, String name) {}
}
