package vn.dvhc.local.engine;

/** Something that runs and must be stopped. */
public interface Part {

    /** Stops it within a bound of its own; stopping it again does nothing. */
    void stop();
}
