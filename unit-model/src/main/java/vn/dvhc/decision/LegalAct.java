package vn.dvhc.decision;

/** A legal act by its number, like {@code 1656/NQ-UBTVQH15}. Numbers alone may collide across issuers and years. */
public record LegalAct(String number) {

    public LegalAct {
        if (number.isBlank()) {
            throw new IllegalArgumentException("An act needs a number");
        }
    }

    @Override
    public String toString() {
        return number;
    }
}
