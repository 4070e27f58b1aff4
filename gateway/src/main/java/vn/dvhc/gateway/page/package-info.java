/**
 * The look-up page for everybody: its files come out of the class path, are packed at the start and answered from memory.
 *
 * <p>The page asks the door's public addresses as any other client does; nothing here knows units, and nobody is asked who they
 * are.
 */
@NullMarked
package vn.dvhc.gateway.page;

import org.jspecify.annotations.NullMarked;
