package vn.dvhc.history.api;

/** A parameter of the request that can't be read; becomes a problem with status 400. */
final class BadParameterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String parameter;

    /** @param detail what is wrong, in Vietnamese, for the caller */
    BadParameterException(String parameter, String detail) {
        super(detail);
        this.parameter = parameter;
    }

    BadParameterException(String parameter, String detail, Throwable cause) {
        super(detail, cause);
        this.parameter = parameter;
    }

    String parameter() {
        return parameter;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
