package io.hangupby.internal.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hangupby.call.AccountSid;
import io.hangupby.call.Address;
import io.hangupby.call.BrowserSign;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.Marker;
import io.hangupby.call.OtherAgent;
import io.hangupby.call.OtherAgents;
import io.hangupby.call.Participant;
import io.hangupby.call.ParticipantChange;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.ReservationSid;
import io.hangupby.call.Segment;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.call.Transfer;
import io.hangupby.call.WorkerSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.decision.AuditResult;
import io.hangupby.decision.CallEvidence;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Fact;
import io.hangupby.decision.Kept;
import io.hangupby.decision.Outcome;
import io.hangupby.decision.Verdict;
import io.hangupby.decision.WriteResult;
import io.hangupby.internal.event.CallEvent;
import io.hangupby.internal.event.ConferenceEvent;
import io.hangupby.internal.event.EventType;
import io.hangupby.internal.event.TaskRouterEvent;
import io.hangupby.internal.event.VoiceReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rows as they are in users' databases. The texts here never change: whoever renames a class, a component or a constant makes
 * the code read and write them as before.
 */
class StoredRowsTest {
    private static final String TASK_REF =
            "{'account':'AC00000000000000000000000000000000','workspace':'WS00000000000000000000000000000000',"
                    + "'task':'WT00000000000000000000000000000000'}";
    private static final TaskRef TASK = new TaskRef(
            new AccountSid("AC" + "0".repeat(32)),
            new WorkspaceSid("WS" + "0".repeat(32)),
            new TaskSid("WT" + "0".repeat(32)));
    private static final Instant AT = Instant.parse("2026-09-21T14:15:16Z");
    private static final CallSid LEG = new CallSid("CA" + "a".repeat(32));
    private static final CallSid CUSTOMER = new CallSid("CA" + "c".repeat(32));
    private static final ConferenceSid ROOM = new ConferenceSid("CF" + "f".repeat(32));
    private static final ReservationSid OWN = new ReservationSid("WR" + "1".repeat(32));
    private static final ReservationSid OTHER = new ReservationSid("WR" + "2".repeat(32));
    private static final WorkerSid WORKER = new WorkerSid("WK" + "b".repeat(32));

    private final RecordJson json = new RecordJson();

    /** Fills in what would make a row unreadable here. */
    private static String row(String text) {
        return text.replace("<task>", TASK_REF)
                .replace("<leg>", LEG.value())
                .replace("<customer>", CUSTOMER.value())
                .replace("<room>", ROOM.value())
                .replace("<own>", OWN.value())
                .replace("<other>", OTHER.value())
                .replace("<worker>", WORKER.value())
                .replace("<at>", AT.toString())
                .replace('\'', '"');
    }

    @ParameterizedTest
    @MethodSource
    void an_event_is_read_and_written_by_its_stored_names(String row, CallEvent event) throws Exception {
        assertThat(json.event(row(row))).contains(event);
        assertThat(new ObjectMapper().readTree(json.write(event))).isEqualTo(new ObjectMapper().readTree(row(row)));
    }

