package vn.dvhc.history.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** A long answer in pieces, so that it is sent no faster than the caller reads and never copied as a whole. */
final class ByteChunks {

    private static final int PIECE = 64 * 1024;

    private final List<byte[]> pieces;
    private final long size;
    private final boolean packed;

    private ByteChunks(List<byte[]> pieces, boolean packed) {
        this.pieces = List.copyOf(pieces);
        this.packed = packed;
        this.size = pieces.stream().mapToLong(piece -> piece.length).sum();
    }

    /** Something that writes an answer. */
    interface Source {
        void writeTo(OutputStream out) throws IOException;
    }

    static ByteChunks of(Source source) {
        return new ByteChunks(cut(source), false);
    }

    private static List<byte[]> cut(Source source) {
        Pieces pieces = new Pieces();
        try (pieces) {
            source.writeTo(pieces);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return pieces.done;
    }

    ByteChunks gzipped() {
        return new ByteChunks(
                cut(out -> {
                    try (GZIPOutputStream gzip = new GZIPOutputStream(out, PIECE)) {
                        for (byte[] piece : pieces) {
                            gzip.write(piece);
                        }
                    }
                }),
                true);
    }

    /** Whether it is to be sent as gzip. */
    boolean isPacked() {
        return packed;
    }

    List<byte[]> pieces() {
        return pieces;
    }

    /** Bytes in all pieces. */
    long size() {
        return size;
    }

    private static final class Pieces extends OutputStream {

        private final List<byte[]> done = new ArrayList<>();
        private final ByteArrayOutputStream current = new ByteArrayOutputStream(PIECE);

        @Override
        public void write(int one) {
            current.write(one);
            cutIfFull();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            int from = offset;
            int left = length;
            while (left > 0) {
                int fits = Math.min(left, PIECE - current.size());
                current.write(bytes, from, fits);
                from += fits;
                left -= fits;
                cutIfFull();
            }
        }

        private void cutIfFull() {
            if (current.size() >= PIECE) {
                close();
            }
        }

        @Override
        public void close() {
            if (current.size() > 0) {
                done.add(current.toByteArray());
                current.reset();
            }
        }
    }
}
