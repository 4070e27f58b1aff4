package vn.dvhc.sync.database;

import vn.dvhc.sync.plan.Dataset;

/**
 * Records of a dataset that stand together in the order of their keys.
 *
 * @param after the key before the first; empty if there is none
 * @param upTo the last key; empty if there is no end
 */
public record KeyRange(String after, String upTo) {

    /** All of them. */
    public static final KeyRange ALL = new KeyRange("", "");

    /** The values of its bounds, as the statements of {@link DatasetSql} want them bound. */
    public Object[] values(Dataset dataset) {
        String[] first = after.isEmpty() ? new String[0] : dataset.keyParts(after);
        String[] last = upTo.isEmpty() ? new String[0] : dataset.keyParts(upTo);
        Object[] values = new Object[first.length + last.length];
        System.arraycopy(first, 0, values, 0, first.length);
        System.arraycopy(last, 0, values, first.length, last.length);
        return values;
    }
}
