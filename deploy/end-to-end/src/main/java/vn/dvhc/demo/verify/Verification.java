package vn.dvhc.demo.verify;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import vn.dvhc.demo.record.Dataset;
import vn.dvhc.demo.reform.Outcome;
import vn.dvhc.demo.store.Database;

/** Everything that must be true once the reform has passed and all is quiet. */
public final class Verification {

    /** The databases as they are after the reform. */
    public record Landscape(Database heirCommune, Database heirProvince, Database national) {

        Database home(Dataset dataset) {
            return dataset == Dataset.CASE_FILE ? heirCommune : heirProvince;
        }

        List<Database> copies(Dataset dataset) {
            return dataset == Dataset.CASE_FILE ? List.of(heirProvince, national) : List.of(national);
        }
    }

    /** Keys in which levels differ, over all comparisons. */
    public record Divergence(long missing, long duplicate, long different, long unexpected) {}

    /** Rows in force at a level. */
    public record Rows(long commune, long province, long national) {}

    private final Landscape landscape;
    private final Expectations expectations;
    private final Consumer<String> progress;
    private final List<Check> checks = new ArrayList<>();
    private final List<Difference> differences = new ArrayList<>();
    private final Map<Dataset, Ledger> ledgers = new EnumMap<>(Dataset.class);

    /** @param progress gets a line a step */
    public Verification(Landscape landscape, Expectations expectations, Consumer<String> progress) {
        this.landscape = landscape;
        this.expectations = expectations;
        this.progress = progress;
    }

    /**
     * Runs all checks on the records and on what sync-service says of them.
     *
     * @param unreadable messages that were sent though nobody can read them
     */
    public void verify(Bookkeeping bookkeeping, long unreadable) throws SQLException {
        for (Dataset dataset : Dataset.values()) {
            verifyOwner(dataset);
            verifyCopies(dataset);
            verifyLedger(dataset);
        }
        verifyRejected();
        verifyConservation(bookkeeping);
        add(Check.equal(
                "unreadable messages and records under an unknown unit are counted as dead letters",
                unreadable + expectations.living(Outcome.REJECTED),
                bookkeeping.deadLetters()));
    }

    /** Adds a claim that was checked elsewhere. */
    public void add(Check check) {
        checks.add(check);
        progress.accept((check.holds() ? "holds: " : "DOES NOT HOLD: ") + check.claim() + ": " + check.found());
        check.examples().forEach(example -> progress.accept("    " + example));
    }

    public List<Check> checks() {
        return List.copyOf(checks);
    }

    public boolean isClean() {
        return checks.stream().allMatch(Check::holds);
    }

    public Divergence divergence() {
        return new Divergence(
                differences.stream().mapToLong(each -> each.missing().size()).sum(),
                differences.stream().mapToLong(each -> each.duplicate().size()).sum(),
                differences.stream().mapToLong(each -> each.different().size()).sum(),
                differences.stream().mapToLong(each -> each.unexpected().size()).sum());
    }

    /** What each level holds, rejected and ended records left out. */
    public Rows rows() throws SQLException {
        long rejectedCaseFiles = rejectedAt(Dataset.CASE_FILE);
        long rejectedPermits = rejectedAt(Dataset.PERMIT);
        return new Rows(
                landscape.heirCommune().count("SELECT count(*) FROM public.case_file") - rejectedCaseFiles,
                landscape.heirProvince().count("SELECT count(*) FROM replica.case_file WHERE ended_at IS NULL")
                        + landscape.heirProvince().count("SELECT count(*) FROM public.permit")
                        - rejectedPermits,
                landscape.national().count("SELECT count(*) FROM replica.case_file WHERE ended_at IS NULL")
                        + landscape.national().count("SELECT count(*) FROM replica.permit WHERE ended_at IS NULL"));
    }

    private long rejectedAt(Dataset dataset) {
        return rejected(dataset).stream()
                .map(expectations::of)
                .filter(expected -> expected != null
                        && expected.birthplace().equals(landscape.home(dataset).name()))
                .count();
    }

    private void verifyOwner(Dataset dataset) throws SQLException {
        Database home = landscape.home(dataset);
        Difference difference = OwnerCheck.check(dataset, home, expectations);
        add(
                "every acknowledged " + dataset.table() + " is in " + home
                        + " once, with its last content and the unit the acts give it",
                difference);
    }

