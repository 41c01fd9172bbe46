package io.hangupby.internal.processing;

import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.ConferenceSid;
import io.hangupby.call.OtherAgents;
import io.hangupby.call.Participant;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.Segment;
import io.hangupby.call.Transfer;
import io.hangupby.internal.event.TaskTimeline;
import io.hangupby.internal.twilio.TaskSnapshot;
import io.hangupby.internal.twilio.TwilioGateway;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What every plain end needs, read at the same time: the task, the conference and the customer's Call. Where a log of the
 * participants is whole, only the task is read. Immutable.
 *
 * @param task the task; empty if Twilio no longer has it
 * @param conference the conference, by the log or as it was read
 * @param participants the participants, if they were read in place of the conference
 * @param calls the customer's Call, if it was read; empty if Twilio has none
 */
record FirstReads(
        Optional<TaskSnapshot> task,
        Optional<Conference> conference,
        Optional<List<Participant>> participants,
        Map<CallSid, Optional<Call>> calls) {

    FirstReads {
        calls = Map.copyOf(calls);
    }

    static FirstReads of(TwilioGateway twilio, TaskTimeline timeline, Segment segment) {
        Optional<ConferenceSid> named = timeline.conference();
        Optional<Conference> byLog = named.flatMap(sid -> conference(sid, timeline.participantLog(sid), segment));
        OtherAgents others = timeline.otherAgents(segment.reservation());
        boolean othersArePresent = others.anyPresentAt(segment.left());
        Optional<CallSid> customer = timeline.customer()
                .filter(leg -> byLog.isEmpty() && !othersArePresent && !wasTransferred(others, segment));

        RequestsTogether requests = new RequestsTogether(twilio);
        Optional<Supplier<Shown>> shown = named.filter(sid -> byLog.isEmpty())
                .map(sid -> requests.add(() -> othersArePresent ? whoIsIn(twilio, sid) : conference(twilio, sid)));
        Optional<Supplier<Optional<Call>>> call = customer.map(leg -> requests.add(() -> twilio.call(leg)));
        Supplier<Optional<TaskSnapshot>> task = requests.add(() -> twilio.task(segment.task()));
        requests.send();

        Optional<Shown> read = shown.map(Supplier::get);
        return new FirstReads(
                task.get(),
                byLog.or(() -> read.map(Shown::conference)),
                read.flatMap(Shown::participants),
                call.map(found -> Map.of(customer.orElseThrow(), found.get())).orElse(Map.of()));
    }

    /** Returns the conference without a request, if its log says how it ended, or that it goes on without an agent who left. */
    private static Optional<Conference> conference(ConferenceSid sid, ParticipantLog log, Segment segment) {
        if (!log.isWhole() || !log.isComplete(segment.left(), false)) {
            return Optional.empty();
        }
        Optional<Conference> ended = log.endedConference(sid);
        return ended.isPresent() || log.isClosing() ? ended : Optional.of(ongoing(sid));
    }

    private static boolean wasTransferred(OtherAgents others, Segment segment) {
        return others.activeTransfer(segment.reservation(), Transfer.Mode.COLD, segment.left())
                .isPresent();
    }

    /** If another agent was still present, one request for the participants shows that the conference goes on, and with whom. */
    private static Shown whoIsIn(TwilioGateway twilio, ConferenceSid sid) {
        Optional<List<Participant>> listed = twilio.participants(sid).filter(present -> !present.isEmpty());
        return listed.isPresent() ? new Shown(ongoing(sid), listed) : conference(twilio, sid);
    }

    private static Shown conference(TwilioGateway twilio, ConferenceSid sid) {
        return new Shown(read(twilio, sid), Optional.empty());
    }

    /** A conference that an event names, and that Twilio does not have, is over, and nobody knows how it ended. */
    static Conference read(TwilioGateway twilio, ConferenceSid sid) {
        return twilio.conference(sid).orElseGet(() -> SegmentEvaluator.vanished(sid));
    }

    private static Conference ongoing(ConferenceSid sid) {
        return new Conference(sid, false, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A conference, and its participants if they were read in its place. */
    private record Shown(Conference conference, Optional<List<Participant>> participants) {}
}
