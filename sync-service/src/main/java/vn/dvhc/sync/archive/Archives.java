package vn.dvhc.sync.archive;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.audit.AuditTrail;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.handover.HandOvers;
import vn.dvhc.sync.home.Homes;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.units.UnitKnowledge;

/** Closes former homes for writing, and opens them again. Blocks: call it from a worker. */
@Singleton
class Archives {

    private static final String TRIGGER = "dvhc_archive";

    /** Without the right, PostgreSQL refuses to make the trigger. */
    private static final String NO_PRIVILEGE = "42501";

    /** Some transaction is writing, and goes on. */
    private static final String LOCKED = "55P03";

    private static final String READ = "SELECT closed_at::text, ARRAY(SELECT tgrelid::regclass::text FROM pg_trigger"
            + " WHERE tgname = '" + TRIGGER + "' ORDER BY 1) FROM sync.archive";

    private final Plans plans;
    private final Databases databases;
    private final UnitKnowledge knowledge;
    private final HandOvers handOvers;

    @Inject
    Archives(Plans plans, Databases databases, UnitKnowledge knowledge, HandOvers handOvers) {
        this.plans = plans;
        this.databases = databases;
        this.knowledge = knowledge;
        this.handOvers = handOvers;
    }

    /**
     * @param successor the database its records live in now; null if it is a home still
     * @param closedAt since when its tables refuse to be written; null if they do not
     * @param tables those that refuse
     */
    @Schema(name = "ArchiveState")
    record State(
            String source,
            @Nullable String successor,
            @Nullable String closedAt,
            List<String> tables) {
        boolean isClosed() {
            return closedAt != null;
        }
    }

    /**
     * @param state as it is then; null if nothing was done
     * @param why in Vietnamese; null if it was done, or there is no such source
     */
    record Answer(@Nullable State state, @Nullable String why) {}

    Optional<State> state(String name) throws SQLException {
        Known known = known(name).orElse(null);
        return known == null ? Optional.empty() : Optional.of(state(known.plan(), known.source()));
    }

    Answer close(String name, String reason, String who) throws SQLException {
        Known known = known(name).orElse(null);
        if (known == null) {
            return new Answer(null, null);
        }
        Plan plan = known.plan();
        Source source = known.source();
        Source successor = homes(plan).newHome(source).orElse(null);
        if (successor == null) {
            return new Answer(
                    null, "Cơ sở dữ liệu " + name + " vẫn đang là nơi ở của hồ sơ, chưa thể đóng thành kho lưu trữ.");
        }
        if (handOvers.unfinished().stream().anyMatch(waiting -> waiting.from().equals(name))) {
            return new Answer(null, "Hồ sơ của " + name + " chưa bàn giao xong; hãy đóng sau khi xong.");
        }
        List<String> tables = handedOver(plan, source, successor);
        try {
            databases.runAsOwner(source, connection -> {
                Statements.update(connection, "SET LOCAL lock_timeout = '3s'");
                Statements.update(
                        connection,
                        "INSERT INTO sync.archive (successor) VALUES (?) ON CONFLICT (one) DO NOTHING",
                        successor.name());
                for (String table : tables) {
                    Statements.update(
                            connection,
                            "CREATE OR REPLACE TRIGGER " + TRIGGER
                                    + " BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON " + table
                                    + " FOR EACH STATEMENT EXECUTE FUNCTION sync.refuse_to_write_archive()");
                }
            });
        } catch (SQLException refused) {
            return new Answer(null, why(refused, tables));
        }
        return new Answer(done(plan, source, "archive-close", reason, who), null);
    }

    Answer open(String name, String reason, String who) throws SQLException {
        Known known = known(name).orElse(null);
        if (known == null) {
            return new Answer(null, null);
        }
        Plan plan = known.plan();
        Source source = known.source();
        if (!state(plan, source).isClosed()) {
            return new Answer(null, "Cơ sở dữ liệu " + name + " không đóng.");
        }
        databases.runAsOwner(source, connection -> Statements.update(connection, "DELETE FROM sync.archive"));
        return new Answer(done(plan, source, "archive-open", reason, who), null);
    }

    /** A source in use, with its plan. */
    private record Known(Plan plan, Source source) {}

    private Optional<Known> known(String name) {
        return plans.current().flatMap(plan -> plan.source(name).map(source -> new Known(plan, source)));
    }

    private State done(Plan plan, Source source, String action, String reason, String who) throws SQLException {
        State state = state(plan, source);
        databases.runAsOwner(
                plan.nation(),
                connection -> AuditTrail.write(
                        connection,
                        List.of(new AuditTrail.Deed(
                                who,
                                action,
                                "source:" + source.name(),
                                reason,
                                "done",
                                "tables=" + String.join(",", state.tables())))));
        return state;
    }

    private State state(Plan plan, Source source) throws SQLException {
        String successor = homes(plan).newHome(source).map(Source::name).orElse(null);
        return databases
                .asOwner(
                        source,
                        connection -> Statements.query(
                                connection,
                                READ,
                                row -> new State(source.name(), successor, row.getString(1), List.of((String[])
                                        row.getArray(2).getArray()))))
                .stream()
                .findFirst()
                .orElseGet(() -> new State(source.name(), successor, null, List.of()));
    }

    private Homes homes(Plan plan) {
        return Homes.of(plan, knowledge.state().timeline());
    }

    /** What is not re-coded stays where it is, and in use. */
    private static List<String> handedOver(Plan plan, Source source, Source successor) {
        return plan.ownedBy(source).stream()
                .filter(Dataset::isRecoded)
                .filter(plan.ownedBy(successor)::contains)
                .map(Dataset::table)
                .toList();
    }

    private static String why(SQLException refused, List<String> tables) throws SQLException {
        if (NO_PRIVILEGE.equals(refused.getSQLState())) {
            return "Tài khoản của dịch vụ thiếu quyền; chủ của bảng cần chạy: GRANT TRIGGER ON "
                    + String.join(", ", tables) + " TO sync";
        }
        if (LOCKED.equals(refused.getSQLState())) {
            return "Đang có giao dịch ghi vào bảng; hãy thử lại sau ít giây.";
        }
        throw refused;
    }
}
