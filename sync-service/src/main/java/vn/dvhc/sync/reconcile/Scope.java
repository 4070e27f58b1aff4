package vn.dvhc.sync.reconcile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reconciliation compares; an empty list is everything.
 *
 * @param datasets by name
 * @param sources the present homes whose records are compared, by name
 * @param copies the databases that hold the copies, by name
 * @param units units of the present, by id; the tables are read whole all the same
 * @param repair whether what differs is re-emitted
 */
record Scope(List<String> datasets, List<String> sources, List<String> copies, List<String> units, boolean repair) {

    Scope {
        datasets = List.copyOf(datasets);
        sources = List.copyOf(sources);
        copies = List.copyOf(copies);
        units = List.copyOf(units);
    }

    static Scope of(
            @Nullable List<String> datasets,
            @Nullable List<String> sources,
            @Nullable List<String> copies,
            @Nullable List<String> units,
            boolean repair) {
        return new Scope(orEmpty(datasets), orEmpty(sources), orEmpty(copies), orEmpty(units), repair);
    }

    static Scope everything(boolean repair) {
        return new Scope(List.of(), List.of(), List.of(), List.of(), repair);
    }

    private static List<String> orEmpty(@Nullable List<String> names) {
        return names == null ? List.of() : names;
    }

    boolean holdsDataset(String name) {
        return datasets.isEmpty() || datasets.contains(name);
    }

    boolean holdsSource(String name) {
        return sources.isEmpty() || sources.contains(name);
    }

    boolean holdsCopy(String name) {
        return copies.isEmpty() || copies.contains(name);
    }
}
