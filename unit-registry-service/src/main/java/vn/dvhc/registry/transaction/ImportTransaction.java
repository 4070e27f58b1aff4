package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.RegistryConfig;
import vn.dvhc.registry.decision.RecordedDecision;
import vn.dvhc.registry.decision.Step;
import vn.dvhc.registry.store.DecisionStore;
import vn.dvhc.registry.store.RegisterLock;
import vn.dvhc.registry.unit.Register;
import vn.dvhc.time.BusinessClock;

/**
 * Records the catalogue's decisions that the database does not know yet, all as scheduled: past days then take effect one
 * after the other in the ordinary way, future ones at their midnight.
 */
@ApplicationScoped
public class ImportTransaction {

    private static final String IMPORTER = "catalogue";

    private final Mutiny.SessionFactory sessions;
    private final DecisionStore decisions;
    private final Register register;
    private final BusinessClock clock;
    private final RegistryConfig config;

    ImportTransaction(
            Mutiny.SessionFactory sessions,
            DecisionStore decisions,
            Register register,
            BusinessClock clock,
            RegistryConfig config) {
        this.sessions = sessions;
        this.decisions = decisions;
        this.register = register;
        this.clock = clock;
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
                    List<RecordedDecision> missing = missing(catalogue, known, tooLate);
                    return decisions
                            .insert(session, config.batchSize(), missing)
                            .replaceWith(() -> new Imported(missing.size(), tooLate));
                }));
    }

    private List<RecordedDecision> missing(Catalogue catalogue, Set<DecisionId> known, List<DecisionId> tooLate) {
        LocalDate lastDay = register.current().lastDay().orElse(LocalDate.MIN);
        Instant now = clock.instant();
        List<RecordedDecision> missing = new ArrayList<>();
        catalogue.days().forEach((date, ofDay) -> {
            for (int position = 0; position < ofDay.size(); position++) {
                Decision decision = ofDay.get(position);
                if (!known.contains(decision.id())) {
                    if (date.isAfter(lastDay)) {
                        missing.add(RecordedDecision.imported(decision, position, new Step(IMPORTER, now)));
                    } else {
                        tooLate.add(decision.id());
                    }
                }
            }
        });
        return missing;
    }
}
