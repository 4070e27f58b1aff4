package vn.dvhc.timeline;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.Edge;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.Fact;
import vn.dvhc.decision.LegalAct;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.decision.UnitEvent;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitType;

/**
 * The working copy behind {@link Timeline} and {@link Chronicle}. Changes are applied in order; parents and
 * edges are resolved and all references checked at the end of the day, since in between they need not hold. After a
 * refusal the draft is thrown away.
 */
final class Draft {

    /**
     * From this day on a name is unique among the units of one level below one province, whatever their type. Before it
     * the catalogue itself holds three pairs of namesakes for some months (see the catalogue's test), so nothing is refused.
     */
    private static final LocalDate NAMES_UNIQUE_FROM = LocalDate.of(2025, 7, 1);

    private final Map<UnitId, UnitHistory> histories;
    private final Map<UnitCode, List<Tenure>> tenures;
    private final Map<UnitId, List<DatedEdge>> outgoing;
    private final Map<UnitId, List<DatedEdge>> incoming;
    private @Nullable LocalDate lastDay;

    private final Map<UnitCode, UnitId> bearers = new HashMap<>();
    private final Map<UnitId, Set<UnitId>> children = new HashMap<>();
    private final Set<UnitId> provinces = new HashSet<>();

    private final List<Refusal> refusals = new ArrayList<>();

    // What the day at hand has touched.
    private final Map<UnitCode, Optional<UnitId>> bearersTheDayBefore = new HashMap<>();
    private final Map<UnitId, UnitCode> parentsToResolve = new LinkedHashMap<>();
    private final Set<UnitId> touched = new LinkedHashSet<>();
    private final Set<UnitId> ended = new LinkedHashSet<>();

    Draft(Timeline timeline) {
        histories = new HashMap<>(timeline.historyMap());
        tenures = new HashMap<>(timeline.tenureMap());
        outgoing = new HashMap<>(timeline.outgoingMap());
        incoming = new HashMap<>(timeline.incomingMap());
        lastDay = timeline.lastDay().orElse(null);
        for (UnitHistory history : histories.values()) {
            if (history.ended() == null) {
                Unit unit = history.last();
                bearers.put(unit.code(), unit.id());
                siblings(unit).add(unit.id());
            }
        }
    }

    List<Refusal> refusals() {
        return List.copyOf(refusals);
    }

    Timeline freeze() {
        return new Timeline(histories, tenures, outgoing, incoming, lastDay);
    }

    /** Applies a day that speaks in codes; the facts are empty if anything was refused. */
    List<Fact> enact(LocalDate date, List<Decision> decisions) {
        if (!begin(date)) {
            return List.of();
        }
        List<Applied> applied = new ArrayList<>();
        List<Fact> edges = new ArrayList<>();
        for (Decision decision : decisions) {
            for (UnitChange change : decision.changes()) {
                if (change.kind() != UnitChange.Kind.SUCCEED) {
                    apply(date, change).ifPresent(unit -> applied.add(new Applied(decision.id(), change, unit)));
                }
            }
        }
        resolveParents();
        for (Decision decision : decisions) {
            for (UnitChange change : decision.changes()) {
                if (change instanceof UnitChange.Succeed succession) {
                    resolveEdge(succession)
                            .ifPresent(edge -> edges.add(new Fact(decision.id(), new UnitEvent.Succeeded(edge))));
                }
            }
        }
        end(
                date,
                edges.stream()
                        .map(fact -> ((UnitEvent.Succeeded) fact.event()).edge())
                        .toList());
        if (!refusals.isEmpty()) {
            return List.of();
        }
        List<Fact> facts = new ArrayList<>(applied.size() + edges.size());
        applied.forEach(step -> facts.add(new Fact(step.decision(), step.toEvent(bearers))));
        facts.addAll(edges);
        return facts;
    }

    /** Applies a day that speaks in identities. */
    void replay(LocalDate date, List<Fact> facts) {
        if (!begin(date)) {
            return;
        }
        List<Edge> edges = new ArrayList<>();
        facts.forEach(fact -> replay(date, fact.event(), edges));
        end(date, edges);
    }

