package vn.dvhc.registry.unit;

import java.time.Instant;
import java.util.List;
import vn.dvhc.contract.DecisionNoticeData;
import vn.dvhc.decision.Decision;
import vn.dvhc.timeline.Chronicle;
import vn.dvhc.timeline.Group;
import vn.dvhc.timeline.Recording;

/**
 * Word of a decision that is to take effect, or no longer is.
 *
 * @param state the register with the notice in it; its units are the same
 * @param messages what is published, in order
 */
public record PublishedNotice(RegisterState state, List<DecisionNoticeData.Typed> messages) {

    public static PublishedNotice scheduled(RegisterState before, Decision decision, Instant recordedAt) {
        return of(
                before, decision, false, recordedAt, DecisionNoticeData.scheduled(decision, before.lastSequence() + 1));
    }

    public static PublishedNotice withdrawn(RegisterState before, Decision decision, Instant recordedAt) {
        return of(
                before,
                decision,
                true,
                recordedAt,
                List.of(DecisionNoticeData.withdrawn(decision, before.lastSequence() + 1)));
    }

    private static PublishedNotice of(
            RegisterState before,
            Decision decision,
            boolean withdrawn,
            Instant recordedAt,
            List<DecisionNoticeData.Typed> messages) {
        long first = before.lastSequence() + 1;
        Group.Notice notice = new Group.Notice(
                decision.id(), decision.effectiveDate(), withdrawn, recordedAt, first, first + messages.size() - 1);
        return new PublishedNotice(new RegisterState(append(before.chronicle(), notice)), messages);
    }

    private static Chronicle append(Chronicle chronicle, Group.Notice notice) {
        return chronicle.append(notice).fold(Recording.Accepted::chronicle, refused -> {
            throw new IllegalStateException("A notice changes nothing, and yet it was refused: " + refused);
        });
    }

    public GroupRecord toRecord() {
        return GroupRecord.lastOf(state, null);
    }
}
