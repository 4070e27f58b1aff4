package vn.dvhc.registry.api;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.act.ActDescription;
import vn.dvhc.registry.act.ActNumbers;
import vn.dvhc.registry.decision.ChangeDocument;

/**
 * What is said about an act; what is not known stays away.
 *
 * @param number as it is written on the act
 * @param issuer needed only where the number leaves a doubt
 * @param year of signing, where the date is not known
 * @param clauses the places in the act that matter
 * @param documentSha256 of the signed document, hexadecimal
 */
public record ActBody(
        @Schema(examples = "1656/NQ-UBTVQH15") @Nullable String number,

        @Schema(examples = "Ủy ban Thường vụ Quốc hội") @Nullable
        String issuer,

        @Schema(examples = "2025") @Nullable Integer year,
        @Schema(examples = "2025-06-16") @Nullable String signedOn,
        @Schema(examples = "2025-06-16") @Nullable String inForceOn,
        @Nullable String title,
        @Nullable List<@Nullable String> clauses,
        @Nullable String documentSha256) {

    private static final int MAX_NUMBER = 200;
    private static final int MAX_TITLE = 2_000;
    private static final int MOST_CLAUSES = 500;

    /** @throws MalformedRequestException or {@link IllegalArgumentException}, in Vietnamese */
    ActDescription toDescription() {
        List<String> read = new ArrayList<>();
        if (clauses != null) {
            if (clauses.size() > MOST_CLAUSES) {
                throw new IllegalArgumentException("Trường «clauses» có quá " + MOST_CLAUSES + " mục.");
            }
            clauses.forEach(clause -> read.add(ChangeDocument.text("clauses", clause, MAX_NUMBER)));
        }
        LocalDate signed = date("signedOn", signedOn);
        if (year != null && signed != null && year != signed.getYear()) {
            throw new IllegalArgumentException("Trường «year» không khớp với «signedOn».");
        }
        return new ActDescription(
                ActNumbers.number(ChangeDocument.text("number", number, MAX_NUMBER)),
                issuer == null ? null : ChangeDocument.text("issuer", issuer, MAX_NUMBER),
                year,
                signed,
                date("inForceOn", inForceOn),
                title == null ? null : ChangeDocument.text("title", title, MAX_TITLE),
                read,
                hash());
    }

    private @Nullable String hash() {
        if (documentSha256 == null) {
            return null;
        }
        String lower = documentSha256.toLowerCase(Locale.ROOT);
        if (!lower.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("Trường «documentSha256» phải là 64 chữ số thập lục phân.");
        }
        return lower;
    }

    private static @Nullable LocalDate date(String field, @Nullable String text) {
        return text == null ? null : RequestReader.date(field, text);
    }
}
