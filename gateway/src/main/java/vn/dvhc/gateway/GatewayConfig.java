package vn.dvhc.gateway;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import vn.dvhc.gateway.transport.PlainHttp;

/** Every setting of the door that is not Quarkus' own. */
@ConfigMapping(prefix = "dvhc.gateway")
public interface GatewayConfig {

    /** The services behind the door, by name. */
    Map<String, Upstream> upstreams();

    /** What may pass, by name; nothing else does. */
    Map<String, Route> routes();

    /** How upstreams are called. */
    Call call();

    /** Who uses bare codes, and who may know. */
    Callers callers();

    /** Answers kept at the door. */
    Kept kept();

    /** Changes as server-sent events. */
    Streams streams();

    /** Changes as webhooks. */
    Webhooks webhooks();

    /** Old addresses that carry codes. */
    OldUrls oldUrls();

    /** How much each consumer may ask. */
    Limits limits();

    /** How long a body may take to come; streams may take longer. */
    @WithDefault("30S")
    Duration bodyTimeout();

    /** What a stream has to bring in each such time, so that it is not ended. */
    @WithDefault("1K")
    MemorySize leastOfStream();

    /** Streams that come from the addresses of one caller at once; the services behind have few places for them. */
    @WithDefault("2")
    int mostStreamsOfCaller();

    /** What a caller has to take of a long answer in each second in which it waits for them. */
    @WithDefault("8K")
    MemorySize leastOfAnswer();

    /** How long an answer waits for its reader beyond that. */
    @WithDefault("10S")
    Duration answerPatience();

    /** Long answers that may wait for one caller at once; fewer than there are connections to a service. */
    @WithDefault("16")
    int mostWaitingAnswersOfCaller();

    /** Pages of these origins may read answers in browsers; {@code *} for all. */
    @WithDefault("*")
    Set<String> origins();

    /** How long browsers shall come by TLS only, once they have come by TLS; 0 for not at all. */
    @WithDefault("365D")
    Duration onlyByTls();

    /** The file that moves the business clock; only for rehearsals. */
    Optional<Path> clockFile();

    /** What the door notes of refusals and changes. */
    Audit audit();

    /** Tokens that are called back before their end. */
    Revocations revocations();

    /** The operators' console. */
    Console console();

    /** Why the door may answer over plain HTTP; refused unless it is told. */
    @WithDefault("refused")
    PlainHttp plainHttp();

    /** {@code local} lets webhooks go to this machine without TLS. */
    @WithDefault("production")
    String environment();

    /** Larger bodies are refused before they are read. */
    @WithDefault("10M")
    MemorySize maxBodySize();

    /** The same for streams; what comes without a length is bounded by the service behind. */
    @WithDefault("512M")
    MemorySize maxStreamSize();

    /** One of these roles is wanted for the door's own figures. */
    @WithDefault("operator")
    Set<String> metricsRoles();

    /** A service behind the door. */
    interface Upstream {

        /** Scheme, host and port. */
        URI url();
    }

    /** A part of the addresses that one upstream answers. */
    interface Route {

        /** The path itself and everything below it. */
        String path();

        /** Name of the upstream. */
        String upstream();

        /** The methods that pass. */
        Set<String> methods();

        /** One of these roles is wanted; absent for a public route. */
        Optional<Set<String>> roles();

        /** Whether a POST only computes and changes nothing, and so may be public. */
        @WithDefault("false")
        boolean computes();

        /** Whether lines and files may be large, and come without a length, because the service reads no more than it answers. */
        @WithDefault("false")
        boolean streams();
    }

    /** How upstreams are called. */
    interface Call {

        /** Connections kept to each upstream. */
        @WithDefault("64")
        int poolSize();

        /** Connections kept to each upstream for bodies that are passed on while they come. */
        @WithDefault("16")
        int passingPoolSize();

        /** Bodies up to this size are read whole before they are passed on; they are held in memory. */
        @WithDefault("64K")
        MemorySize wholeBody();

        /** Requests that may wait for a connection; more are answered 503 at once. */
        @WithDefault("1000")
        int maxWaiting();

        /** How long opening a connection may take. */
        @WithDefault("2S")
        Duration connectTimeout();

        /** How long an upstream may be silent within one answer. */
        @WithDefault("30S")
        Duration silenceTimeout();

        /** How long an unused connection is kept; shorter than the upstreams' own limit of 75 s. */
        @WithDefault("30S")
        Duration keepAlive();

        /** Failures in a row after which an upstream is left alone. */
        @WithDefault("5")
        int failures();

        /** For how long it is, before one request is sent to see. */
        @WithDefault("2S")
        Duration rest();

        /** What a caller is told to wait when an upstream does not answer. */
        @WithDefault("5S")
        Duration retryAfter();
    }

    /** Public answers that say how long they hold. */
    interface Kept {

        /** All of them together. */
        @WithDefault("32M")
        MemorySize maxSize();

        /** A longer answer is passed on and not kept. */
        @WithDefault("16K")
        MemorySize maxAnswer();

        /** No answer is kept for longer, whatever it says: a correction is to be seen soon. */
        @WithDefault("1M")
        Duration longest();

        /** How long an answer is kept that the next enactment may change. */
        @WithDefault("2S")
        Duration longestOpen();
    }

    /** Who uses bare codes, and who may know. */
    interface Callers {

        /** Pairs of caller and code that are remembered; some 200 bytes each. */
        @WithDefault("50000")
        int remembered();

        /** One of these roles is wanted for asking. */
        @WithDefault("operator,decision-drafter,decision-approver")
        Set<String> roles();
    }

    /** Changes as server-sent events. */
    interface Streams {

