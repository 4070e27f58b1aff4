package vn.dvhc.contract;

/** Names of the topics that services meet in. */
public final class Topics {

    /** Every enacted change since 2004, in one order, kept for ever. */
    public static final String UNIT_CHANGES = "unit-changes.v1";

    /** Which hamlet, street or parcel of a split unit goes to which successor. */
    public static final String LOCALITY_ASSIGNMENTS = "locality-assignments.v1";

    /** How many records of a divided unit went where: one message a unit, the latest counts. */
    public static final String EDGE_WEIGHTS = "edge-weights.v1";

    /** Every hand-over record that is sealed or signed and every day handed over, in the order of their chain, kept for ever. */
    public static final String HANDOVERS = "handovers.v1";

    private Topics() {}
}
