package vn.dvhc.demo.verify;

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
import vn.dvhc.demo.reform.Outcome;
import vn.dvhc.demo.reform.Reform;
import vn.dvhc.demo.store.Database;

/** The lines that sync-service keeps of every record it handed over, of one dataset in one home. */
public final class Ledger {

    private final Map<String, String> outcomes = new HashMap<>();
    private final List<String> doubled = new ArrayList<>();
    private final Set<String> queue = new HashSet<>();

    private Ledger() {}

    public static Ledger read(Dataset dataset, Database home) throws SQLException {
        Ledger ledger = new Ledger();
        home.forEach(
                "SELECT record_key, outcome FROM sync.handed_over WHERE dataset = '" + dataset.table()
                        + "' AND enactment = '" + Reform.DAY + "'",
                row -> {
                    if (ledger.outcomes.put(row.text(1), row.text(2)) != null) {
                        ledger.doubled.add(row.text(1));
                    }
                });
        home.forEach(
                "SELECT record_key FROM sync.queued_record WHERE dataset = '" + dataset.table() + "'",
                row -> ledger.queue.add(row.text(1)));
        return ledger;
    }

    /** Lines of records that have been deleted since: whether they had been handed over before, only the ledger knows. */
    public long linesOf(Set<String> keys, Outcome outcome) {
        return keys.stream()
                .filter(key -> label(outcome).equals(outcomes.get(key)))
                .count();
    }

    /** How many of the keys the ledger does not know. */
    public long countWithoutLine(Set<String> keys) {
        return keys.stream().filter(key -> !outcomes.containsKey(key)).count();
    }

    /** Keys that have more than one line. */
    public List<String> doubled() {
        return List.copyOf(doubled);
    }

    /** Contradictions between the lines and what must have become of each living record. */
    public List<String> contradictions(Dataset dataset, Expectations expectations) {
        List<String> wrong = new ArrayList<>();
        doubled.forEach(key -> wrong.add(key + " is in the ledger twice"));
        Set<String> living = expectations.keys(expected -> expected.dataset() == dataset
                && !expected.deleted()
                && expected.placement().outcome() != Outcome.REJECTED);
        for (String key : new TreeSet<>(living)) {
            Expected expected = expectations.of(key);
            String line = outcomes.get(key);
            // What goes on in place under its unit needs no line.
            boolean untouched =
                    line == null && expected != null && expected.placement().outcome() == Outcome.KEPT;
            if (expected != null
                    && !untouched
                    && !label(expected.placement().outcome()).equals(line)) {
                wrong.add(key + " is " + line + " instead of "
                        + label(expected.placement().outcome()));
            }
        }
        return wrong;
    }

    /** Contradictions between the queue and the records that must wait. */
    public List<String> queueContradictions(Dataset dataset, Expectations expectations) {
        Set<String> waiting = expectations.keys(expected -> expected.dataset() == dataset
                && !expected.deleted()
                && expected.placement().outcome() == Outcome.QUEUED);
        List<String> wrong = new ArrayList<>();
        new TreeSet<>(waiting)
                .stream().filter(key -> !queue.contains(key)).forEach(key -> wrong.add(key + " is not queued"));
        new TreeSet<>(queue)
                .stream().filter(key -> !waiting.contains(key)).forEach(key -> wrong.add(key + " need not be queued"));
        return wrong;
    }

    private static String label(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
