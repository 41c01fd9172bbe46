package io.hangupby.example.contactcenter.report;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Sets security headers and protects the report, which has no login. Only a browser on this machine that has the key
 * sees real calls: not through a proxy, and not under another host name.
 */
final class ReportFilter extends OncePerRequestFilter {
    private static final String POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";
    private static final List<String> OF_A_PROXY = List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "Via");
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "[0:0:0:0:0:0:0:1]");

    private final Optional<ReportKey> key;

    /** @param key the key that opens the report; empty if the report is open to everybody */
    ReportFilter(Optional<ReportKey> key) {
        this.key = key;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cache-Control", "no-store");
        if (key.isEmpty() || (isOfThisMachine(request) && key.get().isInCookie(request))) {
            chain.doFilter(request, response);
        } else if (isOfThisMachine(request) && key.get().isInAddress(request)) {
            admit(key.get(), request, response);
        } else {
            refuse(response);
        }
    }

    /** Removes the key from the address, because addresses are shown, copied and stored. */
    private static void admit(ReportKey key, HttpServletRequest request, HttpServletResponse response) {
        response.addHeader("Set-Cookie", key.cookie(request));
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", request.getContextPath() + "/");
    }

    private static boolean isOfThisMachine(HttpServletRequest request) throws IOException {
        return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress()
                && THIS_MACHINE.contains(request.getServerName())
                && OF_A_PROXY.stream().allMatch(header -> request.getHeader(header) == null);
    }

    private static void refuse(HttpServletResponse response) throws IOException {
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        response.setContentType("text/plain");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.getWriter()
                .println("The report has no login, so it is shown on this machine only, at the address with ?key=…"
                        + " that this program printed at its start."
                        + " To show the report to everybody who reaches this port, set --report.remote=true.");
    }
}
