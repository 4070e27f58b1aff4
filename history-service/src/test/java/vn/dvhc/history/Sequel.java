package vn.dvhc.history;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import vn.dvhc.contract.DecisionNoticeData;
import vn.dvhc.contract.LogMessage;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.history.timeline.Arrival;
import vn.dvhc.timeline.Amendment;
import vn.dvhc.timeline.Chronicle;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.timeline.Group;
import vn.dvhc.timeline.Recording;
import vn.dvhc.timeline.Strike;

/** What a registry publishes after the catalogue: notices, corrections and days, each with its own recorded time. */
public final class Sequel {

    private final List<Arrival> arrivals = new ArrayList<>();
    private Chronicle registry = CatalogueLog.feed().current().chronicle();

    /** The registry's own view. */
    public Chronicle registry() {
        return registry;
    }

    /** All that was published after the catalogue, in order. */
    public List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    public Sequel notice(Decision decision, Instant recordedAt) {
        long first = registry.lastSequence() + 1;
        List<DecisionNoticeData.Typed> messages = DecisionNoticeData.scheduled(decision, first);
        Group.Notice notice = new Group.Notice(
                decision.id(), decision.effectiveDate(), false, recordedAt, first, first + messages.size() - 1);
        registry = registry.append(notice).fold(Recording.Accepted::chronicle, refused -> {
            throw new IllegalStateException(refused.reasons().toString());
        });
        return published(messages, recordedAt);
    }

    public Sequel correction(LocalDate date, UnitChange change, Instant recordedAt, Strike... strikes) {
        DecisionId id = new DecisionId("correction-" + registry.lastSequence());
        Amendment.Accepted accepted = registry.amend(date, id, List.of(change), List.of(strikes), recordedAt)
                .fold(done -> done, refused -> {
                    throw new IllegalStateException(refused.reasons().toString());
                });
        registry = accepted.after();
        return published(UnitChangeData.messages(accepted), recordedAt);
    }

    public Sequel day(Decision decision, Instant recordedAt) {
        Enactment.Enacted enacted = registry.timeline()
                .enact(decision.effectiveDate(), List.of(decision))
                .fold(done -> done, refused -> {
                    throw new IllegalStateException(refused.reasons().toString());
                });
        List<UnitChangeData.Typed> messages = UnitChangeData.messages(enacted, registry.lastSequence() + 1);
        registry = registry.append(enacted, recordedAt);
        return published(messages, recordedAt);
    }

    private Sequel published(List<? extends LogMessage> messages, Instant recordedAt) {
        arrivals.addAll(CatalogueLog.arrivals(messages, recordedAt));
        return this;
    }
}
