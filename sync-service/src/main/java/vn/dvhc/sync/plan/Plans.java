package vn.dvhc.sync.plan;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The plan in use: immutable, swapped whole. Take it once for a piece of work, so that the work sees one plan. */
@Singleton
public class Plans {

    private volatile @Nullable Plan current;

    /** Empty until the first plan is in use: there is nothing to move. */
    public Optional<Plan> current() {
        return Optional.ofNullable(current);
    }

    /** Puts a plan into use; only while neither records are applied nor a day is enacted. */
    public void use(Plan plan) {
        current = plan;
    }
}
