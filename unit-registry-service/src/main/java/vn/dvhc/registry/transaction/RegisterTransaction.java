package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.BiFunction;
import org.hibernate.reactive.mutiny.Mutiny;
import vn.dvhc.registry.store.LogStore;
import vn.dvhc.registry.store.RegisterLock;
import vn.dvhc.registry.unit.Register;
import vn.dvhc.registry.unit.RegisterState;

/**
 * Work that rests on the register as it is committed, and may move it on. It runs under the lock of decisions; the register
 * in memory follows only after the commit, and catches up first if another replica was faster.
 */
@Singleton
class RegisterTransaction {

    /** Each time somebody else has to be faster between the catching up and the lock. */
    private static final int ATTEMPTS = 10;

    private final Mutiny.SessionFactory sessions;
    private final LogStore log;
    private final CatchUp catchUp;
    private final Register register;

    RegisterTransaction(Mutiny.SessionFactory sessions, LogStore log, CatchUp catchUp, Register register) {
        this.sessions = sessions;
        this.log = log;
        this.catchUp = catchUp;
        this.register = register;
    }

    /** What the work came to, and the register it leaves behind. */
    record Done<T>(T answer, RegisterState register) {}

    /** @param work called once with the register as it is committed */
    <T> Uni<T> run(BiFunction<Mutiny.StatelessSession, RegisterState, Uni<Done<T>>> work) {
        return run(work, ATTEMPTS);
    }

    /** A look without a lock: whether this process knew of everything a moment ago. */
    Uni<Boolean> isCurrent(Mutiny.StatelessSession session) {
        return log.position(session)
                .map(position -> position == register.current().position());
    }

    private <T> Uni<T> run(BiFunction<Mutiny.StatelessSession, RegisterState, Uni<Done<T>>> work, int attempts) {
        if (attempts == 0) {
            return Uni.createFrom()
                    .failure(new IllegalStateException("The register in memory can't be brought to what is committed"));
        }
        return attempt(work)
                .chain(done -> done.isPresent()
                        ? Uni.createFrom().item(done.get().answer())
                        : catchUp.run().chain(() -> run(work, attempts - 1)));
    }

    private <T> Uni<Optional<Done<T>>> attempt(BiFunction<Mutiny.StatelessSession, RegisterState, Uni<Done<T>>> work) {
        return sessions.withStatelessTransaction((session, transaction) -> RegisterLock.DECISIONS
                        .take(session)
                        .chain(() -> isCurrent(session))
                        .chain(current -> current
                                ? work.apply(session, register.current()).map(Optional::of)
                                : Uni.createFrom().item(Optional.<Done<T>>empty())))
                .invoke(done -> done.ifPresent(moved -> register.advanceTo(moved.register())));
    }
}
