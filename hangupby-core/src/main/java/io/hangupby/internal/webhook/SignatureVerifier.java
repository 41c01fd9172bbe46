package io.hangupby.internal.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Verifies the {@code X-Twilio-Signature} header, so that only Twilio's callbacks are accepted. A signature by any of its auth
 * tokens is accepted, so that a token can be replaced without losing a callback.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class SignatureVerifier {

    /** The query parameter with the hash of a body that is no form. */
    static final String BODY_HASH = "bodySHA256";

    private static final byte[] NO_PARAMETERS = {};

    private final List<TokenSigner> signers;

    /** Of the latest form, because the next one mostly has the same address. */
    private volatile SignedTexts latest = new SignedTexts("", List.of());

    /**
     * Creates a verifier with these tokens.
     *
     * @param authTokens the account's auth tokens; an API key's secret does not work, because Twilio does not sign with it
     * @throws IllegalArgumentException if there is no token, or a token is blank
     */
    public SignatureVerifier(List<String> authTokens) {
        if (authTokens.isEmpty()) {
            throw new IllegalArgumentException("At least one auth token is needed to verify signatures");
        }
        if (authTokens.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("An auth token is blank");
        }
        this.signers = authTokens.stream().map(TokenSigner::new).toList();
    }

    /**
     * Returns whether Twilio signed this form for this URL.
     *
     * @param url the URL as given to Twilio, with the path and query as received
     * @param signature the header's value
     */
    boolean acceptsForm(String url, FormBody form, String signature) {
        return isSigned(signedTexts(url), form.signedParameters(), signature);
    }

    private List<byte[]> signedTexts(String url) {
        SignedTexts known = latest;
        if (!known.url().equals(url)) {
            known = new SignedTexts(url, SignedUrl.signedTexts(url));
            latest = known;
        }
        return known.texts();
    }

    /**
     * Returns whether Twilio signed this URL, for a request whose body is no form. Check the body with {@link #hasHashOf}.
     *
     * @param urls the {@link SignedUrl#signedTexts texts} of the URL, which are the same for each account's verifier
     * @param signature the header's value
     */
    boolean acceptsUrl(List<byte[]> urls, String signature) {
        return isSigned(urls, NO_PARAMETERS, signature);
    }

    /** Returns whether the {@code bodySHA256} of a signed URL is the hash of the body's first {@code length} bytes. */
    static boolean hasHashOf(String url, byte[] body, int length) {
        return SignedUrl.queryValue(url, BODY_HASH)
                .filter(hash -> isHashOf(body, length, hash))
                .isPresent();
    }

    private boolean isSigned(List<byte[]> urls, byte[] parameters, String signature) {
        byte[] given = signature.getBytes(UTF_8);
        // A loop, because a stream would cost more and this runs for each request.
        for (byte[] url : urls) {
            if (isSignedExactly(url, parameters, given)) {
                return true;
            }
        }
        return false;
    }

    private boolean isSignedExactly(byte[] url, byte[] parameters, byte[] given) {
        for (TokenSigner signer : signers) {
            // Compares the Base64 texts, so that a malformed text is simply a wrong signature.
            if (MessageDigest.isEqual(signer.sign(url, parameters), given)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHashOf(byte[] body, int length, String hex) {
        String actual = HexFormat.of().formatHex(sha256(body, length));
        return MessageDigest.isEqual(
                actual.getBytes(UTF_8), hex.toLowerCase(Locale.ROOT).getBytes(UTF_8));
    }

    private static byte[] sha256(byte[] body, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(body, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    /** The texts that Twilio may have signed for a URL. */
    private record SignedTexts(String url, List<byte[]> texts) {}

    /** Shows only the count, to keep tokens out of logs. */
    @Override
    public String toString() {
        return "SignatureVerifier[" + signers.size() + " auth tokens]";
    }
}
