/**
 * How many records bear a unit: asked before a decision is made, answered from the databases the records live in. Reads only;
 * nothing here is part of the stream.
 */
@NullMarked
package vn.dvhc.sync.count;

import org.jspecify.annotations.NullMarked;