    /**
     * Applies a day that was recorded before, with a correction's changes in codes: each in the place of the struck message
     * that it states anew, else after all that was recorded.
     *
     * @return what the changes came to; empty if anything was refused
     */
    List<Stated> amend(LocalDate date, List<Slot> day, DecisionId decision, List<UnitChange> changes) {
        if (!begin(date)) {
            return List.of();
        }
        List<Edge> edges = new ArrayList<>();
        List<Applied> applied = new ArrayList<>();
        Map<Applied, Long> places = new IdentityHashMap<>();
        List<UnitChange> waiting = new ArrayList<>(changes);
        waiting.removeIf(change -> change.kind() == UnitChange.Kind.SUCCEED);
        for (Slot slot : day) {
            if (!slot.struck()) {
                slot.entry().facts().forEach(fact -> replay(date, fact.event(), edges));
                continue;
            }
            UnitEvent struck = slot.entry().facts().get(0).event();
            Optional<UnitChange> anew = waiting.stream()
                    .filter(change -> isAnew(date, change, struck))
                    .findFirst();
            anew.flatMap(change -> apply(date, change)).ifPresent(unit -> {
                Applied step = new Applied(decision, anew.orElseThrow(), unit);
                applied.add(step);
                places.put(step, slot.entry().sequence());
            });
            anew.ifPresent(waiting::remove);
        }
        for (UnitChange change : waiting) {
            apply(date, change).ifPresent(unit -> applied.add(new Applied(decision, change, unit)));
        }
        resolveParents();
        List<Edge> added = new ArrayList<>();
        for (UnitChange change : changes) {
            if (change instanceof UnitChange.Succeed succession) {
                resolveEdge(succession).ifPresent(added::add);
            }
        }
        edges.addAll(added);
        end(date, edges);
        if (!refusals.isEmpty()) {
            return List.of();
        }
        List<Stated> stated = new ArrayList<>(applied.size() + added.size());
        applied.forEach(step -> stated.add(new Stated(new Fact(decision, step.toEvent(bearers)), places.get(step))));
        added.forEach(edge -> stated.add(new Stated(new Fact(decision, new UnitEvent.Succeeded(edge)), null)));
        return stated;
    }

    /** A message that was recorded of a day; a struck one only holds its place. */
    record Slot(Entry entry, boolean struck) {}

    /**
     * What a change of a correction came to.
     *
     * @param replaces the struck message whose place it takes; null if none
     */
    record Stated(Fact fact, @Nullable Long replaces) {}

    /** Whether a change says anew what a struck message said, by the code its unit bears at this point of the day. */
    private boolean isAnew(LocalDate date, UnitChange change, UnitEvent struck) {
        UnitEvent.Kind kind = switch (change.kind()) {
            case CREATE -> UnitEvent.Kind.CREATED;
            case ABOLISH -> UnitEvent.Kind.ENDED;
            case RENAME -> UnitEvent.Kind.RENAMED;
            case RECLASSIFY -> UnitEvent.Kind.RECLASSIFIED;
            case REPARENT -> UnitEvent.Kind.REPARENTED;
            case RECODE -> UnitEvent.Kind.RECODED;
            case SUCCEED -> UnitEvent.Kind.SUCCEEDED;
        };
        UnitId unit = kind == UnitEvent.Kind.CREATED ? new UnitId(change.code(), date) : bearers.get(change.code());
        return kind == struck.kind() && struck.unit().equals(unit);
    }

    private void replay(LocalDate date, UnitEvent event, List<Edge> edges) {
        switch (event.kind()) {
            case CREATED -> {
                UnitEvent.Created created = (UnitEvent.Created) event;
                create(date, created.unit(), created.type(), created.name(), created.parent(), created.basis());
            }
            case ENDED -> end(date, event.unit(), event.basis());
            case RENAMED ->
                alter(date, event.unit(), event.basis(), unit -> unit.renamed(((UnitEvent.Renamed) event).name()));
            case RECLASSIFIED ->
                alter(
                        date,
                        event.unit(),
                        event.basis(),
                        unit -> unit.reclassified(((UnitEvent.Reclassified) event).type()));
            case REPARENTED -> {
                UnitId parent = ((UnitEvent.Reparented) event).parent();
                alter(date, event.unit(), event.basis(), UnaryOperator.identity());
                place(event.unit(), parent);
            }
            case RECODED -> recode(date, event.unit(), ((UnitEvent.Recoded) event).code(), event.basis());
            case SUCCEEDED -> edges.add(((UnitEvent.Succeeded) event).edge());
        }
    }

    private boolean begin(LocalDate date) {
        bearersTheDayBefore.clear();
        parentsToResolve.clear();
        touched.clear();
        ended.clear();
        if (lastDay != null && !date.isAfter(lastDay)) {
            refusals.add(Refusal.notAfterLast(date, lastDay));
            return false;
        }
        lastDay = date;
        return true;
    }

