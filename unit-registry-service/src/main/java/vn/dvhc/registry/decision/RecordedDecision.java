package vn.dvhc.registry.decision;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Decision;
import vn.dvhc.registry.unit.Objection;

/**
 * A decision with its life so far.
 *
 * @param position place among the decisions of its date; null while it is a draft
 * @param recorded who brought it in
 * @param approved the second person; null for a draft and for the catalogue
 * @param inForceAt recorded moment of its enactment; null before
 * @param version grows with every step; a caller who names an older one has not seen the latest
 */
public record RecordedDecision(
        Decision decision,
        State state,
        Origin origin,
        @Nullable Integer position,
        Step recorded,
        @Nullable Step approved,
        @Nullable Instant inForceAt,
        int version) {

    /** A decision that a person brings in. */
    public static RecordedDecision draft(Decision decision, Step drafted) {
        return new RecordedDecision(decision, State.DRAFT, Origin.DRAFTED, null, drafted, null, null, 0);
    }

    /** A decision of the national catalogue: scheduled at once. */
    public static RecordedDecision imported(Decision decision, int position, Step imported) {
        return new RecordedDecision(decision, State.SCHEDULED, Origin.CATALOGUE, position, imported, null, null, 0);
    }

    /** Why this person may not approve it today; empty if nothing stands against it but the register itself. */
    public List<Objection> objectionsToApproval(String approver, LocalDate today) {
        List<Objection> objections = new ArrayList<>(objectionsToDate(decision, today));
        if (state != State.DRAFT) {
            objections.add(new Objection(
                    "NOT_A_DRAFT",
                    decision.id().value(),
                    "Quyết định không còn là dự thảo nên không thể phê duyệt lần nữa."));
        }
        if (recorded.by().equals(approver)) {
            objections.add(new Objection(
                    "SECOND_PERSON_REQUIRED",
                    decision.id().value(),
                    "Người phê duyệt phải khác người soạn thảo quyết định."));
        }
        return List.copyOf(objections);
    }

    /** A decision takes effect at a midnight that is still to come. */
    public static List<Objection> objectionsToDate(Decision decision, LocalDate today) {
        return decision.effectiveDate().isAfter(today)
                ? List.of()
                : List.of(new Objection(
                        "DATE_NOT_IN_FUTURE",
                        decision.effectiveDate().toString(),
                        "Ngày có hiệu lực phải sau ngày hôm nay (" + today + ")."));
    }

    /** The same decision, approved and placed behind those already scheduled for its date. */
    public RecordedDecision scheduled(Step approval, int place) {
        return new RecordedDecision(decision, State.SCHEDULED, origin, place, recorded, approval, null, version);
    }
}
