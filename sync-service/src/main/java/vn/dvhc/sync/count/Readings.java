package vn.dvhc.sync.count;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitRef;

/**
 * Which codes, read at which dates, denote the units asked for.
 *
 * @param asked the units, each once, as the caller named them
 * @param unknown those that nobody was at their date
 */
record Readings(List<UnitRef> asked, List<Range> ranges, List<UnitRef> unknown) {

    Readings {
        asked = List.copyOf(asked);
        ranges = List.copyOf(ranges);
        unknown = List.copyOf(unknown);
    }

    /**
     * A record whose code is this one and whose vintage lies in the range belongs to the unit.
     *
     * @param unit place of the unit in {@link #asked}
     * @param to exclusive; null if the unit bears the code still
     */
    record Range(
            int unit, String code, LocalDate from, @Nullable LocalDate to) {}

    /** A unit that was re-coded has several ranges; those of one unit never overlap. */
    static Readings of(Timeline timeline, List<UnitRef> units) {
        List<UnitRef> asked = units.stream().distinct().toList();
        List<Range> ranges = new ArrayList<>();
        List<UnitRef> unknown = new ArrayList<>();
        for (int place = 0; place < asked.size(); place++) {
            UnitRef ref = asked.get(place);
            Optional<Unit> unit = Optional.ofNullable(ref.vintage()).flatMap(at -> timeline.unit(ref.code(), at));
            if (unit.isEmpty()) {
                unknown.add(ref);
            } else {
                for (Unit state : timeline.find(unit.get().id()).orElseThrow().states()) {
                    ranges.add(new Range(place, state.code().value(), state.validFrom(), state.validTo()));
                }
            }
        }
        return new Readings(asked, ranges, unknown);
    }
}
