package vn.dvhc.demo.reform;

/** What the reform does to a record. Each record has exactly one. */
public enum Outcome {
    /** Its unit changed. */
    MOVED,
    /** Its unit goes on. */
    KEPT,
    /** Its unit is undecided: it keeps the old one and waits. */
    QUEUED,
    /** Its unit is unknown. */
    REJECTED
}
