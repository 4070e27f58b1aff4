package vn.dvhc.registry.rules;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Confidence;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.Portion;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitType;

/** Decisions in few words; every change rests on one described act. */
public final class Changes {

    static final String ACT = "1/NQ-UBTVQH17";
    static final Basis BASIS = Basis.ofActs(ACT);

    private Changes() {}

    public static UnitChange create(String code, UnitType type, String name, @Nullable String parent) {
        return new UnitChange.Create(UnitCode.of(code), type, name, parent == null ? null : UnitCode.of(parent), BASIS);
    }

    public static UnitChange abolish(String code) {
        return new UnitChange.Abolish(UnitCode.of(code), BASIS);
    }

    public static UnitChange rename(String code, String name) {
        return new UnitChange.Rename(UnitCode.of(code), name, BASIS);
    }

    static UnitChange reclassify(String code, UnitType type) {
        return new UnitChange.Reclassify(UnitCode.of(code), type, BASIS);
    }

    static UnitChange reparent(String code, String parent) {
        return new UnitChange.Reparent(UnitCode.of(code), UnitCode.of(parent), BASIS);
    }

    static UnitChange recode(String code, String newCode) {
        return new UnitChange.Recode(UnitCode.of(code), UnitCode.of(newCode), BASIS);
    }

    public static UnitChange whole(String from, String to) {
        return pass(from, to, Extent.FULL, Portion.WHOLE);
    }

    public static UnitChange part(String from, String to, Portion portion) {
        return pass(from, to, Extent.PARTIAL, portion);
    }

    static UnitChange pass(String from, String to, Extent extent, Portion portion) {
        return new UnitChange.Succeed(UnitCode.of(from), UnitCode.of(to), extent, portion, Confidence.ACT, BASIS);
    }

    public static Decision decision(String id, LocalDate date, UnitChange... changes) {
        return decision(id, date, Arrays.asList(changes));
    }

    static Decision decision(String id, LocalDate date, List<UnitChange> changes) {
        return new Decision(new DecisionId(id), date, "Thử", changes);
    }

    static Proposal reform(Decision decision, String... endedOnPurpose) {
        return new Proposal(
                decision,
                Proposal.Kind.REFORM,
                Arrays.stream(endedOnPurpose).map(UnitCode::of).collect(Collectors.toSet()),
                Set.of(ACT));
    }

    /** The same change on another basis. */
    public static UnitChange on(String act, @Nullable String clause, UnitChange change) {
        Basis basis = new Basis(Basis.ofActs(act).acts(), clause, null);
        return switch (change.kind()) {
            case CREATE -> {
                UnitChange.Create create = (UnitChange.Create) change;
                yield new UnitChange.Create(create.code(), create.type(), create.name(), create.parent(), basis);
            }
            case ABOLISH -> new UnitChange.Abolish(change.code(), basis);
            case SUCCEED -> {
                UnitChange.Succeed edge = (UnitChange.Succeed) change;
                yield new UnitChange.Succeed(
                        edge.code(), edge.to(), edge.extent(), edge.portion(), edge.confidence(), basis);
            }
            case RENAME, RECLASSIFY, REPARENT, RECODE -> throw new IllegalArgumentException("Not needed so far");
        };
    }
}
