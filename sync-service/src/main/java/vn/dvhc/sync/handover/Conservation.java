package vn.dvhc.sync.handover;

import java.util.Collection;
import java.util.Optional;

/**
 * The law of a hand-over: what was read is in the ledger or was kept where it is, {@code in = moved + kept + queued + rejected}, for each
 * unit. Late records bear a line each by definition and are left out on both sides. Pure.
 */
final class Conservation {

    private Conservation() {}

    /**
     * One unit in one hand-over.
     *
     * @param unit empty for records whose unit could not be read
     * @param owed lines that the ledger should have: what was read less what was kept
     * @param lines lines that it has
     */
    record Balance(String unit, long owed, long lines) {
        long difference() {
            return lines - owed;
        }
    }

    /**
     * Why the books of one hand-over don't add up, in Vietnamese; empty if they do. A line without unit may have found its unit since
     * (a dead letter mended), so a unit may have more lines than were read of it, if those without unit lack as many.
     *
     * @param balances at least those units whose lines differ from what is owed
     */
    static Optional<String> breach(Collection<Balance> balances) {
        Optional<Balance> lacking = balances.stream()
                .filter(balance -> !balance.unit().isEmpty() && balance.difference() < 0)
                .findFirst();
        if (lacking.isPresent()) {
            Balance unit = lacking.get();
            return Optional.of("Đơn vị " + unit.unit() + ": đã đọc và phải có " + unit.owed()
                    + " dòng trong sổ bàn giao nhưng chỉ có " + unit.lines() + ".");
        }
        long difference = balances.stream().mapToLong(Balance::difference).sum();
        return difference == 0
                ? Optional.empty()
                : Optional.of("Sổ bàn giao " + (difference > 0 ? "thừa " : "thiếu ") + Math.abs(difference)
                        + " dòng so với số hồ sơ đã đọc.");
    }
}
