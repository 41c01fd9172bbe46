package io.hangupby.example.contactcenter.report;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;

/**
 * The key that a browser needs to see real calls: first as a parameter of the address that the backend prints, then as
 * a cookie. It keeps out requests through a proxy on this machine. Each run of the backend creates a key. Immutable.
 */
final class ReportKey {
    private static final String PARAMETER = "key";
    private static final int BYTES = 32;

    private final String key;

    ReportKey() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        key = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** Returns the query of the page's address. */
    String query() {
        return "?" + PARAMETER + "=" + key;
    }

    boolean isInAddress(HttpServletRequest request) {
        return request.getMethod().equals("GET") && is(request.getParameter(PARAMETER));
    }

    boolean isInCookie(HttpServletRequest request) {
        return Optional.ofNullable(request.getCookies()).stream()
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(cookieName(request)))
                .map(Cookie::getValue)
                .anyMatch(this::is);
    }

    /**
     * Returns the cookie that replaces the parameter. Scripts cannot read the cookie, and requests from other sites do
     * not carry it.
     */
    String cookie(HttpServletRequest request) {
        return ResponseCookie.from(cookieName(request), key)
                .path("/")
                .httpOnly(true)
                .sameSite("Strict")
                .build()
                .toString();
    }

    /** The name contains the port, because servers on one machine share a browser's cookies. */
    private static String cookieName(HttpServletRequest request) {
        return "report-key-" + request.getLocalPort();
    }

    private boolean is(@Nullable String given) {
        return given != null && MessageDigest.isEqual(given.getBytes(US_ASCII), key.getBytes(US_ASCII));
    }

    /** Hides the key, which must not reach a log. */
    @Override
    public String toString() {
        return "ReportKey";
    }
}
