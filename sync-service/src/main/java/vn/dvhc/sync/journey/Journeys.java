package vn.dvhc.sync.journey;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.DatasetSql;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.home.Homes;
import vn.dvhc.sync.journal.Carrying;
import vn.dvhc.sync.journal.EditJournal;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.units.UnitKnowledge;
import vn.dvhc.timeline.DatedEdge;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;

/** Gathers a record's way out of all databases; each is asked once. Blocks: call it from a worker. */
@Singleton
class Journeys {

    private static final Logger LOG = Logger.getLogger(Journeys.class);

    /** Between the parts of a key of several columns, as callers write it. */
    private static final String PARTS = "~";

    private static final Set<String> CHANGES_OF_UNIT =
            Set.of("handed-over", "revised", "assigned", "assignment-undone");

    private final Plans plans;
    private final Databases databases;
    private final UnitKnowledge knowledge;

    @Inject
    Journeys(Plans plans, Databases databases, UnitKnowledge knowledge) {
        this.plans = plans;
        this.databases = databases;
        this.knowledge = knowledge;
    }

    /** What is found on the way through the databases. */
    private static final class Gathered {
        private final List<Journey.Version> versions = new ArrayList<>();
        private final List<Journey.Event> events = new ArrayList<>();
        private final List<String> unreachable = new ArrayList<>();
        private boolean truncated;

        void add(Traces.Found found) {
            events.addAll(found.events());
            truncated |= found.truncated();
        }
    }

    /** Work that a database which is away leaves undone. */
    @FunctionalInterface
    private interface Step {
        void run() throws SQLException;
    }

    /**
     * Empty if no database knows anything of such a record.
     *
     * @param asked its key; several columns' separated by {@code ~}
     */
    Optional<Journey> of(String datasetName, String asked) {
        Plan plan = plans.current().orElse(null);
        Dataset dataset = plan == null ? null : plan.dataset(datasetName).orElse(null);
        if (plan == null || dataset == null) {
            return Optional.empty();
        }
        String key = dataset.key().size() > 1 ? asked.replace(PARTS, Dataset.KEY_SEPARATOR) : asked;
        if (!fits(dataset, key)) {
            return Optional.empty();
        }
        Timeline timeline = knowledge.state().timeline();
        Homes homes = Homes.of(plan, timeline);
        Gathered gathered = new Gathered();
        for (Source source : plan.sources()) {
            boolean owner = plan.ownedBy(source).contains(dataset);
            if (owner || dataset.isCopiedTo(source.tier())) {
                boolean archive = homes.newHome(source).isPresent();
                attempt(gathered, source, () -> read(gathered, timeline, source, dataset, key, owner, archive));
            }
        }
        attempt(
                gathered,
                plan.nation(),
                () -> gathered.add(databases.asOwner(
                        plan.nation(),
                        connection -> Traces.ofNation(
                                connection, plan.nation().name(), dataset.name(), key, gathered.events))));
        List<EditJournal.Line> edits = new ArrayList<>();
        attempt(gathered, plan.nation(), () -> {
            edits.addAll(databases.asOwner(
                    plan.nation(), connection -> EditJournal.latest(connection, dataset.name(), key, Traces.MOST)));
            gathered.truncated |= edits.size() >= Traces.MOST;
        });
        edits.removeAll(carried(plan, gathered, edits));
        // The first is the earliest: the order of those that were committed together.
        Collections.reverse(edits);
        edits.forEach(edit -> gathered.events.add(event(timeline, edit)));
        return gathered.versions.isEmpty() && gathered.events.isEmpty()
                ? Optional.empty()
                : Optional.of(journey(timeline, dataset, key, gathered));
    }

    /** What a home's log tells only because sync has carried it there: it was done elsewhere, or is told as a hand-over. */
    private Set<EditJournal.Line> carried(Plan plan, Gathered gathered, List<EditJournal.Line> edits) {
        Set<EditJournal.Line> carried = new HashSet<>();
        Map<String, List<EditJournal.Line>> bySource =
                edits.stream().collect(Collectors.groupingBy(EditJournal.Line::source));
        bySource.forEach((name, lines) -> plan.source(name)
                .ifPresent(source -> attempt(
                        gathered,
                        source,
                        () -> carried.addAll(
                                databases.asOwner(source, connection -> Carrying.among(connection, lines))))));
        return carried;
    }

    private static Journey.Event event(Timeline timeline, EditJournal.Line edit) {
        return new Journey.Event(
                edit.committedAt().toString(),
                "edited",
                edit.source(),
                unit(timeline, edit.code(), edit.vintage()),
                null,
                edit.kind(),
                null,
                edit.late(),
                null,
                edit.before(),
                edit.after());
    }

    /** A key that the column's type can't hold is no record's. */
    private static boolean fits(Dataset dataset, String key) {
        String[] parts = dataset.keyParts(key);
        if (parts.length != dataset.key().size()) {
            return false;
        }
        for (int i = 0; i < parts.length; i++) {
            boolean possible =
                    switch (String.valueOf(dataset.columns().get(dataset.key().get(i)))) {
                        case "integer" -> parts[i].matches("-?[0-9]{1,9}");
                        case "bigint" -> parts[i].matches("-?[0-9]{1,18}");
                        default -> parts[i].indexOf('\0') < 0;
                    };
            if (!possible) {
                return false;
            }
        }
        return true;
    }

    private static void attempt(Gathered gathered, Source source, Step step) {
        try {
            step.run();
        } catch (SQLException away) {
            LOG.debugf("Not asked: database=%s cause=%s", source.name(), away.getMessage());
            if (!gathered.unreachable.contains(source.name())) {
                gathered.unreachable.add(source.name());
            }
        }
    }

