package vn.dvhc.sync.handover;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Source;

/** An owner who edits and deletes case files of a home, and begins others, until he is told to stop; knows what he did. */
final class BusyOwner implements Runnable {

    private final TwoHomes homes;
    private final Source home;
    private final Dataset caseFiles;
    private final RandomReforms reforms;
    private final Random random;
    private final List<String> keys;
    private final Map<String, String> edited = new HashMap<>();
    private final Set<String> deleted = new HashSet<>();
    private final Set<String> begun = new HashSet<>();
    private volatile boolean stopping;

    BusyOwner(TwoHomes homes, Source home, Dataset caseFiles, RandomReforms reforms, List<String> keys) {
        this.homes = homes;
        this.home = home;
        this.caseFiles = caseFiles;
        this.reforms = reforms;
        this.random = reforms.random();
        this.keys = new ArrayList<>(keys);
    }

    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        try (Connection connection = homes.connect(home)) {
            for (int deed = 0; !stopping; deed++) {
                String key = keys.get(random.nextInt(keys.size()));
                if (deed % 8 == 0) {
                    begin(deed);
                } else if (deed % 8 == 1) {
                    delete(connection, key);
                } else {
                    edit(connection, key, "sửa lần " + deed);
                }
            }
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    private void begin(int deed) throws SQLException {
        List<@Nullable String> values = reforms.record(caseFiles, 900_000 + deed, false);
        homes.insert(home, caseFiles, List.of(values));
        begun.add(String.valueOf(caseFiles.keyOf(values)));
    }

    private void delete(Connection connection, String key) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM public.case_file WHERE case_number = ?")) {
            delete.setString(1, key);
            delete.executeUpdate();
            deleted.add(key);
        }
    }

    private void edit(Connection connection, String key, String status) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE public.case_file SET status = ? WHERE case_number = ?")) {
            update.setString(1, status);
            update.setString(2, key);
            if (update.executeUpdate() > 0) {
                edited.put(key, status);
            }
        }
    }

    /** What was written last into the records he edited, by key. */
    Map<String, String> edited() {
        return edited;
    }

    Set<String> deleted() {
        return deleted;
    }

    Set<String> begun() {
        return begun;
    }
}