    static Stream<Arguments> an_event_is_read_and_written_by_its_stored_names() {
        ConferenceEvent.Origin origin = new ConferenceEvent.Origin(TASK, ROOM, 7, AT, Optional.of(CUSTOMER));
        String from = "'origin':{'task':<task>,'conference':'<room>','number':7,'at':'<at>','customer':'<customer>'}";
        return Stream.of(
                Arguments.of(
                        "{'kind':'task','type':'TASK_CREATED','task':<task>,'at':'<at>','conference':'<room>'}",
                        new TaskRouterEvent.TaskEvent(EventType.TASK_CREATED, TASK, AT, Optional.of(ROOM))),
                Arguments.of(
                        "{'kind':'task','type':'TASK_CREATED','task':<task>,'at':'<at>','hangUpBy':'agent'}",
                        new TaskRouterEvent.TaskEvent(
                                EventType.TASK_CREATED,
                                TASK,
                                AT,
                                Optional.empty(),
                                Optional.of("agent"),
                                Optional.empty())),
                Arguments.of(
                        "{'kind':'marker-seen','task':<task>,'at':'<at>','marker':{'kind':'named','reservation':'<own>'}}",
                        new TaskRouterEvent.MarkerSeen(TASK, AT, Marker.of(OWN))),
                Arguments.of(
                        "{'kind':'marker-seen','task':<task>,'at':'<at>','marker':{'kind':'unclear','reservation':'<own>'}}",
                        new TaskRouterEvent.MarkerSeen(TASK, AT, Marker.unclear(OWN))),
                Arguments.of(
                        "{'kind':'reservation','type':'RESERVATION_WRAPUP','task':<task>,'at':'<at>','reservation':'<own>',"
                                + "'worker':'<worker>','contact':'client:ada','conference':'<room>','customer':'<customer>'}",
                        new TaskRouterEvent.ReservationEvent(
                                EventType.RESERVATION_WRAPUP,
                                TASK,
                                AT,
                                OWN,
                                Optional.of(WORKER),
                                Optional.of(new Address("client:ada")),
                                Optional.of(ROOM),
                                Optional.of(CUSTOMER),
                                Optional.empty())),
                Arguments.of(
                        "{'kind':'reservation','type':'RESERVATION_COMPLETED','task':<task>,'at':'<at>','reservation':'<own>',"
                                + "'hangUpBy':'customer'}",
                        new TaskRouterEvent.ReservationEvent(
                                EventType.RESERVATION_COMPLETED,
                                TASK,
                                AT,
                                OWN,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("customer"))),
                Arguments.of(
                        "{'kind':'value-lost','task':<task>,'at':'<at>','reservation':'<own>'}",
                        new TaskRouterEvent.ValueLost(TASK, AT, OWN)),
                Arguments.of(
                        "{'kind':'leg-summary','task':<task>,'leg':'<leg>','at':'<at>','stage':'COMPLETE',"
                                + "'endedFrom':'CALLER','inbound':true,'ended':'<at>','sipCode':200}",
                        new VoiceReport.LegSummary(
                                TASK,
                                LEG,
                                AT,
                                VoiceReport.Stage.COMPLETE,
                                VoiceReport.EndedFrom.CALLER,
                                Optional.of(true),
                                Optional.of(AT),
                                Optional.of(200))),
                Arguments.of(
                        "{'kind':'browser-event','task':<task>,'leg':'<leg>','at':'<at>','sign':'NETWORK_LOST'}",
                        new VoiceReport.BrowserEvent(TASK, LEG, AT, BrowserSign.NETWORK_LOST)),
                Arguments.of(
                        "{'kind':'participant-summary','task':<task>,'leg':'<leg>','at':'<at>','left':'<at>'}",
                        new VoiceReport.ParticipantSummary(TASK, LEG, AT, Optional.of(AT))),
                Arguments.of(
                        "{'kind':'field-seen','task':<task>,'at':'<at>','version':7,'hangUpBy':'agent'}",
                        new TaskRouterEvent.FieldSeen(TASK, AT, Optional.of(7L), Optional.of("agent"))),
                Arguments.of(
                        "{'kind':'transfer','type':'TRANSFER_INITIATED','task':<task>,'at':'<at>','startedBy':'<own>','mode':'WARM'}",
                        new TaskRouterEvent.TransferEvent(
                                EventType.TRANSFER_INITIATED,
                                TASK,
                                AT,
                                Optional.of(OWN),
                                Optional.of(Transfer.Mode.WARM))),
                Arguments.of("{'kind':'conference-started'," + from + "}", new ConferenceEvent.Started(origin)),
                Arguments.of(
                        "{'kind':'participant-seen'," + from
                                + ",'leg':'<leg>','talking':true,'joined':true,'onHold':false,'coaching':false}",
                        new ConferenceEvent.LegSeen(origin, LEG, true, true, false, false)),
                Arguments.of(
                        "{'kind':'participant-left'," + from
                                + ",'leg':'<leg>','reason':'PARTICIPANT_HUNG_UP','onHold':false,'endOnExit':true}",
                        new ConferenceEvent.LegLeft(
                                origin,
                                LEG,
                                Optional.of(ParticipantLeft.Reason.PARTICIPANT_HUNG_UP),
                                false,
                                Optional.of(true))),
                Arguments.of(
                        "{'kind':'conference-ended'," + from + ",'reason':'LAST_PARTICIPANT_LEFT','leg':'<leg>'}",
                        new ConferenceEvent.Ended(
                                origin, Optional.of(Conference.EndReason.LAST_PARTICIPANT_LEFT), Optional.of(LEG))));
    }

