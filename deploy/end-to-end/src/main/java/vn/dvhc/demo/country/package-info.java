/**
 * The main job over the whole country: the communes' databases of all 63 provinces, every real edge of 2025-07-01, and at the end
 * every record accounted for, one home after the other so that memory stays bounded. Made of the demo's pieces.
 */
@NullMarked
package vn.dvhc.demo.country;

import org.jspecify.annotations.NullMarked;
