package vn.dvhc.demo.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * What two levels differ in.
 *
 * @param missing keys that the copy lacks
 * @param unexpected keys that only the copy has
 * @param different keys whose rows are not the same
 * @param duplicate keys that one of them has twice
 * @param compared keys that both have
 */
public record Difference(
        List<String> missing, List<String> unexpected, List<String> different, List<String> duplicate, long compared) {

    public boolean isNone() {
        return missing.isEmpty() && unexpected.isEmpty() && different.isEmpty() && duplicate.isEmpty();
    }

    /** All contradictions, each with its kind. */
    public List<String> examples() {
        List<String> all = new ArrayList<>();
        missing.forEach(key -> all.add(key + " missing"));
        unexpected.forEach(key -> all.add(key + " unexpected"));
        different.forEach(key -> all.add(key + " different"));
        duplicate.forEach(key -> all.add(key + " duplicate"));
        return all;
    }

    @Override
    public String toString() {
        return compared + " equal keys compared, " + missing.size() + " missing, " + unexpected.size() + " unexpected, "
                + different.size() + " different, " + duplicate.size() + " duplicate";
    }
}
