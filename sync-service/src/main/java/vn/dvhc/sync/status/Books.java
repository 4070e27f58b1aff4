package vn.dvhc.sync.status;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Progress;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.home.Homes;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.units.UnitKnowledge;

/** Reads what the databases keep about hand-overs and queues. Blocks: call it from a worker. */
@Singleton
public class Books {

    private static final Pattern RECORD_TOPICS = Pattern.compile("cdc\\.[^.]+\\.[^.]+\\.[^.]+");

    private final Plans plans;
    private final Databases databases;
    private final UnitKnowledge knowledge;
    private final TopicEnds ends;

    @Inject
    Books(Plans plans, Databases databases, UnitKnowledge knowledge, TopicEnds ends) {
        this.plans = plans;
        this.databases = databases;
        this.knowledge = knowledge;
        this.ends = ends;
    }

    /**
     * One hand-over in figures. The law: {@code in = moved + kept + queued + rejected}.
     *
     * @param in records read at their former units, and late ones
     * @param late records that came to be after the hand-over of their home
     * @param lateChanges changes of former homes that were applied after the hand-over
     */
    public record Summary(
            LocalDate enactment,
            String state,
            @Nullable String startedAt,
            @Nullable String finishedAt,
            long in,
            long moved,
            long kept,
            long queued,
            long rejected,
            long late,
            long lateChanges,
            boolean conserved) {}

    /** What one unit gave another, counted and summed at both ends. */
    public record Manifest(
            String dataset,
            @Nullable String fromUnit,
            @Nullable String toUnit,
            String fromHome,
            String toHome,
            long outCount,
            String outChecksum,
            long inCount,
            String inChecksum,
            boolean equal) {}

    /** A record that waits for a clerk. */
    public record Waiting(
            String home,
            String dataset,
            String key,
            String unit,
            List<String> candidates,
            @Nullable String locality,
            LocalDate enactment,
            String since) {}

    /** The day of the latest hand-over and its state; empty before the first. */
    public Optional<StatusResource.Enactment> latest() throws SQLException {
        return plans.current().isEmpty()
                ? Optional.empty()
                : national(
                                "SELECT date, state FROM sync.enactment ORDER BY date DESC LIMIT 1",
                                row -> new StatusResource.Enactment(
                                        row.getObject(1, LocalDate.class), row.getString(2)))
                        .stream()
                        .findFirst();
    }

    /** All hand-overs, latest first. */
    public List<Summary> handOvers() throws SQLException {
        if (plans.current().isEmpty()) {
            return List.of();
        }
        List<Summary> days = new ArrayList<>();
        for (Object[] day : national(
                "SELECT date, state, started_at::text, finished_at::text FROM sync.enactment ORDER BY date DESC",
                row -> new Object[] {
                    row.getObject(1, LocalDate.class), row.getString(2), row.getString(3), row.getString(4)
                })) {
            days.add(summary((LocalDate) day[0], (String) day[1], (String) day[2], (String) day[3]));
        }
        return days;
    }

    /** One hand-over; empty if the day had none. */
    public Optional<Summary> handOver(LocalDate day) throws SQLException {
        return handOvers().stream()
                .filter(summary -> summary.enactment().equals(day))
                .findFirst();
    }

    private Summary summary(LocalDate day, String state, @Nullable String startedAt, @Nullable String finishedAt)
            throws SQLException {
        Map<String, Long> outcomes = new HashMap<>();
        long read = 0;
        long kept = 0;
        long late = 0;
        long lateChanges = 0;
        for (Source home : owners()) {
            for (long[] counts : in(
                    home,
                    "SELECT coalesce(sum(read_count), 0), coalesce(sum(kept_count), 0) FROM sync.handover_run"
                            + " WHERE enactment = ?::date",
                    row -> new long[] {row.getLong(1), row.getLong(2)},
                    day.toString())) {
                read += counts[0];
                kept += counts[1];
            }
            for (Map.Entry<String, long[]> line : in(
                    home,
                    "SELECT outcome, count(*), count(*) FILTER (WHERE late), coalesce(sum(late_changes), 0)"
                            + " FROM sync.handed_over WHERE enactment = ?::date GROUP BY outcome",
                    row -> Map.entry(row.getString(1), new long[] {row.getLong(2), row.getLong(3), row.getLong(4)}),
                    day.toString())) {
                outcomes.merge(line.getKey(), line.getValue()[0], Long::sum);
                late += line.getValue()[1];
                lateChanges += line.getValue()[2];
            }
        }
        long moved = outcomes.getOrDefault("moved", 0L);
        long allKept = kept + outcomes.getOrDefault("kept", 0L);
        long queued = outcomes.getOrDefault("queued", 0L);
        long rejected = outcomes.getOrDefault("rejected", 0L);
        long in = read + late;
        return new Summary(
                day,
                state,
                startedAt,
                finishedAt,
                in,
                moved,
                allKept,
                queued,
                rejected,
                late,
                lateChanges,
                in == moved + allKept + queued + rejected);
    }

