package vn.dvhc.demo.verify;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks two levels side by side in the order of their keys, so that neither has to fit into memory. */
final class LevelComparison {

    private final List<String> missing = new ArrayList<>();
    private final List<String> unexpected = new ArrayList<>();
    private final List<String> different = new ArrayList<>();
    private final List<String> duplicate = new ArrayList<>();
    private long compared;

    private LevelComparison() {}

    /** @param owner and copy, in the byte order of their keys */
    static Difference compare(Iterator<KeyedHash> owner, Iterator<KeyedHash> copy) {
        LevelComparison comparison = new LevelComparison();
        comparison.walk(owner, copy);
        return new Difference(
                comparison.missing,
                comparison.unexpected,
                comparison.different,
                comparison.duplicate,
                comparison.compared);
    }

    private void walk(Iterator<KeyedHash> owner, Iterator<KeyedHash> copy) {
        KeyedHash left = next(owner, null);
        KeyedHash right = next(copy, null);
        while (left != null || right != null) {
            int order = left == null ? 1 : right == null ? -1 : left.key().compareTo(right.key());
            if (order < 0 && left != null) {
                missing.add(left.key());
                left = next(owner, left);
            } else if (order > 0 && right != null) {
                unexpected.add(right.key());
                right = next(copy, right);
            } else if (left != null && right != null) {
                compared++;
                if (!left.hash().equals(right.hash())) {
                    different.add(left.key());
                }
                left = next(owner, left);
                right = next(copy, right);
            }
        }
    }

    private @Nullable KeyedHash next(Iterator<KeyedHash> rows, @Nullable KeyedHash last) {
        KeyedHash previous = last;
        while (rows.hasNext()) {
            KeyedHash row = rows.next();
            if (previous == null || !row.key().equals(previous.key())) {
                return row;
            }
            duplicate.add(row.key());
            previous = row;
        }
        return null;
    }
}
