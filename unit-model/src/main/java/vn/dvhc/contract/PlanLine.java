package vn.dvhc.contract;

/**
 * One line of a hand-over plan: what is to become of the records of one ending unit, dataset and database.
 *
 * @param vintage ISO date as of which the code is read
 * @param move records that get another unit
 * @param keep records that stay as they are
 * @param queue records that wait until it is decided where they belong
 */
public record PlanLine(String code, String vintage, String dataset, String database, long move, long keep, long queue) {

    private static final String SEPARATOR = "\t";

    /** @throws IllegalArgumentException if a word could be taken for two */
    public PlanLine {
        for (String word : new String[] {code, vintage, dataset, database}) {
            if (word.isEmpty() || word.chars().anyMatch(sign -> sign < ' ')) {
                throw new IllegalArgumentException("A line of a plan can't hold «" + word + "»");
            }
        }
    }

    /** The fields in their order, with a tab between. */
    public String text() {
        return String.join(
                SEPARATOR,
                code,
                vintage,
                dataset,
                database,
                Long.toString(move),
                Long.toString(keep),
                Long.toString(queue));
    }

    /** @throws IllegalArgumentException unless {@link #text} wrote it */
    public static PlanLine parse(String text) {
        String[] fields = text.split(SEPARATOR, -1);
        if (fields.length != 7) {
            throw new IllegalArgumentException("Not a line of a plan: «" + text + "»");
        }
        return new PlanLine(
                fields[0],
                fields[1],
                fields[2],
                fields[3],
                Long.parseLong(fields[4]),
                Long.parseLong(fields[5]),
                Long.parseLong(fields[6]));
    }
}
