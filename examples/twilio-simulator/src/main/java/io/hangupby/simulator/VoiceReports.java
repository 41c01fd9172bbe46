package io.hangupby.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hangupby.simulator.events.VoiceReportEvent;
import io.hangupby.simulator.internal.account.PhoneCall;
import io.hangupby.simulator.internal.text.InPlaceJson;
import io.hangupby.simulator.internal.text.TwilioFormats;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What Voice Insights says of the legs of one call, from the simulator's own knowledge, with lies on demand. Immutable. */
public final class VoiceReports {
    private static final Duration COMPLETE_AFTER = Duration.ofMinutes(30);
    private static final Duration BROWSER_AFTER = Duration.ofSeconds(60);

    private final String accountSid;
    private final String taskSid;
    private final List<PhoneCall.View> calls;
    private final Set<String> lies;

    VoiceReports(String accountSid, String taskSid, List<PhoneCall.View> calls) {
        this(accountSid, taskSid, calls, Set.of());
    }

    private VoiceReports(String accountSid, String taskSid, List<PhoneCall.View> calls, Set<String> lies) {
        this.accountSid = accountSid;
        this.taskSid = taskSid;
        this.calls = List.copyOf(calls);
        this.lies = Set.copyOf(lies);
    }

    /** Returns these reports with the wrong side in the summary of a call. */
    public VoiceReports lyingAbout(String callSid) {
        Set<String> more = new HashSet<>(lies);
        more.add(callSid);
        return new VoiceReports(accountSid, taskSid, calls, more);
    }

    /** Returns the summaries of all calls that have ended, and what the agents' browsers reported. */
    public List<VoiceReportEvent> events() {
        List<VoiceReportEvent> events = new ArrayList<>();
        for (PhoneCall.View call : calls) {
            call.ended().ifPresent(ended -> {
                events.add(event("call-summary.complete", ended.plus(COMPLETE_AFTER), summary(call, ended)));
                browserEvent(call)
                        .ifPresent(data -> events.add(event("call-event.sdk", ended.plus(BROWSER_AFTER), data)));
            });
        }
        return events;
    }

    private VoiceReportEvent event(String type, Instant at, ObjectNode data) {
        String sid = "EV"
                + UUID.nameUUIDFromBytes((type + data).getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "");
        return new VoiceReportEvent(sid, at, taskSid, accountSid, type, data.toString());
    }

    private ObjectNode summary(PhoneCall.View call, Instant ended) {
        ObjectNode data = about(call)
                .put("call_state", call.status().wire())
                .put("call_type", isBrowser(call) ? "client" : "carrier")
                .put("start_time", TwilioFormats.isoMillis(call.created()))
                .put("end_time", TwilioFormats.isoMillis(ended));
        data.putObject("properties")
                .put("direction", call.direction().replace('-', '_'))
                .put("disconnected_by", lies.contains(call.sid()) ? lie(call) : truth(call))
                .put("last_sip_response_num", call.ending() == PhoneCall.Ending.LOST ? 487 : 200);
        return data;
    }

    private static String truth(PhoneCall.View call) {
        return switch (call.ending()) {
            case PARTY -> isInbound(call) ? "caller" : "callee";
            case TWILIO -> isInbound(call) ? "callee" : "caller";
            case LOST -> "unknown";
        };
    }

    /** Says that Twilio ended what the party ended, and the other way round. */
    private static String lie(PhoneCall.View call) {
        boolean saysParty = call.ending() == PhoneCall.Ending.TWILIO;
        return isInbound(call) == saysParty ? "caller" : "callee";
    }

    private static boolean isInbound(PhoneCall.View call) {
        return call.direction().startsWith("inbound");
    }

    private static boolean isBrowser(PhoneCall.View call) {
        return call.to().startsWith("client:");
    }

    private Optional<ObjectNode> browserEvent(PhoneCall.View call) {
        if (!isBrowser(call)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (call.ending()) {
                    case PARTY -> about(call).put("group", "connection").put("name", "disconnected-by-local");
                    case TWILIO -> about(call).put("group", "connection").put("name", "disconnected-by-remote");
                    case LOST ->
                        about(call)
                                .put("group", "network-quality-warning-raised")
                                .put("name", "ice-connectivity-lost");
                });
    }

    private ObjectNode about(PhoneCall.View call) {
        return InPlaceJson.MAPPER
                .createObjectNode()
                .put("account_sid", accountSid)
                .put("call_sid", call.sid());
    }
}
