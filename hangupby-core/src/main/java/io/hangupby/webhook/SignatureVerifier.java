package io.hangupby.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Tells callbacks that Twilio sent from those that anybody else did, by the {@code X-Twilio-Signature} header. It knows
 * one or more auth tokens and accepts what any of them signed, so that a token can be replaced without losing a call.
 *
 * <p>Immutable, and safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class SignatureVerifier {

    private static final String BODY_HASH = "bodySHA256";
    private static final byte[] NO_PARAMETERS = {};

    private final List<TokenSigner> signers;

    /**
     * Verifies with these tokens.
     *
     * @param authTokens the account's auth tokens; an API key's secret signs nothing and is of no use here
     * @throws IllegalArgumentException if there is no token, or a blank one
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
     * Whether Twilio signed this form for this URL.
     *
     * @param url the URL as Twilio was given it, path and query as they came
     * @param signature the header's value
     */
    boolean acceptsForm(String url, FormBody form, String signature) {
        return isSigned(SignedUrl.signedTexts(url), form.signedParameters(), signature);
    }

    /**
     * Whether Twilio signed this URL, for a request whose body is no form. It says nothing of the body: {@link #hasHashOf} does.
     *
     * @param urls the {@link SignedUrl#signedTexts texts} of the URL, which are the same for each account's verifier
     * @param signature the header's value
     */
    boolean acceptsUrl(List<byte[]> urls, String signature) {
        return isSigned(urls, NO_PARAMETERS, signature);
    }

    /** Whether the {@code bodySHA256} of a signed URL is the hash of the body's first {@code length} bytes. */
    static boolean hasHashOf(String url, byte[] body, int length) {
        return SignedUrl.queryValue(url, BODY_HASH)
                .filter(hash -> isHashOf(body, length, hash))
                .isPresent();
    }

    private boolean isSigned(List<byte[]> urls, byte[] parameters, String signature) {
        byte[] given = signature.getBytes(UTF_8);
        return urls.stream().anyMatch(url -> isSignedExactly(url, parameters, given));
    }

    private boolean isSignedExactly(byte[] url, byte[] parameters, byte[] given) {
        for (TokenSigner signer : signers) {
            // The Base64 texts are compared, not what they stand for: then a malformed one is just a wrong one.
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

    /** Only the count: a token in a log is a token lost. */
    @Override
    public String toString() {
        return "SignatureVerifier[" + signers.size() + " auth tokens]";
    }
}
