package vn.dvhc.demo.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {

    private static final int SOON_MILLIS = 100;
    private static final int PATIENCE_MILLIS = 10_000;

    private ServerSocket server;
    private Relay relay;

    @BeforeEach
    void startEcho() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread echo = new Thread(this::answer, "echo");
        echo.setDaemon(true);
        echo.start();
        relay = Relay.start(freePort(), server.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        relay.close();
        server.close();
    }

    @Test
    void bytesPassBothWays_whenTheNetworkIsWhole() throws IOException {
        try (Socket client = connect()) {
            assertThat(echoed(client, 7)).isEqualTo(7);
        }
    }

    @Test
    void connectionsEndAndNewOnesAreRefused_whenItIsCut_untilItIsMended() throws IOException {
        Socket client = connect();
        echoed(client, 1);

        relay.cut();

        assertThatExceptionOfType(SocketException.class).isThrownBy(() -> {
            client.getOutputStream().write(2);
            client.getInputStream().read();
        });
        assertThatExceptionOfType(ConnectException.class).isThrownBy(this::connect);
        relay.mend();
        try (Socket again = connect()) {
            assertThat(echoed(again, 3)).isEqualTo(3);
        }
    }

    @Test
    void bytesArriveLate_whenItWasSilent() throws IOException {
        try (Socket client = connect()) {
            echoed(client, 1);
            relay.silence();
            client.getOutputStream().write(2);
            client.setSoTimeout(SOON_MILLIS);
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> client.getInputStream().read());

            relay.mend();

            client.setSoTimeout(PATIENCE_MILLIS);
            assertThat(client.getInputStream().read()).isEqualTo(2);
        }
    }

    @Test
    void connectionsAreLost_whenItForgetsThemAfterASilence() throws IOException {
        Socket client = connect();
        echoed(client, 1);
        relay.silence();

        relay.mendForgetting();

        assertThatExceptionOfType(SocketException.class).isThrownBy(() -> {
            client.getOutputStream().write(2);
            client.getInputStream().read();
        });
        try (Socket again = connect()) {
            assertThat(echoed(again, 3)).isEqualTo(3);
        }
    }

    @Test
    void bytesStillPass_whenItIsSlow() throws IOException {
        relay.slow(Duration.ofMillis(1), 1_000);
        try (Socket client = connect()) {
            assertThat(echoed(client, 9)).isEqualTo(9);
        }
    }

    private static int echoed(Socket client, int sent) throws IOException {
        client.getOutputStream().write(sent);
        return client.getInputStream().read();
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), relay.port());
        client.setSoTimeout(PATIENCE_MILLIS);
        return client;
    }

    private void answer() {
        while (!server.isClosed()) {
            try {
                Socket peer = server.accept();
                Thread thread = new Thread(() -> copy(peer), "echo-peer");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException ended) {
                return;
            }
        }
    }

    private static void copy(Socket peer) {
        try (peer) {
            peer.getInputStream().transferTo(peer.getOutputStream());
        } catch (IOException ended) {
            // the relay reset it
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
