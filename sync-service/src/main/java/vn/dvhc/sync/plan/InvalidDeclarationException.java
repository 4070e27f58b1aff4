package vn.dvhc.sync.plan;

import java.util.List;

/** A declaration that can't be used; tells everything that is wrong with it, each with its place. */
public final class InvalidDeclarationException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public InvalidDeclarationException(List<String> problems) {
        super("Khai báo nguồn dữ liệu không hợp lệ: " + String.join(" | ", problems));
        this.problems = List.copyOf(problems);
    }

    /** At least one, in Vietnamese: the place, then what is expected there. */
    public List<String> problems() {
        return problems;
    }
}
