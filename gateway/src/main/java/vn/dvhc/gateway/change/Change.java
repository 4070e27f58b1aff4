package vn.dvhc.gateway.change;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** One message of a stream, with what filters ask about it. Units and provinces are numbered by {@link Kin}. */
public final class Change {

    private final long sequence;
    private final String subject;
    private final ChangeKind kind;
    private final Concern concern;
    private final byte[] event;
    private final int unpacked;

    /**
     * What a change concerns.
     *
     * @param ofAll whether every unit and province is concerned, whatever is named
     * @param datasets empty for what is about units alone
     */
    record Concern(boolean ofAll, int[] units, int[] provinces, List<String> datasets) {
        Concern {
            datasets = List.copyOf(datasets);
        }

        static Concern of(int[] units, int[] provinces, List<String> datasets) {
            return new Concern(false, units, provinces, datasets);
        }

        static Concern ofAll(List<String> datasets) {
            return new Concern(true, new int[0], new int[0], datasets);
        }
    }

    private Change(long sequence, String subject, ChangeKind kind, Concern concern, byte[] event, int unpacked) {
        this.sequence = sequence;
        this.subject = subject;
        this.kind = kind;
        this.concern = concern;
        this.event = event;
        this.unpacked = unpacked;
    }

    /** A change of units. */
    Change(long sequence, String subject, ChangeKind kind, int[] units, int[] provinces, byte[] event) {
        this(sequence, subject, kind, Concern.of(units, provinces, List.of()), event, 0);
    }

    /** One whose event is kept {@linkplain Packing packed}. */
    static Change packed(long sequence, String subject, ChangeKind kind, Concern concern, byte[] event) {
        return new Change(sequence, subject, kind, concern, Packing.pack(event), event.length);
    }

    /** Its place in the order of its stream; identifies it there. */
    public long sequence() {
        return sequence;
    }

    /** The unit it is about, of a notice the decision, of a day handed over the day: changes of one subject are told in their order. */
    public String subject() {
        return subject;
    }

    public ChangeKind kind() {
        return kind;
    }

    Concern concern() {
        return concern;
    }

    /** The CloudEvent as JSON in UTF-8, on one line; not to be changed. */
    public byte[] event() {
        return unpacked == 0 ? event : Packing.unpack(event, unpacked);
    }

    @Override
    public String toString() {
        return sequence + " " + kind + " " + subject + " " + new String(event(), StandardCharsets.UTF_8);
    }
}
