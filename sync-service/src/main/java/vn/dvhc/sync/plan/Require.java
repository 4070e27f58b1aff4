package vn.dvhc.sync.plan;

/** Says what is wrong with a declaration and where. */
final class Require {

    private Require() {}

    static void that(boolean holds, String place, String expected) {
        if (!holds) {
            throw new IllegalArgumentException("Khai báo không hợp lệ tại " + place + ": " + expected);
        }
    }
}
