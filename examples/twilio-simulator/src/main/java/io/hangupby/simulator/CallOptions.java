package io.hangupby.simulator;

import java.time.Duration;
import java.util.Optional;

/** Variations of a simulated call. Immutable; {@link #defaults()} is a plain call. */
public final class CallOptions {

    private final boolean customerEndsConference;
    private final boolean agentEndsConference;
    private final boolean outsideEndsConference;
    private final boolean supervisorEndsConference;
    private final boolean openThreeWayTalk;
    private final Optional<String> outsideLabel;
    private final boolean workerReplaced;
    private final boolean transferOpenUntilLeft;
    private final boolean transferEventsInFull;
    private final boolean conferenceCallbacks;
    private final boolean evidenceHidden;
    private final boolean trickyAttributes;
    private final Optional<String> extraMembers;
    private final Optional<String> conversations;
    private final ApiLag lag;

    private CallOptions(Builder builder) {
        this.customerEndsConference = builder.customerEndsConference;
        this.agentEndsConference = builder.agentEndsConference;
        this.outsideEndsConference = builder.outsideEndsConference;
        this.supervisorEndsConference = builder.supervisorEndsConference;
        this.openThreeWayTalk = builder.openThreeWayTalk;
        this.outsideLabel = builder.outsideLabel;
        this.workerReplaced = builder.workerReplaced;
        this.transferOpenUntilLeft = builder.transferOpenUntilLeft;
        this.transferEventsInFull = builder.transferEventsInFull;
        this.conferenceCallbacks = builder.conferenceCallbacks;
        this.evidenceHidden = builder.evidenceHidden;
        this.trickyAttributes = builder.trickyAttributes;
        this.extraMembers = builder.extraMembers;
        this.conversations = builder.conversations;
        this.lag = new ApiLag(builder.lagTime, builder.lagReads);
    }

    /** A plain call: either side's leaving ends the conference, the API is never behind. */
    public static CallOptions defaults() {
        return builder().build();
    }

    /** Starts from the plain call. */
    public static Builder builder() {
        return new Builder();
    }

    boolean customerEndsConference() {
        return customerEndsConference;
    }

    boolean agentEndsConference() {
        return agentEndsConference;
    }

    boolean outsideEndsConference() {
        return outsideEndsConference;
    }

    boolean supervisorEndsConference() {
        return supervisorEndsConference;
    }

    boolean openThreeWayTalk() {
        return openThreeWayTalk;
    }

    Optional<String> outsideLabel() {
        return outsideLabel;
    }

    boolean workerReplaced() {
        return workerReplaced;
    }

    boolean transferOpenUntilLeft() {
        return transferOpenUntilLeft;
    }

    boolean transferEventsInFull() {
        return transferEventsInFull;
    }

    boolean conferenceCallbacks() {
        return conferenceCallbacks;
    }

    boolean evidenceHidden() {
        return evidenceHidden;
    }

    boolean trickyAttributes() {
        return trickyAttributes;
    }

    Optional<String> extraMembers() {
        return extraMembers;
    }

    Optional<String> conversations() {
        return conversations;
    }

    ApiLag lag() {
        return lag;
    }

    /** Says whether the attributes leave a place for a value: {@code conversations} is an object, null or absent. */
    boolean takesValue() {
        return conversations
                .map(String::strip)
                .map(raw -> raw.startsWith("{") || raw.equals("null"))
                .orElse(true);
    }

    /** Builds {@link CallOptions}. Not thread-safe. */
    public static final class Builder {

        private boolean customerEndsConference = true;
        private boolean agentEndsConference = true;
        private boolean outsideEndsConference;
        private boolean supervisorEndsConference = true;
        private boolean openThreeWayTalk;
        private Optional<String> outsideLabel = Optional.empty();
        private boolean workerReplaced;
        private boolean transferOpenUntilLeft;
        private boolean transferEventsInFull;
        private boolean conferenceCallbacks = true;
        private boolean evidenceHidden;
        private boolean trickyAttributes;
        private Optional<String> extraMembers = Optional.empty();
        private Optional<String> conversations = Optional.empty();
        private Duration lagTime = Duration.ZERO;
        private int lagReads;

        private Builder() {}

        /** Takes the end-conference-on-exit flag off every leg: only the last one's leaving ends the conference. */
        public Builder noEndOnExit() {
            this.supervisorEndsConference = false;
            return endOnExit(false, false);
        }

        /**
         * Sets the end-conference-on-exit flag of the customer's leg and of the agents'. An agent's is off all the same
         * while more than two talk, and in a cold transfer.
         */
        public Builder endOnExit(boolean customer, boolean agent) {
            this.customerEndsConference = customer;
            this.agentEndsConference = agent;
            return this;
        }

        /** Lets an outside party's leg end the conference. */
        public Builder outsideEndsConference() {
            this.outsideEndsConference = true;
            return this;
        }

        /**
         * Lets an agent's browser take the flag off every leg while more than two talk, one of them dialled in, and put
         * it back on every leg afterwards, as the conference feature of Twilio's Flex template does. It does not reach a
         * leg on hold.
         */
        public Builder openThreeWayTalk() {
            this.openThreeWayTalk = true;
            return this;
        }

        /** Gives legs that are dialled into the conference a label. */
        public Builder outsideLabel(String label) {
            this.outsideLabel = Optional.of(label);
            return this;
        }

        /** Lets {@code conference.participants.worker} name the agent who accepted last, not the first one. */
        public Builder workerReplaced() {
            this.workerReplaced = true;
            return this;
        }

        /**
         * Lets a transfer complete only when the agent who started it leaves, not when the other one accepts; it is
         * cancelled where the other one leaves first.
         */
        public Builder transferOpenUntilLeft() {
            this.transferOpenUntilLeft = true;
            return this;
        }

        /** Sends transfer events with the parameters too that are only known from Event Streams. */
        public Builder transferEventsInFull() {
            this.transferEventsInFull = true;
            return this;
        }

        /** Sends no conference status callbacks for this call. */
        public Builder noConferenceCallbacks() {
            this.conferenceCallbacks = false;
            return this;
        }

        /** Lets the ended conference name neither a reason nor a leg. */
        public Builder evidenceHidden() {
            this.evidenceHidden = true;
            return this;
        }

        /** Gives the task attributes that do not survive being parsed and written again. */
        public Builder trickyAttributes() {
            this.trickyAttributes = true;
            return this;
        }

        /** Adds members to the attributes, as JSON text without the braces: {@code "crm":{"id":7}}. */
        public Builder extraAttributes(String members) {
            this.extraMembers = Optional.of(members);
            return this;
        }

        /** Sets the JSON text of {@code conversations}: an object, {@code null}, or anything else. */
        public Builder conversations(String rawValue) {
            this.conversations = Optional.of(rawValue);
            return this;
        }

        /** Lets the API show conferences and calls as they were for so long after each change. */
        public Builder apiLag(Duration time) {
            this.lagTime = time;
            return this;
        }

        /** Lets the next so many reads of a conference or a call after each change still show the moment before. */
        public Builder apiLagReads(int reads) {
            this.lagReads = reads;
            return this;
        }

        /** Builds the options. */
        public CallOptions build() {
            return new CallOptions(this);
        }
    }
}
