package io.hangupby;

import io.hangupby.call.Address;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks addresses that a user names. Stateless. */
final class AddressSettings {
    private static final Pattern ADDRESS = Pattern.compile("(?i)(sips?:|client:)\\S+|\\+?\\d{3,15}");

    private AddressSettings() {}

    /** An address without a scheme is a number; a person's name would match nothing unnoticed. */
    static Set<Address> checked(Set<String> texts) {
        return texts.stream().map(AddressSettings::address).collect(Collectors.toUnmodifiableSet());
    }

    private static Address address(String text) {
        String address = text.strip();
        if (!ADDRESS.matcher(address).matches()) {
            throw HangUpByBuilder.wrong(
                    "hangupby.ignored-participants",
                    "addresses as Twilio shows them, such as sip:rec@example.com, client:bot or +15005550006");
        }
        return new Address(address);
    }
}
