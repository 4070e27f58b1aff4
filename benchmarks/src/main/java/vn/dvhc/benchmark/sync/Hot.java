package vn.dvhc.benchmark.sync;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import vn.dvhc.benchmark.Await;

/** A source with a large backlog beside one whose few changes should arrive as if it were alone. */
final class Hot {

    private static int runs;

    private final House house;
    private final Contender contender;
    private final SourceDatabase busy;
    private final SourceDatabase quiet;
    private final int rate;
    private final Writers writers;

    /** @param rate changes a second of the quiet source */
    Hot(House house, Contender contender, SourceDatabase busy, SourceDatabase quiet, int rate) {
        this.house = house;
        this.contender = contender;
        this.busy = busy;
        this.quiet = quiet;
        this.rate = rate;
        this.writers = new Writers(house, "h" + ++runs);
    }

    /** @param seconds from the first change of the backlog that arrived to its last */
    record Outcome(double seconds, Lag.Outcome lag) {}

    Outcome run(long changes) throws IOException, SQLException, InterruptedException, ExecutionException {
        house.empty(List.of(busy, quiet), contender);
        contender.hold();
        writers.write(List.of(busy), changes, 1_000);
        contender.release();
        try (Arrival arrival = contender.arrival()) {
            Await.until(
                    "the backlog begins to arrive",
                    java.time.Duration.ofMinutes(2),
                    () -> arrival.hasBegun(writers.firstKeys(List.of(busy))));
            long begun = System.nanoTime();
            long[] ended = new long[1];
            try (Arrival end = contender.arrival()) {
                Lag.Outcome lag = new Lag(house, contender, quiet, rate).run(() -> {
                    synchronized (end) {
                        if (ended[0] == 0 && end.isComplete(writers.marks(List.of(busy), "end"))) {
                            ended[0] = System.nanoTime();
                        }
                        return ended[0] == 0;
                    }
                });
                return new Outcome((ended[0] - begun) / 1e9, lag);
            }
        }
    }
}
