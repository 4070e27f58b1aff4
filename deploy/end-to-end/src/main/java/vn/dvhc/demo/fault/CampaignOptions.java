package vn.dvhc.demo.fault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a campaign is told on its command line.
 *
 * @param lasts how long things break, from the first fault to the last
 * @param seed decides faults and writes, but not what the machine makes of them
 * @param records that are there before it begins
 * @param shortened fewer provinces, and only the faults that have broken most
 * @param dir everything the run writes lives below it
 */
record CampaignOptions(Duration lasts, long seed, int records, boolean shortened, Path dir) {

    static final String USAGE = """
            usage: benchmarks/faults [--minutes N] [--seed S] [--records N]
              --minutes N   how long things break, 1 to 600 (default 10)
              --seed S      repeats the faults of a run that printed it (default: any)
              --records N   records that are there before, 100 to 1000000 (default 3000)
            """;

    /** @throws IllegalArgumentException with what is wrong */
    static CampaignOptions parse(Path dir, String... arguments) {
        long minutes = 10;
        long seed = ThreadLocalRandom.current().nextLong(1_000_000);
        long records = 3_000;
        for (int i = 0; i < arguments.length; i += 2) {
            String option = arguments[i];
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(option + " needs a number");
            }
            switch (option) {
                case "--minutes" -> minutes = number(option, arguments[i + 1], 1, 600);
                case "--seed" -> seed = number(option, arguments[i + 1], 0, Long.MAX_VALUE);
                case "--records" -> records = number(option, arguments[i + 1], 100, 1_000_000);
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        return new CampaignOptions(Duration.ofMinutes(minutes), seed, (int) records, false, dir);
    }

    private static long number(String option, String text, long least, long most) {
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException malformed) {
            // told below
        }
        throw new IllegalArgumentException(option + " must be from " + least + " to " + most + ", not " + text);
    }
}
