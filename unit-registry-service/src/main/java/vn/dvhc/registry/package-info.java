/**
 * The authority for units and decisions: its configuration, its clock, its start and the scheduler that lets each day take
 * effect.
 *
 * <p>The way of the data is {@code api -> decision -> unit -> outbox}: a request is judged by {@code decision}, an enacted
 * day becomes rows of {@code unit} and messages of {@code outbox}. {@code transaction} ties these together, one class a
 * transaction, over the tables of {@code store}. The packages {@code decision} and {@code unit} use the JDK and unit-model
 * only.
 */
@NullMarked
package vn.dvhc.registry;

import org.jspecify.annotations.NullMarked;
