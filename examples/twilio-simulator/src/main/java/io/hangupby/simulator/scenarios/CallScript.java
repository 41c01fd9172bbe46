package io.hangupby.simulator.scenarios;

import io.hangupby.simulator.CallOptions;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.rest.ApiOperation;
import io.hangupby.simulator.rest.Fault;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A call as a list of moves, which can be played on any {@link ScriptStage} and reads as the Java that makes it. Immutable: each
 * method returns a script with one move or one option more.
 *
 * <pre>{@code
 * CallScript.inbound().accepts(ANN).customerHangsUp().completes(ANN)
 * }</pre>
 */
public final class CallScript extends OneAgentMoves {

    /** The number of the outside party, and where a customer is sent. */
    public static final String OUTSIDE_NUMBER = "+15550100042";

    /** The number of the desk phone. */
    public static final String DESK_PHONE = "+15550100099";

    /** The address of a recorder. */
    public static final String RECORDER = "sip:rec@bot.test";

    /** What plugins write in place of {@code agent}. */
    public static final String MARKER_WORD = "Agente";

    private final String text;
    private final Beginning beginning;
    private final UnaryOperator<CallOptions.Builder> options;
    private final Set<BackendSetting> settings;
    private final List<Move> moves;

    private CallScript(
            String text,
            Beginning beginning,
            UnaryOperator<CallOptions.Builder> options,
            Set<BackendSetting> settings,
            List<Move> moves) {
        this.text = text;
        this.beginning = beginning;
        this.options = options;
        this.settings = settings;
        this.moves = moves;
    }

    private static CallScript begin(String text, Beginning beginning) {
        return new CallScript("CallScript." + text, beginning, UnaryOperator.identity(), Set.of(), List.of());
    }

    // ---- how a call begins

    /** A customer calls and waits in the queue. */
    public static CallScript inbound() {
        return begin(
                "inbound()",
                (stage, options) -> stage.twilio().inboundCall(options).waitsInQueue());
    }

    /** A customer calls and waits in the queue, and the first events are lost until the script delivers. */
    public static CallScript inboundWithoutFirstEvents() {
        return begin("inboundWithoutFirstEvents()", (stage, options) -> {
            stage.lose(
                    "task.created",
                    "task.updated",
                    "workflow.entered",
                    "workflow.target-matched",
                    "task-queue.entered",
                    "reservation.created",
                    "reservation.rejected");
            return stage.twilio().inboundCall(options).waitsInQueue();
        });
    }

    /** An agent calls a customer, whose phone rings. */
    public static CallScript outbound(ScriptedAgent agent) {
        return begin(
                "outbound(" + agent + ")",
                (stage, options) -> stage.twilio().outboundCall(stage.agent(agent), options));
    }

    /** One agent calls another, who picks up. */
    public static CallScript internal(ScriptedAgent caller, ScriptedAgent callee) {
        return begin(
                "internal(" + caller + ", " + callee + ")",
                (stage, options) -> stage.twilio().internalCall(stage.agent(caller), stage.agent(callee), options));
    }

    /** A voicemail becomes a task. */
    public static CallScript voicemail() {
        return begin("voicemail()", (stage, options) -> stage.twilio().voicemailTask(options));
    }

    // ---- variations, before the first move

    /** See {@link CallOptions.Builder#noEndOnExit}. */
    public CallScript noEndOnExit() {
        return with("noEndOnExit()", CallOptions.Builder::noEndOnExit);
    }

    /** See {@link CallOptions.Builder#outsideEndsConference}. */
    public CallScript outsideEndsConference() {
        return with("outsideEndsConference()", CallOptions.Builder::outsideEndsConference);
    }

    /** See {@link CallOptions.Builder#openThreeWayTalk}. */
    public CallScript openThreeWayTalk() {
        return with("openThreeWayTalk()", CallOptions.Builder::openThreeWayTalk);
    }

    /** See {@link CallOptions.Builder#workerReplaced}. */
    public CallScript workerReplaced() {
        return with("workerReplaced()", CallOptions.Builder::workerReplaced);
    }

    /** See {@link CallOptions.Builder#transferOpenUntilLeft}. */
    public CallScript transferOpenUntilLeft() {
        return with("transferOpenUntilLeft()", CallOptions.Builder::transferOpenUntilLeft);
    }

    /** See {@link CallOptions.Builder#transferEventsInFull}. */
    public CallScript transferEventsInFull() {
        return with("transferEventsInFull()", CallOptions.Builder::transferEventsInFull);
    }

    /** See {@link CallOptions.Builder#evidenceHidden}. */
    public CallScript evidenceHidden() {
        return with("evidenceHidden()", CallOptions.Builder::evidenceHidden);
    }

    /** See {@link CallOptions.Builder#apiLag}. */
    public CallScript apiLag(int millis) {
        return with("apiLag(" + millis + ")", builder -> builder.apiLag(Duration.ofMillis(millis)));
    }

    /** See {@link CallOptions.Builder#apiLagReads}. */
    public CallScript apiLagReads(int reads) {
        return with("apiLagReads(" + reads + ")", builder -> builder.apiLagReads(reads));
    }

    /** See {@link CallOptions.Builder#trickyAttributes}. */
    public CallScript trickyAttributes() {
        return with("trickyAttributes()", CallOptions.Builder::trickyAttributes);
    }

