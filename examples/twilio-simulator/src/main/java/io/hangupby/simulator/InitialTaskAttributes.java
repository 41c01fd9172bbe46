package io.hangupby.simulator;

import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.internal.text.InPlaceJson;
import java.util.ArrayList;
import java.util.List;

/** Creates the attributes that a task starts with, as JSON text. */
final class InitialTaskAttributes {

    /** Values that a parser changes if it does not keep how they were written. */
    private static final String TRICKY = """
            "crm" : {"case_id":9007199254740993, "ledger":12345678901234567890,"account":-9223372036854775808,\
            "balance":0.1000000000000000055511151231257827,"rate":1.10,"factor":1e2,"zero":-0.0 },\
            "note":"\\u017dlu\u0165ou\u010dk\u00fd k\u016f\u0148 \\ud83d\\udc0e \\u00e9\\/x \\"quoted\\" \\u2028 \u65e5\u672c\u8a9e",\
            "z":null,"nested":{"b":[null,{"c":null},[]],"a":null,"d":{},"key with.dots/and ~slash":[1,2.50,"3"]},\
            "aa":[ ]""";

    private final List<String> members = new ArrayList<>();
    private final CallOptions options;

    private InitialTaskAttributes(CallOptions options) {
        this.options = options;
    }

    static String inbound(String accountSid, String callSid, String from, String to, CallOptions options) {
        InitialTaskAttributes attributes = new InitialTaskAttributes(options);
        attributes.add("from_country", "US");
        attributes.add("called", to);
        attributes.add("to_country", "US");
        attributes.add("to_city", "OAKLAND");
        attributes.add("to_state", "CA");
        attributes.add("caller_country", "US");
        attributes.add("call_status", "in-progress");
        attributes.add("call_sid", callSid);
        attributes.add("account_sid", accountSid);
        attributes.add("from_zip", "94601");
        attributes.add("from", from);
        attributes.add("direction", "inbound");
        attributes.add("called_zip", "");
        attributes.add("caller_state", "CA");
        attributes.add("from_city", "OAKLAND");
        attributes.add("api_version", "2010-04-01");
        attributes.add("caller", from);
        attributes.add("to", to);
        attributes.add("name", from);
        attributes.add("language", "en");
        return attributes.text();
    }

    static String outbound(String from, String to, CallOptions options) {
        InitialTaskAttributes attributes = new InitialTaskAttributes(options);
        attributes.add("from", from);
        attributes.add("outbound_to", to);
        attributes.add("direction", "outbound");
        attributes.add("autoAnswer", "true");
        attributes.add("name", to);
        return attributes.text();
    }

    static String internal(Agent caller, Agent callee, CallOptions options) {
        InitialTaskAttributes attributes = new InitialTaskAttributes(options);
        attributes.add("to", callee.contactUri());
        attributes.add("from", caller.contactUri());
        attributes.add("name", callee.name());
        attributes.add("direction", "outbound");
        attributes.members.add("\"client_call\":true");
        return attributes.text();
    }

    static String voicemail(String from, EarlierCall earlier, CallOptions options) {
        InitialTaskAttributes attributes = new InitialTaskAttributes(options);
        attributes.add("from", from);
        attributes.add("direction", "inbound");
        attributes.add("taskType", "voicemail");
        attributes.add("name", "Voicemail");
        if (options.endedCallAttached()) {
            attributes.add("call_sid", earlier.customer().sid());
        }
        if (options.endedConferenceAttached()) {
            attributes.members.add(
                    "\"conference\":{\"sid\":\"%s\",\"participants\":{\"worker\":\"%s\",\"customer\":\"%s\"}}"
                            .formatted(
                                    earlier.conference().sid(),
                                    earlier.agent().sid(),
                                    earlier.customer().sid()));
        }
        return attributes.text();
    }

    private void add(String name, String value) {
        members.add(InPlaceJson.quote(name) + ":" + InPlaceJson.quote(value));
    }

    private String text() {
        if (options.trickyAttributes()) {
            members.add(TRICKY);
        }
        options.extraMembers().ifPresent(members::add);
        options.conversations().ifPresent(raw -> members.add("\"conversations\":" + raw));
        return options.trickyAttributes()
                ? "{ " + String.join(" ,", members) + "\t}"
                : "{" + String.join(",", members) + "}";
    }
}
