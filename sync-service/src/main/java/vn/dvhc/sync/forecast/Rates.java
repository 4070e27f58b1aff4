package vn.dvhc.sync.forecast;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import vn.dvhc.sync.handover.Accounts;

/** How fast earlier hand-overs went: those of the same dataset and database if there are any, else those of the same dataset. */
final class Rates {

    /** Fewer records say nothing: a part that reads none still takes its moment. */
    private static final long ENOUGH = 100;

    private final List<Accounts.Part> finished;

    Rates(List<Accounts.Part> parts) {
        this.finished = parts.stream().filter(Accounts.Part::finished).toList();
    }

    /** Records a second; empty if too little was measured. */
    Optional<Double> of(String dataset, String database) {
        return rate(part -> part.dataset().equals(dataset)
                        && (part.from().equals(database) || part.to().equals(database)))
                .or(() -> rate(part -> part.dataset().equals(dataset)));
    }

    private Optional<Double> rate(Predicate<Accounts.Part> wanted) {
        long records =
                finished.stream().filter(wanted).mapToLong(Accounts.Part::read).sum();
        long millis = finished.stream()
                .filter(wanted)
                .mapToLong(Accounts.Part::busyMillis)
                .sum();
        return records < ENOUGH || millis == 0 ? Optional.empty() : Optional.of(records * 1000.0 / millis);
    }

    /** What the rates rest on, in Vietnamese. */
    String words() {
        long records = finished.stream().mapToLong(Accounts.Part::read).sum();
        return records < ENOUGH
                ? "Chưa có đợt bàn giao nào đủ lớn để ước tính thời gian."
                : "Tốc độ đo được của " + finished.size() + " phần bàn giao đã xong, gồm " + records + " hồ sơ.";
    }
}
