package vn.dvhc.sync.manifest;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A side's signature under one version.
 *
 * @param side {@code from} or {@code to}
 * @param manifestHash hash of the version that was signed
 * @param signer the person's name
 * @param person what stays the same of a person when the name changes
 * @param unit the unit the signer is of: the side's own, its province, or a successor in law
 */
@Schema(name = "ManifestSignature")
public record Signature(
        String side,
        int version,
        String manifestHash,
        String signer,
        String person,
        String unit,
        String unitName,
        String signedAt) {

    /** Who gives and who receives. */
    enum Side {
        FROM,
        TO;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Side> of(String label) {
            return Stream.of(values())
                    .filter(side -> side.label().equals(label))
                    .findFirst();
        }
    }
}
