package vn.dvhc.demo.verify;

/** A row by its key and a hash over all its columns. */
public record KeyedHash(String key, String hash) {}
