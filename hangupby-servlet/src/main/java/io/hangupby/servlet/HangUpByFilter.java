package io.hangupby.servlet;

import io.hangupby.HangUpBy;
import io.hangupby.HangUpByConfigurationException;
import io.hangupby.internal.SilentLog;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observes TaskRouter's event callbacks on their way to the application's own handler. Use the filter if the application already handles
 * these callbacks, because a workspace has only one callback URL. Map the filter to the handler's path. A filter that is registered in
 * code takes a {@link HangUpBy}, which the caller closes. A filter that is declared in {@code web.xml} creates its own from its init
 * parameters, separate from that of a {@link HangUpByServlet} declared there. It sets its own as the {@link
 * HangUpByServlet#ATTRIBUTE}, unless there is one already.
 *
 * <p>The handler works as before. It reads the body from the container, and the filter observes what it reads without changing the
 * request or the response. As soon as the body is complete, the filter records its event, which delays the handler by at most 250 ms. An
 * event that takes longer is counted in {@link io.hangupby.telemetry.HangUpByStatus#missedEvents} and left to recovery, unless the journal
 * records it late.
 *
 * <p>The filter never waits for the sender. If the handler leaves a part of the body unread, the filter observes the bytes that have
 * arrived when the handler returns or completes. Tomcat closes a body together with the response, so there the filter observes the bytes
 * when the handler closes the response. A callback is counted as missed if the rest has not arrived by then, or if the handler leaves
 * unread a part of:
 *
 * <ul>
 *   <li>a body without an announced length, or a body that is sent only on demand ({@code Expect: 100-continue});
 *   <li>a body that the handler reads with a reader;
 *   <li>on Tomcat, a body whose response is an error page;
 *   <li>on Tomcat, a body whose response the handler closes after {@code startAsync()} without arguments.
 * </ul>
 *
 * <p>The filter observes only a {@code POST} of a form with an {@code X-Twilio-Signature}. A callback that is not signed for this address
 * passes on like all other requests, and its event is not recorded. Failures of the filter appear only in its log. Register the filter
 * with async support, in front of filters that read bodies, for dispatches of type {@code REQUEST}. Thread-safe.
 */
public final class HangUpByFilter implements Filter {
    private static final Logger log = LoggerFactory.getLogger(HangUpByFilter.class);

    private Optional<CallbackObserver> observer;
    private Optional<HangUpBy> own = Optional.empty();
    private Optional<ServletContext> context = Optional.empty();

    /**
     * Creates a filter for {@code web.xml}. Its init parameters are those of {@link HangUpByServlet}, but {@code filter.public-url}
     * replaces {@code public-url}. It is the whole public address of the handler, as given to Twilio.
     */
    public HangUpByFilter() {
        this(Optional.empty());
    }

    /**
     * Creates a filter that checks signatures for the request's own address.
     *
     * @param hangUpBy records the events; the caller closes it
     */
    public HangUpByFilter(HangUpBy hangUpBy) {
        this(new CallbackObserver(hangUpBy::webhook, Optional.empty()));
    }

    /**
     * Creates a filter that checks signatures for a given address.
     *
     * @param hangUpBy records the events; the caller closes it
     * @param publicUrl the whole public address of the handler, as given to Twilio; the request's query is added if the address has
     *     none. If null, such as for an unset environment variable, the request's own address is used
     * @throws HangUpByConfigurationException if the address is not an absolute http or https URL
     */
    public HangUpByFilter(HangUpBy hangUpBy, @Nullable String publicUrl) {
        this(new CallbackObserver(
                hangUpBy::webhook, Optional.ofNullable(publicUrl).map(HangUpByFilter::checked)));
    }

    HangUpByFilter(CallbackObserver observer) {
        this(Optional.of(observer));
    }

    private HangUpByFilter(Optional<CallbackObserver> observer) {
        this.observer = observer;
    }

    private static String checked(String publicUrl) {
        String url = publicUrl.strip();
        if (!url.matches("(?i)https?://[^/?#\\s]+\\S*")) {
            throw new HangUpByConfigurationException(
                    "hangupby.filter.public-url",
                    "has a value that cannot be used",
                    "set it to the whole address that Twilio was given, an absolute http or https URL");
        }
        return url;
    }

    /**
     * @throws HangUpByConfigurationException if an init parameter is missing, wrong or unknown
     */
    @Override
    public void init(FilterConfig config) {
        SilentLog.warnOnce(config.getServletContext()::log);
        if (observer.isEmpty()) {
            Optional<String> publicUrl =
                    InitParameters.filterPublicUrl(config, System.getenv()).map(HangUpByFilter::checked);
            HangUpBy started = InitParameters.start(InitParameters.of(config, System.getenv()));
            own = Optional.of(started);
            context = Optional.of(config.getServletContext());
            ContextAttribute.publish(started, config.getServletContext());
            observer = Optional.of(new CallbackObserver(started::webhook, publicUrl));
        }
        observer.ifPresent(observing -> {
            safely(() -> observing.publicUrl().ifPresent(observing.webhook().get()::observesAt));
            safely(() -> announce(observing, config));
        });
    }

    /** The application must start, whatever fails. */
    private static void safely(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | LinkageError fault) {
            // The first request shows what is wrong.
        }
    }

    /** Logs what is observed at the start, because a pattern that matches nothing causes no error. */
    private static void announce(CallbackObserver observer, FilterConfig config) {
        FilterRegistration mapped = config.getServletContext().getFilterRegistration(config.getFilterName());
        UrlPatterns patterns = new UrlPatterns(mapped == null ? List.of() : mapped.getUrlPatternMappings());
        // Omits the parts that can hold a secret.
        Optional<String> address =
                observer.publicUrl().map(url -> url.replaceFirst("[?#].*", "").replaceFirst("//[^/]*@", "//…@"));
        log.info(
                "Observing TaskRouter's callbacks to {}; checking their signatures for {}",
                patterns,
                address.orElse("the address of each request, because hangupby.filter.public-url is not set"));
        address.filter(url -> !patterns.canFit(url.replaceFirst("^[^/]*//[^/]*", "")))
                .ifPresent(url -> log.warn(
                        "Callbacks to hangupby.filter.public-url, {}, seem to miss the filter's URL patterns {}; correct the patterns, "
                                + "which start after the context path, or the address",
                        url,
                        patterns));
        if (address.isEmpty()) {
            log.warn(
                    "hangupby.filter.public-url is not set: events that were signed for another host with the same path are recorded "
                            + "too; set it to the whole address that Twilio was given. For several addresses, let the proxy pass on "
                            + "only requests for this host");
        }
        if (patterns.patterns().size() > 1 && address.isPresent()) {
            log.warn(
                    "hangupby.filter.public-url is a single address: callbacks to the other patterns of {} count as wrongly signed; "
                            + "remove this setting, and behind a proxy set hangupby.trust-forwarded-headers",
                    patterns);
        }
    }

    @Override
    public void destroy() {
        own.ifPresent(started -> context.ifPresent(of -> ContextAttribute.withdraw(started, of)));
        own.ifPresent(HangUpBy::close);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<TeeRequest> observed = observed(request, response);
        if (observed.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        pass(observed.get(), chain);
    }

    private static void pass(TeeRequest request, FilterChain chain) throws IOException, ServletException {
        boolean returned = false;
        try {
            chain.doFilter(request, request.response());
            returned = true;
        } finally {
            if (!returned) {
                request.leaveBodyToErrorPage();
            }
            request.handlerReturned();
        }
    }

    private Optional<TeeRequest> observed(ServletRequest request, ServletResponse response) {
        return request instanceof HttpServletRequest httpRequest
                        && response instanceof HttpServletResponse httpResponse
                        && request.getDispatcherType() == DispatcherType.REQUEST
                ? observer.flatMap(observing -> observed(httpRequest, httpResponse, observing))
                : Optional.empty();
    }

    private static Optional<TeeRequest> observed(
            HttpServletRequest request, HttpServletResponse response, CallbackObserver observer) {
        try {
            ObservedCallback callback = new ObservedCallback(new ServletWebhookRequest(request));
            return observer.canObserve(callback)
                    ? Optional.of(new TeeRequest(request, response, new BodyTap(callback, observer)))
                    : Optional.empty();
        } catch (Throwable failure) {
            observer.fail(failure);
            return Optional.empty();
        }
    }
}
