package vn.dvhc.gateway.change;

import java.util.Optional;

/** Changes of one stream in their order, numbered from 1 without gap. Each reader keeps a place of their own. */
public interface Feed {

    /** The sequence of the last change known; 0 if there is none. */
    long last();

    /** The change that follows the one of this sequence; empty if it has not come yet. */
    Optional<Change> after(long sequence);

    /** Whether the end that was seen at start has been reached: before that the last change is an old one. */
    boolean isCaughtUp();

    /** Has the reader called after each growth, by the thread that writes: it must only wake somebody. */
    void onGrowth(Runnable reader);
}
