package io.hangupby.simulator;

import io.hangupby.simulator.internal.account.ApiLag;
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
    private final Optional<String> agentLegTo;
    private final String markerWord;
    private final boolean pluginInstalled;
    private final boolean endedCallAttached;
    private final boolean endedConferenceAttached;
    private final boolean dequeued;
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
        this.agentLegTo = builder.agentLegTo;
        this.markerWord = builder.markerWord;
        this.pluginInstalled = builder.pluginInstalled;
        this.endedCallAttached = builder.endedCallAttached;
        this.endedConferenceAttached = builder.endedConferenceAttached;
        this.dequeued = builder.dequeued;
        this.lag = new ApiLag(builder.lagTime, builder.lagReads);
    }

    /** Returns the options of a plain call: the conference ends when the customer or the agent leaves, and the API has no lag. */
    public static CallOptions defaults() {
        return builder().build();
    }

    /** Returns a builder with the options of a plain call. */
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

    Optional<String> agentLegTo() {
        return agentLegTo;
    }

    String markerWord() {
        return markerWord;
    }

    boolean pluginInstalled() {
        return pluginInstalled;
    }

    boolean endedCallAttached() {
        return endedCallAttached;
    }

    boolean endedConferenceAttached() {
        return endedConferenceAttached;
    }

    boolean dequeued() {
        return dequeued;
    }

    ApiLag lag() {
        return lag;
    }

    /** Returns whether a value can be written: {@code conversations} is an object, null or absent. */
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
        private Optional<String> agentLegTo = Optional.empty();
        private String markerWord = "agent";
        private boolean pluginInstalled = true;
        private boolean endedCallAttached;
        private boolean endedConferenceAttached;
        private boolean dequeued;
        private Duration lagTime = Duration.ZERO;
        private int lagReads;

        private Builder() {}

        /** Clears the end-conference-on-exit flag of every leg: the conference ends when the last leg leaves. */
        public Builder noEndOnExit() {
            this.supervisorEndsConference = false;
            return endOnExit(false, false);
        }

        /**
         * Sets the end-conference-on-exit flag of the customer's leg and of the agents' legs. An agent's flag is always off
         * while more than two parties talk, and in a cold transfer.
         */
        public Builder endOnExit(boolean customer, boolean agent) {
            this.customerEndsConference = customer;
            this.agentEndsConference = agent;
            return this;
        }

        /** Sets the end-conference-on-exit flag of the legs of outside parties. */
        public Builder outsideEndsConference() {
            this.outsideEndsConference = true;
            return this;
        }

        /**
         * Lets an agent's browser clear the flag of every leg while more than two parties talk, including a dialled
         * party, and set the flag afterwards. Twilio's Flex template does so in its conference feature. A leg on hold
         * does not change.
         */
        public Builder openThreeWayTalk() {
            this.openThreeWayTalk = true;
            return this;
        }

        /** Sets the label of legs that an agent dials into the conference. */
        public Builder outsideLabel(String label) {
            this.outsideLabel = Optional.of(label);
            return this;
        }

        /** Lets {@code conference.participants.worker} name the last agent who accepted instead of the first. */
        public Builder workerReplaced() {
            this.workerReplaced = true;
            return this;
        }

        /**
         * Completes a transfer when the agent who started it leaves, not when the target agent accepts. The transfer is
         * cancelled if the target agent leaves first.
         */
        public Builder transferOpenUntilLeft() {
            this.transferOpenUntilLeft = true;
            return this;
        }

        /** Adds the parameters to transfer events that are only known from Event Streams. */
        public Builder transferEventsInFull() {
            this.transferEventsInFull = true;
            return this;
        }

        /** Sends no conference status callbacks for this call. */
        public Builder noConferenceCallbacks() {
            this.conferenceCallbacks = false;
            return this;
        }

        /** Lets the ended conference show neither a reason nor the leg that ended it. */
        public Builder evidenceHidden() {
            this.evidenceHidden = true;
            return this;
        }

        /** Gives the task attributes that change if they are parsed and written again. */
        public Builder trickyAttributes() {
            this.trickyAttributes = true;
            return this;
        }

        /** Adds members to the attributes, as JSON text without the braces: {@code "crm":{"id":7}}. */
        public Builder extraAttributes(String members) {
            this.extraMembers = Optional.of(members);
            return this;
        }

        /** Sets the JSON text of {@code conversations}: an object, {@code null}, or any other value. */
        public Builder conversations(String rawValue) {
            this.conversations = Optional.of(rawValue);
            return this;
        }

        /** Sends the agents' legs to this address, as the instruction's {@code to} does, in place of their contact URI. */
        public Builder agentLegTo(String address) {
            this.agentLegTo = Optional.of(address);
            return this;
        }

        /** Sets the word that plugins write in place of {@code agent}. */
        public Builder markerWord(String word) {
            this.markerWord = word;
            return this;
        }

        /**
         * Expects what a backend writes if its settings say that no plugin is installed: an agent's leg that goes is the agent's doing,
         * and so is what happens through the API.
         */
        public Builder withoutPlugin() {
            this.pluginInstalled = false;
            return this;
        }

        /** Lets a voicemail's task name the call that left it, which ended an hour ago. */
        public Builder endedCallAttached() {
            this.endedCallAttached = true;
            return this;
        }

        /**
         * Lets a voicemail's task have the attributes of an earlier call's task, whose conference an agent ended an hour ago.
         */
        public Builder endedConferenceAttached() {
            this.endedConferenceAttached = true;
            return endedCallAttached();
        }

        /**
         * Connects the first agent by TaskRouter's {@code dequeue} instruction: there is no conference, and the agent's leg is
         * a child call of the customer's.
         */
        public Builder dequeued() {
            this.dequeued = true;
            return this;
        }

        /** Lets the API show conferences and calls without a change for this time after the change. */
        public Builder apiLag(Duration time) {
            this.lagTime = time;
            return this;
        }

        /** Lets the next reads of a conference or a call after each change, this number of them, show the state before it. */
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
