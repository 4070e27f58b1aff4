package vn.dvhc.sync.home;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.plan.Tier;
import vn.dvhc.timeline.Recoding;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitRef;

/**
 * The present homes of records. When a province ended, its databases are former homes: the databases of its tier that serve
 * the successor's code take over. Where no such database is declared, a database goes on as the home of its records. A former home never
 * becomes a home again: where its records live is decided by what became of the home that has them.
 */
public final class Homes {

    private final Plan plan;
    private final Timeline timeline;
    private final @Nullable LocalDate day;
    /** By the name of each former home, those that its records have had since, in order. */
    private final Map<String, List<Source>> homesSince;

    private Homes(Plan plan, Timeline timeline, @Nullable LocalDate day, Map<String, List<Source>> homesSince) {
        this.plan = plan;
        this.timeline = timeline;
        this.day = day;
        this.homesSince = homesSince;
    }

    /** At the end of the timeline. */
    public static Homes of(Plan plan, Timeline timeline) {
        return timeline.lastDay()
                .map(last -> on(plan, timeline, last))
                .orElseGet(() -> new Homes(plan, timeline, null, Map.of()));
    }

    /** As they are once a day is in force. */
    public static Homes on(Plan plan, Timeline timeline, LocalDate day) {
        Map<String, List<Source>> homesSince = new HashMap<>();
        for (LocalDate date : days(plan, timeline, day)) {
            List<Source> homes = plan.sources().stream()
                    .filter(source -> !homesSince.containsKey(source.name()))
                    .toList();
            Map<Source, Source> successors = new HashMap<>();
            homes.forEach(home ->
                    successor(homes, timeline, home, date).ifPresent(successor -> successors.put(home, successor)));
            homesSince
                    .values()
                    .forEach(since -> Optional.ofNullable(successors.get(since.get(since.size() - 1)))
                            .ifPresent(since::add));
            successors.forEach((home, successor) -> homesSince.put(home.name(), new ArrayList<>(List.of(successor))));
        }
        return new Homes(plan, timeline, day, homesSince);
    }

    /** The days up to one on which a province ended that some source served then, in order, and that day itself. */
    private static SortedSet<LocalDate> days(Plan plan, Timeline timeline, LocalDate last) {
        SortedSet<LocalDate> days = new TreeSet<>(Set.of(last));
        for (Source source : plan.sources()) {
            LocalDate day = source.vintage();
            while (day != null) {
                day = present(source, timeline, day)
                        .flatMap(unit -> timeline.find(unit.id()))
                        .map(UnitHistory::ended)
                        .filter(ended -> !ended.isAfter(last))
                        .orElse(null);
                if (day != null) {
                    days.add(day);
                }
            }
        }
        return days;
    }

    private static Optional<Source> successor(List<Source> homes, Timeline timeline, Source source, LocalDate day) {
        return present(source, timeline, day)
                .filter(unit -> !unit.code().value().equals(source.province()))
                .flatMap(unit -> homes.stream()
                        .filter(other -> other.tier() == source.tier()
                                && unit.code().value().equals(other.province())
                                && present(other, timeline, day)
                                        .filter(serving -> serving.id().equals(unit.id()))
                                        .isPresent())
                        .findFirst());
    }

    /** The province that a source serves on a day. */
    private static Optional<Unit> present(Source source, Timeline timeline, LocalDate day) {
        String province = source.province();
        if (source.tier() == Tier.NATION || province == null) {
            return Optional.empty();
        }
        Recoding recoding = timeline.recode(new UnitRef(UnitCode.of(province), source.vintage()), day);
        return recoding.fold(
                same -> Optional.of(same.unit()),
                one -> Optional.of(one.successor().unit()),
                split -> Optional.empty(),
                ended -> Optional.empty(),
                unknown -> Optional.empty(),
                ambiguous -> Optional.empty());
    }

    /** Where the records of a former home live now; empty if the source is still their home. */
    public Optional<Source> newHome(Source source) {
        return Optional.ofNullable(homesSince.get(source.name())).map(since -> since.get(since.size() - 1));
    }

    /** The homes that a former home's records had before their present one, in order; they are former homes too by now. */
    public List<Source> homesBefore(Source source) {
        List<Source> since = homesSince.getOrDefault(source.name(), List.of());
        return since.isEmpty() ? since : List.copyOf(since.subList(0, since.size() - 1));
    }

    /** Whether a unit's present province is served by another home of the source's tier, and not by the source. */
    public boolean isServedElsewhere(Source source, UnitId unit) {
        LocalDate last = day;
        Optional<UnitId> province =
                last == null ? Optional.empty() : timeline.find(unit).flatMap(history -> province(history, last));
        return province.isPresent()
                && !serves(source, province.get())
                && plan.sources().stream()
                        .anyMatch(other -> other.tier() == source.tier()
                                && newHome(other).isEmpty()
                                && serves(other, province.get()));
    }

    private boolean serves(Source source, UnitId province) {
        return day != null
                && present(source, timeline, day)
                        .filter(unit -> unit.id().equals(province))
                        .isPresent();
    }

    private Optional<UnitId> province(UnitHistory history, LocalDate at) {
        Optional<Unit> unit = history.at(at);
        while (unit.isPresent() && unit.get().level() != Level.PROVINCE) {
            UnitId parent = unit.get().parent();
            unit = parent == null ? Optional.empty() : timeline.find(parent).flatMap(above -> above.at(at));
        }
        return unit.map(Unit::id);
    }

    /**
     * The databases that hold copies of what is written in a source. What is written in a former home reaches them through the new
     * home, but for datasets that are not re-coded and so stay where they are.
     */
    public List<Source> copiesOf(Plan plan, Source source) {
        return plan.ownedBy(source).stream()
                .filter(dataset -> !dataset.isRecoded()
                        || newHome(source)
                                .filter(home -> plan.ownedBy(home).contains(dataset))
                                .isEmpty())
                .flatMap(dataset -> plan.copiesOf(source, dataset).stream())
                .distinct()
                .toList();
    }

    /** The names of the sources whose records this one has taken over. */
    public List<String> formerHomes(Source home) {
        return plan.sources().stream()
                .filter(source -> newHome(source).filter(home::equals).isPresent())
                .map(Source::name)
                .sorted()
                .toList();
    }
}
