package vn.dvhc.sync.home;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
 * the successor's code take over. Where no such database is declared, a database goes on as the home of its records.
 */
public final class Homes {

    private final Plan plan;
    private final Timeline timeline;
    private final @Nullable LocalDate day;
    private final Map<String, Source> newHomes;

    private Homes(Plan plan, Timeline timeline, @Nullable LocalDate day, Map<String, Source> newHomes) {
        this.plan = plan;
        this.timeline = timeline;
        this.day = day;
        this.newHomes = newHomes;
    }

    /** At the end of the timeline. */
    public static Homes of(Plan plan, Timeline timeline) {
        return timeline.lastDay()
                .map(last -> on(plan, timeline, last))
                .orElseGet(() -> new Homes(plan, timeline, null, Map.of()));
    }

    /** As they are once a day is in force. */
    public static Homes on(Plan plan, Timeline timeline, LocalDate day) {
        Map<String, Source> newHomes = new HashMap<>();
        for (Source source : plan.sources()) {
            successor(plan, timeline, source, day).ifPresent(home -> newHomes.put(source.name(), home));
        }
        return new Homes(plan, timeline, day, newHomes);
    }

    private static Optional<Source> successor(Plan plan, Timeline timeline, Source source, LocalDate day) {
        return present(source, timeline, day)
                .filter(unit -> !unit.code().value().equals(source.province()))
                .flatMap(unit -> plan.sources().stream()
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
        return Optional.ofNullable(newHomes.get(source.name()));
    }

    /** The homes that a former home's records had before their present one, in order; they are former homes too by now. */
    public List<Source> homesBefore(Source source) {
        LocalDate last = day;
        LocalDate vintage = source.vintage();
        if (last == null || vintage == null || newHome(source).isEmpty()) {
            return List.of();
        }
        return timeline.histories()
                .filter(history -> history.last().level() == Level.PROVINCE)
                .flatMap(history -> Stream.ofNullable(history.last().validTo()))
                .filter(ended -> ended.isAfter(vintage) && !ended.isAfter(last))
                .distinct()
                .sorted()
                .flatMap(ended -> successor(plan, timeline, source, ended).stream())
                .distinct()
                .filter(home -> newHome(home).isPresent())
                .toList();
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
        return newHomes.entrySet().stream()
                .filter(entry -> entry.getValue().equals(home))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
