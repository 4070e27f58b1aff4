package vn.dvhc.benchmark.sync;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What the command is told.
 *
 * @param parts what is measured; all if nothing is said
 * @param rounds how often each contender has its turn
 * @param rows changes a measurement
 * @param contenders names of those that take part; all if it is empty
 */
record Options(boolean quick, Set<Part> parts, int rounds, long rows, Set<String> contenders) {

    static final String USAGE =
            "usage: benchmarks/sync [--quick] [--only PART,…] [--with CONTENDER,…] [--rounds N] [--rows N]   (parts: "
                    + Arrays.toString(Part.values()).toLowerCase(Locale.ROOT)
                    + "; contenders: native, capture, sink, sink_schemas, ours)";

    /** Each can be run by itself. */
    enum Part {
        /** One source, by size of the transactions. */
        ROWS,
        /** Four sources at once. */
        SOURCES,
        /** From commit to visible at fixed rates. */
        LAG,
        /** Comparing both ends, and repair. */
        RECONCILE,
        /** More sources, more rows. */
        CURVE,
        /** A source with a few changes beside one with a large backlog. */
        HOT
    }

    /** @throws IllegalArgumentException if it can't be understood */
    static Options parse(String... arguments) {
        boolean quick = false;
        Set<Part> parts = EnumSet.allOf(Part.class);
        int rounds = 0;
        long rows = 0;
        Set<String> contenders = Set.of();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--quick" -> quick = true;
                case "--only" -> {
                    parts = EnumSet.noneOf(Part.class);
                    for (String part : value(arguments, ++i).split(",")) {
                        parts.add(Part.valueOf(part.toUpperCase(Locale.ROOT)));
                    }
                }
                case "--with" -> contenders = Set.of(value(arguments, ++i).split(","));
                case "--rounds" -> rounds = Integer.parseInt(value(arguments, ++i));
                case "--rows" -> rows = Long.parseLong(value(arguments, ++i));
                default -> throw new IllegalArgumentException(arguments[i]);
            }
        }
        return new Options(
                quick,
                parts,
                rounds > 0 ? rounds : quick ? 1 : 3,
                rows > 0 ? rows : quick ? 30_000 : 1_000_000,
                contenders);
    }

    private static String value(String[] arguments, int index) {
        if (index >= arguments.length) {
            throw new IllegalArgumentException("a value is missing");
        }
        return arguments[index];
    }

    boolean invites(Contender contender) {
        return contenders.isEmpty() || contenders.contains(contender.name());
    }

    boolean has(Part part) {
        return parts.contains(part);
    }

    /** The disk is flushed for each: far fewer of them take as long. */
    long rowsOf(int size) {
        return size == 1 ? Math.max(5_000, rows / 10) : rows;
    }
}
