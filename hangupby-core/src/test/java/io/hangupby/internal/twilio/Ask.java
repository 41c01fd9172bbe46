package io.hangupby.internal.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hangupby.internal.attributes.TaskAttributes;
import io.hangupby.simulator.rest.ApiOperation;
import io.hangupby.twilio.TwilioFailure;

/** The requests that a gateway sends, each as one call. */
enum Ask {
    CONFERENCE(ApiOperation.CONFERENCE, "read of conference CF"),
    PARTICIPANTS(ApiOperation.PARTICIPANTS, "read of the participants of conference CF"),
    CALL(ApiOperation.CALL, "read of call CA"),
    TASK(ApiOperation.TASK_READ, "read of task WT"),
    UPDATE(ApiOperation.TASK_WRITE, "update of task WT"),
    EVENTS(ApiOperation.EVENTS, "read of the events of task WT");

    final ApiOperation kind;
    final String name;

    Ask(ApiOperation kind, String name) {
        this.kind = kind;
        this.name = name;
    }

    void of(TwilioGateway twilio, TwilioGatewayKit.Talk talk) {
        switch (this) {
            case CONFERENCE -> twilio.conference(talk.conference());
            case PARTICIPANTS -> twilio.participants(talk.conference());
            case CALL -> twilio.call(talk.customer());
            case TASK -> twilio.task(talk.task());
            case UPDATE -> twilio.updateTask(talk.task(), TaskAttributes.of("{\"from\":\"+15550100\"}"), "\"0\"");
            case EVENTS -> twilio.events(talk.task());
        }
    }

    /** Makes a request that has to fail. */
    TwilioFailure failure(TwilioGateway twilio, TwilioGatewayKit.Talk talk) {
        TwilioFailure failure = catchThrowableOfType(TwilioFailure.class, () -> of(twilio, talk));
        assertThat(failure).isNotNull();
        return failure;
    }
}
