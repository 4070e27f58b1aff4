package vn.dvhc.demo.fault;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import vn.dvhc.demo.record.Dataset;
import vn.dvhc.demo.reform.Crosswalk;
import vn.dvhc.demo.reform.Estate;
import vn.dvhc.demo.reform.Outcome;
import vn.dvhc.demo.store.Database;
import vn.dvhc.demo.traffic.Journal;
import vn.dvhc.demo.traffic.Poison;
import vn.dvhc.demo.verify.Check;
import vn.dvhc.demo.verify.Difference;
import vn.dvhc.demo.verify.Expectations;
import vn.dvhc.demo.verify.Ledger;
import vn.dvhc.demo.verify.Levels;
import vn.dvhc.demo.verify.OwnerCheck;

/** Compares every tier, record by record, with all that was acknowledged. Reads the databases directly. */
final class Checker {

    private final Site site;
    private final Crosswalk crosswalk;
    private final List<Check> checks = new ArrayList<>();
    private final Map<Outcome, Long> outcomes = new HashMap<>();
    private long lost;
    private long doubled;

    private Checker(Site site, Crosswalk crosswalk) {
        this.site = site;
        this.crosswalk = crosswalk;
    }

    /**
     * What a comparison found.
     *
     * @param lost acknowledged writes that some tier does not show: keys that are missing, or hold something else
     * @param doubled keys that a tier has twice, or that it should not have (any more)
     */
    record Finding(List<Check> checks, long lost, long doubled) {

        boolean holds() {
            return checks.stream().allMatch(Check::holds);
        }
    }

    /** While nobody writes. */
    static Finding check(
            Site site,
            List<Estate> estates,
            Crosswalk crosswalk,
            Map<String, Journal.Entry> acknowledged,
            JsonNode handOver)
            throws SQLException {
        Checker checker = new Checker(site, crosswalk);
        for (Estate estate : estates) {
            checker.compare(estate, acknowledged);
        }
        checker.checkDeadLetters(Expectations.of(acknowledged, crosswalk));
        checker.checkConservation(handOver);
        return new Finding(List.copyOf(checker.checks), checker.lost, checker.doubled);
    }

    private void compare(Estate estate, Map<String, Journal.Entry> acknowledged) throws SQLException {
        Map<String, Journal.Entry> own = new HashMap<>(acknowledged);
        own.values().removeIf(entry -> !estate.bears(entry.database()));
        Expectations expectations = Expectations.of(own, crosswalk);
        for (Outcome outcome : Outcome.values()) {
            outcomes.merge(outcome, expectations.living(outcome), Long::sum);
        }
        for (Dataset dataset : Dataset.values()) {
            Database home = site.database(dataset.database(estate.heir()));
            add(
                    "every acknowledged " + dataset.table() + " is in " + home
                            + " once, with its last content and the unit the acts give it",
                    OwnerCheck.check(dataset, home, expectations));
            compareCopies(estate, dataset, home, expectations);
            checkLedger(dataset, home, expectations);
        }
    }

    /** A commune's case files are copied to province and nation, a province's permits to communes and nation. */
    private void compareCopies(Estate estate, Dataset dataset, Database home, Expectations expectations)
            throws SQLException {
        Set<String> rejected = expectations.keys(expected -> expected.dataset() == dataset
                && !expected.deleted()
                && expected.placement().outcome() == Outcome.REJECTED);
        Set<String> deleted = expectations.keys(expected -> expected.dataset() == dataset && expected.deleted());
        Dataset other = dataset == Dataset.CASE_FILE ? Dataset.PERMIT : Dataset.CASE_FILE;
        String condition = estate.condition(dataset.key());
        for (Database copy : List.of(site.database(other.database(estate.heir())), site.database(Site.NATIONAL))) {
            add(
                    dataset.table() + " of " + home + " = its copy in " + copy,
                    Levels.compare(dataset, home, copy, rejected, condition));
            Set<String> ended = Levels.ended(dataset, copy);
            ended.removeIf(key -> expectations.of(key) == null);
            List<String> wrong = new ArrayList<>();
            ended.stream()
                    .sorted()
                    .filter(key -> !deleted.contains(key))
                    .forEach(key -> wrong.add(key + " has ended but was not deleted"));
            checks.add(Check.of(
                    "only what was deleted has ended in " + copy + ", " + dataset.table(),
                    wrong,
                    ended.size() + " ended"));
        }
    }

