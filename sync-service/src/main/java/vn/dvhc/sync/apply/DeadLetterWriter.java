package vn.dvhc.sync.apply;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.capture.Change;
import vn.dvhc.sync.capture.DeadLetter;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.database.Statements;

/** Keeps messages that can't be applied, in the caller's transaction in the national database. */
final class DeadLetterWriter {

    private static final Logger LOG = Logger.getLogger(DeadLetterWriter.class);

    private DeadLetterWriter() {}

    static void write(Connection connection, List<DeadLetter> deadLetters) throws SQLException {
        if (deadLetters.isEmpty()) {
            return;
        }
        List<String> columns =
                List.of("topic", "partition", "kafka_offset", "dataset", "record_key", "cause", "detail", "payload");
        Rows rows = new Rows(columns.size());
        for (DeadLetter letter : deadLetters) {
            LOG.warnf(
                    "Dead letter: topic=%s partition=%d offset=%d cause=%s",
                    letter.origin().topic(),
                    letter.origin().partition(),
                    letter.origin().offset(),
                    letter.cause());
            rows.add(
                    letter.origin().topic(),
                    String.valueOf(letter.origin().partition()),
                    String.valueOf(letter.origin().offset()),
                    letter.dataset(),
                    letter.key(),
                    letter.cause().name(),
                    storable(letter.detail()),
                    storable(letter.payload()));
        }
        Statements.update(
                connection,
                "INSERT INTO sync.dead_letter (topic, partition, kafka_offset, dataset, record_key, cause, detail, payload)"
                        + " SELECT topic, partition::integer, kafka_offset::bigint, dataset, record_key, cause, detail, payload"
                        + " FROM " + Rows.unnest("v", columns) + " ON CONFLICT DO NOTHING",
                rows);
    }

    /** PostgreSQL's text can't hold NUL. */
    private static @Nullable String storable(@Nullable String text) {
        return text == null ? null : text.replace("\u0000", "\\u0000");
    }

    /** A change that a database refuses, whatever is tried. */
    static DeadLetter refused(Change change, SQLException failed) {
        return of(
                change,
                DeadLetter.Cause.REFUSED_BY_DATABASE,
                "Cơ sở dữ liệu nhận từ chối nội dung hồ sơ (mã lỗi " + failed.getSQLState() + ").");
    }

    static DeadLetter of(Change change, DeadLetter.Cause cause, String detail) {
        return new DeadLetter(change.origin(), change.dataset().name(), change.key(), cause, detail, change.message());
    }
}
