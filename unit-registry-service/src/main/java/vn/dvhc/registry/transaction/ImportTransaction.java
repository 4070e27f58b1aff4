package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.RegistryConfig;
import vn.dvhc.registry.act.ActId;
import vn.dvhc.registry.act.ActMatching;
import vn.dvhc.registry.act.ActNumbers;
import vn.dvhc.registry.decision.Dossier;
import vn.dvhc.registry.decision.Life;
import vn.dvhc.registry.store.ActStore;
import vn.dvhc.registry.store.DecisionStore;
import vn.dvhc.registry.store.RegisterLock;
import vn.dvhc.registry.unit.Register;

/**
 * Records the catalogue's decisions that the database does not know yet, all as scheduled: past days then take effect one
 * after the other in the ordinary way, future ones at their midnight. Their acts are registered by what their numbers say.
 */
@ApplicationScoped
public class ImportTransaction {

    private final Mutiny.SessionFactory sessions;
    private final DecisionStore decisions;
    private final ActStore acts;
    private final Register register;
    private final Moments moments;
    private final RegistryConfig config;

    ImportTransaction(
            Mutiny.SessionFactory sessions,
            DecisionStore decisions,
            ActStore acts,
            Register register,
            Moments moments,
            RegistryConfig config) {
        this.sessions = sessions;
        this.decisions = decisions;
        this.acts = acts;
        this.register = register;
        this.moments = moments;
        this.config = config;
    }

    /**
     * @param recorded decisions that were new
     * @param tooLate decisions that a newer catalogue adds to days gone by: those need a correction, not an import
     */
    public record Imported(int recorded, List<DecisionId> tooLate) {
        public Imported {
            tooLate = List.copyOf(tooLate);
        }
    }

    /** Safe to repeat and to run from several replicas at once. */
    public Uni<Imported> run(Catalogue catalogue) {
        return sessions.withStatelessTransaction((session, transaction) -> RegisterLock.DECISIONS
                .take(session)
                .chain(() -> decisions.catalogueIds(session))
                .chain(known -> {
                    List<DecisionId> tooLate = new ArrayList<>();
                    List<Life> missing = missing(catalogue, known, tooLate);
                    return decisions
                            .insert(session, config.batchSize(), missing)
                            .chain(() -> registerActs(session, catalogue, Set.copyOf(tooLate)))
                            .replaceWith(() -> new Imported(missing.size(), tooLate));
                }));
    }

    private List<Life> missing(Catalogue catalogue, Set<DecisionId> known, List<DecisionId> tooLate) {
        LocalDate lastDay = register.current().lastDay().orElse(LocalDate.MIN);
        Instant now = moments.now();
        List<Life> missing = new ArrayList<>();
        catalogue.days().forEach((date, ofDay) -> {
            for (int position = 0; position < ofDay.size(); position++) {
                Decision decision = ofDay.get(position);
                if (!known.contains(decision.id())) {
                    if (date.isAfter(lastDay)) {
                        missing.add(Life.imported(Dossier.ofCatalogue(decision), position, now));
                    } else {
                        tooLate.add(decision.id());
                    }
                }
            }
        });
        return missing;
    }

    /** Of all recorded decisions that rest on no registered act yet: those of an older database are made good. */
    private Uni<Void> registerActs(Mutiny.StatelessSession session, Catalogue catalogue, Set<DecisionId> unrecorded) {
        return acts.linkedDecisions(session).chain(linked -> {
            Map<DecisionId, Set<String>> references = new LinkedHashMap<>();
            catalogue.days().values().stream()
                    .flatMap(List::stream)
                    .filter(decision -> !linked.contains(decision.id()) && !unrecorded.contains(decision.id()))
                    .forEach(decision -> references.put(
                            decision.id(), Dossier.ofCatalogue(decision).namedActs()));
            Set<String> all = references.values().stream()
                    .flatMap(Set::stream)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            Set<String> numbers = all.stream().map(ActNumbers::number).collect(Collectors.toSet());
            return acts.ofNumbers(session, numbers)
                    .map(registered -> ActMatching.of(registered, List.of(), all))
                    .chain(matching ->
                            acts.register(session, config.batchSize(), matching, links(references, matching.named())));
        });
    }

    /** A number that several acts bear stays without link: nobody can tell which one the catalogue means. */
    private static Map<DecisionId, List<ActId>> links(
            Map<DecisionId, Set<String>> references, List<ActMatching.Named> named) {
        Map<String, ActId> known = named.stream()
                .collect(Collectors.toMap(
                        ActMatching.Named::reference, found -> found.act().id()));
        Map<DecisionId, List<ActId>> links = new LinkedHashMap<>();
        references.forEach((decision, ofDecision) -> links.put(
                decision,
                ofDecision.stream()
                        .map(known::get)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList()));
        return links;
    }
}
