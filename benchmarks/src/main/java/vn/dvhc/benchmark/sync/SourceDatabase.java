package vn.dvhc.benchmark.sync;

import java.util.List;

/**
 * A commune database whose table {@code case_file} is moved.
 *
 * @param name of the database and of the source
 * @param province whose communes' records it holds
 * @param communes codes that its records bear
 */
record SourceDatabase(String name, String province, List<String> communes) {

    /** The n-th change of a run, if it was an insert. */
    String key(String run, long number) {
        return keyPrefix(run) + String.format("%08d", number);
    }

    /** What all keys of a run begin with here; a key belongs to one source only. */
    String keyPrefix(String run) {
        return name.replace("commune_", "") + "-" + run + "-";
    }
}
