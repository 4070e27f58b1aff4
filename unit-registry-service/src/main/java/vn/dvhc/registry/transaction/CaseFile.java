package vn.dvhc.registry.transaction;

import java.time.LocalDate;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import vn.dvhc.decision.Decision;
import vn.dvhc.registry.decision.State;
import vn.dvhc.registry.impact.DryRun;
import vn.dvhc.registry.rules.DecisionRules;
import vn.dvhc.registry.rules.Finding;
import vn.dvhc.registry.rules.Proposal;
import vn.dvhc.registry.unit.Objection;
import vn.dvhc.timeline.Timeline;

/**
 * A decision with all it is judged against, as of one moment. What it computes takes a while: leave the event loop first.
 *
 * @param version of the decision
 * @param scheduled may hold the decision itself
 */
public record CaseFile(
        Proposal proposal,
        State state,
        int version,
        Timeline register,
        NavigableMap<LocalDate, List<Decision>> scheduled,
        LocalDate today) {

    public Decision decision() {
        return proposal.decision();
    }

    /** Everything found in the decision; nothing is found in one that took effect. */
    public List<Finding> findings() {
        return state == State.IN_FORCE ? List.of() : DecisionRules.findings(proposal, register, scheduled, today);
    }

    /** Why the decision can't be rehearsed; empty if it can. */
    public Optional<Objection> objectionToRehearsal() {
        String id = decision().id().value();
        if (state == State.IN_FORCE) {
            return Optional.of(
                    new Objection("ALREADY_IN_FORCE", id, "Quyết định đã có hiệu lực nên không còn gì để diễn tập."));
        }
        if (proposal.kind() == Proposal.Kind.CORRECTION) {
            return Optional.of(new Objection(
                    "CORRECTION_NOT_REHEARSED",
                    id,
                    "Đính chính một ngày đã qua không chuyển hồ sơ nào nên không có diễn tập hay báo cáo tác động."));
        }
        return Optional.empty();
    }

    public DryRun dryRun() {
        return DryRun.of(decision(), register, scheduled);
    }

    /** The register with the decision's day in it; without that day if the register refuses it. */
    public Timeline withTheDay() {
        if (state == State.IN_FORCE) {
            return register;
        }
        DryRun run = dryRun();
        return run.enactment().fold(enacted -> enacted.timeline(), refused -> run.before());
    }
}