    private Optional<UnitId> apply(LocalDate date, UnitChange change) {
        if (change instanceof UnitChange.Create create) {
            UnitId id = new UnitId(create.code(), date);
            if (!create(date, id, create.type(), create.name(), null, create.basis())) {
                return Optional.empty();
            }
            if (create.parent() != null) {
                parentsToResolve.put(id, create.parent());
            }
            return Optional.of(id);
        }
        UnitId unit = bearers.get(change.code());
        if (unit == null) {
            refuseUnknown(change.code().value());
            return Optional.empty();
        }
        switch (change.kind()) {
            case ABOLISH -> end(date, unit, change.basis());
            case RENAME ->
                alter(date, unit, change.basis(), state -> state.renamed(((UnitChange.Rename) change).name()));
            case RECLASSIFY ->
                alter(date, unit, change.basis(), state -> state.reclassified(((UnitChange.Reclassify) change).type()));
            case REPARENT -> {
                alter(date, unit, change.basis(), UnaryOperator.identity());
                parentsToResolve.put(unit, ((UnitChange.Reparent) change).parent());
            }
            case RECODE -> recode(date, unit, ((UnitChange.Recode) change).newCode(), change.basis());
            case CREATE, SUCCEED -> throw new IllegalStateException("Handled by the caller: " + change.kind());
        }
        return Optional.of(unit);
    }

    private boolean create(
            LocalDate date, UnitId id, UnitType type, String name, @Nullable UnitId parent, Basis basis) {
        UnitCode code = id.codeAtBirth();
        if (bearers.containsKey(code)) {
            refuse(Refusal.Code.CODE_IN_USE, code.value(), "Mã " + code + " đang do một đơn vị khác mang.");
            return false;
        }
        if (histories.containsKey(id) || !id.born().equals(date)) {
            refuse(
                    Refusal.Code.BORN_TWICE,
                    id.toString(),
                    "Đơn vị " + id + " không thể thành lập vào ngày " + date + ".");
            return false;
        }
        Unit state = new Unit(id, code, type, name, parent, date, null, basis.acts());
        histories.put(id, new UnitHistory(id, List.of(state), null, null));
        siblings(state).add(id);
        bear(date, code, id);
        touched.add(id);
        return true;
    }

    private void end(LocalDate date, UnitId id, Basis basis) {
        UnitHistory history = inForce(id);
        if (history == null) {
            return;
        }
        if (history.born().equals(date)) {
            refuse(
                    Refusal.Code.BORN_TWICE,
                    id.toString(),
                    "Đơn vị " + id + " không thể vừa thành lập vừa kết thúc trong cùng một ngày.");
            return;
        }
        Unit last = history.last();
        siblings(last).remove(id);
        unbear(date, last.code());
        List<Unit> states = new ArrayList<>(history.states());
        states.remove(states.size() - 1);
        if (last.validFrom().isBefore(date)) {
            states.add(last.until(date));
        }
        histories.put(id, new UnitHistory(id, states, date, basis));
        touched.remove(id);
        parentsToResolve.remove(id);
        ended.add(id);
    }

    private void recode(LocalDate date, UnitId id, UnitCode code, Basis basis) {
        UnitHistory history = inForce(id);
        if (history == null) {
            return;
        }
        if (bearers.containsKey(code)) {
            refuse(Refusal.Code.CODE_IN_USE, code.value(), "Mã " + code + " đang do một đơn vị khác mang.");
            return;
        }
        if (code.level() != id.level()) {
            refuse(
                    Refusal.Code.LEVEL_CHANGED,
                    id.toString(),
                    "Mã mới " + code + " thuộc cấp khác với đơn vị " + id + ".");
            return;
        }
        unbear(date, history.last().code());
        bear(date, code, id);
        alter(date, id, basis, unit -> unit.recoded(code));
    }

    /** Gives the unit a state from the date on; changes of one day make one state. */
    private void alter(LocalDate date, UnitId id, Basis basis, UnaryOperator<Unit> change) {
        UnitHistory history = inForce(id);
        if (history == null) {
            return;
        }
        Unit last = history.last();
        boolean sameDay = last.validFrom().equals(date);
        Set<LegalAct> acts = new LinkedHashSet<>(sameDay ? last.legalBasis() : List.of());
        acts.addAll(basis.acts());
        Unit next = change.apply(last.from(date, List.copyOf(acts)));
        List<Unit> states = new ArrayList<>(history.states());
        states.remove(states.size() - 1);
        if (!sameDay) {
            states.add(last.until(date));
        }
        states.add(next);
        histories.put(id, new UnitHistory(id, states, null, null));
        touched.add(id);
    }