    private void verifyCopies(Dataset dataset) throws SQLException {
        Database home = landscape.home(dataset);
        Set<String> rejected = rejected(dataset);
        Set<String> deleted = expectations.keys(expected -> expected.dataset() == dataset && expected.deleted());
        for (Database copy : landscape.copies(dataset)) {
            add(
                    dataset.table() + " of " + home + " = its copy in " + copy,
                    Levels.compare(dataset, home, copy, rejected));
            Set<String> ended = Levels.ended(dataset, copy);
            List<String> wrong = new ArrayList<>();
            new TreeSet<>(deleted)
                    .stream()
                            .filter(key -> !ended.contains(key))
                            .forEach(key -> wrong.add(key + " was deleted but has not ended"));
            new TreeSet<>(ended)
                    .stream()
                            .filter(key -> !deleted.contains(key))
                            .forEach(key -> wrong.add(key + " has ended but was not deleted"));
            add(Check.of(
                    "deleted " + dataset.table() + " are ended versions in " + copy, wrong, ended.size() + " ended"));
        }
    }

    private void verifyLedger(Dataset dataset) throws SQLException {
        Database home = landscape.home(dataset);
        Ledger ledger = Ledger.read(dataset, home);
        ledgers.put(dataset, ledger);
        add(Check.of(
                "each " + dataset.table() + " has one outcome in the ledger of " + home,
                ledger.contradictions(dataset, expectations),
                expectations.count(expected -> expected.dataset() == dataset && !expected.deleted()) + " records"));
        add(Check.of(
                "exactly the undecided " + dataset.table() + " wait in the queue of " + home,
                ledger.queueContradictions(dataset, expectations),
                expectations.count(expected -> expected.dataset() == dataset
                                && !expected.deleted()
                                && expected.placement().outcome() == Outcome.QUEUED)
                        + " waiting"));
    }

    /** A record under an unknown unit is where it was entered and among the dead letters, and nowhere else. */
    private void verifyRejected() throws SQLException {
        Set<String> letters = new HashSet<>();
        landscape
                .national()
                .forEach(
                        "SELECT DISTINCT record_key FROM sync.dead_letter WHERE record_key IS NOT NULL",
                        row -> letters.add(row.text(1)));
        List<String> wrong = new ArrayList<>();
        for (Dataset dataset : Dataset.values()) {
            Set<String> rejected = rejected(dataset);
            rejected.stream()
                    .sorted()
                    .filter(key -> !letters.contains(key))
                    .forEach(key -> wrong.add(key + " is not among the dead letters"));
            letters.stream()
                    .sorted()
                    .filter(key -> belongsTo(key, dataset) && !rejected.contains(key))
                    .forEach(key -> wrong.add(key + " is a dead letter though its unit is known"));
        }
        add(Check.of(
                "records under an unknown unit, and no others, are dead letters", wrong, letters.size() + " records"));
    }

    private boolean belongsTo(String key, Dataset dataset) {
        Expected expected = expectations.of(key);
        return expected == null ? dataset == Dataset.CASE_FILE : expected.dataset() == dataset;
    }

    private void verifyConservation(Bookkeeping said) {
        long moved = living(Outcome.MOVED);
        long kept = living(Outcome.KEPT);
        long queued = living(Outcome.QUEUED);
        long rejected = living(Outcome.REJECTED);
        add(Check.equal(
                "in = moved + kept + queued + rejected",
                said.in(),
                said.moved() + said.kept() + said.queued() + said.rejected()));
        add(Check.equal("moved as counted record by record", moved, said.moved()));
        add(Check.equal("kept as counted record by record", kept, said.kept()));
        add(Check.equal("queued as counted record by record", queued, said.queued()));
        add(Check.equal("rejected as counted record by record", rejected, said.rejected()));
        add(new Check(
                "manifests bear equal checksums on both sides",
                said.manifests() > 0 && said.checksumsEqual(),
                said.manifests() + " manifests",
                List.of()));
    }

    /** Living records, and those that were deleted after they had been handed over. */
    private long living(Outcome outcome) {
        long deletedSince = 0;
        for (Map.Entry<Dataset, Ledger> ledger : ledgers.entrySet()) {
            Set<String> deleted =
                    expectations.keys(expected -> expected.dataset() == ledger.getKey() && expected.deleted());
            deletedSince += ledger.getValue().linesOf(deleted, outcome);
        }
        return expectations.living(outcome) + deletedSince;
    }

    private Set<String> rejected(Dataset dataset) {
        return expectations.keys(expected -> expected.dataset() == dataset
                && !expected.deleted()
                && expected.placement().outcome() == Outcome.REJECTED);
    }

    private void add(String claim, Difference difference) {
        differences.add(difference);
        add(new Check(claim, difference.isNone(), difference.toString(), difference.examples()));
    }
}
