package io.hangupby.internal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs as Twilio does with one auth token. It reuses a few {@link Mac} objects, because to create them is expensive. It keeps
 * them in this object and not in thread locals, because the server's threads outlive the application.
 *
 * <p>Thread-safe and non-blocking.
 */
final class TokenSigner {

    private static final String ALGORITHM = "HmacSHA1";
    private static final int KEPT = 16;

    private final SecretKeySpec key;
    private final AtomicReferenceArray<@Nullable Mac> idle = new AtomicReferenceArray<>(KEPT);

    TokenSigner(String authToken) {
        this.key = new SecretKeySpec(authToken.getBytes(UTF_8), ALGORITHM);
        giveBack(newMac());
    }

    /** Returns the signature, in Base64, of the URL followed by the parameters. */
    byte[] sign(byte[] url, byte[] parameters) {
        Mac mac = take();
        mac.update(url);
        mac.update(parameters);
        byte[] signature = mac.doFinal();
        // Not in a finally block: a Mac that failed half-way would spoil the next signature.
        giveBack(mac);
        return Base64.getEncoder().encode(signature);
    }

    private Mac take() {
        for (int i = 0; i < KEPT; i++) {
            Mac mac = idle.getAndSet(i, null);
            if (mac != null) {
                return mac;
            }
        }
        return newMac();
    }

    private void giveBack(Mac mac) {
        for (int i = 0; i < KEPT; i++) {
            if (idle.compareAndSet(i, null, mac)) {
                return;
            }
        }
    }

    private Mac newMac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM cannot check Twilio's signatures: no " + ALGORITHM, e);
        }
    }
}
