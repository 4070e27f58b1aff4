package vn.dvhc.registry.rules;

import vn.dvhc.decision.UnitChange;

/** What a decision rests on. */
final class BasisRules {

    private BasisRules() {}

    static void check(Proposal proposal, Findings found) {
        for (UnitChange change : proposal.decision().changes()) {
            if (change.basis().acts().isEmpty()) {
                found.add(Rule.NO_LEGAL_BASIS.about(change.code()));
            }
            for (String act : change.basis().actNumbers()) {
                if (!proposal.describedActs().contains(act)) {
                    found.add(Rule.ACT_NOT_DESCRIBED.about(act));
                }
            }
        }
    }
}