    @Test
    void an_outcome_is_read_and_written_by_its_stored_names_with_all_that_it_rests_on() throws Exception {
        String row = row("""
                [{'segment':{'task':<task>,'reservation':'<own>','worker':'<worker>','contact':'client:ada',
                'accepted':'<at>','left':'<at>','completed':true},
                'verdict':{'endedBy':'EXTERNAL_COLD_TRANSFER','rule':'mine','reason':'so it was',
                'destination':'+15005550006','facts':[{'source':'CALLBACKS','statement':'it is known'}],
                'stability':'FINAL','needsFullHistory':true},
                'write':{'status':'ALREADY_SET','detail':'it was set already','losses':2,'kept':'LOST'},
                'evidence':{
                'segment':{'task':<task>,'reservation':'<own>','worker':'<worker>','contact':'client:ada',
                'accepted':'<at>','left':'<at>','completed':true},
                'attributes':{'conference':'<room>','customerLeg':'<customer>','workerLeg':'<leg>',
                'outbound':true,'internal':false},
                'marker':{'kind':'named','reservation':'<own>'},
                'pluginInstalled':true,
                'otherAgents':{'agents':[{'reservation':'<other>','contact':'client:grace','accepted':'<at>',
                'left':'<at>','joinedVia':{'startedBy':'<own>','mode':'WARM','started':'<at>','failedAt':'<at>'}}],
                'transfers':[{'startedBy':'<own>','mode':'COLD','started':'<at>','failedAt':'<at>'}],
                'joinedVia':{'startedBy':'<other>','mode':'WARM','started':'<at>','failedAt':'<at>'}},
                'participantLog':{'customer':'<customer>',
                'changes':[{'leg':'<customer>','order':1,'at':'<at>','joins':true,'talking':true,'onHold':false,
                'coaching':false}],
                'leaves':[{'leg':'<leg>','order':3,'at':'<at>','reason':'PARTICIPANT_UPDATED_VIA_API','onHold':true,
                'endOnExit':true}],
                'others':[2],
                'end':{'order':4,'at':'<at>','reason':'CONFERENCE_ENDED_VIA_API','leg':'<leg>'}},
                'conference':{'sid':'<room>','status':'COMPLETED','endReason':'LAST_PARTICIPANT_KICKED',
                'endingLeg':'<leg>','updated':'<at>'},
                'participants':[{'call':'<leg>','connected':true,'talking':false}],
                'calls':{'<leg>':{'kind':'found','call':{'sid':'<leg>','status':'NO_ANSWER','to':'client:ada',
                'ended':'<at>'},'again':true}},
                'children':{'<customer>':[{'sid':'<leg>','status':'IN_PROGRESS','to':'+15005550006','ended':'<at>'}]},
                'ignoredParticipants':['sip:rec@example.com']},
                'audit':{'status':'NOT_COMPARABLE','alternative':'AGENT','reason':'by the agent',
                'browserSigns':['HUNG_UP_HERE'],'sipCode':200}}]
                """);
        Outcome outcome = outcome();

        assertThat(json.outcomes(row)).containsExactly(outcome);
        assertThat(new ObjectMapper().readTree(json.write(List.of(outcome))))
                .isEqualTo(new ObjectMapper().readTree(row));
    }

