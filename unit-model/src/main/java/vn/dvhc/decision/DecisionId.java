package vn.dvhc.decision;

/** Our own identifier of a decision: a decision is not an act, and act numbers are not unique. */
public record DecisionId(String value) implements Comparable<DecisionId> {

    public DecisionId {
        if (!value.matches("[a-z0-9][a-z0-9-]{0,99}")) {
            throw new IllegalArgumentException("A decision id is 1 to 100 of a-z, 0-9 and hyphen");
        }
    }

    @Override
    public int compareTo(DecisionId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
