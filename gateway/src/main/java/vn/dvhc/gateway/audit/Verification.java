package vn.dvhc.gateway.audit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.dvhc.seal.Link;

/**
 * Goes through the chain, entry by entry, and keeps the first fault.
 *
 * <p>Not thread-safe.
 */
final class Verification {

    private long place;
    private String hash = Link.BEGINNING;
    private @Nullable String fault;
    private long faultAt;

    /** Takes the next entry; false once something is wrong. */
    boolean take(Entry entry) {
        if (entry.place() != place + 1) {
            return broken(place + 1, "Thiếu mắt xích " + (place + 1) + ".");
        }
        if (!entry.previous().equals(hash)) {
            return broken(entry.place(), "Mắt xích không nối với mắt xích trước nó.");
        }
        if (!entry.expected().equals(entry.hash())) {
            return broken(entry.place(), "Nội dung không khớp với mã băm: đã bị sửa sau khi ghi.");
        }
        place = entry.place();
        hash = entry.hash();
        return true;
    }

    /** Holds the end against what was kept of it elsewhere, so that a cut shows. */
    void end(Entry.Head kept) {
        if (fault == null && !(kept.place() == place && kept.hash().equals(hash))) {
            broken(
                    Math.min(place, kept.place()) + 1,
                    "Sổ ghi mắt xích cuối là " + kept.place() + " nhưng chuỗi kết thúc ở " + place + ".");
        }
    }

    private boolean broken(long at, String why) {
        fault = why;
        faultAt = at;
        return false;
    }

    /** The entries that hold. */
    long entries() {
        return place;
    }

    String head() {
        return hash;
    }

    /** What is wrong, in Vietnamese; empty if all is as it was written. */
    Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    /** The place of the first fault. */
    long faultAt() {
        return faultAt;
    }
}