    private void checkLedger(Dataset dataset, Database home, Expectations expectations) throws SQLException {
        Ledger ledger = Ledger.read(dataset, home);
        doubled += ledger.doubled().size();
        checks.add(Check.of(
                "each " + dataset.table() + " has one outcome in the ledger of " + home,
                ledger.contradictions(dataset, expectations),
                expectations.count(expected -> expected.dataset() == dataset && !expected.deleted()) + " records"));
        checks.add(Check.of(
                "exactly the undecided " + dataset.table() + " wait in the queue of " + home,
                ledger.queueContradictions(dataset, expectations),
                "queue read"));
        Set<String> deleted = expectations.keys(expected -> expected.dataset() == dataset && expected.deleted());
        for (Outcome outcome : Outcome.values()) {
            outcomes.merge(outcome, ledger.linesOf(deleted, outcome), Long::sum);
        }
        // What goes on in place has no line, and may have been deleted after it was counted.
        Set<String> deletedInPlace = expectations.keys(expected -> expected.dataset() == dataset
                && expected.deleted()
                && expected.placement().outcome() == Outcome.KEPT);
        outcomes.merge(Outcome.KEPT, ledger.countWithoutLine(deletedInPlace), Long::sum);
    }

    /** A message that Debezium sent again after a crash may lie there again; what counts is of what records. */
    private void checkDeadLetters(Expectations expectations) throws SQLException {
        Set<String> letters = new HashSet<>();
        Database national = site.database(Site.NATIONAL);
        national.forEach(
                "SELECT DISTINCT record_key FROM sync.dead_letter WHERE record_key IS NOT NULL",
                row -> letters.add(row.text(1)));
        Set<String> poisoned = expectations.keys(
                expected -> !expected.deleted() && expected.placement().outcome() == Outcome.REJECTED);
        List<String> wrong = new ArrayList<>();
        new TreeSet<>(poisoned)
                .stream()
                        .filter(key -> !letters.contains(key))
                        .forEach(key -> wrong.add(key + " is not among the dead letters"));
        new TreeSet<>(letters)
                .stream()
                        .filter(key -> !poisoned.contains(key))
                        .forEach(key -> wrong.add(key + " is a dead letter though its unit is known"));
        checks.add(Check.of(
                "records under an unknown unit, and no others, are dead letters", wrong, letters.size() + " records"));
        checks.add(Check.equal(
                "unreadable messages are dead letters",
                Poison.count(),
                national.count("SELECT count(*) FROM sync.dead_letter WHERE record_key IS NULL")));
    }

    private void checkConservation(JsonNode handOver) {
        JsonNode said = handOver.path("summary");
        long parts = said.path("moved").asLong()
                + said.path("kept").asLong()
                + said.path("queued").asLong()
                + said.path("rejected").asLong();
        checks.add(Check.equal(
                "in = moved + kept + queued + rejected", said.path("in").asLong(), parts));
        // A record that came after the hand-over, under a unit that goes on, was never handed over: kept can't be
        // counted by record.
        for (Outcome outcome : List.of(Outcome.MOVED, Outcome.QUEUED, Outcome.REJECTED)) {
            String name = outcome.name().toLowerCase(Locale.ROOT);
            checks.add(Check.equal(
                    name + " as counted record by record",
                    outcomes.getOrDefault(outcome, 0L),
                    said.path(name).asLong(-1)));
        }
        long kept = outcomes.getOrDefault(Outcome.KEPT, 0L);
        checks.add(new Check(
                "no more kept than there were records under units that go on",
                said.path("kept").asLong(-1) <= kept,
                said.path("kept").asLong(-1) + " of " + kept,
                List.of()));
        checks.add(new Check(
                "manifests bear equal checksums on both sides",
                handOver.path("manifests").size() > 0
                        && handOver.path("checksumsEqual").asBoolean(),
                handOver.path("manifests").size() + " manifests",
                List.of()));
    }

    private void add(String claim, Difference difference) {
        lost += difference.missing().size() + difference.different().size();
        doubled += difference.duplicate().size() + difference.unexpected().size();
        checks.add(new Check(claim, difference.isNone(), difference.toString(), difference.examples()));
    }
}