    /** The manifests of a day, by dataset and units. */
    public List<Manifest> manifests(LocalDate day) throws SQLException {
        List<Manifest> all = new ArrayList<>();
        for (Source home : owners()) {
            all.addAll(in(
                    home,
                    "SELECT dataset, from_unit, to_unit, from_home, to_home, count(*), coalesce(sum(out_hash), 0),"
                            + " count(in_hash), coalesce(sum(in_hash), 0) FROM sync.handed_over"
                            + " WHERE enactment = ?::date AND outcome <> 'rejected'"
                            + " GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 4, 2, 3",
                    row -> {
                        BigDecimal out = row.getBigDecimal(7);
                        BigDecimal arrived = row.getBigDecimal(9);
                        return new Manifest(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getLong(6),
                                out.toPlainString(),
                                row.getLong(8),
                                arrived.toPlainString(),
                                row.getLong(6) == row.getLong(8) && out.compareTo(arrived) == 0);
                    },
                    day.toString()));
        }
        return all;
    }

    /** Records that wait for a clerk, the longest waiting first of each home. */
    public List<Waiting> queue(int limit) throws SQLException {
        List<Waiting> all = new ArrayList<>();
        for (Source home : owners()) {
            all.addAll(in(
                    home,
                    "SELECT dataset, record_key, unit_id, candidates, locality, enactment, since::text"
                            + " FROM sync.queued_record ORDER BY since, record_key LIMIT ?",
                    row -> new Waiting(
                            home.name(),
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            List.of((String[]) row.getArray(4).getArray()),
                            row.getString(5),
                            row.getObject(6, LocalDate.class),
                            row.getString(7)),
                    limit - all.size()));
        }
        return all;
    }

    /** How many records wait for a clerk, over all homes. */
    public long queueCount() throws SQLException {
        long count = 0;
        for (Source home : owners()) {
            count += in(home, "SELECT count(*) FROM sync.queued_record", row -> row.getLong(1))
                    .get(0);
        }
        return count;
    }

    /** Messages that some database has yet to apply. */
    public long backlog() throws SQLException, InterruptedException, ExecutionException {
        return backlogs().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Messages of each place that some database has yet to apply. */
    public Map<Progress.Place, Long> backlogs() throws SQLException, InterruptedException, ExecutionException {
        if (plans.current().isEmpty()) {
            return Map.of();
        }
        Plan declared = plans.current().orElseThrow();
        Homes homes = Homes.of(declared, knowledge.state().timeline());
        Map<Source, Map<Progress.Place, Long>> reached = new HashMap<>();
        for (Source source : declared.sources()) {
            reached.put(source, databases.asOwner(source, Progress::read));
        }
        Map<Progress.Place, Long> backlogs = new HashMap<>();
        for (Map.Entry<Progress.Place, Long> end : ends.matching(RECORD_TOPICS).entrySet()) {
            Optional<Source> source = end.getKey().source(declared);
            Set<Source> targets = new HashSet<>(Set.of(declared.nation()));
            source.ifPresent(owner -> {
                homes.newHome(owner).ifPresent(targets::add);
                targets.addAll(homes.copiesOf(declared, owner));
            });
            backlogs.put(
                    end.getKey(),
                    targets.stream()
                            .mapToLong(target -> end.getValue()
                                    - reached.getOrDefault(target, Map.of()).getOrDefault(end.getKey(), 0L))
                            .max()
                            .orElse(0));
        }
        return backlogs;
    }

    private List<Source> owners() {
        return plans.current().stream()
                .flatMap(declared -> declared.sources().stream().filter(source -> !source.equals(declared.nation())))
                .toList();
    }

    private <T> List<T> national(String sql, Statements.RowReader<T> reader, Object... parameters) throws SQLException {
        return in(plans.current().orElseThrow().nation(), sql, reader, parameters);
    }

    private <T> List<T> in(Source source, String sql, Statements.RowReader<T> reader, Object... parameters)
            throws SQLException {
        return databases.asOwner(
                source, (Connection connection) -> Statements.query(connection, sql, reader, parameters));
    }
}
