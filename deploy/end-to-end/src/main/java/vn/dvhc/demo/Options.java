package vn.dvhc.demo;

import java.nio.file.Path;

/**
 * What the demo is told on its command line.
 *
 * @param records how many are generated
 * @param seed makes the run repeatable but for its timing
 * @param keep leave everything running at the end
 * @param killSync end sync-service with SIGKILL in the middle of the hand-over and start it again
 * @param freePorts any free ports instead of the usual ones
 * @param dir everything the run writes lives below it; the report beside it
 */
public record Options(int records, long seed, boolean keep, boolean killSync, boolean freePorts, Path dir) {

    static final String USAGE = """
            usage: deploy/demo [--records N] [--seed S] [--keep] [--kill-sync] [--free-ports]
              --records N   records to generate, 100 to 5000000 (default 100000)
              --seed S      the same seed gives the same records (default 1)
              --keep        leave everything running at the end
              --kill-sync   kill sync-service in the middle of the hand-over
              --free-ports  any free ports instead of 8080 and the others
            """;

    private static final int FEWEST = 100;
    private static final int MOST = 5_000_000;

    /** @throws IllegalArgumentException with what is wrong */
    static Options parse(Path dir, String... arguments) {
        int records = 100_000;
        long seed = 1;
        boolean keep = false;
        boolean killSync = false;
        boolean freePorts = false;
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            switch (argument) {
                case "--keep" -> keep = true;
                case "--kill-sync" -> killSync = true;
                case "--free-ports" -> freePorts = true;
                case "--records", "--seed" -> {
                    i++;
                    if (i == arguments.length) {
                        throw new IllegalArgumentException(argument + " needs a number");
                    }
                    long value = number(argument, arguments[i]);
                    if (argument.equals("--seed")) {
                        seed = value;
                    } else if (value < FEWEST || value > MOST) {
                        throw new IllegalArgumentException("--records must be from " + FEWEST + " to " + MOST);
                    } else {
                        records = (int) value;
                    }
                }
                default -> throw new IllegalArgumentException("unknown option " + argument);
            }
        }
        return new Options(records, seed, keep, killSync, freePorts, dir);
    }

    private static long number(String option, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException(option + " needs a number, not " + text, malformed);
        }
    }
}
