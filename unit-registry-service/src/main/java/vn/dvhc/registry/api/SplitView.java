package vn.dvhc.registry.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Portion;
import vn.dvhc.registry.impact.Splits;

/**
 * A unit that is split, with how far its localities are assigned.
 *
 * @param assigned localities assigned so far
 * @param unassigned localities that records name and nobody has assigned
 * @param recordsWithoutLocality records of the unit that name no locality: they wait for clerks
 */
public record SplitView(
        UnitLine unit, List<PartView> successors, int assigned, Localities unassigned, long recordsWithoutLocality) {

    private static final int MOST_LOCALITIES = 200;

    /** @param portion the act's words; absent where it has none */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PartView(
            UnitLine unit, String extent, @Nullable String portion) {

        static PartView of(Splits.Part part) {
            Portion portion = part.edge().portion();
            return new PartView(
                    UnitLine.of(part.successor()),
                    part.edge().extent().label(),
                    portion == Portion.UNSTATED ? null : portion.words());
        }
    }

    /** The first of many localities, by name. */
    public record Localities(int total, List<Locality> localities) {}

    /** @param records how many name it */
    public record Locality(String locality, long records) {}

    /**
     * A page of split units.
     *
     * @param total split units of the decision
     * @param lacking why no localities without assignment are known, in Vietnamese; absent if they are
     * @param next is handed back as {@code after}; absent on the last page
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Page(
            int total,
            List<SplitView> splits,
            @Nullable String lacking,
            @Nullable String next) {}

    static SplitView of(Splits.Split split) {
        return new SplitView(
                UnitLine.of(split.unit()),
                split.parts().stream().map(PartView::of).toList(),
                split.assigned(),
                new Localities(
                        split.unassigned().size(),
                        split.unassigned().entrySet().stream()
                                .limit(MOST_LOCALITIES)
                                .map(entry -> new Locality(entry.getKey(), entry.getValue()))
                                .toList()),
                split.withoutLocality());
    }
}
