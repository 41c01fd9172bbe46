package io.hangupby.decision;

import io.hangupby.call.Address;
import io.hangupby.call.Call;
import io.hangupby.call.CallSid;
import io.hangupby.call.Conference;
import io.hangupby.call.Marker;
import io.hangupby.call.OtherAgent;
import io.hangupby.call.OtherAgents;
import io.hangupby.call.Participant;
import io.hangupby.call.ParticipantChange;
import io.hangupby.call.ParticipantLeft;
import io.hangupby.call.ParticipantLog;
import io.hangupby.call.ParticipantLogBuilder;
import io.hangupby.call.Role;
import io.hangupby.call.Segment;
import io.hangupby.call.Transfer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A call of which every part is drawn by lot, and what Twilio would answer. */
record RandomCall(
        CallEvidence evidence,
        Map<CallSid, CallLookup> first,
        Map<CallSid, CallLookup> second,
        List<Participant> listed,
        List<Call> children) {
    static final List<CallSid> LEGS =
            List.of(Evidence.CUSTOMER, Evidence.AGENT, Evidence.STRANGER, new CallSid("CA" + "7".repeat(32)));
    private static final List<Address> OWN_DEVICES = List.of(Evidence.BROWSER, Evidence.SIP_PHONE, Evidence.TELEPHONE);
    private static final List<Address> OTHER_DEVICES =
            List.of(new Address("client:grace"), new Address("sip:grace@example.com"), new Address("+15005550006"));

    /** Reports are drawn apart, so that the other parts stay as they were drawn. */
    private static final Random REPORTS = new Random(7);

    RandomCall(Random random) {
        this(evidence(random), answers(random, false), answers(random, true), legs(random), children(random));
    }

    CallEvidence answer(CallEvidence known, Question question) {
        CallEvidenceBuilder more = known.toBuilder();
        return question.match(
                        leg -> more.call(leg, first.getOrDefault(leg, new CallLookup.NotFound())),
                        leg -> more.call(leg, second.getOrDefault(leg, new CallLookup.NotFound())),
                        leg -> more.children(leg, children),
                        conference -> more.participants(Optional.of(listed)))
                .build();
    }

    private static CallEvidence evidence(Random random) {
        boolean live = random.nextInt(8) > 0;
        Optional<Conference> conference = live ? Optional.of(conference(random)) : Optional.empty();
        return new CallEvidence(new EvidenceData(
                new Segment(
                        Evidence.TASK,
                        Evidence.OWN,
                        Optional.empty(),
                        sometimes(random, 4, pick(random, OWN_DEVICES)),
                        sometimes(random, 4, Evidence.ACCEPTED),
                        Evidence.LEFT,
                        random.nextBoolean()),
                new CallAttributes(
                        Optional.of(Evidence.ROOM),
                        sometimes(random, 12, Evidence.CUSTOMER),
                        sometimes(random, 4, Evidence.AGENT),
                        random.nextInt(4) == 0,
                        random.nextInt(12) == 0),
                pick(
                        random,
                        List.of(
                                Marker.NONE,
                                Marker.BARE,
                                Marker.of(Evidence.OWN),
                                Marker.of(Evidence.ANOTHER),
                                Marker.unclear(Evidence.OWN))),
                random.nextInt(4) > 0,
                random.nextBoolean() ? OtherAgents.NONE : otherAgents(random),
                random.nextBoolean() ? ParticipantLog.NONE : participantLog(random),
                conference,
                Optional.empty(),
                Map.of(),
                Map.of(),
                random.nextInt(4) > 0 ? Set.of() : Set.of(pick(random, OTHER_DEVICES)),
                sometimes(REPORTS, 2, pick(REPORTS, List.of(Role.CUSTOMER, Role.AGENT, Role.UNKNOWN)))));
    }

    private static ParticipantLog participantLog(Random random) {
        List<ParticipantLeft> leaves = new ArrayList<>();
        List<CallSid> legs = new ArrayList<>(LEGS);
        Collections.shuffle(legs, random);
        for (CallSid leg : legs.subList(0, random.nextInt(legs.size() + 1))) {
            leaves.add(new ParticipantLeft(
                    leg,
                    leaves.size(),
                    moment(random),
                    sometimes(random, 6, pick(random, ParticipantLeft.Reason.values())),
                    random.nextBoolean()));
        }
        ParticipantLogBuilder log = ParticipantLog.builder();
        sometimes(random, 2, Evidence.CUSTOMER).ifPresent(log::customer);
        int joined = random.nextInt(legs.size() + 1);
        for (CallSid leg : legs.subList(0, joined)) {
            log.changed(new ParticipantChange(
                    leg,
                    -1 - legs.indexOf(leg),
                    Evidence.LEFT,
                    true,
                    random.nextBoolean(),
                    random.nextBoolean(),
                    false));
        }
        leaves.forEach(log::left);
        return log.build();
    }

    private static OtherAgents otherAgents(Random random) {
        List<Transfer> transfers = List.of(transfer(random), transfer(random));
        OtherAgent otherAgent = new OtherAgent(
                Evidence.ANOTHER,
                sometimes(random, 4, pick(random, OTHER_DEVICES)),
                moment(random),
                sometimes(random, 2, moment(random)),
                sometimes(random, 3, pick(random, transfers)));
        return new OtherAgents(
                random.nextInt(4) == 0 ? List.of() : List.of(otherAgent),
                transfers,
                sometimes(random, 3, pick(random, transfers)));
    }

    private static Transfer transfer(Random random) {
        return new Transfer(
                sometimes(random, 6, random.nextBoolean() ? Evidence.OWN : Evidence.ANOTHER),
                sometimes(random, 6, pick(random, Transfer.Mode.values())),
                moment(random),
                sometimes(random, 2, moment(random)));
    }

    private static List<Call> children(Random random) {
        Call.Status status = pick(random, Call.Status.values());
        Call child = new Call(
                Evidence.CHILD,
                status,
                sometimes(random, 6, pick(random, OTHER_DEVICES)),
                status.isOpen() ? Optional.empty() : sometimes(random, 6, moment(random)));
        return random.nextBoolean() ? List.of() : List.of(child);
    }

    private static Conference conference(Random random) {
        return new Conference(
                Evidence.ROOM,
                random.nextBoolean() || random.nextInt(4) == 2,
                sometimes(random, 6, pick(random, Conference.EndReason.values())),
                sometimes(random, 6, pick(random, LEGS)),
                sometimes(random, 6, moment(random)));
    }

    private static List<Participant> legs(Random random) {
        return LEGS.stream()
                .filter(leg -> random.nextBoolean())
                .map(leg -> new Participant(leg, random.nextInt(4) > 0, random.nextBoolean()))
                .toList();
    }

    private static Map<CallSid, CallLookup> answers(Random random, boolean again) {
        return Map.of(
                LEGS.get(0), answer(random, LEGS.get(0), OTHER_DEVICES, again),
                LEGS.get(1), answer(random, LEGS.get(1), OWN_DEVICES, again),
                LEGS.get(2), answer(random, LEGS.get(2), OTHER_DEVICES, again),
                LEGS.get(3), answer(random, LEGS.get(3), OTHER_DEVICES, again));
    }

    private static CallLookup answer(Random random, CallSid leg, List<Address> devices, boolean again) {
        Call.Status status = pick(random, Call.Status.values());
        return random.nextInt(8) == 0
                ? new CallLookup.NotFound()
                : new CallLookup.Found(
                        new Call(
                                leg,
                                status,
                                sometimes(random, 6, pick(random, devices)),
                                status.isOpen() ? Optional.empty() : sometimes(random, 6, moment(random))),
                        again);
    }

    private static Instant moment(Random random) {
        return Evidence.LEFT.plusMillis(random.nextInt(9) * 500L - 1000);
    }

    private static <T> Optional<T> sometimes(Random random, int butOneIn, T value) {
        return random.nextInt(butOneIn) == 0 ? Optional.empty() : Optional.of(value);
    }

    private static <T> T pick(Random random, List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static <T> T pick(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }
}
