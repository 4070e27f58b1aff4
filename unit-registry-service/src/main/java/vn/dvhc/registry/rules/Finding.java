package vn.dvhc.registry.rules;

/**
 * One thing found in a decision.
 *
 * @param code a stable word for programs
 * @param subject what it is about: a code as the decision writes it, a unit id, an act's number or a date
 * @param message for the clerk, in Vietnamese
 * @param messageEn the same in English
 */
public record Finding(Severity severity, String code, String subject, String message, String messageEn) {

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
