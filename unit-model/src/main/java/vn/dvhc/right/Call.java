package vn.dvhc.right;

import java.util.Locale;
import java.util.Map;

/** What somebody may ask for, and how far each role reaches in it. A role that is not named may not make the call. */
public enum Call {
    /** What everybody may ask without a token, where a door wants one all the same. */
    LOOK_UP(Map.of(
            Role.NATIONAL_ADMIN, Reach.COUNTRY,
            Role.NATIONAL_OPERATOR, Reach.COUNTRY,
            Role.DECISION_DRAFTER, Reach.COUNTRY,
            Role.DECISION_APPROVER, Reach.COUNTRY,
            Role.PROVINCE_OPERATOR, Reach.COUNTRY,
            Role.COMMUNE_CLERK, Reach.COUNTRY,
            Role.SUBSCRIBER, Reach.COUNTRY)),
    READ_DECISIONS(Map.of(
            Role.NATIONAL_ADMIN, Reach.COUNTRY,
            Role.NATIONAL_OPERATOR, Reach.COUNTRY,
            Role.DECISION_DRAFTER, Reach.COUNTRY,
            Role.DECISION_APPROVER, Reach.COUNTRY)),
    DRAFT_DECISION(Map.of(Role.DECISION_DRAFTER, Reach.COUNTRY)),
    APPROVE_DECISION(Map.of(Role.DECISION_APPROVER, Reach.COUNTRY)),
    WITHDRAW_DECISION(Map.of(Role.DECISION_DRAFTER, Reach.COUNTRY, Role.DECISION_APPROVER, Reach.COUNTRY)),
    ASSIGN_LOCALITIES(national()),
    READ_HANDOVERS(national()),
    RUN_HANDOVERS(national()),
    READ_MANIFESTS(nationalAnd(Reach.HAND_OVER, Reach.HAND_OVER)),
    /** Never by the nation: who gives and who receives sign. */
    SIGN_MANIFEST(Map.of(Role.PROVINCE_OPERATOR, Reach.HAND_OVER, Role.COMMUNE_CLERK, Reach.HAND_OVER)),
    READ_QUEUE(nationalAnd(Reach.LINEAGE, Reach.LINEAGE)),
    DECIDE_QUEUE(nationalAnd(Reach.LINEAGE, Reach.LINEAGE)),
    READ_JOURNEY(nationalAnd(Reach.LINEAGE, Reach.LINEAGE)),
    READ_STATUS(national()),
    READ_COMMUNES(nationalAnd(Reach.LINEAGE, Reach.LINEAGE)),
    READ_RECONCILIATIONS(nationalAnd(Reach.LINEAGE, Reach.LINEAGE)),
    RUN_RECONCILIATIONS(national()),
    READ_CONFLICTS(nationalAnd(Reach.LINEAGE, Reach.NOBODY)),
    DECIDE_CONFLICT(nationalAnd(Reach.LINEAGE, Reach.NOBODY)),
    READ_DEAD_LETTERS(national()),
    HANDLE_DEAD_LETTERS(national()),
    READ_SOURCES(national()),
    DECLARE_SOURCES(national()),
    READ_AUDIT(national()),
    READ_DOOR_AUDIT(Map.of(Role.NATIONAL_ADMIN, Reach.COUNTRY)),
    /** Reading them too: they tell who was locked out, and why. */
    REVOKE_TOKENS(Map.of(Role.NATIONAL_ADMIN, Reach.COUNTRY)),
    SUBSCRIBE(Map.of(
            Role.NATIONAL_ADMIN, Reach.COUNTRY,
            Role.NATIONAL_OPERATOR, Reach.COUNTRY,
            Role.SUBSCRIBER, Reach.COUNTRY));

    private final Map<Role, Reach> reaches;

    Call(Map<Role, Reach> reaches) {
        this.reaches = reaches;
    }

    /** How far the role reaches. */
    public Reach reach(Role role) {
        return reaches.getOrDefault(role, Reach.NOBODY);
    }

    /** The word used in guides and audit: {@code read-queue}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Map<Role, Reach> national() {
        return nationalAnd(Reach.NOBODY, Reach.NOBODY);
    }

    private static Map<Role, Reach> nationalAnd(Reach province, Reach clerk) {
        return Map.of(
                Role.NATIONAL_ADMIN,
                Reach.COUNTRY,
                Role.NATIONAL_OPERATOR,
                Reach.COUNTRY,
                Role.PROVINCE_OPERATOR,
                province,
                Role.COMMUNE_CLERK,
                clerk);
    }
}
