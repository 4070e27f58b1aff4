package vn.dvhc.sync.reconcile;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Walks through both ends in order of key, holding one record of each, and hands on what is not the same. */
final class KeyMerge {

    private KeyMerge() {}

    /** A record with its key. */
    record Row(String key, Reading reading) {}

    /** Records in the byte order of their keys. */
    @FunctionalInterface
    interface RowStream {
        /** @return null after the last */
        @Nullable
        Row next() throws SQLException, InterruptedException;
    }

    /** Takes what differs. */
    @FunctionalInterface
    interface Sink {
        void take(Candidate candidate) throws SQLException, InterruptedException;
    }

    static void merge(RowStream owner, RowStream copy, Sink differences) throws SQLException, InterruptedException {
        Row left = owner.next();
        Row right = copy.next();
        while (left != null || right != null) {
            int order = left == null ? 1 : right == null ? -1 : compare(left.key(), right.key());
            if (order < 0 && left != null) {
                differences.take(new Candidate(left.key(), left.reading(), null));
                left = owner.next();
            } else if (order > 0 && right != null) {
                differences.take(new Candidate(right.key(), null, right.reading()));
                right = copy.next();
            } else if (left != null && right != null) {
                if (!left.reading().equals(right.reading())) {
                    differences.take(new Candidate(left.key(), left.reading(), right.reading()));
                }
                left = owner.next();
                right = copy.next();
            }
        }
    }

    /** As PostgreSQL's collation "C" orders UTF-8: by code points, which differs from Java's order beyond the first plane. */
    static int compare(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                boolean surrogateA = Character.isSurrogate(a);
                boolean surrogateB = Character.isSurrogate(b);
                return surrogateA == surrogateB ? Character.compare(a, b) : surrogateA ? 1 : -1;
            }
        }
        return Integer.compare(one.length(), other.length());
    }
}
