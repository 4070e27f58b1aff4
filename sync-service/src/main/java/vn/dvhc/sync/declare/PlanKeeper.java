package vn.dvhc.sync.declare;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Progress;
import vn.dvhc.sync.database.SchemaPreparation;
import vn.dvhc.sync.periodic.PeriodicTasks;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.InvalidDeclarationException;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.PlanReader;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.plan.Tier;
import vn.dvhc.sync.units.Gate;

/**
 * Keeps the plan in use equal to what is declared: looks at the file and at the declarations made by API, and swaps the plan when
 * they changed and are right. The databases of a new plan are prepared first; the swap itself waits for the gate, so that a batch
 * and an enacted day each see one plan.
 */
@Singleton
public class PlanKeeper {

    private static final Logger LOG = Logger.getLogger(PlanKeeper.class);

    private final SyncConfig config;
    private final DeclarationStore store;
    private final Databases databases;
    private final SchemaPreparation schemas;
    private final Plans plans;
    private final Gate gate;
    private final Set<Source> unprepared = ConcurrentHashMap.newKeySet();
    private volatile List<String> problems = List.of();

    @Inject
    PlanKeeper(
            SyncConfig config,
            DeclarationStore store,
            Databases databases,
            SchemaPreparation schemas,
            Plans plans,
            Gate gate) {
        this.config = config;
        this.store = store;
        this.databases = databases;
        this.schemas = schemas;
        this.plans = plans;
        this.gate = gate;
    }

    /** What is wrong with what is declared now, so that the plan before it stays in use; empty if it is in use. */
    public List<String> problems() {
        return problems;
    }

    /** A plan's file that is wrong from the beginning stops the start, with everything that is wrong with it. */
    void start(@Observes StartupEvent event, PeriodicTasks tasks) {
        if (ofFile().isPresent()) {
            tasks.start("plan", this::round);
        }
    }

    /**
     * Brings the first plan into use, before anything is applied. A database that is away at this moment was prepared when it
     * joined: it is looked after again when it is back, and keeps nobody waiting.
     *
     * @throws SQLException if the nation's database can't be prepared
     */
    public void load() throws SQLException {
        Optional<Plan> declared = declared();
        if (declared.isPresent()) {
            unprepared.addAll(declared.get().sources());
            prepareTheRest(declared.get());
            use(declared.get());
        }
    }

    private void prepareTheRest(Plan plan) {
        unprepared.retainAll(plan.sources());
        for (Source source : Set.copyOf(unprepared)) {
            try {
                schemas.prepare(plan, source);
                unprepared.remove(source);
            } catch (SQLException away) {
                LOG.warnf("Database not prepared yet: source=%s cause=%s", source.name(), away.getMessage());
            }
        }
    }

    /** Looks whether the declarations have changed, for one who is inside the gate. */
    public void refreshWithinGate() {
        attempt().ifPresent(this::use);
    }

    private Duration round() throws InterruptedException {
        if (gate.hasOpened()) {
            Optional<Plan> changed = attempt();
            if (changed.isPresent()) {
                gate.close();
                try {
                    use(changed.get());
                } finally {
                    gate.open();
                }
            }
            plans.current().ifPresent(this::prepareTheRest);
        }
        return config.planCheck();
    }

    /** A plan that differs from the one in use and is right, with its databases prepared. */
    private Optional<Plan> attempt() {
        try {
            Optional<Plan> declared = declared().filter(plan -> !plans.current().equals(Optional.of(plan)));
            if (declared.isPresent()) {
                prepare(declared.get());
            }
            tell(List.of());
            return declared;
        } catch (InvalidDeclarationException invalid) {
            tell(invalid.problems());
        } catch (SQLException | UncheckedIOException failed) {
            LOG.debug("The declared plan can't be used yet", failed);
            tell(List.of("Một cơ sở dữ liệu hoặc tệp khai báo tạm thời không đọc được."));
        }
        return Optional.empty();
    }

    private void tell(List<String> found) {
        if (!problems.equals(found)) {
            problems = List.copyOf(found);
            if (found.isEmpty()) {
                LOG.info("The declared plan is right again");
            } else {
                LOG.warnf("The declared plan is not used: problems=%s", found);
            }
        }
    }

    private Optional<Plan> declared() throws SQLException {
        Optional<PlanReader.Declared> file = ofFile();
        return file.isEmpty() ? Optional.empty() : Optional.of(together(file.get(), store.present(nation(file.get()))));
    }

    /** What the file declares; empty without a file: the service follows the units and waits to be given a plan. */
    Optional<PlanReader.Declared> ofFile() {
        return config.plan().map(PlanKeeper::read);
    }

    private static PlanReader.Declared read(Path file) {
        try {
            PlanReader.Declared declared = PlanReader.parse(Files.readString(file), System.getenv());
            new Plan(declared.sources(), declared.datasets());
            return declared;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Không đọc được tệp khai báo nguồn dữ liệu " + file, unreadable);
        }
    }

    /** The database that keeps what is declared by API. */
    Source nation(PlanReader.Declared file) throws SQLException {
        Source nation = file.sources().stream()
                .filter(source -> source.tier() == Tier.NATION)
                .findFirst()
                .orElseThrow();
        if (plans.current().isEmpty()) {
            schemas.prepare(new Plan(List.of(nation), file.datasets()), nation);
        }
        return nation;
    }

    /** @throws InvalidDeclarationException with everything that is wrong */
    static Plan together(PlanReader.Declared file, List<DeclarationStore.Entry> entries) {
        List<String> found = new ArrayList<>();
        List<Source> sources = new ArrayList<>(file.sources());
        List<Dataset> datasets = new ArrayList<>(file.datasets());
        for (DeclarationStore.Entry entry : entries) {
            try {
                switch (entry.kind()) {
                    case SOURCE -> sources.add(PlanReader.source(entry.body()));
                    case DATASET -> datasets.add(PlanReader.dataset(entry.body()));
                }
            } catch (InvalidDeclarationException invalid) {
                found.addAll(invalid.problems());
            }
        }
        if (!found.isEmpty()) {
            throw new InvalidDeclarationException(found);
        }
        return new Plan(sources, datasets);
    }

    private void prepare(Plan plan) throws SQLException {
        Optional<Plan> before = plans.current();
        for (Source source : plan.sources()) {
            if (before.isEmpty()
                    || !before.get().sources().contains(source)
                    || !before.get().copiedTo(source).equals(plan.copiedTo(source))) {
                schemas.prepare(plan, source);
            }
        }
        if (before.isPresent()) {
            passOnProgress(before.get(), plan);
        }
    }

    /**
     * A database that begins to hold copies goes on where the nation stands: what came before reaches it by a snapshot, and must
     * not count as a backlog.
     */
    private void passOnProgress(Plan before, Plan plan) throws SQLException {
        Map<Progress.Place, Long> reached = Map.of();
        for (Source source : plan.sources()) {
            for (Dataset dataset : plan.ownedBy(source)) {
                for (Source target : plan.copiesOf(source, dataset)) {
                    if (before.sources().contains(source) && !before.sources().contains(target)) {
                        reached = reached.isEmpty() ? databases.asOwner(plan.nation(), Progress::read) : reached;
                        Map<Progress.Place, Long> known = reached;
                        databases.runAsOwner(target, connection -> Progress.inherit(connection, plan, source, known));
                    }
                }
            }
        }
    }

    private void use(Plan plan) {
        plans.use(plan);
        LOG.infof(
                "Plan in use: sources=%s datasets=%s",
                plan.sources().stream().map(Source::name).toList(),
                plan.datasets().stream().map(Dataset::name).toList());
    }
}
