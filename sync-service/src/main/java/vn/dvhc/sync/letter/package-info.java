/**
 * Dead letters as cases: messages that could not be applied are looked at in groups, mended, tried, applied again or ended with a
 * reason. The message as it came is never changed. Comes from {@code apply}, which keeps them in the national database; goes back
 * through {@code apply}, inside the gate, in order per key; everything done leaves a line in {@code audit}.
 */
@NullMarked
package vn.dvhc.sync.letter;

import org.jspecify.annotations.NullMarked;
