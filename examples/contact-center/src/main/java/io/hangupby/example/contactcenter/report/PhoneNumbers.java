package io.hangupby.example.contactcenter.report;

import java.util.regex.Pattern;

/** Masks telephone numbers, which a rule of the application may name. */
final class PhoneNumbers {
    private static final Pattern NUMBER =
            Pattern.compile("\\+\\d(?:[ ().-]{0,2}\\d){6,14}(?!\\d)|(?<![\\w.:+-])\\d{7,15}(?!\\w)");

    private PhoneNumbers() {}

    static String masked(String sentence) {
        return NUMBER.matcher(sentence).replaceAll("(a number)");
    }
}
