package vn.dvhc.demo.verify;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import vn.dvhc.demo.record.Dataset;
import vn.dvhc.demo.record.DemoRecord;
import vn.dvhc.demo.reform.Outcome;
import vn.dvhc.demo.store.Database;
import vn.dvhc.demo.store.RecordTable;

/**
 * Compares the table of a dataset's living home with what was acknowledged: every record is there once, with its last
 * content and the unit that the acts give it; none that was deleted.
 */
public final class OwnerCheck {

    private final Dataset dataset;
    private final Database home;
    private final Expectations expectations;
    private final List<String> missing = new ArrayList<>();
    private final List<String> unexpected = new ArrayList<>();
    private final List<String> different = new ArrayList<>();
    private final List<String> duplicate = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private OwnerCheck(Dataset dataset, Database home, Expectations expectations) {
        this.dataset = dataset;
        this.home = home;
        this.expectations = expectations;
    }

    /** @param expectations of the records that live in that home, and no others */
    public static Difference check(Dataset dataset, Database home, Expectations expectations) throws SQLException {
        OwnerCheck check = new OwnerCheck(dataset, home, expectations);
        RecordTable table = new RecordTable(dataset);
        home.forEach(table.query(), row -> check.found(table.read(row)));
        return check.result();
    }

    private void found(DemoRecord record) {
        if (!seen.add(record.key())) {
            duplicate.add(record.key());
            return;
        }
        Expected expected = expectations.of(record.key());
        if (expected == null || expected.dataset() != dataset || !belongsHere(expected)) {
            unexpected.add(record.key());
        } else if (!record.fingerprint().equals(expected.fingerprint())) {
            different.add(record.key() + " (content)");
        } else if (!record.unit().equals(expected.placement().unit())) {
            different.add(record.key() + " (unit " + record.unit() + " instead of "
                    + expected.placement().unit() + ")");
        }
    }

    private Difference result() {
        expectations
                .keys(expected -> expected.dataset() == dataset && belongsHere(expected))
                .forEach(key -> {
                    if (!seen.contains(key)) {
                        missing.add(key);
                    }
                });
        return new Difference(missing, unexpected, different, duplicate, (long) seen.size() - unexpected.size());
    }

    /** What names an unknown unit stays where it was entered; everything else lives in the heir's database. */
    private boolean belongsHere(Expected expected) {
        return !expected.deleted()
                && (expected.placement().outcome() != Outcome.REJECTED
                        || expected.birthplace().equals(home.name()));
    }
}
