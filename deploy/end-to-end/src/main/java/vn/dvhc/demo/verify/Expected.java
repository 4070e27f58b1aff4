package vn.dvhc.demo.verify;

import java.util.UUID;
import vn.dvhc.demo.record.Dataset;
import vn.dvhc.demo.reform.Placement;

/**
 * What must be true of one key in the end.
 *
 * @param birthplace the database it was born in, which is its home for ever unless its province ended
 * @param fingerprint of its last acknowledged content
 * @param deleted whether its last acknowledged write deleted it
 */
public record Expected(Dataset dataset, String birthplace, UUID fingerprint, Placement placement, boolean deleted) {}
