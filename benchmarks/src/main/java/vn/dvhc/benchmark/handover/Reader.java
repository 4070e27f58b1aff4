package vn.dvhc.benchmark.handover;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Somebody who looks records up while they are re-coded; it counts how long each had to wait. */
final class Reader implements AutoCloseable {

    private static final long PAUSE_MILLIS = 2;

    private final Thread thread;
    private volatile boolean ended;
    private volatile double longestMillis;
    private volatile long reads;
    private volatile @Nullable Throwable failure;

    Reader(House house, long records) {
        this.thread = new Thread(() -> read(house, records), "reader");
        thread.start();
    }

    private void read(House house, long records) {
        SplittableRandom random = new SplittableRandom(1);
        try (Connection connection = house.connect(House.DATABASE);
                PreparedStatement find =
                        connection.prepareStatement("SELECT unit_code FROM public.case_file WHERE case_number = ?")) {
            while (!ended) {
                find.setString(1, String.format("01-%09d", 1 + random.nextLong(records)));
                long begun = System.nanoTime();
                try (ResultSet row = find.executeQuery()) {
                    if (!row.next()) {
                        throw new IllegalStateException("A record can't be read");
                    }
                }
                longestMillis = Math.max(longestMillis, (System.nanoTime() - begun) / 1e6);
                reads++;
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (SQLException | RuntimeException failed) {
            failure = failed;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    long reads() {
        return reads;
    }

    /** The longest that one look-up took. */
    double longestMillis() {
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        return longestMillis;
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        thread.join();
    }
}
