/**
 * What this service knows of units: the chronicle built from {@code unit-changes.v1}, with its timeline, and the localities of
 * split units from {@code locality-assignments.v1}. Nothing is applied before both have caught up.
 */
@NullMarked
package vn.dvhc.sync.units;

import org.jspecify.annotations.NullMarked;
