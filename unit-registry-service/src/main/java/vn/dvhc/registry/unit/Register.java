package vn.dvhc.registry.unit;

/** The register as this process knows it. It only moves forward, and only to what the database has committed. */
public final class Register {

    private volatile RegisterState current = RegisterState.EMPTY;

    public RegisterState current() {
        return current;
    }

    /** Takes a committed state over, unless a later one is known already. */
    public synchronized void advanceTo(RegisterState committed) {
        if (committed.isAfter(current)) {
            current = committed;
        }
    }
}
