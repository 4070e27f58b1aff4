package vn.dvhc.sync.declare;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.connector.ConnectorSettings;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;

/** Looks whether a database is made for what is declared of it, before it takes part. Reads only. */
@Singleton
class Inspection {

    private static final Logger LOG = Logger.getLogger(Inspection.class);

    /** The types of PostgreSQL that read and write like the declared one. */
    private static final Map<String, Set<String>> TYPES = Map.of(
            "text", Set.of("text", "character varying", "character", "uuid"),
            "date", Set.of("date"),
            "timestamptz", Set.of("timestamp with time zone"),
            "numeric", Set.of("numeric"),
            "integer", Set.of("integer", "smallint"),
            "bigint", Set.of("bigint", "integer"),
            "boolean", Set.of("boolean"));

    private final Databases databases;
    private final SyncConfig config;

    @Inject
    Inspection(Databases databases, SyncConfig config) {
        this.databases = databases;
        this.config = config;
    }

    /** Everything that is missing in the database, in Vietnamese; empty if it can take part. */
    List<String> problems(Plan plan, Source source) {
        String place = "sources." + source.name();
        List<String> found = new ArrayList<>();
        try (Connection connection = databases.look(source)) {
            lookAtDatabase(connection, place, found);
            for (Dataset dataset : plan.ownedBy(source)) {
                lookAtTable(connection, place + "." + dataset.table(), dataset, found);
            }
        } catch (SQLException unreachable) {
            found.add(unreachable(source, config.database().user(), unreachable));
        }
        if (!plan.ownedBy(source).isEmpty()) {
            lookAsCapture(source, found);
        }
        return found;
    }

    private void lookAsCapture(Source source, List<String> found) {
        String user = config.capture().user();
        if (config.capture().password().isEmpty()) {
            found.add("dvhc.sync.capture.password: chưa đặt mật khẩu của tài khoản " + user);
            return;
        }
        try (Connection connection =
                databases.look(source, user, config.capture().password().get())) {
            require(
                    connection,
                    "SELECT rolreplication OR rolsuper FROM pg_roles WHERE rolname = current_user",
                    "sources." + source.name() + ": tài khoản " + user + " cần quyền REPLICATION",
                    found);
        } catch (SQLException unreachable) {
            found.add(unreachable(source, user, unreachable));
        }
    }

    private static String unreachable(Source source, String user, SQLException failed) {
        LOG.debug("A declared database does not answer", failed);
        return "sources." + source.name() + ".database: không kết nối hoặc không đọc được " + source.database()
                + " bằng tài khoản " + user + " (mã lỗi " + failed.getSQLState() + ")";
    }

    private static void lookAtDatabase(Connection connection, String place, List<String> found) throws SQLException {
        require(
                connection,
                "SELECT current_setting('wal_level') = 'logical'",
                place + ": máy chủ cần wal_level = logical",
                found);
        require(
                connection,
                "SELECT has_database_privilege(current_database(), 'CREATE')",
                place + ": tài khoản của dịch vụ cần quyền CREATE trong cơ sở dữ liệu",
                found);
        require(
                connection,
                "SELECT coalesce(has_function_privilege(to_regprocedure('public.dvhc_lease_replication_origin()'), 'EXECUTE'),"
                        + " false)",
                place + ": chưa chạy replication-origin.sql",
                found);
    }

    private static void lookAtTable(Connection connection, String place, Dataset dataset, List<String> found)
            throws SQLException {
        Map<String, String> present = new HashMap<>();
        Statements.query(
                        connection,
                        "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = to_regclass(?)"
                                + " AND attnum > 0 AND NOT attisdropped",
                        row -> Map.entry(row.getString(1), row.getString(2)),
                        dataset.table())
                .forEach(column -> present.put(column.getKey(), column.getValue()));
        if (present.isEmpty()) {
            found.add(place + ": không có bảng này");
            return;
        }
        for (String column : dataset.storedColumns()) {
            String type = dataset.columns().getOrDefault(column, "");
            if (!TYPES.getOrDefault(type, Set.of()).contains(present.getOrDefault(column, ""))) {
                found.add(place + "." + column + ": cần một cột kiểu " + type
                        + (present.containsKey(column) ? ", đang là " + present.get(column) : ""));
            }
        }
        lookAtKey(connection, place, dataset, found);
        String table = "to_regclass('" + dataset.table() + "')";
        require(
                connection,
                "SELECT relreplident = 'f' FROM pg_class WHERE oid = " + table,
                place + ": cần REPLICA IDENTITY FULL",
                found);
        require(
                connection,
                "SELECT EXISTS (SELECT 1 FROM pg_publication_tables WHERE pubname = '" + ConnectorSettings.PUBLICATION
                        + "' AND schemaname || '.' || tablename = '" + dataset.table() + "')",
                place + ": chưa thuộc publication " + ConnectorSettings.PUBLICATION,
                found);
        require(
                connection,
                "SELECT has_table_privilege(" + table + ", 'SELECT')"
                        + (dataset.isRecoded()
                                ? " AND has_table_privilege(" + table + ", 'INSERT') AND has_table_privilege(" + table
                                        + ", 'UPDATE') AND has_table_privilege(" + table + ", 'DELETE')"
                                : ""),
                place + ": tài khoản của dịch vụ cần quyền "
                        + (dataset.isRecoded() ? "SELECT, INSERT, UPDATE, DELETE" : "SELECT"),
                found);
    }

    /** Writing a record anew by its key needs an index that says the key is unique. */
    private static void lookAtKey(Connection connection, String place, Dataset dataset, List<String> found)
            throws SQLException {
        List<Set<String>> unique = Statements.query(
                connection,
                "SELECT array_agg(a.attname::text) FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid"
                        + " AND a.attnum = ANY (i.indkey) WHERE i.indrelid = to_regclass(?) AND i.indisunique"
                        + " AND i.indpred IS NULL GROUP BY i.indexrelid",
                row -> Set.of((String[]) row.getArray(1).getArray()),
                dataset.table());
        if (!unique.contains(new HashSet<>(dataset.key()))) {
            found.add(place + ": khoá " + dataset.key() + " cần một chỉ mục duy nhất");
        }
    }

    private static void require(Connection connection, String sql, String problem, List<String> found)
            throws SQLException {
        if (!Statements.query(connection, sql, row -> row.getBoolean(1)).contains(true)) {
            found.add(problem);
        }
    }
}
