package vn.dvhc.registry.table;

/**
 * Something wrong with a table.
 *
 * @param line from 1
 * @param column by name; empty if it is the line as a whole
 * @param message for the clerk who has to mend it, in Vietnamese
 * @param messageEn the same in English
 */
public record LineProblem(int line, String column, String message, String messageEn) {}
