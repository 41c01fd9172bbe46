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
 * What a browser has to show in order to see real calls: first as a parameter of the address that the backend prints, from then on
 * as a cookie. A proxy in front of the backend connects from this machine as well, but nobody beyond it knows the key. Each run
 * of the backend has a key of its own. Immutable.
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

    /** Returns what the address of the page ends in. */
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

    /** Returns the cookie that takes the place of the parameter: no script reads it, and no other site has it sent. */
    String cookie(HttpServletRequest request) {
        return ResponseCookie.from(cookieName(request), key)
                .path("/")
                .httpOnly(true)
                .sameSite("Strict")
                .build()
                .toString();
    }

    /** Servers on one machine share a browser's cookies, whatever their ports. */
    private static String cookieName(HttpServletRequest request) {
        return "report-key-" + request.getLocalPort();
    }

    private boolean is(@Nullable String given) {
        return given != null && MessageDigest.isEqual(given.getBytes(US_ASCII), key.getBytes(US_ASCII));
    }

    /** It opens the report, so it is in no log. */
    @Override
    public String toString() {
        return "ReportKey";
    }
}
