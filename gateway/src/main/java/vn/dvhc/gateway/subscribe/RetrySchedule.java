package vn.dvhc.gateway.subscribe;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a delivery that failed is tried again.
 *
 * @param waits before each attempt; the first one is not waited for
 */
record RetrySchedule(List<Duration> waits) {

    /** Each wait is up to a tenth shorter or longer, so that not all come back at once. */
    private static final double JITTER = 0.1;

    RetrySchedule {
        waits = List.copyOf(waits);
        if (waits.isEmpty() || waits.stream().anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException("A schedule needs waits that are not negative: " + waits);
        }
    }

    /** How long all attempts of one delivery take at the least. */
    Duration shortest() {
        long millis = waits.stream().skip(1).mapToLong(Duration::toMillis).sum();
        return Duration.ofMillis((long) (millis * (1 - JITTER)));
    }

    /** How long to wait after so many attempts; empty if there is none left. */
    Optional<Duration> after(int attempts, RandomGenerator random) {
        if (attempts >= waits.size()) {
            return Optional.empty();
        }
        double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
        return Optional.of(Duration.ofMillis((long) (waits.get(attempts).toMillis() * factor)));
    }
}
