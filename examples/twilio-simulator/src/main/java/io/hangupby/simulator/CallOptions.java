package io.hangupby.simulator;

import java.time.Duration;
import java.util.Optional;

/** Variations of a simulated call. Immutable; {@link #defaults()} is a plain call. */
public final class CallOptions {

    private final boolean customerEndsConference;
    private final boolean agentEndsConference;
    private final boolean evidenceHidden;
    private final boolean trickyAttributes;
    private final Optional<String> extraMembers;
    private final Optional<String> conversations;
    private final ApiLag lag;

    private CallOptions(Builder builder) {
        this.customerEndsConference = builder.customerEndsConference;
        this.agentEndsConference = builder.agentEndsConference;
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
        private boolean evidenceHidden;
        private boolean trickyAttributes;
        private Optional<String> extraMembers = Optional.empty();
        private Optional<String> conversations = Optional.empty();
        private Duration lagTime = Duration.ZERO;
        private int lagReads;

        private Builder() {}

        /** Takes the end-conference-on-exit flag off every leg: only the last one's leaving ends the conference. */
        public Builder noEndOnExit() {
            return endOnExit(false, false);
        }

        /** Sets the end-conference-on-exit flag of the customer's leg and of the agent's. */
        public Builder endOnExit(boolean customer, boolean agent) {
            this.customerEndsConference = customer;
            this.agentEndsConference = agent;
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
