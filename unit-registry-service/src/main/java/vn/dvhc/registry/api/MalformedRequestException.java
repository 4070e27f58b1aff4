package vn.dvhc.registry.api;

import java.util.List;

/** The request can't be read; becomes a 400 that says why, in Vietnamese. */
final class MalformedRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Reason> reasons;

    MalformedRequestException(String detail) {
        super(detail);
        this.reasons = List.of();
    }

    MalformedRequestException(List<Reason> reasons) {
        super(reasons.size() + " reasons");
        this.reasons = List.copyOf(reasons);
    }

    Problem toProblem() {
        return reasons.isEmpty()
                ? Problem.of(Problem.Kind.MALFORMED, String.valueOf(getMessage()))
                : Problem.ofReasons(Problem.Kind.MALFORMED, reasons);
    }
}
