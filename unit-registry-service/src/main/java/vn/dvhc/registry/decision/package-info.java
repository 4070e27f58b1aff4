/**
 * The life of a decision: how it is written down, who may approve it, and whether the register can take it.
 *
 * <p>Pure values and rules over the timeline of unit-model. JDK only: no framework, no database, no JSON library.
 */
@NullMarked
package vn.dvhc.registry.decision;

import org.jspecify.annotations.NullMarked;
