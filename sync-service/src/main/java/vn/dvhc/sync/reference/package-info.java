/**
 * The units go down: every database that takes part has them in tables of its own, so that people and programs there can look up and join
 * without asking anybody.
 */
@NullMarked
package vn.dvhc.sync.reference;

import org.jspecify.annotations.NullMarked;
