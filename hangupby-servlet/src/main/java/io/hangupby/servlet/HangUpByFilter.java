package io.hangupby.servlet;

import io.hangupby.HangUpBy;
import io.hangupby.HangUpByConfigurationException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
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
 * Observes TaskRouter's event callbacks on their way to the handler that the application has for them already: a workspace has one
 * callback URL. Map the filter to that handler's path. Registered in code it takes a {@link HangUpBy}, which stays the caller's to
 * close; declared in {@code web.xml} it makes its own of its init parameters, a second one beside that of a
 * {@link HangUpByServlet} declared there too.
 *
 * <p>The handler works as before. It reads the body from the container, when and how it likes; the filter observes what it reads, and
 * changes nothing in the request or in the response. As soon as the body is complete, its event is kept, which delays the handler by
 * 250 ms at the most; an event that takes longer is given up, counted in {@link io.hangupby.HangUpByStatus#missed}, and left
 * to recovery, unless the journal keeps it late.
 *
 * <p>The filter never waits for the sender. Of what a handler leaves unread it observes what has arrived when the handler returns or
 * completes; on Tomcat, which closes a body together with the response, when the handler closes that. This needs an announced
 * length. What has not arrived by then is counted as missed. So is, unless the handler reads it to the end: a body of chunks, or one
 * that is sent only on demand ({@code Expect: 100-continue}); what is left of a reader; on Tomcat, what a handler leaves to
 * an error page, or goes on without by {@code startAsync()} without arguments and closes the response.
 *
 * <p>Only what could be a callback is observed: a {@code POST} of a form with an {@code X-Twilio-Signature}. A callback that is not
 * signed for this address passes on like all other requests, and is not kept. Whatever goes wrong in the filter stays in its log.
 * Register the filter with async support, in front of filters that read bodies, for dispatches of type {@code REQUEST}. Thread-safe.
 */
public final class HangUpByFilter implements Filter {
    private static final Logger log = LoggerFactory.getLogger(HangUpByFilter.class);

    private Optional<CallbackObserver> observer;
    private Optional<HangUpBy> own = Optional.empty();

    /**
     * For {@code web.xml}: the init parameters are those of {@link HangUpByServlet}, but in place of {@code public-url} it is
     * {@code filter.public-url}, the whole public address of the handler as Twilio was given it.
     */
    public HangUpByFilter() {
        this(Optional.empty());
    }

    /**
     * Takes the address by which a request came in for the one that Twilio was given.
     *
     * @param hangUpBy keeps events; closing it is the caller's business
     */
    public HangUpByFilter(HangUpBy hangUpBy) {
        this(new CallbackObserver(hangUpBy::webhook, Optional.empty()));
    }

    /**
     * @param hangUpBy keeps events; closing it is the caller's business
     * @param publicUrl the whole public address of the handler as Twilio was given it; a query that it does not have is taken
     *     from the request. If null, as an environment variable is that nobody has set, the request's own address is taken
     * @throws HangUpByConfigurationException if this is not an absolute http or https URL
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
        if (observer.isEmpty()) {
            Optional<String> publicUrl =
                    InitParameters.filterPublicUrl(config, System.getenv()).map(HangUpByFilter::checked);
            HangUpBy made = InitParameters.start(InitParameters.of(config, System.getenv()));
            own = Optional.of(made);
            observer = Optional.of(new CallbackObserver(made::webhook, publicUrl));
        }
        observer.ifPresent(watching -> tryToAnnounce(watching, config));
    }

    private static void tryToAnnounce(CallbackObserver observer, FilterConfig config) {
        try {
            announce(observer, config);
        } catch (RuntimeException brokenLog) {
            // The application starts all the same.
        }
    }

    /** Says once, for whoever sets it up, what is watched: a pattern that fits nothing looks like silence. */
    private static void announce(CallbackObserver observer, FilterConfig config) {
        FilterRegistration mapped = config.getServletContext().getFilterRegistration(config.getFilterName());
        UrlPatterns patterns = new UrlPatterns(mapped == null ? List.of() : mapped.getUrlPatternMappings());
        // Without what can hold a secret.
        Optional<String> address =
                observer.publicUrl().map(url -> url.replaceFirst("[?#].*", "").replaceFirst("//[^/]*@", "//…@"));
        log.info(
                "watching TaskRouter's callbacks to {}; their signatures are checked for {}",
                patterns,
                address.orElse("the address by which each came, as hangupby.filter.public-url is not set"));
        address.filter(url -> !patterns.canFit(url.replaceFirst("^[^/]*//[^/]*", "")))
                .ifPresent(url -> log.warn(
                        "what is sent to {}, which is hangupby.filter.public-url, seems to pass by {}, so that nothing is observed; the "
                                + "patterns are the container's, without the context path",
                        url,
                        patterns));
        if (address.isEmpty()) {
            log.warn(
                    "hangupby.filter.public-url is not set: an event that was signed for another host with the same path is "
                            + "kept too; set it to the whole address that Twilio was given, or, for several places, see to it that "
                            + "requests for this host alone get here");
        }
        if (patterns.patterns().size() > 1 && address.isPresent()) {
            log.warn(
                    "hangupby.filter.public-url is one address, and those that come to another one of {} count as wrongly signed; "
                            + "leave it out, and behind a proxy set hangupby.trust-forwarded-headers",
                    patterns);
        }
    }

    @Override
    public void destroy() {
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
                ? observer.flatMap(watching -> observed(httpRequest, httpResponse, watching))
                : Optional.empty();
    }

    private static Optional<TeeRequest> observed(
            HttpServletRequest request, HttpServletResponse response, CallbackObserver observer) {
        try {
            ObservedCallback arriving = new ObservedCallback(new ServletWebhookRequest(request));
            return observer.observes(arriving)
                    ? Optional.of(new TeeRequest(request, response, new BodyTap(arriving, observer)))
                    : Optional.empty();
        } catch (Throwable ours) {
            observer.fail(ours);
            return Optional.empty();
        }
    }
}
