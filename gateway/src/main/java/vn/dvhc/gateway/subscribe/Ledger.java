package vn.dvhc.gateway.subscribe;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is kept of deliveries. A write counts only while its hold is true; else it changes nothing. */
interface Ledger {

    /** Whose write it is: the replica that serves the subscription, in the revision that it has read. */
    record Hold(String subscription, String holder, long revision) {}

    /** How far a subscription has come; {@code delivered} counts those since the last time. */
    record Progress(
            Hold hold,
            long position,
            long delivered,
            @Nullable Instant failingSince) {}

    /** Writes down how far each has come, all at once. */
    void progress(List<Progress> all) throws SQLException;

    /** Keeps a delivery, or how it stands now. */
    void keep(Hold hold, SubscriptionStore.Kept kept) throws SQLException;

    /** A delivery that was kept has arrived. */
    void arrived(Hold hold, long sequence) throws SQLException;

    /** Sends no more until somebody makes the subscription active again. */
    void disable(Hold hold, String reason) throws SQLException;
}
