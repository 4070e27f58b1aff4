package vn.dvhc.registry.api;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.registry.decision.ChangeDocument;

/**
 * A decision as a drafter sends it.
 *
 * @param title a short description for people, in Vietnamese
 * @param effectiveDate a date to come; takes effect at 00:00 Asia/Ho_Chi_Minh
 * @param changes at least one, in the order of the act
 */
public record DecisionBody(
        @Nullable String title,
        @Nullable String effectiveDate,
        @Nullable List<@Nullable ChangeDocument> changes) {

    private static final int MAX_TITLE = 500;
    private static final int MOST_CHANGES = 50_000;

    /** @throws MalformedRequestException with every change that can't be read */
    Decision toDecision() {
        LocalDate date = RequestReader.date("effectiveDate", effectiveDate);
        if (changes == null || changes.isEmpty() || changes.size() > MOST_CHANGES) {
            throw new MalformedRequestException("«changes» phải có từ 1 đến " + MOST_CHANGES + " thay đổi.");
        }
        List<Reason> unreadable = new ArrayList<>();
        List<UnitChange> read = new ArrayList<>(changes.size());
        String checkedTitle = "";
        try {
            checkedTitle = ChangeDocument.text("title", title, MAX_TITLE);
        } catch (IllegalArgumentException malformed) {
            unreadable.add(Reason.malformed("title", malformed));
        }
        for (int i = 0; i < changes.size(); i++) {
            ChangeDocument change = changes.get(i);
            try {
                if (change == null) {
                    throw new IllegalArgumentException("Thay đổi không được để trống.");
                }
                read.add(change.toChange());
            } catch (IllegalArgumentException malformed) {
                unreadable.add(Reason.malformed("changes[" + i + "]", malformed));
            }
        }
        if (!unreadable.isEmpty()) {
            throw new MalformedRequestException(unreadable);
        }
        return new Decision(new DecisionId("decision-" + UUID.randomUUID()), date, checkedTitle, read);
    }
}
