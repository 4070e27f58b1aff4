package vn.dvhc.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads server-sent events as a browser does; closing cuts the connection. */
final class EventStream implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader lines;
    private final String status;

    EventStream(int port, String path, String token, String... headers) throws IOException {
        socket = new Socket();
        socket.setReceiveBufferSize(64 * 1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(20_000);
        StringBuilder request =
                new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token);
        for (int i = 0; i < headers.length; i += 2) {
            request.append("\r\n").append(headers[i]).append(": ").append(headers[i + 1]);
        }
        socket.getOutputStream().write(request.append("\r\n\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        status = lines.readLine();
    }

    String status() {
        return status;
    }

    /** Waits until the answer has begun, so that what happens from now on is told. */
    EventStream begun() throws IOException {
        line("retry: 2000");
        return this;
    }

    /** The ids of the next events, with the data of each belonging to its id. */
    List<Long> ids(int many) throws IOException {
        List<Long> ids = new ArrayList<>();
        while (ids.size() < many) {
            long id = Long.parseLong(line("id: ").substring(4));
            String data = line("data: ");
            if (!data.contains("\"sequence\":" + id)) {
                throw new IllegalStateException("Event " + id + " bears " + data);
            }
            ids.add(id);
        }
        return ids;
    }

    /** The next line that begins so; heartbeats and the frames of chunks are passed over. */
    String line(String beginning) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith(beginning)) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new IOException("The stream has ended");
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
