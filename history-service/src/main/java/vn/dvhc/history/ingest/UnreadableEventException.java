package vn.dvhc.history.ingest;

/** A message of the log that does not keep the contract. */
final class UnreadableEventException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadableEventException(String message) {
        super(message);
    }

    UnreadableEventException(String message, Throwable cause) {
        super(message, cause);
    }
}
