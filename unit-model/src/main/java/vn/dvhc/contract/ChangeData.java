package vn.dvhc.contract;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Portion;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.unit.UnitCode;

/**
 * A change to come, in codes as the decision writes them. Each operation has its own fields; all others are null.
 *
 * @param operation {@code create}, {@code abolish}, {@code rename}, {@code reclassify}, {@code reparent}, {@code recode} or
 *     {@code succeed}
 * @param code the unit concerned; for {@code succeed} the giving one
 * @param to for {@code succeed}: the receiving unit
 * @param newCode for {@code recode}
 * @param type for {@code create} and {@code reclassify}
 * @param name for {@code create} and {@code rename}
 * @param parent for {@code reparent}, and {@code create} of anything but a province
 * @param extent for {@code succeed}: {@code full}, {@code partial} or {@code unknown}
 * @param portion for {@code succeed}: the act's words; null where unstated
 * @param confidence for {@code succeed}: {@code act}, {@code strong} or {@code likely}
 * @param legalBasis numbers of the acts, may be empty
 */
public record ChangeData(
        String operation,
        String code,
        @Nullable String to,
        @Nullable String newCode,
        @Nullable String type,
        @Nullable String name,
        @Nullable String parent,
        @Nullable String extent,
        @Nullable String portion,
        @Nullable String confidence,
        List<String> legalBasis,
        @Nullable String clause,
        @Nullable String note) {

    public ChangeData {
        legalBasis = List.copyOf(legalBasis);
    }

    public static ChangeData of(UnitChange change) {
        String to = null;
        String newCode = null;
        String type = null;
        String name = null;
        UnitCode parent = null;
        String extent = null;
        String portion = null;
        String confidence = null;
        switch (change.kind()) {
            case CREATE -> {
                UnitChange.Create create = (UnitChange.Create) change;
                type = create.type().label();
                name = create.name();
                parent = create.parent();
            }
            case ABOLISH -> {}
            case RENAME -> name = ((UnitChange.Rename) change).name();
            case RECLASSIFY -> type = ((UnitChange.Reclassify) change).type().label();
            case REPARENT -> parent = ((UnitChange.Reparent) change).parent();
            case RECODE -> newCode = ((UnitChange.Recode) change).newCode().value();
            case SUCCEED -> {
                UnitChange.Succeed succession = (UnitChange.Succeed) change;
                to = succession.to().value();
                extent = succession.extent().label();
                portion = succession.portion() == Portion.UNSTATED
                        ? null
                        : succession.portion().words();
                confidence = succession.confidence().label();
            }
        }
        return new ChangeData(
                change.kind().name().toLowerCase(Locale.ROOT),
                change.code().value(),
                to,
                newCode,
                type,
                name,
                parent == null ? null : parent.value(),
                extent,
                portion,
                confidence,
                change.basis().actNumbers(),
                change.basis().clause(),
                change.basis().note());
    }
}
