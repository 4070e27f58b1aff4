package vn.dvhc.sync.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import vn.dvhc.sync.capture.Origin;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;

/** The position reached in each topic, kept in the database that the changes went to. */
public final class Progress {

    private static final List<String> COLUMNS = List.of("topic", "partition", "next_offset");

    /** A partition of a topic. */
    public record Place(String topic, int partition) {
        public static Place of(Origin origin) {
            return new Place(origin.topic(), origin.partition());
        }

        /** The database whose changes the topic bears; empty if none of the plan. */
        public Optional<Source> source(Plan plan) {
            String[] parts = topic.split("\\.", 3);
            return parts.length < 3 ? Optional.empty() : plan.source(parts[1]);
        }

        /** Whether the topic bears the changes of the source so named; an empty name is that of topics of no source. */
        public boolean isOf(Plan plan, String name) {
            return sourceName(plan).equals(name);
        }

        /** The name of the database whose changes the topic bears; empty if none of the plan. */
        public String sourceName(Plan plan) {
            return source(plan).map(Source::name).orElse("");
        }

        /** The dataset whose changes the topic bears; empty if none of the plan. */
        public Optional<Dataset> dataset(Plan plan) {
            return source(plan).flatMap(source -> plan.owned(source, topic.split("\\.", 3)[2]));
        }
    }

    private Progress() {}

    /** The next offset to apply of each place; a place that is missing starts at 0. Locks what it reads. */
    public static Map<Place, Long> lock(Connection connection, List<Place> places) throws SQLException {
        return asMap(Statements.query(
                connection,
                "SELECT topic, partition, next_offset FROM sync.progress WHERE topic = ANY (?::text[]) FOR UPDATE",
                row -> Map.entry(new Place(row.getString(1), row.getInt(2)), row.getLong(3)),
                places.stream().map(Place::topic).distinct().toList()));
    }

    /**
     * Makes a new home go on where the nation stands: what was applied before the hand-over is contained in it.
     *
     * @param reached what the nation has applied, from {@link #read}
     */
    public static void inherit(Connection connection, Plan plan, Source formerHome, Map<Place, Long> reached)
            throws SQLException {
        Map<Place, Long> own = new HashMap<>(reached);
        own.keySet()
                .removeIf(
                        place -> !place.source(plan).filter(formerHome::equals).isPresent());
        if (!own.isEmpty()) {
            store(connection, own);
        }
    }

    /** The next offset to apply of every place that the database knows. */
    public static Map<Place, Long> read(Connection connection) throws SQLException {
        return asMap(Statements.query(
                connection,
                "SELECT topic, partition, next_offset FROM sync.progress",
                row -> Map.entry(new Place(row.getString(1), row.getInt(2)), row.getLong(3))));
    }

    public static void store(Connection connection, Map<Place, Long> next) throws SQLException {
        Rows rows = new Rows(COLUMNS.size());
        next.forEach(
                (place, offset) -> rows.add(place.topic(), String.valueOf(place.partition()), String.valueOf(offset)));
        Statements.update(
                connection,
                "INSERT INTO sync.progress AS p (topic, partition, next_offset)"
                        + " SELECT topic, partition::integer, next_offset::bigint FROM " + Rows.unnest("v", COLUMNS)
                        + " ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset"
                        + " WHERE p.next_offset < excluded.next_offset",
                rows);
    }

    private static Map<Place, Long> asMap(List<Map.Entry<Place, Long>> rows) {
        Map<Place, Long> map = new HashMap<>();
        rows.forEach(row -> map.put(row.getKey(), row.getValue()));
        return map;
    }
}