    /** See {@link CallOptions.Builder#conversations}. */
    public CallScript conversations(String rawValue) {
        return with(
                "conversations(\"" + rawValue.replace("\"", "\\\"") + "\")",
                builder -> builder.conversations(rawValue));
    }

    /** See {@link CallOptions.Builder#agentLegTo}. */
    public CallScript agentLegTo(String address) {
        return with("agentLegTo(\"" + address + "\")", builder -> builder.agentLegTo(address));
    }

    /** The plugins write {@link #MARKER_WORD}, and the backend knows it. */
    public CallScript foreignMarker() {
        return with("foreignMarker()", builder -> builder.markerWord(MARKER_WORD))
                .needing(BackendSetting.MARKER_WORDS);
    }

    /** The backend takes the recorder for no party. */
    public CallScript ignoredRecorder() {
        return with("ignoredRecorder()", builder -> builder).needing(BackendSetting.IGNORED_PARTICIPANTS);
    }

    /** See {@link CallOptions.Builder#endedCallAttached}. */
    public CallScript endedCallAttached() {
        return with("endedCallAttached()", CallOptions.Builder::endedCallAttached);
    }

    /** See {@link CallOptions.Builder#endedConferenceAttached}. */
    public CallScript endedConferenceAttached() {
        return with("endedConferenceAttached()", CallOptions.Builder::endedConferenceAttached);
    }

    /** See {@link CallOptions.Builder#dequeued}. */
    public CallScript dequeued() {
        return with("dequeued()", CallOptions.Builder::dequeued);
    }

    /** No plugin is installed, and the backend knows it. */
    public CallScript withoutPlugin() {
        return with("withoutPlugin()", CallOptions.Builder::withoutPlugin).needing(BackendSetting.NO_PLUGIN);
    }

    private CallScript with(String name, UnaryOperator<CallOptions.Builder> option) {
        return new CallScript(
                text + "." + name, beginning, builder -> option.apply(options.apply(builder)), settings, moves);
    }

    private CallScript needing(BackendSetting setting) {
        EnumSet<BackendSetting> more = EnumSet.of(setting);
        more.addAll(settings);
        return new CallScript(text, beginning, options, more, moves);
    }

    // ---- moves

    @Override
    CallScript then(String name, Move.Act act) {
        return then(new Move(name, Optional.empty(), act));
    }

    private CallScript then(Move move) {
        return new CallScript(
                text,
                beginning,
                options,
                settings,
                Stream.concat(moves.stream(), Stream.of(move)).toList());
    }

    /** Lets time pass. */
    public CallScript seconds(int seconds) {
        return then("seconds(" + seconds + ")", (call, stage) -> stage.pass(Duration.ofSeconds(seconds)));
    }

    /** See {@link SimulatedCall#completes}. */
    public CallScript completes(ScriptedAgent agent) {
        return then(new Move(
                "completes(" + agent + ")", Optional.of(agent), (call, stage) -> call.completes(stage.agent(agent))));
    }

    /** Lets the next requests of this kind about the task meet these faults. */
    public CallScript faults(ApiOperation operation, Fault... faults) {
        return then(
                "faults(ApiOperation." + operation + ", …)",
                (call, stage) -> stage.twilio().faults().nextOf(call.taskSid(), operation, faults));
    }

    /** Lets Twilio be unavailable to the next request of this kind about the task. */
    public CallScript unavailableOnce(ApiOperation operation) {
        return then(
                "unavailableOnce(ApiOperation." + operation + ")",
                (call, stage) -> stage.twilio().faults().nextOf(call.taskSid(), operation, Fault.unavailable()));
    }

    /** Another program writes to the task after each of the next reads. */
    public CallScript otherWriterAfterReads(int reads) {
        return then(
                "otherWriterAfterReads(" + reads + ")",
                (call, stage) -> call.task().editAfterReads(reads, "\"another writer's\"", "crm"));
    }

    /** Another program writes to the task so many times at once. */
    public CallScript otherProgramUpdates(int times) {
        return then("otherProgramUpdates(" + times + ")", (call, stage) -> {
            for (int i = 0; i < times; i++) {
                call.task().edit(String.valueOf(i), "crm");
            }
        });
    }

    /** Flex UI writes the attributes without a version, from a copy that has no value. */
    public CallScript flexUiWipesValue() {
        return then("flexUiWipesValue()", (call, stage) -> call.task().edit("null", "conversations"));
    }

    // ---- playing

    /** Returns the moves. */
    public List<Move> moves() {
        return moves;
    }

    /** Returns the settings that the backend must have. */
    public Set<BackendSetting> settings() {
        return settings;
    }

    /** Plays the call on a stage and returns it. */
    public SimulatedCall play(ScriptStage stage) {
        SimulatedCall call = beginning.on(stage, options.apply(stage.options()).build());
        for (Move move : moves) {
            stage.before(move, call);
            move.act().on(call, stage);
            stage.after(move, call);
        }
        return call;
    }

    /** Returns the script as Java. */
    @Override
    public String toString() {
        StringBuilder java = new StringBuilder(text);
        moves.forEach(move -> java.append("\n    .").append(move.text()));
        return java.toString();
    }

    /** How a call begins. */
    @FunctionalInterface
    private interface Beginning {
        SimulatedCall on(ScriptStage stage, CallOptions options);
    }
}
