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
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Progress;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.home.Homes;
import vn.dvhc.sync.lane.Lane;
import vn.dvhc.sync.lane.Lanes;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.units.UnitKnowledge;

/** Reads what the databases keep about hand-overs and queues. Blocks: call it from a worker. */
@Singleton
public class Books {

    private static final Pattern RECORD_TOPICS = Pattern.compile("cdc\\.[^.]+\\.[^.]+\\.[^.]+");

    private static final Logger LOG = Logger.getLogger(Books.class);

    private final Plans plans;
    private final Databases databases;
    private final UnitKnowledge knowledge;
    private final TopicEnds ends;
    private final Lanes lanes;

    @Inject
    Books(Plans plans, Databases databases, UnitKnowledge knowledge, TopicEnds ends, Lanes lanes) {
        this.plans = plans;
        this.databases = databases;
        this.knowledge = knowledge;
        this.ends = ends;
        this.lanes = lanes;
    }

    /**
     * One hand-over in figures. The law: {@code in = moved + kept + queued + rejected}.
     *
     * @param in records read at their former units, and late ones
     * @param late records that came to be after the hand-over of their home
     * @param lateChanges changes of former homes that were applied after the hand-over
     * @param unreachable databases that do not answer now: their records are missing in the figures
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
            boolean conserved,
            List<String> unreachable) {}

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
        List<String> unreachable = new ArrayList<>();
        for (Source home : owners()) {
            if (!answers(home)) {
                unreachable.add(home.name());
                continue;
            }
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
                            + " FROM sync.handover_line WHERE enactment = ?::date GROUP BY outcome",
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
                in == moved + allKept + queued + rejected,
                unreachable);
    }

    /** The manifests of a day, by dataset and units. */
    public List<Manifest> manifests(LocalDate day) throws SQLException {
        List<Manifest> all = new ArrayList<>();
        for (Source home : reachable()) {
            all.addAll(in(
                    home,
                    "SELECT dataset, from_unit, to_unit, from_home, to_home, count(*), coalesce(sum(out_hash), 0),"
                            + " count(in_hash), coalesce(sum(in_hash), 0) FROM sync.handover_line"
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

    /**
     * How many records wait for a clerk, over all homes.
     *
     * @param unreachable the owners' databases that do not answer now: what they keep is missing in counts and lists
     */
    public record Queue(long count, List<String> unreachable) {}

    /** Asks each home once. */
    public Queue queue() {
        long count = 0;
        List<String> unreachable = new ArrayList<>();
        for (Source home : owners()) {
            OptionalLong waiting = waiting(home);
            if (waiting.isEmpty()) {
                unreachable.add(home.name());
            }
            count += waiting.orElse(0);
        }
        return new Queue(count, unreachable);
    }

    /** A connection that broke while it lay in the pool is replaced by the second attempt; empty if there is no answer. */
    private OptionalLong waiting(Source home) {
        for (int attempt = 0; attempt < 2; attempt++) {
            try {
                return OptionalLong.of(in(home, "SELECT count(*) FROM sync.queued_record", row -> row.getLong(1))
                        .get(0));
            } catch (SQLException away) {
                LOG.debugf("Does not answer: database=%s cause=%s", home.name(), away.getMessage());
            }
        }
        return OptionalLong.empty();
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
        // Only databases that something is written to are asked: in a large country most are sources and nothing else.
        Map<Source, Map<Progress.Place, Long>> reached = new HashMap<>();
        for (Source target : targets(declared, homes)) {
            reached.put(target, reached(declared, target));
        }
        Map<Progress.Place, Long> backlogs = new HashMap<>();
        for (Map.Entry<Progress.Place, Long> end : ends.matching(RECORD_TOPICS).entrySet()) {
            Progress.Place place = end.getKey();
            Optional<Source> source = place.source(declared);
            long least = Stream.concat(
                            Stream.of(declared.nation()),
                            source.stream().flatMap(owner -> targets(declared, homes, owner)))
                    .distinct()
                    .mapToLong(target -> lanes.owed(new Lane(place.sourceName(declared), target.name()))
                            .getOrDefault(
                                    place,
                                    reached.getOrDefault(target, Map.of()).getOrDefault(place, 0L)))
                    .min()
                    .orElse(end.getValue());
            backlogs.put(place, Math.max(0, end.getValue() - least));
        }
        return backlogs;
    }

    private static Set<Source> targets(Plan declared, Homes homes) {
        Set<Source> targets = new HashSet<>(Set.of(declared.nation()));
        declared.sources().forEach(owner -> targets(declared, homes, owner).forEach(targets::add));
        return targets;
    }

    private static Stream<Source> targets(Plan declared, Homes homes, Source owner) {
        return Stream.concat(homes.newHome(owner).stream(), homes.copiesOf(declared, owner).stream());
    }

    /** A database that does not answer has lanes that know what it lacks; else it is where the nation is. */
    private Map<Progress.Place, Long> reached(Plan declared, Source source) throws SQLException {
        return databases.asOwner(
                source.equals(declared.nation()) || answers(source) ? source : declared.nation(), Progress::read);
    }

    private List<Source> reachable() {
        return owners().stream().filter(this::answers).toList();
    }

    /** A connection that broke while it lay in the pool is replaced by the second attempt. */
    private boolean answers(Source home) {
        for (int attempt = 0; attempt < 2; attempt++) {
            try {
                in(home, "SELECT 1", row -> row.getInt(1));
                return true;
            } catch (SQLException away) {
                LOG.debugf("Does not answer: database=%s cause=%s", home.name(), away.getMessage());
            }
        }
        return false;
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
