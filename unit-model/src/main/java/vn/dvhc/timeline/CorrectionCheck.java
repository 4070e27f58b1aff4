package vn.dvhc.timeline;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.UnitChange;

/** Whether what a correction refers to is there; whether the result holds is the draft's to say. */
final class CorrectionCheck {

    private final List<Group> groups;
    private final Set<Long> struck;
    private final @Nullable LocalDate lastDay;
    private final List<Refusal> refusals = new ArrayList<>();

    CorrectionCheck(List<Group> groups, Set<Long> struck, @Nullable LocalDate lastDay) {
        this.groups = groups;
        this.struck = struck;
        this.lastDay = lastDay;
    }

    /** What stands against a correction that is only wished for. */
    List<Refusal> refusals(LocalDate date, List<UnitChange> changes, List<Strike> strikes) {
        if (changes.isEmpty() && strikes.isEmpty()) {
            refuse(Refusal.Code.NOTHING_TO_CORRECT, date.toString(), "Bản đính chính không thay đổi gì.");
        }
        checkDate(date);
        Set<Strike> seen = new HashSet<>();
        for (Strike strike : strikes) {
            boolean again = !seen.add(strike) || strike.to() != null && seen.contains(Strike.of(strike.sequence()));
            target(date, strike.sequence(), again).ifPresent(entry -> checkEdge(entry, strike));
        }
        return refusals;
    }

    /** What stands against a correction that was recorded. */
    List<Refusal> refusals(Group.Correction correction) {
        checkDate(correction.date());
        Set<Long> seen = new HashSet<>();
        NavigableMap<Long, Long> retractions = Chronicle.retractions(groups);
        for (Entry entry : correction.entries()) {
            Long retracted = entry.retracts();
            if (retracted != null) {
                target(correction.date(), retracted, !seen.add(retracted));
                retractions.put(entry.sequence(), retracted);
            }
        }
        Set<Long> afterwards = Chronicle.struck(retractions);
        for (Entry entry : correction.entries()) {
            Long replaced = entry.replaces();
            if (replaced != null && !(afterwards.contains(replaced) && isOf(correction.date(), replaced))) {
                refuse(
                        Refusal.Code.PLACE_TAKEN,
                        replaced.toString(),
                        "Bản ghi số " + entry.sequence() + " thay cho bản ghi số " + replaced + " chưa bị hủy.");
            }
        }
        return refusals;
    }

    private void checkDate(LocalDate date) {
        Optional<LocalDate> firstDay =
                groups.stream().filter(Group.Day.class::isInstance).findFirst().map(day -> ((Group.Day) day).date());
        if (lastDay == null
                || date.isAfter(lastDay)
                || firstDay.filter(date::isBefore).isPresent()) {
            refuse(
                    Refusal.Code.DATE_NOT_ENACTED,
                    date.toString(),
                    "Chỉ đính chính được các ngày đã có hiệu lực, không đính chính được ngày " + date + ".");
        }
    }

    private Optional<Entry> target(LocalDate date, long sequence, boolean again) {
        Optional<Entry> target = Chronicle.message(groups, sequence).filter(entry -> isOf(date, sequence));
        if (target.isEmpty()) {
            refuse(
                    Refusal.Code.MESSAGE_UNKNOWN,
                    Long.toString(sequence),
                    "Không có bản ghi số " + sequence + " của ngày " + date + ".");
        } else if (again || struck.contains(sequence)) {
            refuse(
                    Refusal.Code.MESSAGE_STRUCK,
                    Long.toString(sequence),
                    "Bản ghi số " + sequence + " đã bị hủy, không thể hủy lần nữa.");
        }
        return target;
    }

    private void checkEdge(Entry entry, Strike strike) {
        if (strike.to() != null
                && entry.edges().stream().noneMatch(edge -> edge.to().equals(strike.to()))) {
            refuse(
                    Refusal.Code.EDGE_UNKNOWN,
                    Long.toString(strike.sequence()),
                    "Bản ghi số " + strike.sequence() + " không có quan hệ kế thừa sang đơn vị " + strike.to() + ".");
        }
    }

    private boolean isOf(LocalDate date, long sequence) {
        return groups.stream()
                .filter(group -> group.firstSequence() <= sequence && sequence <= group.lastSequence())
                .anyMatch(group -> group.fold(
                        day -> day.date().equals(date),
                        correction -> correction.date().equals(date),
                        notice -> false));
    }

    private void refuse(Refusal.Code code, String subject, String message) {
        refusals.add(new Refusal(code, subject, message));
    }
}
