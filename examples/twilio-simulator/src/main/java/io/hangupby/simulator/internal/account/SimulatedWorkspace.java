package io.hangupby.simulator.internal.account;

/** The SIDs and names of the account, the workspace and what it consists of, all invented. Immutable. */
public record SimulatedWorkspace(
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

    public static final String WORKSPACE_NAME = "Flex Task Assignment";
    public static final String QUEUE_NAME = "Everyone";
    public static final String WORKFLOW_NAME = "Assign to Anyone";
    public static final String VOICE = "voice";
    public static final String CHAT = "chat";

    public static SimulatedWorkspace of(String accountSid, String authToken, String workspaceSid, SidGenerator sids) {
        return new SimulatedWorkspace(
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

    public String channelSid(String channel) {
        return channel.equals(VOICE) ? voiceChannelSid : chatChannelSid;
    }
}
