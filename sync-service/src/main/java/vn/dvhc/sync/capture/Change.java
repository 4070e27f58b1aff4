package vn.dvhc.sync.capture;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.recode.RecordUnit;

/**
 * One change of a record in its owner's database.
 *
 * @param origin where the message lies, for progress and dead letters
 * @param values the record by column, in the dataset's order; for a deletion as it was last
 * @param position place in the log of the source; per key it only grows
 * @param kind what is told of the record
 * @param transaction id of the source's transaction, 32 bits; null unless the log told the change
 * @param committedAt when the source committed it; null unless the log told the change
 * @param message the message it came in, kept if it can't be applied
 * @param edit what was done to the columns of its dataset's journal; null if nothing, or if the log did not tell the change
 */
public record Change(
        Origin origin,
        Source source,
        Dataset dataset,
        String key,
        List<@Nullable String> values,
        boolean deleted,
        long position,
        Kind kind,
        @Nullable Long transaction,
        @Nullable Instant committedAt,
        String message,
        @Nullable Edit edit) {

    /** One that edits no column of a journal. */
    public Change(
            Origin origin,
            Source source,
            Dataset dataset,
            String key,
            List<@Nullable String> values,
            boolean deleted,
            long position,
            Kind kind,
            @Nullable Long transaction,
            @Nullable Instant committedAt,
            String message) {
        this(origin, source, dataset, key, values, deleted, position, kind, transaction, committedAt, message, null);
    }

    /** What a message tells. */
    public enum Kind {
        /** Something happened to the record; the log says where. */
        CHANGE,
        /** The record was there when a snapshot read it. */
        ROW,
        /** What was there, or gone, when the owner was asked at a known position. */
        REPAIR
    }

    /** The same change with other values. */
    public Change withValues(List<@Nullable String> others) {
        return new Change(
                origin, source, dataset, key, others, deleted, position, kind, transaction, committedAt, message, edit);
    }

    /** The same change, at the given position at most. */
    Change noNewerThan(long limit) {
        return new Change(
                origin,
                source,
                dataset,
                key,
                values,
                deleted,
                Math.min(position, limit),
                kind,
                transaction,
                committedAt,
                message,
                edit);
    }

    /** Whether it gives way to every change that the log holds from its position on, and to those that were open when it was read. */
    public boolean isReading() {
        return kind != Kind.CHANGE;
    }

    /** Whether it says nothing that another of the same record, told before it, does not say better. */
    public boolean givesWayTo(Change former) {
        return isReading() && !former.isReading() && former.position >= position;
    }

    /** The unit the record bears. */
    public RecordUnit unit() {
        return unit(dataset, values);
    }

    /** The unit in a row of the dataset. */
    public static RecordUnit unit(Dataset dataset, List<@Nullable String> values) {
        List<String> columns = dataset.columnNames();
        List<String> localities = new ArrayList<>(dataset.locality().size());
        for (String column : dataset.locality()) {
            String locality = values.get(columns.indexOf(column));
            if (locality != null) {
                localities.add(locality);
            }
        }
        String address = dataset.split().address();
        return new RecordUnit(
                values.get(columns.indexOf(dataset.unit())),
                values.get(columns.indexOf(dataset.vintage().column())),
                localities,
                address == null ? null : values.get(columns.indexOf(address)));
    }
}
