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
 * Holds browsers to what the page is made of, and, as the report has no login, shows that of real calls to a browser on this
 * machine only, which shows the key: neither through a proxy nor to a page that has a name of its own point here.
 */
final class ReportFilter extends OncePerRequestFilter {
    private static final String POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";
    private static final List<String> OF_A_PROXY = List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "Via");
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "[0:0:0:0:0:0:0:1]");

    private final Optional<ReportKey> key;

    /**
     * @param key what opens the report; empty if it is open to everybody
     */
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

    /** The key does not stay in the address, which is shown, copied and kept. */
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
                .println("The report has no login, so that it is shown on this machine only, at the address with ?key=…"
                        + " that was printed when this program started."
                        + " With --report.remote=true it is shown to whoever reaches this port.");
    }
}
