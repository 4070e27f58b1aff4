package vn.dvhc.benchmark.lookups;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.decision.Decision;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;

/** What people ask: units of any level and day since 2004, and communes of the eve of the reform. Drawn with a fixed seed. */
final class Questions {

    private static final int COUNT = 5_000;
    private static final LocalDate EVE = Catalogue.REFORM.minusDays(1);

    private final List<UnitHistory> units;
    private final List<Unit> communes;
    private final Random random = new Random(20_250_701);

    private Questions(Timeline timeline) {
        this.units = timeline.histories()
                .sorted(java.util.Comparator.comparing(UnitHistory::id))
                .toList();
        this.communes = timeline.units(EVE, Level.COMMUNE, null);
    }

    static Questions ofTheCatalogue() {
        Timeline timeline = Timeline.empty();
        for (Map.Entry<LocalDate, List<Decision>> day : Catalogue.load().days().entrySet()) {
            timeline = timeline.enact(day.getKey(), day.getValue()).fold(enacted -> enacted.timeline(), refused -> {
                throw new IllegalStateException(refused.reasons().toString());
            });
        }
        return new Questions(timeline);
    }

    /** A code as of a date. */
    record AsOf(String code, LocalDate at) {}

    List<AsOf> asOf() {
        List<AsOf> asked = new ArrayList<>();
        while (asked.size() < COUNT) {
            List<Unit> states = units.get(random.nextInt(units.size())).states();
            Unit state = states.get(random.nextInt(states.size()));
            LocalDate end = state.validTo() == null ? Catalogue.REFORM.plusDays(300) : state.validTo();
            long days = java.time.temporal.ChronoUnit.DAYS.between(state.validFrom(), end);
            asked.add(new AsOf(state.code().value(), state.validFrom().plusDays(random.nextLong(Math.max(1, days)))));
        }
        return asked;
    }

    List<String> successors() {
        List<String> paths = new ArrayList<>();
        while (paths.size() < COUNT) {
            String code = communes.get(random.nextInt(communes.size())).code().value();
            paths.add("/v1/units/" + code + "/successors?at=" + EVE + "&on=" + Catalogue.REFORM);
        }
        return paths;
    }
}