    private void read(
            Gathered gathered,
            Timeline timeline,
            Source source,
            Dataset dataset,
            String key,
            boolean owner,
            boolean archive)
            throws SQLException {
        DatasetSql sql = new DatasetSql(dataset);
        databases.runAsOwner(source, connection -> {
            if (owner) {
                gathered.versions.addAll(Statements.query(
                        connection,
                        sql.readOpen(),
                        row -> owned(timeline, source, dataset, row, archive ? "archive" : "home"),
                        sql.keys(List.of(key))));
                gathered.add(Traces.ofOwner(connection, source.name(), dataset.name(), key));
                return;
            }
            for (Journey.Version copy : Statements.query(
                    connection, sql.readCopies(), row -> copy(timeline, source, row), sql.keys(List.of(key)))) {
                gathered.versions.add(copy);
                if (copy.endedAt() != null) {
                    gathered.events.add(new Journey.Event(
                            copy.endedAt(), "ended", source.name(), copy.unit(), null, null, null, null, null));
                }
            }
            gathered.add(Traces.ofCopies(connection, source.name(), dataset.name(), key));
        });
    }

    private static Journey.Version owned(Timeline timeline, Source source, Dataset dataset, ResultSet row, String kind)
            throws SQLException {
        Map<String, @Nullable String> columns = new LinkedHashMap<>();
        int place = 2;
        for (String column : dataset.openColumns()) {
            columns.put(column, row.getString(place++));
        }
        String code = columns.get(dataset.unit());
        String vintage =
                dataset.isRecoded() ? columns.get(dataset.vintage().column()) : String.valueOf(source.vintage());
        return new Journey.Version(
                source.name(), kind, code, vintage, unit(timeline, code, vintage), columns, null, null);
    }

    private static Journey.Version copy(Timeline timeline, Source source, ResultSet row) throws SQLException {
        String code = row.getString(1);
        String vintage = row.getString(2);
        return new Journey.Version(
                source.name(),
                "copy",
                code,
                vintage,
                unit(timeline, code, vintage),
                null,
                Traces.optionalMoment(row, 5),
                Traces.optionalMoment(row, 6));
    }

    private static @Nullable String unit(Timeline timeline, @Nullable String code, @Nullable String vintage) {
        if (code == null || vintage == null || !UnitCode.isWellFormed(code)) {
            return null;
        }
        try {
            return timeline.unit(UnitCode.of(code), LocalDate.parse(vintage))
                    .map(unit -> unit.id().toString())
                    .orElse(null);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    private static Journey journey(Timeline timeline, Dataset dataset, String key, Gathered gathered) {
        List<Journey.Event> events = gathered.events.stream()
                .sorted(Comparator.comparing(event -> Instant.parse(event.at())))
                .toList();
        return new Journey(
                dataset.name(),
                key,
                gathered.versions.stream()
                        .filter(version -> version.kind().equals("home"))
                        .map(Journey.Version::database)
                        .findFirst()
                        .orElse(null),
                stops(timeline, gathered.versions, events),
                gathered.versions,
                events,
                gathered.truncated,
                gathered.unreachable);
    }

    /** Along the ledgers, then where it is now. */
    private static List<Journey.UnitStop> stops(
            Timeline timeline, List<Journey.Version> versions, List<Journey.Event> events) {
        Map<String, @Nullable String> since = new LinkedHashMap<>();
        versions.stream()
                .filter(version -> version.kind().equals("archive"))
                .map(Journey.Version::unit)
                .filter(Objects::nonNull)
                .forEach(unit -> since.put(unit, null));
        for (Journey.Event event : events) {
            if (CHANGES_OF_UNIT.contains(event.kind())) {
                String from = event.from();
                String to = event.to();
                if (from != null) {
                    since.putIfAbsent(from, null);
                }
                if (to != null && !to.equals(from)) {
                    since.put(to, event.at());
                }
            }
        }
        versions.stream()
                .filter(version -> !version.kind().equals("archive"))
                .map(Journey.Version::unit)
                .filter(Objects::nonNull)
                .forEach(unit -> since.putIfAbsent(unit, null));
        List<UnitId> units = since.keySet().stream().map(UnitId::parse).toList();
        List<Journey.UnitStop> stops = new ArrayList<>();
        for (UnitId id : units) {
            timeline.find(id)
                    .map(UnitHistory::last)
                    .ifPresent(unit -> stops.add(stop(timeline, unit, units, since.get(id.toString()))));
        }
        return stops;
    }

    private static Journey.UnitStop stop(Timeline timeline, Unit unit, List<UnitId> units, @Nullable String since) {
        Set<String> passedBy = new LinkedHashSet<>();
        timeline.edgesFrom(unit.id()).stream()
                .map(DatedEdge::edge)
                .filter(edge -> units.contains(edge.to()))
                .flatMap(edge -> edge.basis().actNumbers().stream()
                        .map(act -> edge.basis().clause() == null
                                ? act
                                : act + ", khoản " + edge.basis().clause()))
                .forEach(passedBy::add);
        return new Journey.UnitStop(
                unit.id().toString(),
                unit.code().value(),
                unit.fullName(),
                since,
                unit.legalBasis().stream().map(Object::toString).toList(),
                List.copyOf(passedBy));
    }

    /** All units that a journey names. */
    static List<UnitId> units(Journey journey) {
        return Stream.concat(
                        journey.units().stream().map(Journey.UnitStop::unit),
                        journey.versions().stream().map(Journey.Version::unit).filter(Objects::nonNull))
                .distinct()
                .map(UnitId::parse)
                .toList();
    }
}
