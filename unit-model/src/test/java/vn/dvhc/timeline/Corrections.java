package vn.dvhc.timeline;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.unit.UnitId;

/** Corrections of the whole catalogue, for tests. */
public final class Corrections {

    /** When corrections of tests are recorded: after all days. */
    static final Instant RECORDED = Instant.parse("2026-11-25T03:00:00Z");

    private Corrections() {}

    /** @param struck the message that was struck */
    public record Sample(Amendment.Accepted accepted, long struck) {}

    /** The carve of Ngọc Hà (00016) that went to Ba Đình (00004) is taken back. */
    public static Sample anEdgeOfTheReform() {
        Chronicle chronicle = WholeCatalogue.chronicle();
        Entry ended = endOf(chronicle, UnitId.parse("00016@2004-08-31"));
        Strike edge = new Strike(ended.sequence(), UnitId.parse("00004@2025-07-01"));
        return new Sample(accepted(amend(chronicle, Catalogue.REFORM, List.of(), List.of(edge))), ended.sequence());
    }

    /** The message of the reform that ends a unit. */
    static Entry endOf(Chronicle chronicle, UnitId unit) {
        return chronicle.counting(Catalogue.REFORM).stream()
                .filter(entry -> entry.facts().get(0).event().kind() == vn.dvhc.decision.UnitEvent.Kind.ENDED)
                .filter(entry -> entry.facts().get(0).event().unit().equals(unit))
                .findFirst()
                .orElseThrow();
    }

    static Amendment amend(Chronicle chronicle, LocalDate date, List<UnitChange> changes, List<Strike> strikes) {
        long number = chronicle.corrections().size() + 1L;
        return chronicle.amend(
                date, new DecisionId("correction-" + number), changes, strikes, RECORDED.plusSeconds(number));
    }

    static Amendment.Accepted accepted(Amendment amendment) {
        return amendment.fold(accepted -> accepted, refused -> {
            throw new AssertionError(refused.date() + ": " + refused.reasons());
        });
    }

    static List<Refusal> refused(Amendment amendment) {
        return amendment.fold(accepted -> List.of(), Amendment.Refused::reasons);
    }
}
