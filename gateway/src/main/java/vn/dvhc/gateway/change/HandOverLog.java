package vn.dvhc.gateway.change;

import java.util.List;
import java.util.stream.Stream;
import vn.dvhc.contract.HandOverData;
import vn.dvhc.unit.UnitId;

/** All hand-overs told so far in their order, without gap: some 300 bytes each. */
public final class HandOverLog extends HeldFeed {

    private final ChangeLog units;

    /** An event of {@code handovers.v1} as it was read. */
    record Told(String subject, HandOverData.Kind kind, HandOverData data) {

        /** The units that it names; none for a day. */
        List<UnitId> units() {
            return Stream.of(data.from(), data.to())
                    .flatMap(Stream::ofNullable)
                    .map(UnitId::parse)
                    .toList();
        }

        private List<String> datasets() {
            List<HandOverData.OfDataset> all = data.datasets();
            if (all != null) {
                return all.stream().map(HandOverData.OfDataset::dataset).toList();
            }
            String one = data.dataset();
            return one == null ? List.of() : List.of(one);
        }
    }

    /** @param units who came from whom and stands where: what filters ask */
    HandOverLog(ChangeLog units) {
        this.units = units;
    }

    /** Whether the units it names have been told of: before that nobody knows whose it is. */
    boolean isReadyFor(Told told) {
        return units.isCaughtUp() && units.knows(told.units());
    }

    /** Takes the next one with its event on one line; those seen before are dropped, a gap halts the log. */
    void accept(Told told, byte[] event) {
        long sequence = told.data().sequence();
        if (isHalted() || sequence <= last()) {
            return;
        }
        if (sequence != last() + 1) {
            halt("Message " + sequence + " came behind " + last());
            return;
        }
        append(List.of(Change.packed(
                sequence,
                told.subject(),
                ChangeKind.of(told.kind()),
                units.concern(told.units(), told.datasets()),
                event)));
        tell();
    }
}
