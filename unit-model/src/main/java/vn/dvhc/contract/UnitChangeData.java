package vn.dvhc.contract;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.Edge;
import vn.dvhc.decision.Fact;
import vn.dvhc.decision.LegalAct;
import vn.dvhc.decision.UnitEvent;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitType;

/**
 * The data of one event on {@code unit-changes.v1}. The CloudEvent's {@code type} says what happened; the fields {@code
 * code}, {@code type}, {@code name} and {@code parent} tell the unit as it stands after the day, or stood before its end.
 *
 * @param sequence place in the order of all changes since 2004; identifies the message; grows by one
 * @param enactment date on which the change takes effect; all changes of one date belong together
 * @param index place within the enactment, from 0
 * @param count how many messages the enactment has: a consumer applies all or none
 * @param decision our id of the decision
 * @param unitId the unit concerned; for {@code succeeded} the giving one
 * @param level {@code province}, {@code district} or {@code commune}
 * @param parent unit id of the unit above; null for a province
 * @param edges what passed from whom to whom with this change
 * @param legalBasis numbers of the acts, may be empty
 */
public record UnitChangeData(
        long sequence,
        String enactment,
        int index,
        int count,
        String decision,
        String unitId,
        String level,
        String code,
        String type,
        String name,
        @Nullable String parent,
        List<EdgeData> edges,
        List<String> legalBasis,
        @Nullable String clause,
        @Nullable String note) {

    public UnitChangeData {
        edges = List.copyOf(edges);
        legalBasis = List.copyOf(legalBasis);
    }

    /** A message with the event type that goes into its envelope. */
    public record Typed(UnitEvent.Kind kind, UnitChangeData data) {

        /** What the message says; several facts if edges ride with it. */
        public List<Fact> facts() {
            DecisionId decision = new DecisionId(data.decision());
            List<Fact> facts = new ArrayList<>();
            if (kind != UnitEvent.Kind.SUCCEEDED) {
                facts.add(new Fact(decision, data.toEvent(kind)));
            }
            data.edges().forEach(edge -> facts.add(new Fact(decision, new UnitEvent.Succeeded(edge.toEdge()))));
            return facts;
        }
    }

    /**
     * The messages of an enactment, in order. An edge rides with the end of the giving unit, else with the beginning of
     * the receiving one, else it is a message of its own.
     */
    public static List<Typed> messages(Enactment.Enacted enacted, long firstSequence) {
        Set<UnitId> ended = new HashSet<>();
        Set<UnitId> created = new HashSet<>();
        for (Fact fact : enacted.facts()) {
            switch (fact.event().kind()) {
                case ENDED -> ended.add(fact.event().unit());
                case CREATED -> created.add(fact.event().unit());
                case RENAMED, RECLASSIFIED, REPARENTED, RECODED, SUCCEEDED -> {}
            }
        }
        Map<UnitId, List<EdgeData>> withEnd = new HashMap<>();
        Map<UnitId, List<EdgeData>> withBeginning = new HashMap<>();
        Map<Fact, List<EdgeData>> messages = new LinkedHashMap<>();
        for (Fact fact : enacted.facts()) {
            if (fact.event() instanceof UnitEvent.Succeeded succeeded) {
                Edge edge = succeeded.edge();
                if (ended.contains(edge.from())) {
                    withEnd.computeIfAbsent(edge.from(), id -> new ArrayList<>())
                            .add(EdgeData.of(edge));
                } else if (created.contains(edge.to())) {
                    withBeginning
                            .computeIfAbsent(edge.to(), id -> new ArrayList<>())
                            .add(EdgeData.of(edge));
                } else {
                    messages.put(fact, List.of(EdgeData.of(edge)));
                }
            }
        }
        Map<Fact, List<EdgeData>> ordered = new LinkedHashMap<>();
        for (Fact fact : enacted.facts()) {
            UnitId unit = fact.event().unit();
            switch (fact.event().kind()) {
                case ENDED -> ordered.put(fact, withEnd.getOrDefault(unit, List.of()));
                case CREATED -> ordered.put(fact, withBeginning.getOrDefault(unit, List.of()));
                case RENAMED, RECLASSIFIED, REPARENTED, RECODED -> ordered.put(fact, List.of());
                case SUCCEEDED -> {}
            }
        }
        ordered.putAll(messages);
        List<Typed> typed = new ArrayList<>(ordered.size());
        ordered.forEach((fact, edges) -> typed.add(
                new Typed(fact.event().kind(), of(fact, edges, enacted, firstSequence, typed.size(), ordered.size()))));
        return typed;
    }

    private static UnitChangeData of(
            Fact fact, List<EdgeData> edges, Enactment.Enacted enacted, long firstSequence, int index, int count) {
        UnitEvent event = fact.event();
        Unit unit = enacted.timeline().find(event.unit()).orElseThrow().last();
        UnitId parent = unit.parent();
        UnitCode code = unit.code();
        UnitType type = unit.type();
        String name = unit.name();
        switch (event.kind()) {
            case CREATED -> {
                UnitEvent.Created created = (UnitEvent.Created) event;
                code = created.unit().codeAtBirth();
                type = created.type();
                name = created.name();
                parent = created.parent();
            }
            case RENAMED -> name = ((UnitEvent.Renamed) event).name();
            case RECLASSIFIED -> type = ((UnitEvent.Reclassified) event).type();
            case REPARENTED -> parent = ((UnitEvent.Reparented) event).parent();
            case RECODED -> code = ((UnitEvent.Recoded) event).code();
            case ENDED, SUCCEEDED -> {}
        }
        return new UnitChangeData(
                firstSequence + index,
                enacted.date().toString(),
                index,
                count,
                fact.decision().value(),
                event.unit().toString(),
                event.unit().level().label(),
                code.value(),
                type.label(),
                name,
                parent == null ? null : parent.toString(),
                edges,
                event.basis().actNumbers(),
                event.basis().clause(),
                event.basis().note());
    }

    private UnitEvent toEvent(UnitEvent.Kind kind) {
        UnitId unit = UnitId.parse(unitId);
        UnitId parentId = parent == null ? null : UnitId.parse(parent);
        Basis basis = new Basis(legalBasis.stream().map(LegalAct::new).toList(), clause, note);
        return switch (kind) {
            case CREATED -> new UnitEvent.Created(unit, UnitType.ofLabel(type), name, parentId, basis);
            case ENDED -> new UnitEvent.Ended(unit, basis);
            case RENAMED -> new UnitEvent.Renamed(unit, name, basis);
            case RECLASSIFIED -> new UnitEvent.Reclassified(unit, UnitType.ofLabel(type), basis);
            case REPARENTED -> {
                if (parentId == null) {
                    throw new IllegalArgumentException("A reparented unit needs a parent: " + unitId);
                }
                yield new UnitEvent.Reparented(unit, parentId, basis);
            }
            case RECODED -> new UnitEvent.Recoded(unit, UnitCode.of(code), basis);
            case SUCCEEDED -> throw new IllegalArgumentException("An edge is no change of a unit");
        };
    }

    /** @throws java.time.DateTimeException if the enactment is no date */
    public LocalDate enactmentDate() {
        return LocalDate.parse(enactment);
    }
}
