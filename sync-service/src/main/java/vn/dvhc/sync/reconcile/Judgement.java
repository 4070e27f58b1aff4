package vn.dvhc.sync.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.ComparisonSql;
import vn.dvhc.sync.plan.Dataset;

/** What a doubt turns out to be, once both ends were read again. Pure. */
final class Judgement {

    private Judgement() {}

    /** Whether both ends hold the record alike; a record that nobody can apply is rightly not at the copy. */
    static boolean isEqual(End.@Nullable Stored owner, End.@Nullable Stored copy) {
        if (owner == null || copy == null) {
            return owner == null ? copy == null : owner.reading().unit().equals(PresentUnits.UNREADABLE);
        }
        return owner.reading().equals(copy.reading());
    }

    /** Whether its owner has not touched the record between two readings. */
    static boolean isStill(@Nullable Reading before, End.@Nullable Stored owner) {
        return Objects.equals(before, owner == null ? null : owner.reading());
    }

    /** At most one end may lack the record. */
    static Difference difference(
            Dataset dataset, String key, Difference.Kind kind, End.@Nullable Stored owner, End.@Nullable Stored copy) {
        Reading shown =
                owner != null ? owner.reading() : Objects.requireNonNull(copy).reading();
        return new Difference(
                key,
                kind,
                shown.unit(),
                owner == null ? null : Long.valueOf(owner.reading().hash()),
                copy == null ? null : Long.valueOf(copy.reading().hash()),
                owner == null || copy == null ? List.of() : columns(dataset, owner, copy),
                Difference.Repair.NONE);
    }

    static Difference.Kind kind(End.@Nullable Stored owner, End.@Nullable Stored copy) {
        if (copy == null) {
            return Difference.Kind.MISSING;
        }
        return owner == null ? Difference.Kind.EXTRA : Difference.Kind.DIFFERENT;
    }

    private static List<String> columns(Dataset dataset, End.Stored owner, End.Stored copy) {
        List<String> compared = ComparisonSql.comparedColumns(dataset);
        List<String> differing = new ArrayList<>();
        for (int i = 0; i < compared.size(); i++) {
            if (!Objects.equals(owner.columns().get(i), copy.columns().get(i))) {
                differing.add(compared.get(i));
            }
        }
        if (!owner.reading().unit().equals(copy.reading().unit())) {
            differing.add(dataset.unit());
        }
        return differing;
    }
}
