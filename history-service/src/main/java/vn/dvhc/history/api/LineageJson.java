package vn.dvhc.history.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.query.Ancestry;
import vn.dvhc.history.query.UnitView;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.Unit;

/**
 * The lineage of a unit as a graph.
 *
 * @param root unit id of the unit asked for
 * @param asOf only if the code came without a date: the date it was read at
 * @param ambiguousBefore only if the code came without a date and meant another unit before this one
 * @param truncated whether there is more than is told
 */
@Schema(name = "Lineage")
record LineageJson(
        String root,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable LocalDate asOf,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable LocalDate ambiguousBefore,
        List<NodeJson> nodes,
        List<Json.EdgeJson> edges,
        boolean truncated) {

    /**
     * A unit with its life.
     *
     * @param code the last code it bore, as the name, type and province are its last
     * @param to the first day on which it is no more; null while it is in force
     * @param names every name it bore, with its type, from when on
     */
    @Schema(name = "LineageNode")
    record NodeJson(
            String unitId,
            String code,
            String level,
            String type,
            String name,
            String fullName,
            @Nullable String province,
            LocalDate from,
            @Nullable LocalDate to,
            List<NamedJson> names) {

        private static NodeJson of(UnitHistory life, UnitView view) {
            Unit last = view.state();
            return new NodeJson(
                    last.id().toString(),
                    last.code().value(),
                    last.level().label(),
                    last.type().label(),
                    last.name(),
                    last.fullName(),
                    province(view),
                    life.born(),
                    life.ended(),
                    NamedJson.of(life));
        }

        private static @Nullable String province(UnitView view) {
            UnitView above = view.parent();
            if (above == null) {
                return null;
            }
            return above.parent() == null ? above.state().name() : province(above);
        }
    }

    /** A name with its type from a day on. */
    @Schema(name = "LineageName")
    record NamedJson(LocalDate from, String code, String fullName) {

        private static List<NamedJson> of(UnitHistory life) {
            List<NamedJson> names = new ArrayList<>();
            for (Unit state : life.states()) {
                NamedJson next = new NamedJson(state.validFrom(), state.code().value(), state.fullName());
                NamedJson last = names.isEmpty() ? null : names.get(names.size() - 1);
                if (last == null || !last.code.equals(next.code) || !last.fullName.equals(next.fullName)) {
                    names.add(next);
                }
            }
            return names;
        }
    }

    static LineageJson of(Ancestry.Drawn drawn) {
        List<NodeJson> nodes = new ArrayList<>();
        for (int i = 0; i < drawn.units().size(); i++) {
            nodes.add(NodeJson.of(drawn.graph().units().get(i), drawn.units().get(i)));
        }
        return new LineageJson(
                drawn.graph().root().toString(),
                drawn.reading() == null ? null : drawn.reading().asOf(),
                drawn.reading() == null ? null : drawn.reading().ambiguousBefore(),
                nodes,
                Json.EdgeJson.of(drawn.graph().edges()),
                drawn.graph().truncated());
    }
}
