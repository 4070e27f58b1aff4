/**
 * What stands against a decision: every problem at once, in Vietnamese and English, errors apart from warnings.
 *
 * <p>{@link vn.dvhc.registry.rules.DecisionRules} judges a {@link vn.dvhc.registry.rules.Proposal} together with what is
 * scheduled; each class of rules looks at one matter and never at the others'. What {@code Timeline.enact} refuses already
 * is only put into both languages. Pure: unit-model and the JDK, no pass that grows with the square of anything.
 */
@NullMarked
package vn.dvhc.registry.rules;

import org.jspecify.annotations.NullMarked;
