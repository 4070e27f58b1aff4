package vn.dvhc.sync.manifest;

import org.jspecify.annotations.Nullable;

/** The names of manifests, for those who only refer to them. */
public final class ManifestId {

    static final String UNDECIDED = "undecided";

    private ManifestId() {}

    /**
     * Unique within the day: {@code case_file.10507@2004-08-31.10525@2025-07-01}.
     *
     * @param to null for records that have no receiving unit
     */
    public static String of(String dataset, String from, @Nullable String to) {
        return dataset + "." + from + "." + (to == null ? UNDECIDED : to);
    }
}