    @ParameterizedTest
    @CsvSource({"FINAL, false", "PROVISIONAL, true"})
    void whether_a_verdict_is_provisional_is_stored_as_a_word(String word, boolean isProvisional) throws Exception {
        Verdict verdict = new Verdict(
                Optional.of(EndedBy.AGENT), "mine", "so it was", Optional.empty(), List.of(), isProvisional, false);
        Outcome outcome = new Outcome(outcome().segment(), verdict, outcome().write());

        String written = json.write(List.of(outcome));

        assertThat(new ObjectMapper()
                        .readTree(written)
                        .at("/0/verdict/stability")
                        .asText())
                .isEqualTo(word);
        assertThat(json.outcomes(written)).containsExactly(outcome);
    }

    @ParameterizedTest
    @MethodSource
    <E extends Enum<E>> void every_constant_is_read_and_written_by_its_stored_name(Class<E> type, String names) {
        assertThat(type.getEnumConstants()).extracting(StoredConstants::name).containsExactly(names.split(" "));
        assertThat(names.split(" "))
                .extracting(name -> StoredConstants.constant(type, name))
                .containsExactly(type.getEnumConstants());
    }

    static Stream<Arguments> every_constant_is_read_and_written_by_its_stored_name() {
        return Stream.of(
                Arguments.of(
                        EventType.class,
                        "TASK_CREATED TASK_UPDATED TASK_WRAPUP TASK_COMPLETED TASK_CANCELED TASK_DELETED"
                                + " TASK_SYSTEM_DELETED TRANSFER_INITIATED TRANSFER_ATTEMPT_FAILED TRANSFER_FAILED"
                                + " TRANSFER_CANCELED TRANSFER_COMPLETED RESERVATION_CREATED RESERVATION_ACCEPTED"
                                + " RESERVATION_REJECTED RESERVATION_TIMEOUT RESERVATION_CANCELED RESERVATION_RESCINDED"
                                + " RESERVATION_FAILED RESERVATION_WRAPUP RESERVATION_COMPLETED OTHER"),
                Arguments.of(Transfer.Mode.class, "WARM COLD"),
                Arguments.of(
                        ParticipantLeft.Reason.class,
                        "PARTICIPANT_HUNG_UP PARTICIPANT_UPDATED_VIA_API CONFERENCE_ENDED_VIA_API"
                                + " MODERATOR_ENDED_CONFERENCE PARTICIPANT_ADD_FAILED"),
                Arguments.of(
                        Conference.EndReason.class,
                        "PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_LEFT PARTICIPANT_WITH_END_CONFERENCE_ON_EXIT_KICKED"
                                + " LAST_PARTICIPANT_LEFT LAST_PARTICIPANT_KICKED CONFERENCE_ENDED_VIA_API"),
                Arguments.of(
                        Call.Status.class, "QUEUED RINGING IN_PROGRESS COMPLETED BUSY NO_ANSWER FAILED CANCELED OTHER"),
                Arguments.of(
                        EndedBy.class,
                        "CUSTOMER AGENT DISCONNECT COLD_TRANSFER WARM_TRANSFER CONSULT EXTERNAL_COLD_TRANSFER"
                                + " EXTERNAL_WARM_TRANSFER EXTERNAL SUPERVISOR SYSTEM UNKNOWN"),
                Arguments.of(
                        Fact.Source.class,
                        "EVENTS CONFERENCE PARTICIPANTS CALL TASK CALLBACKS VOICE_INSIGHTS SETTING APPLICATION"),
                Arguments.of(
                        WriteResult.Status.class,
                        "WRITTEN ALREADY_SET WAITING PINNED COLLIDED NOTHING_TO_WRITE INVALID_ATTRIBUTES TOO_LATE"
                                + " DRY_RUN COMPARED"),
                Arguments.of(Kept.class, "KEPT LOST NOT_KNOWN"),
                Arguments.of(VoiceReport.EndedFrom.class, "CALLER CALLEE UNKNOWN"),
                Arguments.of(VoiceReport.Stage.class, "PARTIAL PREDICTED COMPLETE"),
                Arguments.of(
                        BrowserSign.class,
                        "HUNG_UP_HERE HUNG_UP_THERE NETWORK_LOST RECONNECTING MICROPHONE_FAILED CONNECTION_ERROR"),
                Arguments.of(AuditResult.Status.class, "AGREES DISAGREES NOT_COMPARABLE NO_DATA"));
    }

