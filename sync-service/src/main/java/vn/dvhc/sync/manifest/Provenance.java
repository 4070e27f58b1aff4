package vn.dvhc.sync.manifest;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.Edge;
import vn.dvhc.decision.Fact;
import vn.dvhc.decision.UnitEvent;
import vn.dvhc.sync.mandate.Mandate;
import vn.dvhc.sync.units.UnitKnowledge;
import vn.dvhc.timeline.Chronicle;
import vn.dvhc.timeline.DatedEdge;
import vn.dvhc.timeline.Lineage;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;

/** Who the sides of a manifest are and what it rests on, from what is known of units. */
final class Provenance {

    private final Chronicle chronicle;
    private final Timeline timeline;
    private final Map<LocalDate, Map<Edge, DecisionId>> decisions = new HashMap<>();

    Provenance(UnitKnowledge.State state) {
        this.chronicle = state.chronicle();
        this.timeline = state.timeline();
    }

    Manifest.Party party(UnitId id) {
        Optional<Unit> unit = timeline.find(id).map(UnitHistory::last);
        return new Manifest.Party(
                id.toString(),
                unit.map(last -> last.code().value()).orElse(id.codeAtBirth().value()),
                unit.map(Unit::fullName).orElse(id.toString()),
                unit.flatMap(last -> province(id)).orElse(null));
    }

    private Optional<String> province(UnitId id) {
        return Mandate.province(id, timeline)
                .filter(province -> !province.equals(id))
                .flatMap(timeline::find)
                .map(history -> history.last().fullName());
    }

    /** The edges from the giving to the receiving unit; all edges of its end if nobody receives. */
    List<Manifest.Clause> basis(Subject subject) {
        List<Manifest.Clause> clauses = new ArrayList<>();
        for (DatedEdge dated : edges(subject)) {
            Edge edge = dated.edge();
            clauses.add(new Manifest.Clause(
                    dated.date(),
                    edge.from().toString(),
                    edge.to().toString(),
                    edge.extent().label(),
                    edge.portion().words(),
                    edge.basis().actNumbers(),
                    edge.basis().clause(),
                    decision(dated)));
        }
        return clauses;
    }

    private List<DatedEdge> edges(Subject subject) {
        Optional<UnitHistory> from = timeline.find(subject.from());
        if (from.isEmpty() || subject.enactment().isBefore(from.get().born())) {
            return List.of();
        }
        UnitId to = subject.to();
        if (to == null) {
            return timeline.edgesFrom(subject.from()).stream()
                    .filter(edge -> edge.date().equals(from.get().ended()))
                    .toList();
        }
        return timeline.successors(subject.from(), subject.enactment()).stream()
                .filter(reached -> reached.unit().id().equals(to))
                .findFirst()
                .map(Lineage.Reached::path)
                .orElse(List.of());
    }

    private @Nullable String decision(DatedEdge dated) {
        DecisionId id =
                decisions.computeIfAbsent(dated.date(), this::decisionsOf).get(dated.edge());
        return id == null ? null : id.value();
    }

    private Map<Edge, DecisionId> decisionsOf(LocalDate date) {
        Map<Edge, DecisionId> byEdge = new HashMap<>();
        chronicle.counting(date).forEach(entry -> {
            for (Fact fact : entry.facts()) {
                if (fact.event() instanceof UnitEvent.Succeeded succeeded) {
                    byEdge.put(succeeded.edge(), fact.decision());
                }
            }
        });
        return byEdge;
    }

    /** Why records of a unit are not handed to another, in Vietnamese. */
    List<String> reasons(Subject subject, long queued, long rejected) {
        List<String> reasons = new ArrayList<>();
        if (queued > 0) {
            long receivers = edges(new Subject(subject.enactment(), subject.dataset(), subject.from(), null)).stream()
                    .map(edge -> edge.edge().to())
                    .distinct()
                    .count();
            reasons.add(queued + " hồ sơ: " + whyQueued(receivers));
        }
        if (rejected > 0) {
            reasons.add(rejected + " hồ sơ: khoá của hồ sơ đã có ở nơi nhận.");
        }
        return reasons;
    }

    private static String whyQueued(long receivers) {
        if (receivers == 0) {
            return "đơn vị đã kết thúc và chưa rõ đơn vị kế thừa.";
        }
        // Where the whole unit went to one, records only wait if their hand-over was undone.
        return receivers == 1
                ? "bàn giao đã được thu hồi, chờ người có thẩm quyền quyết định."
                : "đơn vị được chia cho " + receivers + " đơn vị, chưa rõ hồ sơ thuộc đơn vị nào.";
    }
}
