package io.hangupby.internal.webhook;

import io.hangupby.webhook.WebhookResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The requests that the check sends to this application by its public address. Each is signed as Twilio signs, and carries a
 * number that is used once. The webhook recognizes such a request after its signature, and records nothing of it. Thread-safe.
 */
public final class CheckRequests {
    /** The parameter of a form that holds the number. */
    static final String PARAMETER = "HangUpByCheck";

    private static final String EVENT_TYPE = "hangupby.check";

    private final Map<String, Arrivals> awaited = new ConcurrentHashMap<>();
    private final Set<String> observed = ConcurrentHashMap.newKeySet();
    private final String instance = UUID.randomUUID().toString();

    /** Notes the public address of a handler of the application's own whose callbacks are observed. */
    void observeAt(String publicUrl) {
        observed.add(SignedUrl.withoutFragment(publicUrl));
    }

    /** Returns the public addresses of handlers whose callbacks are observed. */
    public List<String> observedUrls() {
        return List.copyOf(observed);
    }

    /** Returns a signed form for a URL, and begins to wait for its arrival. Close it when nothing is awaited any more. */
    public SignedForm sign(String url, String authToken, Map<String, String> parameters) {
        String number = UUID.randomUUID().toString();
        Map<String, String> form = new TreeMap<>(parameters);
        form.put("EventType", EVENT_TYPE);
        form.put(PARAMETER, number);
        Arrivals arrivals = new Arrivals();
        awaited.put(number, arrivals);
        return new SignedForm(encoded(form), signature(url, authToken, form), arrivals, () -> awaited.remove(number));
    }

    private static String signature(String url, String authToken, Map<String, String> form) {
        String parameters = form.entrySet().stream()
                .map(entry -> entry.getKey() + entry.getValue())
                .collect(Collectors.joining());
        return new String(
                new TokenSigner(authToken)
                        .sign(url.getBytes(StandardCharsets.UTF_8), parameters.getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.US_ASCII);
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Returns the response to a form with a valid signature if the check has sent the form, here or on another node. */
    Optional<WebhookResponse> responseTo(FormBody form) {
        return form.value(PARAMETER).map(number -> {
            Optional<Arrivals> ours = Optional.ofNullable(awaited.get(number));
            ours.ifPresent(Arrivals::count);
            return new WebhookResponse(
                    200,
                    "{\"hangupby\":\"check\",\"here\":" + ours.isPresent() + ",\"instance\":\"" + instance + "\"}");
        });
    }

    /** How often a request has arrived in this process. */
    private static final class Arrivals {
        private final AtomicInteger count = new AtomicInteger();
        private final CountDownLatch first = new CountDownLatch(1);

        void count() {
            count.incrementAndGet();
            first.countDown();
        }
    }

    /** A form whose arrival is awaited. Thread-safe. */
    public static final class SignedForm implements AutoCloseable {
        private final String body;
        private final String signature;
        private final Arrivals arrivals;
        private final Runnable forget;

        private SignedForm(String body, String signature, Arrivals arrivals, Runnable forget) {
            this.body = body;
            this.signature = signature;
            this.arrivals = arrivals;
            this.forget = forget;
        }

        /** Returns the body of the request. */
        public String body() {
            return body;
        }

        /** Returns the value of {@code X-Twilio-Signature}. */
        public String signature() {
            return signature;
        }

        /** Returns how often the form has arrived in this process, and waits a moment for the first time. */
        public int arrivals(long withinMillis) throws InterruptedException {
            boolean unused = arrivals.first.await(withinMillis, TimeUnit.MILLISECONDS);
            return arrivals.count.get();
        }

        @Override
        public void close() {
            forget.run();
        }
    }
}
