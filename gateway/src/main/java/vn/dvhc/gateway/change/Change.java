package vn.dvhc.gateway.change;

import java.nio.charset.StandardCharsets;

/** One message of the log, with what filters ask about it. Units and provinces are numbered by {@link Kin}. */
public final class Change {

    private final long sequence;
    private final String subject;
    private final ChangeKind kind;
    private final int[] units;
    private final int[] provinces;
    private final byte[] event;

    Change(long sequence, String subject, ChangeKind kind, int[] units, int[] provinces, byte[] event) {
        this.sequence = sequence;
        this.subject = subject;
        this.kind = kind;
        this.units = units;
        this.provinces = provinces;
        this.event = event;
    }

    /** Its place in the order of all changes; identifies it. */
    public long sequence() {
        return sequence;
    }

    /** The unit it is about, of a notice the decision: changes of one subject are told in their order. */
    public String subject() {
        return subject;
    }

    public ChangeKind kind() {
        return kind;
    }

    int[] units() {
        return units;
    }

    int[] provinces() {
        return provinces;
    }

    /** The CloudEvent as JSON in UTF-8, on one line; not to be changed. */
    public byte[] event() {
        return event;
    }

    @Override
    public String toString() {
        return sequence + " " + kind + " " + subject + " " + new String(event, StandardCharsets.UTF_8);
    }
}