    /** Sets the parent in the last state, which the day at hand has already opened. */
    private void place(UnitId id, UnitId parent) {
        UnitHistory history = histories.get(id);
        if (history == null || history.ended() != null) {
            return;
        }
        Unit last = history.last();
        siblings(last).remove(id);
        Unit placed = last.placedUnder(parent);
        List<Unit> states = new ArrayList<>(history.states());
        states.set(states.size() - 1, placed);
        histories.put(id, new UnitHistory(id, states, null, null));
        siblings(placed).add(id);
    }

    private void resolveParents() {
        parentsToResolve.forEach((id, code) -> {
            UnitId parent = bearers.get(code);
            if (parent == null) {
                refuse(
                        Refusal.Code.PARENT_UNKNOWN,
                        id.toString(),
                        "Đơn vị cấp trên mang mã " + code + " của đơn vị " + id + " không tồn tại vào cuối ngày.");
            } else {
                place(id, parent);
            }
        });
    }

    private Optional<Edge> resolveEdge(UnitChange.Succeed succession) {
        Optional<UnitId> from = bearersTheDayBefore.containsKey(succession.code())
                ? bearersTheDayBefore.get(succession.code())
                : Optional.ofNullable(bearers.get(succession.code()));
        UnitId to = bearers.get(succession.to());
        if (from.isEmpty()) {
            refuse(
                    Refusal.Code.EDGE_FROM_NOT_IN_FORCE,
                    succession.code().value(),
                    "Không có đơn vị nào mang mã " + succession.code() + " vào ngày trước đó để chuyển giao.");
            return Optional.empty();
        }
        if (to == null) {
            refuse(
                    Refusal.Code.EDGE_TO_NOT_IN_FORCE,
                    succession.to().value(),
                    "Không có đơn vị nào mang mã " + succession.to() + " vào cuối ngày để tiếp nhận.");
            return Optional.empty();
        }
        return Optional.of(new Edge(
                from.get(),
                to,
                succession.extent(),
                succession.portion(),
                succession.confidence(),
                succession.basis()));
    }

    private void end(LocalDate date, List<Edge> edges) {
        touched.forEach(id -> checkPlace(date, id));
        for (UnitId id : ended) {
            Set<UnitId> left = children.getOrDefault(id, Set.of());
            if (!left.isEmpty()) {
                refuse(
                        Refusal.Code.CHILDREN_LEFT,
                        id.toString(),
                        "Đơn vị " + id + " kết thúc nhưng còn " + left.size() + " đơn vị trực thuộc, ví dụ "
                                + left.stream().sorted().findFirst().orElseThrow() + ".");
            }
        }
        Set<List<UnitId>> seen = new HashSet<>();
        edges.forEach(edge -> addEdge(date, edge, seen));
    }

    private void checkPlace(LocalDate date, UnitId id) {
        Unit unit = current(id);
        UnitId parent = unit.parent();
        if (parent == null) {
            if (id.level() != Level.PROVINCE) {
                refuse(Refusal.Code.PARENT_MISSING, id.toString(), "Đơn vị " + id + " thiếu đơn vị cấp trên.");
            }
        } else {
            UnitHistory above = histories.get(parent);
            if (above == null || above.ended() != null || above.id().level().compareTo(id.level()) >= 0) {
                refuse(
                        Refusal.Code.PARENT_NOT_IN_FORCE,
                        id.toString(),
                        "Đơn vị cấp trên " + parent + " của đơn vị " + id + " không còn hiệu lực hoặc sai cấp.");
            }
        }
        if (date.isBefore(NAMES_UNIQUE_FROM)) {
            return;
        }
        for (UnitId sibling : siblings(unit)) {
            Unit other = current(sibling);
            if (!sibling.equals(id) && other.name().equals(unit.name()) && other.level() == unit.level()) {
                refuse(
                        Refusal.Code.NAME_NOT_UNIQUE,
                        id.toString(),
                        "Tên «" + unit.fullName() + "» trùng với đơn vị " + sibling + " cùng cấp trên.");
            }
        }
    }

