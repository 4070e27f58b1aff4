package vn.dvhc.contract;

import java.util.List;

/**
 * How many records of a divided unit went to which unit, as counted: the body of a message of {@code edge-weights.v1}. The latest
 * message of a unit replaces those before it.
 *
 * @param unit id of the unit that was divided
 * @param enactment ISO date of the day on which it ended
 * @param countedAt when the ledgers were read, as RFC 3339
 * @param datasets one line a kind of record; may be empty
 */
public record EdgeWeightData(String unit, String enactment, String countedAt, List<Counted> datasets) {

    /** The type of the event. */
    public static final String TYPE = "vn.dvhc.edge.weighed";

    public EdgeWeightData {
        datasets = List.copyOf(datasets);
    }

    /**
     * Records of one kind.
     *
     * @param follows {@code people}, {@code land} or {@code everything}
     * @param undecided records that still wait for a person; unless it is 0 the shares say nothing of the whole
     * @param shares one line a receiving unit
     */
    public record Counted(String dataset, String follows, long undecided, List<Share> shares) {

        public Counted {
            shares = List.copyOf(shares);
        }
    }

    /**
     * What went to one unit.
     *
     * @param unit id of the receiving unit
     * @param records at least 1
     */
    public record Share(String unit, long records) {}
}
