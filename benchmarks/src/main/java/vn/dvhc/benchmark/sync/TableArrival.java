package vn.dvhc.benchmark.sync;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks for keys in a copy, on one connection that does nothing else. */
final class TableArrival implements Arrival, Sightings {

    private final Connection connection;
    private final PreparedStatement find;

    TableArrival(Connection connection, String table) throws SQLException {
        this.connection = connection;
        this.find = connection.prepareStatement("SELECT case_number FROM " + table + " WHERE case_number = ANY (?)");
    }

    /** Those of the keys that are there. */
    @Override
    public Set<String> found(List<String> keys) throws SQLException {
        find.setArray(1, connection.createArrayOf("text", keys.toArray()));
        Set<String> found = new HashSet<>();
        try (ResultSet rows = find.executeQuery()) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    @Override
    public void expect(long changes) {}

    @Override
    public boolean hasBegun(List<String> firstKeys) throws SQLException {
        return !found(firstKeys).isEmpty();
    }

    @Override
    public boolean isComplete(List<String> lastKeys) throws SQLException {
        return found(lastKeys).size() == lastKeys.size();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
