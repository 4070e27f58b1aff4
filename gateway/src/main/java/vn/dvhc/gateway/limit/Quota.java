package vn.dvhc.gateway.limit;

import java.time.Duration;

/**
 * How many requests pass in a window: a bucket that holds so many and fills up within the window, or one that is full once a window.
 *
 * @param name as headers tell it
 * @param requests at least 1
 * @param refills whether the bucket fills up all the time; else each window has a bucket of its own
 */
record Quota(String name, long requests, Duration window, boolean refills) {

    private static final long LARGEST_LOT = 100;

    Quota {
        if (requests < 1 || window.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "Limit " + name + " needs at least 1 request in 1 second, not " + requests + " in " + window);
        }
    }

    double perSecond() {
        return refills ? (double) requests / window.toSeconds() : 0;
    }

    /** What a replica takes at a time: with a hundredth at most, what lies unused at one replica is within two of a hundred. */
    long lot() {
        return Math.max(1, Math.min(LARGEST_LOT, requests / 100));
    }

    /** As in {@code RateLimit-Policy}. */
    String policy() {
        return "\"" + name + "\";q=" + requests + ";w=" + window.toSeconds();
    }
}
