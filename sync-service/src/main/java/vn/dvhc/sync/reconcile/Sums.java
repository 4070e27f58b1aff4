package vn.dvhc.sync.reconcile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.ComparisonSql;

/**
 * What one end of a comparison holds: by present unit and bucket, how many records and the exclusive or of their checksums. Parts of
 * a table are added in any order. As large as units are many, whatever the number of records.
 */
final class Sums {

    private final Map<String, Line> lines = new HashMap<>();

    /** Records that bear the same code as of the same date. */
    record Bearing(String code, String vintage) {}

    /** A part of a unit's records. */
    record Cell(String unit, int bucket) {}

    /** Records to be read. */
    record Group(Bearing bearing, int bucket) {}

    private static final class Line {
        private final long[] records = new long[ComparisonSql.BUCKETS];
        private final long[] checksums = new long[ComparisonSql.BUCKETS];
        private final Set<Bearing> bearings = new HashSet<>();

        private long count() {
            long count = 0;
            for (long some : records) {
                count += some;
            }
            return count;
        }
    }

    void add(String unit, @Nullable String code, @Nullable String vintage, int bucket, long records, long checksum) {
        Line line = lines.computeIfAbsent(unit, name -> new Line());
        line.records[bucket] += records;
        line.checksums[bucket] ^= checksum;
        if (code != null && vintage != null) {
            line.bearings.add(new Bearing(code, vintage));
        }
    }

    long rows() {
        return lines.values().stream().mapToLong(Line::count).sum();
    }

    /** How many records a unit has. */
    long rows(String unit) {
        Line line = lines.get(unit);
        return line == null ? 0 : line.count();
    }

    Set<String> units() {
        return new TreeSet<>(lines.keySet());
    }

    /** Takes out all units but some. */
    void keepOnly(Collection<String> units) {
        lines.keySet().retainAll(units);
    }

    /** The cells that are not the same at both ends. */
    static List<Cell> differing(Sums owner, Sums copy) {
        Set<String> units = owner.units();
        units.addAll(copy.units());
        List<Cell> cells = new ArrayList<>();
        for (String unit : units) {
            for (int bucket = 0; bucket < ComparisonSql.BUCKETS; bucket++) {
                if (owner.records(unit, bucket) != copy.records(unit, bucket)
                        || owner.checksum(unit, bucket) != copy.checksum(unit, bucket)) {
                    cells.add(new Cell(unit, bucket));
                }
            }
        }
        return cells;
    }

    /** Which records make up cells at this end. */
    List<Group> groups(List<Cell> cells) {
        List<Group> groups = new ArrayList<>();
        for (Cell cell : cells) {
            Line line = lines.get(cell.unit());
            if (line != null && line.records[cell.bucket()] > 0) {
                line.bearings.forEach(bearing -> groups.add(new Group(bearing, cell.bucket())));
            }
        }
        return groups;
    }

    private long records(String unit, int bucket) {
        Line line = lines.get(unit);
        return line == null ? 0 : line.records[bucket];
    }

    private long checksum(String unit, int bucket) {
        Line line = lines.get(unit);
        return line == null ? 0 : line.checksums[bucket];
    }
}
