package vn.dvhc.sync.handover;

import java.sql.Connection;
import java.sql.SQLException;
import vn.dvhc.sync.database.KeyRange;

/** A way to hand over the records of one dataset of one home, batch by batch in order of key. */
interface Batches {

    /**
     * What one batch has written, in the transaction of its caller.
     *
     * @param lastKey where the next one goes on
     * @param lines lines that the ledger got
     * @param last whether there is no next one
     */
    record Batch(String lastKey, Tally tally, int lines, boolean last) {}

    /**
     * @param connection to the database that receives
     * @param rest what is left of the stretch
     * @throws Breach if what it has read and what it has written differ
     */
    Batch next(Connection connection, KeyRange rest) throws SQLException;
}
