package vn.dvhc.contract;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A hand-over plan as one text, whose SHA-256 names the plan: the day (ISO date), then its lines ({@link PlanLine#text}) in order,
 * each after a line feed, in UTF-8. Services that tell, keep or compare a plan agree on it by this text.
 */
public final class PlanText {

    private PlanText() {}

    /** The text of a plan, whatever the order of its lines. */
    public static String of(LocalDate day, Collection<PlanLine> lines) {
        return Stream.concat(
                        Stream.of(day.toString()),
                        lines.stream().map(PlanLine::text).sorted())
                .collect(Collectors.joining("\n"));
    }

    /** 64 hexadecimal digits. */
    public static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every JDK has SHA-256", missing);
        }
    }

    /** The lines, in the order of the text. */
    public static List<PlanLine> lines(String text) {
        return text.lines().skip(1).map(PlanLine::parse).toList();
    }
}
