package vn.dvhc.benchmark.sync;

import java.time.LocalDate;
import java.util.List;
import vn.dvhc.benchmark.UnitLog;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;

/** The whole catalogue, and the codes that records bear. */
final class Units {

    /** The date as of which every record's code is read. */
    static final LocalDate VINTAGE = LocalDate.of(2026, 5, 1);

    private final Timeline timeline;

    private Units(Timeline timeline) {
        this.timeline = timeline;
    }

    static Units publish(String bootstrap) {
        UnitLog log = new UnitLog(bootstrap);
        log.publishThrough(LocalDate.MAX);
        return new Units(log.timeline());
    }

    /** Codes of provinces, each with as many communes as can be. */
    List<Unit> provinces() {
        return timeline.units(VINTAGE, Level.PROVINCE, null);
    }

    List<String> communes(Unit province) {
        return timeline.units(VINTAGE, Level.COMMUNE, province.id()).stream()
                .map(commune -> commune.code().value())
                .toList();
    }
}
