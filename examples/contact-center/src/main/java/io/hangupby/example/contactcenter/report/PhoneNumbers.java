package io.hangupby.example.contactcenter.report;

import java.util.regex.Pattern;

/** Keeps telephone numbers off the page: hangupby's own rules name none, but a rule of the application's may. */
final class PhoneNumbers {
    private static final Pattern NUMBER =
            Pattern.compile("\\+\\d(?:[ ().-]{0,2}\\d){6,14}(?!\\d)|(?<![\\w.:+-])\\d{7,15}(?!\\w)");

    private PhoneNumbers() {}

    static String masked(String sentence) {
        return NUMBER.matcher(sentence).replaceAll("(a number)");
    }
}
