package vn.dvhc.demo.country;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import vn.dvhc.demo.record.Dataset;
import vn.dvhc.demo.reform.Estate;
import vn.dvhc.demo.reform.Outcome;
import vn.dvhc.demo.store.Database;
import vn.dvhc.demo.traffic.Journal;
import vn.dvhc.demo.verify.Check;
import vn.dvhc.demo.verify.Difference;
import vn.dvhc.demo.verify.Expectations;
import vn.dvhc.demo.verify.Expected;
import vn.dvhc.demo.verify.Ledger;
import vn.dvhc.demo.verify.Levels;
import vn.dvhc.demo.verify.OwnerCheck;

/** Compares the country with what was acknowledged, record by record and home by home; only one home is in memory at a time. */
final class CountryCheck {

    private static final Dataset DATASET = Dataset.CASE_FILE;

    private final Function<String, Database> databases;
    private final Database national;
    private final Journal journal;
    private final Consumer<String> progress;
    private final Set<String> ended;
    private final List<Check> checks = new ArrayList<>();
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final Set<String> deleted = new HashSet<>();
    private final Set<String> rejected = new HashSet<>();
    private long keptUntouched;

    CountryCheck(Function<String, Database> databases, Journal journal, Consumer<String> progress) throws SQLException {
        this.databases = databases;
        this.national = databases.apply("national");
        this.journal = journal;
        this.progress = progress;
        this.ended = Levels.ended(DATASET, national);
    }

    /** @param expectations of all records that the estate has */
    void compare(Estate estate, Expectations expectations) throws SQLException {
        Database home = databases.apply(DATASET.database(estate.heir()));
        Set<String> ownRejected = expectations.keys(
                expected -> !expected.deleted() && expected.placement().outcome() == Outcome.REJECTED);
        rejected.addAll(ownRejected);
        deleted.addAll(expectations.keys(Expected::deleted));
        add(
                "every acknowledged case_file of " + estate.provinces() + " is in " + home
                        + " once, with its last content and the unit the acts give it",
                OwnerCheck.check(DATASET, home, expectations));
        add(
                "case_file of " + home + " = its copy in national",
                Levels.compare(DATASET, home, national, ownRejected, estate.condition(DATASET.key())));
        compareLedger(home, expectations);
        progress.accept(home + ": " + expectations.count(expected -> !expected.deleted()) + " records compared");
    }

    private void compareLedger(Database home, Expectations expectations) throws SQLException {
        Ledger ledger = Ledger.read(DATASET, home);
        add(Check.of(
                "each case_file has one outcome in the ledger of " + home,
                ledger.contradictions(DATASET, expectations),
                expectations.count(expected -> !expected.deleted()) + " records"));
        add(Check.of(
                "exactly the undecided case_file wait in the queue of " + home,
                ledger.queueContradictions(DATASET, expectations),
                expectations.living(Outcome.QUEUED) + " waiting"));
        Set<String> gone = expectations.keys(Expected::deleted);
        for (Outcome outcome : Outcome.values()) {
            outcomes.merge(outcome, expectations.living(outcome) + ledger.linesOf(gone, outcome), Long::sum);
        }
        // What goes on in place has no line: it may have been deleted after it was counted, or have come later.
        Set<String> kept = expectations.keys(expected -> expected.placement().outcome() == Outcome.KEPT);
        keptUntouched += kept.stream().filter(key -> journal.last(key) == null).count();
        Set<String> goneInPlace = new HashSet<>(kept);
        goneInPlace.retainAll(gone);
        outcomes.merge(Outcome.KEPT, ledger.countWithoutLine(goneInPlace), Long::sum);
    }

    /** After all estates. */
    void conclude(JsonNode handOver) throws SQLException {
        add(same("exactly the deleted case_file are ended versions in national", deleted, ended));
        Set<String> letters = new HashSet<>();
        national.forEach(
                "SELECT DISTINCT record_key FROM sync.dead_letter WHERE record_key IS NOT NULL",
                row -> letters.add(row.text(1)));
        add(same("records under an unknown unit, and no others, are dead letters", rejected, letters));
        JsonNode said = handOver.path("summary");
        add(Check.equal(
                "in = moved + kept + queued + rejected",
                said.path("in").asLong(-1),
                said.path("moved").asLong()
                        + said.path("kept").asLong()
                        + said.path("queued").asLong()
                        + said.path("rejected").asLong()));
        for (Outcome outcome : List.of(Outcome.MOVED, Outcome.QUEUED, Outcome.REJECTED)) {
            String name = outcome.name().toLowerCase(Locale.ROOT);
            add(Check.equal(
                    name + " as counted record by record",
                    outcomes.getOrDefault(outcome, 0L),
                    said.path(name).asLong(-1)));
        }
        long kept = said.path("kept").asLong(-1);
        long most = outcomes.getOrDefault(Outcome.KEPT, 0L);
        add(new Check(
                "kept as counted record by record, but for those that came or went meanwhile",
                keptUntouched <= kept && kept <= most,
                kept + ", from " + keptUntouched + " to " + most,
                List.of()));
        add(new Check(
                "manifests bear equal checksums on both sides",
                handOver.path("manifests").size() > 0
                        && handOver.path("checksumsEqual").asBoolean(),
                handOver.path("manifests").size() + " manifests",
                List.of()));
    }

    void add(Check check) {
        checks.add(check);
        if (!check.holds()) {
            progress.accept("DOES NOT HOLD: " + check.claim() + ": " + check.found());
            check.examples().forEach(example -> progress.accept("    " + example));
        }
    }

    List<Check> checks() {
        return List.copyOf(checks);
    }

    private void add(String claim, Difference difference) {
        add(new Check(claim, difference.isNone(), difference.toString(), difference.examples()));
    }

    private static Check same(String claim, Set<String> expected, Set<String> found) {
        List<String> wrong = new ArrayList<>();
        new TreeSet<>(expected)
                .stream().filter(key -> !found.contains(key)).forEach(key -> wrong.add(key + " is missing"));
        new TreeSet<>(found)
                .stream().filter(key -> !expected.contains(key)).forEach(key -> wrong.add(key + " is too many"));
        return Check.of(claim, wrong, found.size() + " records");
    }
}
