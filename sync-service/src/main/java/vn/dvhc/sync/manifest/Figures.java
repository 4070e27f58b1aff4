package vn.dvhc.sync.manifest;

import java.math.BigDecimal;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the ledgers say of a manifest's records.
 *
 * @param given records at the side that gives, with the sum of their checksums
 * @param received those stored at the side that receives, with theirs
 * @param late records that came after the hand-over of their home
 * @param lateChanges changes made at the former home after the hand-over, and taken over
 * @param queued records among them that wait for a clerk
 * @param rejected records that could not be stored
 * @param startedAt ISO moment of the first; null if there are none
 */
record Figures(
        long given,
        BigDecimal givenSum,
        long received,
        BigDecimal receivedSum,
        long late,
        long lateChanges,
        long queued,
        long rejected,
        @Nullable String startedAt,
        @Nullable String endedAt,
        Set<String> fromHomes,
        Set<String> toHomes) {

    static final Figures NONE =
            new Figures(0, BigDecimal.ZERO, 0, BigDecimal.ZERO, 0, 0, 0, 0, null, null, Set.of(), Set.of());

    /** Texts are equal exactly if nothing has changed that calls for a further version. */
    String text() {
        return given + " " + givenSum.toPlainString() + " " + received + " " + receivedSum.toPlainString() + " " + late
                + " " + lateChanges + " " + queued + " " + rejected;
    }

    boolean isEqual() {
        return given == received && givenSum.compareTo(receivedSum) == 0;
    }

    Figures plus(Figures other) {
        return new Figures(
                given + other.given,
                givenSum.add(other.givenSum),
                received + other.received,
                receivedSum.add(other.receivedSum),
                late + other.late,
                lateChanges + other.lateChanges,
                queued + other.queued,
                rejected + other.rejected,
                least(startedAt, other.startedAt),
                greatest(endedAt, other.endedAt),
                union(fromHomes, other.fromHomes),
                union(toHomes, other.toHomes));
    }

    private static @Nullable String least(@Nullable String one, @Nullable String other) {
        return one == null || (other != null && other.compareTo(one) < 0) ? other : one;
    }

    private static @Nullable String greatest(@Nullable String one, @Nullable String other) {
        return one == null || (other != null && other.compareTo(one) > 0) ? other : one;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }
}
