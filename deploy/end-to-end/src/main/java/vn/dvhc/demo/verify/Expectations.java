package vn.dvhc.demo.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import vn.dvhc.demo.record.DemoRecord;
import vn.dvhc.demo.record.RecordGenerator;
import vn.dvhc.demo.reform.Crosswalk;
import vn.dvhc.demo.reform.Outcome;
import vn.dvhc.demo.traffic.Journal;

/** Every key there ever was, with what must have become of it; about 200 bytes each. */
public final class Expectations {

    private final Map<String, Expected> byKey = new HashMap<>();

    private Expectations() {}

    /** Generated records as the journal says they were last written, and records that were added. */
    public static Expectations of(RecordGenerator generator, int records, Journal journal, Crosswalk crosswalk) {
        return of(generator, IntStream.range(0, records), journal, birthplace -> true, crosswalk);
    }

    /**
     * A share of them.
     *
     * @param numbers of the generated records
     * @param bears whether records that were written in a database belong to the share
     */
    public static Expectations of(
            RecordGenerator generator,
            IntStream numbers,
            Journal journal,
            Predicate<String> bears,
            Crosswalk crosswalk) {
        Expectations expectations = new Expectations();
        numbers.forEach(number -> {
            DemoRecord record = generator.record(number);
            if (journal.last(record.key()) == null) {
                expectations.put(crosswalk, record, generator.birthplace(number), false);
            }
        });
        journal.forEach((key, entry) -> {
            if (bears.test(entry.database())) {
                expectations.put(crosswalk, entry.record(), entry.database(), entry.deleted());
            }
        });
        return expectations;
    }

    /** Records as a journal says they were last written, its entries by key. */
    public static Expectations of(Map<String, Journal.Entry> entries, Crosswalk crosswalk) {
        Expectations expectations = new Expectations();
        entries.forEach((key, entry) -> expectations.put(crosswalk, entry.record(), entry.database(), entry.deleted()));
        return expectations;
    }

    private void put(Crosswalk crosswalk, DemoRecord record, String birthplace, boolean deleted) {
        byKey.put(
                record.key(),
                new Expected(
                        record.dataset(),
                        birthplace,
                        record.fingerprint(),
                        crosswalk.place(record.dataset(), record.unit(), record.hamlet()),
                        deleted));
    }

    public @Nullable Expected of(String key) {
        return byKey.get(key);
    }

    public Set<String> keys(Predicate<Expected> property) {
        return byKey.entrySet().stream()
                .filter(entry -> property.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    public long count(Predicate<Expected> property) {
        return byKey.values().stream().filter(property).count();
    }

    /** Records that are there and have that outcome. */
    public long living(Outcome outcome) {
        return count(expected -> !expected.deleted() && expected.placement().outcome() == outcome);
    }
}