        /** One of these roles is wanted. */
        @WithDefault("subscriber,operator")
        Set<String> roles();

        /** Open streams of one caller. */
        @WithDefault("10")
        int mostOfCaller();

        /** Open streams in all. */
        @WithDefault("1000")
        int most();

        /** How often a silent stream says that it lives; shorter than the server's idle time-out. */
        @WithDefault("15S")
        Duration heartbeat();

        /** How long a reader may take nothing before it is cut off. */
        @WithDefault("30S")
        Duration patience();
    }

    /** Old addresses that carry codes. */
    interface OldUrls {

        /** One of these roles is wanted for patterns on one's own hosts. */
        @WithDefault("portal,operator")
        Set<String> roles();

        /** With one of these roles hosts are given, and all patterns are seen and handled. */
        @WithDefault("operator")
        Set<String> operatorRoles();

        /** The address by which everybody knows the door, for maps; absent: as the caller wrote it. */
        Optional<URI> publicUrl();

        /** From when on look-ups by codes that nobody bears any more may be answered no more; absent: nobody has said so. */
        Optional<LocalDate> sunset();

        /** Patterns on the hosts of one owner. */
        @WithDefault("200")
        int mostOfOwner();

        /** Patterns in all; they are held in memory. */
        @WithDefault("2000")
        int most();

        /** Hosts in all. */
        @WithDefault("1000")
        int mostHosts();

        /** How soon a change made at another replica is seen. */
        @WithDefault("5S")
        Duration refresh();

        /** Lines of the report that are counted in memory before they are written; some 200 bytes each. */
        @WithDefault("50000")
        int remembered();

        /** How often counts are written down. */
        @WithDefault("10S")
        Duration flush();

        /** How long the report reaches back. */
        @WithDefault("400")
        int keptDays();
    }

    /** How much each consumer may ask, over all routes and replicas. */
    interface Limits {

        @WithDefault("true")
        boolean enabled();

        /** Callers that are not known clients, by their addresses. */
        AnonymousLimit anonymous();

        /** Every known program, and every person who comes through one. */
        ClientLimit client();

        /** Clients for which other limits hold, for each person who comes through them, by name. */
        Map<String, ClientLimit> clients();

        /** Whether callers on this machine are limited in the local environment too. */
        @WithDefault("false")
        boolean thisMachine();

        /** Consumers that are remembered; some 300 bytes each. */
        @WithDefault("100000")
        int remembered();
    }

    /** For callers that are not known. */
    interface AnonymousLimit {

        /** In one window. */
        @WithDefault("600")
        long requests();

        @WithDefault("1M")
        Duration window();

        /** Bits of an address of version 4 that make one caller. */
        @WithDefault("32")
        int bits4();

        /** Bits of an address of version 6 that make one caller. */
        @WithDefault("56")
        int bits6();
    }

    /** For a known program or person. */
    interface ClientLimit {

        /** In one window. */
        @WithDefault("6000")
        long requests();

        @WithDefault("1M")
        Duration window();

        /** In one day. */
        @WithDefault("1000000")
        long daily();
    }

    /** Changes as webhooks. */
    interface Webhooks {

        /** One of these roles is wanted for subscriptions of one's own. */
        @WithDefault("subscriber,operator")
        Set<String> roles();

        /** With one of these roles all subscriptions are seen and handled. */
        @WithDefault("operator")
        Set<String> operatorRoles();

        /** 32 bytes in Base64 that seal signing secrets in the database; without it webhooks are not served. */
        Optional<String> secretKey();

        /** Subscriptions of one owner. */
        @WithDefault("20")
        int mostOfOwner();

        /** Subscriptions in all. */
        @WithDefault("1000")
        int most();

        /** Deliveries of one subscription that are under way at a time. */
        @WithDefault("4")
        int concurrency();

        /** Failed deliveries of one subscription, and what waits behind them; with more nothing new is sent to it. */
        @WithDefault("100")
        int mostWaiting();

        /** How long opening a connection may take. */
        @WithDefault("2S")
        Duration connectTimeout();

        /** How long an attempt may take in all. */
        @WithDefault("10S")
        Duration timeout();

        /** The wait before each attempt. */
        @WithDefault("0S,5S,5M,30M,2H,5H,10H,14H,20H,24H")
        List<Duration> waits();

        /** How long everything may fail before a subscription is disabled. */
        @WithDefault("120H")
        Duration patience();

        /** How long a secret still counts when a new one has been made. */
        @WithDefault("24H")
        Duration overlap();

        /** How long a replica holds a subscription without renewing it; much longer than an attempt. */
        @WithDefault("30S")
        Duration lease();
    }

    /** What the door notes of refusals and changes. */
    interface Audit {

        /** One of these roles is wanted for reading it. */
        @WithDefault("national-admin")
        Set<String> roles();

        /** Events that may wait to be written; what comes beyond is only counted. */
        @WithDefault("10000")
        int waiting();

        /** How often refusals that come in floods are written, so many alike as one. */
        @WithDefault("1M")
        Duration tally();
    }

    /** Tokens that are called back before their end. */
    interface Revocations {

        /** One of these roles is wanted for calling back the tokens of others. */
        @WithDefault("national-admin")
        Set<String> roles();

        /** How soon what was called back at another replica does not count here. */
        @WithDefault("1S")
        Duration refresh();

        /** A token that lives for longer is refused, since a revocation is forgotten after that time. */
        @WithDefault("24H")
        Duration longestToken();
    }

    /** The operators' console. */
    interface Console {

        /** Where people sign in, as their browsers reach it: the issuer of their tokens. */
        URI issuer();

        /** The client that the console is at the issuer; it has no secret. */
        @WithDefault("console")
        String client();
    }
}