    private void addEdge(LocalDate date, Edge edge, Set<List<UnitId>> seen) {
        UnitHistory from = histories.get(edge.from());
        UnitHistory to = histories.get(edge.to());
        if (from == null || !from.isInForce(date.minusDays(1))) {
            refuse(
                    Refusal.Code.EDGE_FROM_NOT_IN_FORCE,
                    edge.from().toString(),
                    "Đơn vị chuyển giao " + edge.from() + " không có hiệu lực vào ngày trước đó.");
            return;
        }
        if (to == null || to.ended() != null) {
            refuse(
                    Refusal.Code.EDGE_TO_NOT_IN_FORCE,
                    edge.to().toString(),
                    "Đơn vị tiếp nhận " + edge.to() + " không có hiệu lực vào cuối ngày.");
            return;
        }
        if (edge.from().equals(edge.to())) {
            refuse(
                    Refusal.Code.EDGE_TO_ITSELF,
                    edge.from().toString(),
                    "Đơn vị " + edge.from() + " giữ nguyên nên không chuyển giao cho chính mình.");
            return;
        }
        if (edge.extent() == Extent.FULL && !date.equals(from.ended())) {
            refuse(
                    Refusal.Code.FULL_EDGE_OF_UNIT_THAT_GOES_ON,
                    edge.from().toString(),
                    "Đơn vị " + edge.from() + " chuyển giao toàn bộ nhưng không kết thúc trong ngày.");
            return;
        }
        if (!seen.add(List.of(edge.from(), edge.to()))) {
            refuse(
                    Refusal.Code.EDGE_TWICE,
                    edge.from().toString(),
                    "Chuyển giao từ " + edge.from() + " sang " + edge.to() + " được nêu hai lần.");
            return;
        }
        DatedEdge dated = new DatedEdge(date, edge);
        outgoing.merge(edge.from(), List.of(dated), Draft::concat);
        incoming.merge(edge.to(), List.of(dated), Draft::concat);
    }

    private void bear(LocalDate date, UnitCode code, UnitId id) {
        rememberBearer(code);
        bearers.put(code, id);
        tenures.merge(code, List.of(new Tenure(id, date, null)), Draft::concat);
    }

    private void unbear(LocalDate date, UnitCode code) {
        rememberBearer(code);
        bearers.remove(code);
        List<Tenure> known = new ArrayList<>(tenures.getOrDefault(code, List.of()));
        Tenure open = known.remove(known.size() - 1);
        if (open.from().isBefore(date)) {
            known.add(new Tenure(open.unit(), open.from(), date));
        }
        tenures.put(code, List.copyOf(known));
    }

    private void rememberBearer(UnitCode code) {
        bearersTheDayBefore.putIfAbsent(code, Optional.ofNullable(bearers.get(code)));
    }

    private Set<UnitId> siblings(Unit unit) {
        UnitId parent = unit.parent();
        return parent == null ? provinces : children.computeIfAbsent(parent, id -> new HashSet<>());
    }

    private Unit current(UnitId id) {
        UnitHistory history = histories.get(id);
        if (history == null) {
            throw new IllegalStateException("The draft touched a unit it does not hold: " + id);
        }
        return history.last();
    }

    private @Nullable UnitHistory inForce(UnitId id) {
        UnitHistory history = histories.get(id);
        if (history == null || history.ended() != null) {
            refuseUnknown(id.toString());
            return null;
        }
        return history;
    }

    private void refuseUnknown(String subject) {
        refuse(
                Refusal.Code.UNIT_UNKNOWN,
                subject,
                "Không có đơn vị nào đang có hiệu lực mang mã hoặc định danh " + subject + ".");
    }

    private void refuse(Refusal.Code code, String subject, String message) {
        refusals.add(new Refusal(code, subject, message));
    }

    private static <T> List<T> concat(List<T> head, List<T> tail) {
        List<T> all = new ArrayList<>(head);
        all.addAll(tail);
        return List.copyOf(all);
    }

    /** A change of the day with the unit it was applied to. */
    private record Applied(DecisionId decision, UnitChange change, UnitId unit) {

        UnitEvent toEvent(Map<UnitCode, UnitId> bearers) {
            Basis basis = change.basis();
            return switch (change.kind()) {
                case CREATE -> {
                    UnitChange.Create create = (UnitChange.Create) change;
                    UnitId parent = create.parent() == null ? null : bearers.get(create.parent());
                    yield new UnitEvent.Created(unit, create.type(), create.name(), parent, basis);
                }
                case ABOLISH -> new UnitEvent.Ended(unit, basis);
                case RENAME -> new UnitEvent.Renamed(unit, ((UnitChange.Rename) change).name(), basis);
                case RECLASSIFY -> new UnitEvent.Reclassified(unit, ((UnitChange.Reclassify) change).type(), basis);
                case REPARENT -> {
                    UnitId parent = bearers.get(((UnitChange.Reparent) change).parent());
                    if (parent == null) {
                        throw new IllegalStateException("The parent was resolved before");
                    }
                    yield new UnitEvent.Reparented(unit, parent, basis);
                }
                case RECODE -> new UnitEvent.Recoded(unit, ((UnitChange.Recode) change).newCode(), basis);
                case SUCCEED -> throw new IllegalStateException("An edge is no change of a unit");
            };
        }
    }
}
