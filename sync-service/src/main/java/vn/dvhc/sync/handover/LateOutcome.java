package vn.dvhc.sync.handover;

/** What became of a late change in its record's new home. */
public enum LateOutcome {
    WRITTEN,
    /** What the record holds comes from this change already, or from a later one. */
    CONTAINED,
    /** It waits in the conflict inbox. */
    CONFLICT
}