    private static Outcome outcome() {
        Segment segment = new Segment(
                TASK, OWN, Optional.of(WORKER), Optional.of(new Address("client:ada")), Optional.of(AT), AT, true);
        Address number = new Address("+15005550006");
        Call call = new Call(LEG, Call.Status.NO_ANSWER, Optional.of(new Address("client:ada")), Optional.of(AT));
        CallEvidence evidence = CallEvidence.builder(segment)
                .namedConference(Optional.of(ROOM))
                .namedCustomerLeg(Optional.of(CUSTOMER))
                .namedAgentLeg(Optional.of(LEG))
                .outbound(true)
                .marker(Marker.of(OWN))
                .otherAgents(new OtherAgents(
                        List.of(new OtherAgent(
                                OTHER,
                                Optional.of(new Address("client:grace")),
                                AT,
                                Optional.of(AT),
                                Optional.of(transfer(OWN, Transfer.Mode.WARM)))),
                        List.of(transfer(OWN, Transfer.Mode.COLD)),
                        Optional.of(transfer(OTHER, Transfer.Mode.WARM))))
                .participantLog(participantLog())
                .conference(Optional.of(new Conference(
                        ROOM,
                        true,
                        Optional.of(Conference.EndReason.LAST_PARTICIPANT_KICKED),
                        Optional.of(LEG),
                        Optional.of(AT))))
                .participants(Optional.of(List.of(new Participant(LEG, true, false))))
                .callAgain(LEG, Optional.of(call))
                .children(
                        CUSTOMER, List.of(new Call(LEG, Call.Status.IN_PROGRESS, Optional.of(number), Optional.of(AT))))
                .ignoredParticipants(Set.of(new Address("sip:rec@example.com")))
                .build();
        Verdict verdict = new Verdict(
                Optional.of(EndedBy.EXTERNAL_COLD_TRANSFER),
                "mine",
                "so it was",
                Optional.of(number),
                List.of(new Fact(Fact.Source.CALLBACKS, "it is known")),
                false,
                true);
        return new Outcome(
                segment,
                verdict,
                new WriteResult(WriteResult.Status.ALREADY_SET, "it was set already", 2, Optional.of(Kept.LOST)),
                Optional.of(evidence),
                Optional.of(new AuditResult(
                        AuditResult.Status.NOT_COMPARABLE,
                        Optional.of(EndedBy.AGENT),
                        "by the agent",
                        Set.of(BrowserSign.HUNG_UP_HERE),
                        Optional.of(200))));
    }

    private static ParticipantLog participantLog() {
        return ParticipantLog.builder()
                .customer(CUSTOMER)
                .changed(new ParticipantChange(CUSTOMER, 1, AT, true, true, false, false))
                .other(2)
                .left(new ParticipantLeft(
                        LEG,
                        3,
                        AT,
                        Optional.of(ParticipantLeft.Reason.PARTICIPANT_UPDATED_VIA_API),
                        true,
                        Optional.of(true)))
                .ended(4, AT, Optional.of(Conference.EndReason.CONFERENCE_ENDED_VIA_API), Optional.of(LEG))
                .build();
    }

    private static Transfer transfer(ReservationSid starter, Transfer.Mode mode) {
        return new Transfer(Optional.of(starter), Optional.of(mode), AT, Optional.of(AT));
    }
}
