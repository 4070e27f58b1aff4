package vn.dvhc.sync.declare;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Source;

/** What was declared by API, kept in the national database: every version, with who declared it and when. */
@Singleton
class DeclarationStore {

    private static final String PRESENT =
            "SELECT id, kind, name, body FROM (SELECT DISTINCT ON (kind, name) id, kind, name, body FROM sync.declaration"
                    + " ORDER BY kind, name, id DESC) latest WHERE body IS NOT NULL ORDER BY id";

    private final Databases databases;

    @Inject
    DeclarationStore(Databases databases) {
        this.databases = databases;
    }

    /** What is declared. */
    enum Kind {
        SOURCE("source"),
        DATASET("dataset");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        private static Kind of(String word) {
            return SOURCE.word.equals(word) ? SOURCE : DATASET;
        }
    }

    /** @param body JSON of the same form as in the plan's file */
    record Entry(Kind kind, String name, String body) {}

    /** What is declared now, the earliest first. */
    List<Entry> present(Source nation) throws SQLException {
        return databases.asOwner(nation, DeclarationStore::present);
    }

    static List<Entry> present(Connection connection) throws SQLException {
        return Statements.query(
                connection, PRESENT, row -> new Entry(Kind.of(row.getString(2)), row.getString(3), row.getString(4)));
    }

    /** Declarations are checked together, so one at a time. */
    static void lock(Connection connection) throws SQLException {
        Statements.update(connection, "LOCK TABLE sync.declaration IN SHARE ROW EXCLUSIVE MODE");
    }

    /** @param body null withdraws the declaration */
    static void write(Connection connection, Kind kind, String name, @Nullable String body, String declaredBy)
            throws SQLException {
        Statements.update(
                connection,
                "INSERT INTO sync.declaration (kind, name, body, declared_by) VALUES (?, ?, ?, ?)",
                kind.word,
                name,
                body,
                declaredBy);
    }
}
