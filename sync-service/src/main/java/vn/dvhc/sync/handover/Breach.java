package vn.dvhc.sync.handover;

/** Undoes a batch whose figures don't add up; its message says why, in Vietnamese. */
final class Breach extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String words;

    Breach(String words) {
        super(words);
        this.words = words;
    }

    String words() {
        return words;
    }
}
