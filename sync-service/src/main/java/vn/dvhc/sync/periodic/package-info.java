/**
 * Work that is done every so often, each on a thread of its own, from the start of the service to its end. What is done, and how long to rest after it,
 * is its owner's.
 */
@NullMarked
package vn.dvhc.sync.periodic;

import org.jspecify.annotations.NullMarked;
