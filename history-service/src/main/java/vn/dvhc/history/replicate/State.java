package vn.dvhc.history.replicate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import vn.dvhc.history.timeline.Snapshot;
import vn.dvhc.timeline.Group;
import vn.dvhc.unit.Unit;

/**
 * The units in force on a date.
 *
 * @param sequence the last message of the log before those of later days: whoever holds this state goes on after it
 * @param knownThrough the last message that is known: corrections up to it are in the state if they are of its date or before
 * @param units by unit id, as text
 */
public record State(LocalDate at, long sequence, long knownThrough, List<Unit> units) {

    public State {
        units = List.copyOf(units);
    }

    public static State of(Snapshot snapshot, LocalDate at) {
        List<Unit> units = snapshot.timeline().units(at, null, null).stream()
                .sorted(Comparator.comparing((Unit unit) -> unit.id().toString()))
                .toList();
        return new State(at, sequence(snapshot, at), snapshot.sequence(), units);
    }

    private static long sequence(Snapshot snapshot, LocalDate at) {
        return snapshot.chronicle().groups().stream()
                .filter(Group.Day.class::isInstance)
                .map(Group.Day.class::cast)
                .filter(day -> day.date().isAfter(at))
                .findFirst()
                .map(day -> day.firstSequence() - 1)
                .orElse(snapshot.sequence());
    }

    /**
     * SHA-256, in hexadecimal, over one line a unit in UTF-8, in the order of the bytes of the unit ids: unit id, code, type,
     * name and the unit id of the parent (empty for a province), with a tab between and a line feed after.
     */
    public String digest() {
        MessageDigest sha = sha256();
        StringBuilder line = new StringBuilder();
        for (Unit unit : units) {
            line.setLength(0);
            line.append(unit.id()).append('\t').append(unit.code()).append('\t');
            line.append(unit.type().label()).append('\t').append(unit.name()).append('\t');
            line.append(unit.parent() == null ? "" : unit.parent()).append('\n');
            sha.update(line.toString().getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every JDK has SHA-256", missing);
        }
    }
}
