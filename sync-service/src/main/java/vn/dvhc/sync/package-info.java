/**
 * The mover: copies every change of a record to the levels that should hold it, and hands records over when a decision takes
 * effect.
 *
 * <p>The way of the data: {@code plan} says what may be declared, {@code declare} brings it into use, {@code connector} has it
 * captured, {@code units} knows the units, {@code capture} reads Debezium's messages, {@code apply} writes them into the copies,
 * each {@code lane} for itself. {@code recode} decides what becomes of a record's unit, {@code handover} does it when a day takes effect,
 * {@code reference} brings the units down, {@code reconcile} proves the levels equal and repairs them, {@code status} tells. What can't be
 * applied is a case in {@code letter}, a record whose unit nothing decides waits in {@code queue}, two versions of a record one in
 * {@code conflict}; what people do to cases stands in {@code audit}. {@code forecast} tells beforehand what a hand-over will do,
 * {@code manifest} seals what it did and has it signed, {@code journal} keeps edits, {@code journey} follows one record, {@code mandate} knows for whom a caller
 * acts, {@code weight} tells what share of a divided unit went where. What is done every so often runs in {@code periodic}; {@code database} is what they write to.
 */
@NullMarked
package vn.dvhc.sync;

import org.jspecify.annotations.NullMarked;
