/**
 * The pages: the look-up page for everybody and the operators' console. Their files come out of the class path, are packed at the
 * start and answered from memory.
 *
 * <p>A page asks the door's addresses as any other client does; nothing here knows units, and nobody is asked who they are.
 */
@NullMarked
package vn.dvhc.gateway.page;

import org.jspecify.annotations.NullMarked;
