package vn.dvhc.registry.transaction;

/** The database does not hold what was once enacted: the service must not go on. */
public final class CorruptRegisterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CorruptRegisterException(String message) {
        super(message);
    }
}
