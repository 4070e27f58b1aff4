package vn.dvhc.demo.country;

import java.nio.file.Path;

/**
 * What {@code deploy/demo --country} is told on its command line.
 *
 * @param records how many are generated; enough for each commune to have one
 * @param seed makes the run repeatable but for its timing
 * @param keep leave everything running at the end
 * @param freePorts any free ports instead of the usual ones
 * @param dir everything the run writes lives below it; the report beside it
 */
record CountryOptions(int records, long seed, boolean keep, boolean freePorts, Path dir) {

    static final String USAGE = """
            usage: deploy/demo --country [--records N] [--seed S] [--keep] [--free-ports]
              --records N   case files to generate, 20000 to 5000000 (default 1000000)
              --seed S      the same seed gives the same records (default 1)
              --keep        leave everything running at the end
              --free-ports  any free ports instead of 8080 and the others
            """;

    private static final int FEWEST = 20_000;
    private static final int MOST = 5_000_000;

    /** @throws IllegalArgumentException with what is wrong */
    static CountryOptions parse(Path dir, String... arguments) {
        int records = 1_000_000;
        long seed = 1;
        boolean keep = false;
        boolean freePorts = false;
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            switch (argument) {
                case "--country" -> {}
                case "--keep" -> keep = true;
                case "--free-ports" -> freePorts = true;
                case "--records" -> {
                    i++;
                    records = (int) number(argument, arguments, i, FEWEST, MOST);
                }
                case "--seed" -> {
                    i++;
                    seed = number(argument, arguments, i, Long.MIN_VALUE, Long.MAX_VALUE);
                }
                default ->
                    throw new IllegalArgumentException("unknown option " + argument + " of a run over the country");
            }
        }
        return new CountryOptions(records, seed, keep, freePorts, dir);
    }

    private static long number(String option, String[] arguments, int index, long least, long most) {
        if (index == arguments.length) {
            throw new IllegalArgumentException(option + " needs a number");
        }
        try {
            long value = Long.parseLong(arguments[index]);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException(option + " needs a number, not " + arguments[index], malformed);
        }
        throw new IllegalArgumentException(option + " must be from " + least + " to " + most);
    }
}
