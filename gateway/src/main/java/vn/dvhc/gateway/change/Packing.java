package vn.dvhc.gateway.change;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Keeps events of hand-overs in a third of their room: most of each is what all of them say. */
final class Packing {

    private static final byte[] KNOWN = ("{\"dataset\":\"\",\"given\":0,\"received\":0,\"queued\":0,\"rejected\":0}"
                    + "\"signed\":{\"side\":\"to\",\"unit\":\"\",\"manifestHash\":\"\"},"
                    + "{\"specversion\":\"1.0\",\"id\":\"handover-1\",\"source\":\"/dvhc/sync\",\"type\":\"vn.dvhc.handover.signed\","
                    + "{\"specversion\":\"1.0\",\"id\":\"handover-1\",\"source\":\"/dvhc/sync\",\"type\":\"vn.dvhc.handover.sealed\","
                    + "\"subject\":\"10510@2004-08-31\",\"time\":\"2025-06-30T17:04:11Z\",\"datacontenttype\":\"application/json\","
                    + "\"data\":{\"sequence\":1,\"enactment\":\"2025-07-01\",\"manifest\":\"case_file.10510@2004-08-31.10507@2025-07-01\","
                    + "\"version\":1,\"dataset\":\"case_file\",\"from\":\"10510@2004-08-31\",\"to\":\"10507@2025-07-01\","
                    + "\"records\":{\"given\":1,\"givenChecksum\":\"\",\"received\":1,\"receivedChecksum\":\"\",\"equal\":true,"
                    + "\"queued\":0,\"rejected\":0},\"previous\":\"\",\"hash\":\"\"}}")
            .getBytes(StandardCharsets.UTF_8);

    private Packing() {}

    static byte[] pack(byte[] event) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setDictionary(KNOWN);
            deflater.setInput(event);
            deflater.finish();
            byte[] room = new byte[event.length + 64];
            int size = 0;
            while (!deflater.finished()) {
                if (size == room.length) {
                    room = Arrays.copyOf(room, size * 2);
                }
                size += deflater.deflate(room, size, room.length - size);
            }
            return Arrays.copyOf(room, size);
        } finally {
            deflater.end();
        }
    }

    /** @param length of the event */
    static byte[] unpack(byte[] packed, int length) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setDictionary(KNOWN);
            inflater.setInput(packed);
            byte[] event = new byte[length];
            int size = 0;
            while (size < length) {
                int more = inflater.inflate(event, size, length - size);
                if (more == 0) {
                    throw new IllegalStateException("An event can't be unpacked");
                }
                size += more;
            }
            return event;
        } catch (DataFormatException defect) {
            throw new IllegalStateException("An event can't be unpacked", defect);
        } finally {
            inflater.end();
        }
    }
}
