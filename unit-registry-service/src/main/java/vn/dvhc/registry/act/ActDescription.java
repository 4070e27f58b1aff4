package vn.dvhc.registry.act;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says about an act. What is null is not known, and nothing is guessed for it.
 *
 * @param number like {@code 1656/NQ-UBTVQH15}
 * @param issuer who issued it, in Vietnamese; read from the number where that leaves no doubt
 * @param year of signing; that of the date, else the one the number bears
 * @param clauses the places in the act that matter, like {@code Điều 1}
 * @param documentSha256 of the signed document: 64 hexadecimal digits, lower case
 */
public record ActDescription(
        String number,
        @Nullable String issuer,
        @Nullable Integer year,
        @Nullable LocalDate signedOn,
        @Nullable LocalDate inForceOn,
        @Nullable String title,
        List<String> clauses,
        @Nullable String documentSha256) {

    /** @throws IllegalArgumentException if the hash is none, or the year not that of the date */
    public ActDescription {
        if (number.isBlank()) {
            throw new IllegalArgumentException("An act needs a number");
        }
        if (documentSha256 != null && !documentSha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("A SHA-256 is 64 hexadecimal digits in lower case");
        }
        if (issuer == null) {
            issuer = ActNumbers.issuer(number).orElse(null);
        }
        if (year == null) {
            year = signedOn == null ? ActNumbers.year(number).orElse(null) : Integer.valueOf(signedOn.getYear());
        }
        if (signedOn != null && !Integer.valueOf(signedOn.getYear()).equals(year)) {
            throw new IllegalArgumentException("An act signed on " + signedOn + " is not of " + year);
        }
        clauses = List.copyOf(clauses);
    }

    /**
     * An act of which only the number is known, and perhaps the year.
     *
     * @param reference the number, as a change names it: {@code 1656/NQ-UBTVQH15}, or {@code 101/NQ-CP (2011)} where the
     *     number comes again every year
     */
    public static ActDescription ofReference(String reference) {
        return new ActDescription(
                ActNumbers.number(reference),
                null,
                ActNumbers.statedYear(reference).orElse(null),
                null,
                null,
                null,
                List.of(),
                null);
    }

    /** Whether both may be the same act: nothing that tells acts of one number apart differs. */
    public boolean mayBe(ActDescription other) {
        return number.equals(other.number) && agree(issuer, other.issuer) && agree(year, other.year);
    }

    /** Whether more is known than what the number tells: who issued it, when, and what it is called. */
    public boolean isComplete() {
        return issuer != null && signedOn != null && title != null;
    }

    /** Whether the other says something else about the same act. */
    boolean contradicts(ActDescription other) {
        return !agree(signedOn, other.signedOn)
                || !agree(inForceOn, other.inForceOn)
                || !agree(title, other.title)
                || !agree(documentSha256, other.documentSha256);
    }

    /** What is unknown here is taken from the other. */
    ActDescription completedBy(ActDescription other) {
        Set<String> allClauses = new LinkedHashSet<>(clauses);
        allClauses.addAll(other.clauses);
        return new ActDescription(
                number,
                issuer == null ? other.issuer : issuer,
                year == null ? other.year : year,
                signedOn == null ? other.signedOn : signedOn,
                inForceOn == null ? other.inForceOn : inForceOn,
                title == null ? other.title : title,
                List.copyOf(allClauses),
                documentSha256 == null ? other.documentSha256 : documentSha256);
    }

    private static boolean agree(@Nullable Object one, @Nullable Object other) {
        return one == null || other == null || Objects.equals(one, other);
    }
}
