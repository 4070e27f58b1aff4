package vn.dvhc.contract;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.Fact;
import vn.dvhc.decision.LegalAct;
import vn.dvhc.decision.UnitEvent;
import vn.dvhc.timeline.Amendment;
import vn.dvhc.timeline.Chronicle;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.timeline.Entry;
import vn.dvhc.timeline.Group;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitType;

/**
 * The data of one event on {@code unit-changes.v1} about a unit. The CloudEvent's {@code type} says what happened; the fields
 * {@code code}, {@code type}, {@code name} and {@code parent} tell the unit as it stands after the day, or stood before its
 * end. An event that strikes another one tells of the unit what that one told.
 *
 * @param sequence place in the order of all messages since 2004; identifies the message; grows by one
 * @param enactment date on which the change takes effect; all changes of one date belong together
 * @param index place within the enactment or correction, from 0
 * @param count how many messages the enactment or correction has: a consumer applies all or none
 * @param decision our id of the decision
 * @param unitId the unit concerned; for {@code succeeded} the giving one
 * @param level {@code province}, {@code district} or {@code commune}
 * @param parent unit id of the unit above; null for a province
 * @param edges what passed from whom to whom with this change
 * @param legalBasis numbers of the acts, may be empty
 * @param correction true if it mends a day that was published before; null or false for the day itself
 * @param retracts only of {@code retracted}: the sequence of the message that counts no more, with its edges
 * @param replaces of a correction: the sequence of the struck message in whose place of the day this one stands; null if it
 *     stands after all that was published of the day before
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
        @Nullable String note,
        @Nullable Boolean correction,
        @Nullable Long retracts,
        @Nullable Long replaces) {

    /** The event type of a message that strikes another one. */
    public static final String RETRACTED = "vn.dvhc.unit.retracted";

    public UnitChangeData {
        edges = List.copyOf(edges);
        legalBasis = List.copyOf(legalBasis);
    }

    /** A message about a unit, with the event type that goes into its envelope. */
    public sealed interface Message extends LogMessage {

        @Override
        UnitChangeData data();

        /**
         * What it states or strikes.
         *
         * @throws IllegalArgumentException if its data break the contract
         * @throws java.time.DateTimeException if a date in it is none
         */
        Entry entry();

        @Override
        default String subject() {
            return data().unitId();
        }

        @Override
        default long sequence() {
            return data().sequence();
        }

        @Override
        default int index() {
            return data().index();
        }

        @Override
        default int count() {
            return data().count();
        }

        @Override
        default Group.Kind groupKind() {
            return data().mends() ? Group.Kind.CORRECTION : Group.Kind.DAY;
        }

        @Override
        default String groupName() {
            return data().mends()
                    ? "correction " + data().decision() + " of " + data().enactment()
                    : "day " + data().enactment();
        }
    }

    /** A message that states something. */
    public record Typed(UnitEvent.Kind kind, UnitChangeData data) implements Message {

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

        @Override
        public String type() {
            return kind.type();
        }

        @Override
        public Entry entry() {
            if (data.retracts() != null || (data.replaces() != null && !data.mends())) {
                throw new IllegalArgumentException("Message " + data.sequence() + " refers to another without right");
            }
            return new Entry(data.sequence(), facts(), null, data.replaces());
        }
    }

    /** A message that strikes another one. */
    public record Retraction(UnitChangeData data) implements Message {

        @Override
        public String type() {
            return RETRACTED;
        }

        @Override
        public Entry entry() {
            if (data.retracts() == null || !data.mends()) {
                throw new IllegalArgumentException("Message " + data.sequence() + " strikes nothing");
            }
            return new Entry(data.sequence(), List.of(), data.retracts(), null);
        }
    }

    /**
     * The message as its envelope and data give it.
     *
     * @throws IllegalArgumentException if the contract has no such type of a unit's event
     */
    public static Message message(String type, UnitChangeData data) {
        return type.equals(RETRACTED) ? new Retraction(data) : new Typed(UnitEvent.Kind.ofType(type), data);
    }

    /** The messages of an enactment, in order; put together as {@link Entry#of} does. */
    public static List<Typed> messages(Enactment.Enacted enacted, long firstSequence) {
        List<Entry> entries = Entry.of(enacted.facts(), firstSequence);
        Place place = new Place(enacted.date(), firstSequence, entries.size(), false);
        return entries.stream()
                .map(entry -> typed(entry, place, List.of(enacted.timeline())))
                .toList();
    }

    /** The messages of a correction that was accepted, in order. */
    public static List<Message> messages(Amendment.Accepted amendment) {
        Group.Correction correction = amendment.correction();
        Place place = new Place(
                correction.date(),
                correction.firstSequence(),
                correction.entries().size(),
                true);
        // What only the struck messages made is known before; what only comes about now, after.
        List<Timeline> known =
                List.of(amendment.after().timeline(), amendment.before().timeline());
        List<Message> messages = new ArrayList<>();
        for (Entry entry : correction.entries()) {
            Long retracted = entry.retracts();
            if (retracted == null) {
                messages.add(typed(entry, place, known));
            } else {
                Entry struck = stated(amendment.before(), retracted);
                messages.add(new Retraction(
                        of(entry, struck.facts(), correction.decision(), place, List.of(known.get(1), known.get(0)))));
            }
        }
        return messages;
    }

    /** What a message states; of one that only strikes, what the one it strikes states. */
    private static Entry stated(Chronicle chronicle, long sequence) {
        Entry entry = chronicle.message(sequence).orElseThrow();
        Long retracted = entry.retracts();
        return retracted == null ? entry : stated(chronicle, retracted);
    }

    /** Where a message stands: its group. */
    private record Place(LocalDate date, long firstSequence, int count, boolean correction) {}

    private static Typed typed(Entry entry, Place place, List<Timeline> known) {
        Fact fact = entry.facts().get(0);
        return new Typed(fact.event().kind(), of(entry, entry.facts(), fact.decision(), place, known));
    }

    private static UnitChangeData of(
            Entry entry, List<Fact> facts, DecisionId decision, Place place, List<Timeline> known) {
        UnitEvent event = facts.get(0).event();
        Unit unit = unit(event.unit(), place.date(), known);
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
                entry.sequence(),
                place.date().toString(),
                (int) (entry.sequence() - place.firstSequence()),
                place.count(),
                decision.value(),
                event.unit().toString(),
                event.unit().level().label(),
                code.value(),
                type.label(),
                name,
                parent == null ? null : parent.toString(),
                facts.stream()
                        .map(Fact::event)
                        .filter(UnitEvent.Succeeded.class::isInstance)
                        .map(edge -> EdgeData.of(((UnitEvent.Succeeded) edge).edge()))
                        .toList(),
                event.basis().actNumbers(),
                event.basis().clause(),
                event.basis().note(),
                place.correction() ? true : null,
                entry.retracts(),
                entry.replaces());
    }

    /** The unit at the end of the date, or before its end on it, by the first timeline that knows the unit. */
    private static Unit unit(UnitId id, LocalDate date, List<Timeline> known) {
        return known.stream()
                .flatMap(timeline -> timeline.find(id).stream())
                .findFirst()
                .map(history -> history.at(date).orElse(history.last()))
                .orElseThrow();
    }

    /** Whether it belongs to a correction. */
    boolean mends() {
        return Boolean.TRUE.equals(correction);
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
