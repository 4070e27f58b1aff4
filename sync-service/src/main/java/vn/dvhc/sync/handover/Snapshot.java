package vn.dvhc.sync.handover;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a reader saw: PostgreSQL's {@code pg_snapshot}, {@code xmin:xmax:xip,…}. A transaction is in it if it had committed
 * when the snapshot was taken. This is exact, where comparing log positions is not: a transaction may write before a
 * position and commit after it.
 */
record Snapshot(long xmin, long xmax, Set<Long> inProgress) {

    private static final long LOW_32 = 0xFFFF_FFFFL;

    static Snapshot parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("Not a pg_snapshot: " + text);
        }
        Set<Long> inProgress = parts[2].isEmpty()
                ? Set.of()
                : Arrays.stream(parts[2].split(",")).map(Long::valueOf).collect(Collectors.toUnmodifiableSet());
        return new Snapshot(Long.parseLong(parts[0]), Long.parseLong(parts[1]), inProgress);
    }

    /** @param transaction the low 32 bits of a committed transaction's id, as the log of changes bears it */
    boolean contains(long transaction) {
        long full = (xmax & ~LOW_32) | (transaction & LOW_32);
        // The log's id lacks the epoch: take the one that lies nearest to the snapshot.
        if (full - xmax > 1L << 31) {
            full -= 1L << 32;
        } else if (xmax - full > 1L << 31) {
            full += 1L << 32;
        }
        return full < xmin || (full < xmax && !inProgress.contains(full));
    }
}
