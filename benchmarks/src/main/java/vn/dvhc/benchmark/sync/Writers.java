package vn.dvhc.benchmark.sync;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import vn.dvhc.local.Account;

/**
 * Writes changes into commune databases as fast as they take them: the loop runs in the database, so that no client is in the way. Nine
 * of ten changes insert a row of about 300 bytes, the tenth changes a row that is some thousand changes old.
 */
final class Writers {

    /** An update concerns a row this many changes back, or a young one at the beginning. */
    private static final String PROCEDURE = """
            CREATE OR REPLACE PROCEDURE public.benchmark_write(prefix text, first bigint, last bigint, size bigint, codes text[])
            LANGUAGE plpgsql AS $$
            DECLARE
                origin bigint := first;
                until bigint;
            BEGIN
                WHILE first <= last LOOP
                    until := least(first + size - 1, last);
                    INSERT INTO public.case_file (case_number, unit_code, unit_vintage, hamlet, procedure, status, steps, created_at, updated_at)
                    SELECT prefix || lpad(n::text, 8, '0'), codes[1 + mod(n, cardinality(codes))], date '%s', 'Thôn ' || mod(n, 12),
                        'Đăng ký khai sinh', 'đang giải quyết',
                        md5(n::text) || ' tiếp nhận hồ sơ; kiểm tra giấy tờ; chuyển công chức tư pháp; chờ ký duyệt '
                            || md5((n + 1)::text) || md5((n + 2)::text),
                        clock_timestamp(), clock_timestamp()
                    FROM generate_series(first, until) n WHERE mod(n, 10) <> 0;
                    IF until / 10 > (first - 1) / 10 THEN
                        UPDATE public.case_file t SET status = 'đã trả kết quả', updated_at = clock_timestamp()
                        FROM (SELECT prefix || lpad((CASE WHEN n - origin > 10000 THEN n - 5003 ELSE n - 3 END)::text, 8, '0') AS key
                            FROM generate_series(first, until) n WHERE mod(n, 10) = 0) v
                        WHERE t.case_number = v.key;
                    END IF;
                    COMMIT;
                    first := until + 1;
                END LOOP;
            END
            $$""".formatted(Units.VINTAGE);

    private final House house;
    private final String run;

    /** @param run part of all keys, so that no two runs write the same */
    Writers(House house, String run) {
        this.house = house;
        this.run = run;
    }

    static void prepare(House house, SourceDatabase source) throws SQLException {
        try (Connection connection = house.connect(source.name(), Account.APP);
                Statement statement = connection.createStatement()) {
            statement.execute(PROCEDURE);
        }
    }

    /**
     * Writes into all sources at once, each change once, and then one row a source that tells the end.
     *
     * @param changes all together
     * @param size changes a transaction
     * @return seconds until everything was committed
     */
    double write(List<SourceDatabase> sources, long changes, int size)
            throws SQLException, InterruptedException, ExecutionException {
        int sessions = sessions(sources.size(), size);
        long share = share(sources.size(), changes, size);
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (SourceDatabase source : sources) {
            for (int session = 0; session < sessions; session++) {
                long first = 1 + session * share;
                tasks.add(() -> write(source, first, first + share - 1, size));
            }
        }
        long begun = System.nanoTime();
        ExecutorService executor = Executors.newFixedThreadPool(tasks.size());
        try {
            for (Future<Boolean> task : executor.invokeAll(tasks)) {
                task.get();
            }
        } finally {
            executor.shutdownNow();
        }
        for (SourceDatabase source : sources) {
            mark(source, "end");
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    /** How many changes {@link #write} really makes, the last row of each source among them. */
    static long changes(int sources, long changes, int size) {
        return share(sources, changes, size) * sources * sessions(sources, size) + sources;
    }

    /** Changes of a session: whole transactions, and whole tens, since every tenth changes a row of the same session. */
    private static long share(int sources, long changes, int size) {
        long unit = Math.max(size, 10);
        return changes / ((long) sources * sessions(sources, size)) / unit * unit;
    }

    /** Small transactions wait for the disk most of the time: several sessions share a flush. */
    private static int sessions(int sources, int size) {
        return size < 10 ? Math.max(1, 8 / sources) : 1;
    }

    private boolean write(SourceDatabase source, long first, long last, int size) throws SQLException {
        try (Connection connection = house.connect(source.name(), Account.APP);
                PreparedStatement call = connection.prepareStatement("CALL public.benchmark_write(?, ?, ?, ?, ?)")) {
            call.setString(1, source.keyPrefix(run));
            call.setLong(2, first);
            call.setLong(3, last);
            call.setLong(4, size);
            call.setArray(5, connection.createArrayOf("text", source.communes().toArray()));
            call.execute();
        }
        return true;
    }

    /** Writes one row by itself. */
    void mark(SourceDatabase source, String name) throws SQLException {
        try (Connection connection = house.connect(source.name(), Account.APP);
                PreparedStatement insert = connection.prepareStatement(Lag.INSERT)) {
            insert.setString(1, source.keyPrefix(run) + name);
            insert.setString(2, source.communes().get(0));
            insert.executeUpdate();
        }
    }

    List<String> firstKeys(List<SourceDatabase> sources) {
        return sources.stream().map(source -> source.key(run, 1)).toList();
    }

    List<String> marks(List<SourceDatabase> sources, String name) {
        return sources.stream().map(source -> source.keyPrefix(run) + name).toList();
    }
}
