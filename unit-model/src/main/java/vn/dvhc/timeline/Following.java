package vn.dvhc.timeline;

import java.util.List;
import vn.dvhc.decision.Edge;
import vn.dvhc.decision.Portion;

/** What a record follows when its unit is split: acts pass on people and land separately. */
public enum Following {
    /** Follow every edge. */
    EVERYTHING,
    /** People's records: «một phần diện tích» takes none of them, «…, toàn bộ dân số» takes all of them. */
    PEOPLE,
    /** Records of land and buildings: «một phần dân số» takes none of them. */
    LAND;

    /** The edges out of one unit along which a record may have gone; all of them if the acts leave none for it. */
    List<Edge> among(List<Edge> edges) {
        List<Edge> taking = taking(edges);
        return taking.isEmpty() ? edges : taking;
    }

    private List<Edge> taking(List<Edge> edges) {
        return switch (this) {
            case EVERYTHING -> edges;
            case PEOPLE -> {
                List<Edge> takingAll = edges.stream()
                        .filter(edge -> edge.portion() == Portion.PART_OF_AREA_ALL_PEOPLE)
                        .toList();
                yield takingAll.isEmpty()
                        ? edges.stream()
                                .filter(edge -> edge.portion() != Portion.PART_OF_AREA)
                                .toList()
                        : takingAll;
            }
            case LAND ->
                edges.stream()
                        .filter(edge -> edge.portion() != Portion.PART_OF_PEOPLE)
                        .toList();
        };
    }
}
