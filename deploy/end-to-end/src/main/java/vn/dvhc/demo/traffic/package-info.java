/**
 * People at work while midnight passes: writers that journal every acknowledged write, readers that check every answer,
 * and a probe of how long a write takes to be seen nationally.
 */
@NullMarked
package vn.dvhc.demo.traffic;

import org.jspecify.annotations.NullMarked;
