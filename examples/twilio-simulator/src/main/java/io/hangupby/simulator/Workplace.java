package io.hangupby.simulator;

/** The account, the workspace and its fixtures, all invented. Immutable. */
record Workplace(
        String accountSid,
        String authToken,
        String workspaceSid,
        String queueSid,
        String workflowSid,
        String voiceChannelSid,
        String chatChannelSid,
        String operatingUnitSid,
        String activitySid,
        String number) {

    static final String WORKSPACE_NAME = "Flex Task Assignment";
    static final String QUEUE_NAME = "Everyone";
    static final String WORKFLOW_NAME = "Assign to Anyone";
    static final String VOICE = "voice";
    static final String CHAT = "chat";

    static Workplace of(String accountSid, String authToken, String workspaceSid, Sids sids) {
        return new Workplace(
                accountSid,
                authToken,
                workspaceSid,
                sids.next("WQ"),
                sids.next("WW"),
                sids.next("TC"),
                sids.next("TC"),
                sids.next("OU"),
                sids.next("WA"),
                sids.phoneNumber());
    }

    String channelSid(String channel) {
        return channel.equals(VOICE) ? voiceChannelSid : chatChannelSid;
    }
}
