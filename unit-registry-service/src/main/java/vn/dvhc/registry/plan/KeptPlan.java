package vn.dvhc.registry.plan;

import java.time.Instant;

/**
 * A plan as it was made for a decision and kept.
 *
 * @param digest the name under which it was kept
 * @param version of the decision that it was made for
 * @param madeBy who asked for it
 */
public record KeptPlan(String digest, HandOverPlan plan, int version, String madeBy, Instant madeAt) {

    public static KeptPlan of(HandOverPlan plan, int version, String madeBy, Instant madeAt) {
        return new KeptPlan(plan.digest(), plan, version, madeBy, madeAt);
    }

    /** Whether it is still what its digest says: somebody who can write to the database may have changed it. */
    public boolean isIntact() {
        return digest.equals(plan.digest());
    }
}
