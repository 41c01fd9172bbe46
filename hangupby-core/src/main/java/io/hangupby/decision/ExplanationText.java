package io.hangupby.decision;

import io.hangupby.call.Address;
import io.hangupby.call.Segment;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Formats explanations for people who know Flex. Masks numbers in reasons and facts, because a user's own rule may name
 * a telephone number.
 */
final class ExplanationText {
    /**
     * Matches international numbers, with or without spaces, and plain runs of 7 to 15 digits. SIDs and times do not
     * match.
     */
    private static final Pattern NUMBER =
            Pattern.compile("\\+\\d(?:[ ().-]{0,2}\\d){6,14}(?!\\d)|(?<!\\w)\\d{7,15}(?!\\w)");

    private static final Pattern ALL_BUT_TWO_DIGITS = Pattern.compile("\\d(?=\\D*\\d\\D*\\d)");

    private ExplanationText() {}

    static String of(Explanation explanation) {
        StringBuilder text = new StringBuilder("Task " + explanation.task());
        explanation.segments().forEach(segment -> text.append("\n\n").append(of(segment)));
        explanation.note().ifPresent(note -> text.append("\n\n").append(note));
        return text.toString();
    }

    static String of(SegmentExplanation explained) {
        List<Fact> decisive = explained.verdict().facts();
        List<Fact> others = explained.evidence().stream()
                .filter(fact -> !decisive.contains(fact))
                .toList();
        return agent(explained.segment())
                + "\n  " + endedBy(explained.verdict())
                + "\n  " + written(explained.written())
                + facts("Decisive facts:", decisive)
                + facts("Other facts:", others)
                + rules(explained.rules());
    }

    static String of(RuleTrace trace) {
        return trace.rule() + ": " + masked(finding(trace.finding()));
    }

    private static String agent(Segment segment) {
        return segment.worker().map(worker -> "Agent " + worker).orElse("An agent") + ", reservation "
                + segment.reservation() + ", left at " + EvidenceFacts.utc(segment.left());
    }

    private static String endedBy(Verdict verdict) {
        String to = verdict.destination()
                .map(Address::value)
                .map(value -> ", to " + value)
                .orElse("");
        return "Ended by: " + verdict.endedBy().map(ExplanationText::name).orElse("none") + to + ", because "
                + masked(verdict.reason()) + " (rule " + verdict.rule() + ")";
    }

    private static String name(EndedBy endedBy) {
        return endedBy.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String written(Optional<WriteResult> written) {
        return written.map(result -> "In the task: " + masked(result.detail()))
                .orElse("Decided for this explanation only; nothing was written, because no verdict is stored yet");
    }

    private static String facts(String heading, List<Fact> facts) {
        return facts.isEmpty()
                ? ""
                : "\n  " + heading + facts.stream().map(ExplanationText::fact).collect(Collectors.joining());
    }

    private static String fact(Fact fact) {
        return "\n    " + name(fact.source()) + ": " + masked(fact.statement());
    }

    private static String name(Fact.Source source) {
        return switch (source) {
            case EVENTS -> "TaskRouter's events";
            case CONFERENCE -> "Twilio's conference";
            case PARTICIPANTS -> "the conference's participants";
            case CALL -> "Twilio's calls";
            case VOICE_INSIGHTS -> "Voice Insights";
            case CALLBACKS -> "the conference's status callbacks";
            case TASK -> "the task's attributes";
            case APPLICATION -> "the application";
            case SETTING -> "hangupby's settings";
        };
    }

    private static String rules(List<RuleTrace> rules) {
        return rules.isEmpty()
                ? "\n  No rule was evaluated."
                : "\n  Rules, in the order of evaluation (docs/rules.md has each under its id):"
                        + IntStream.range(0, rules.size())
                                .mapToObj(i -> "\n    %2d. %s".formatted(i + 1, rules.get(i)))
                                .collect(Collectors.joining());
    }

    private static String finding(Finding finding) {
        if (finding instanceof Finding.Matches matches) {
            return "matches, " + matches.reason();
        }
        if (finding instanceof Finding.NoMatch noMatch) {
            return "does not match, " + noMatch.why();
        }
        return "needs to know " + question(((Finding.Needs) finding).question());
    }

    private static String question(Question question) {
        return question.match(
                call -> "what became of call " + call,
                call -> "whether call " + call + " is still open",
                call -> "where call " + call + " was sent to",
                conference -> "who is in conference " + conference);
    }

    private static String masked(String statement) {
        return NUMBER.matcher(statement).replaceAll(ExplanationText::masked);
    }

    private static String masked(MatchResult number) {
        return ALL_BUT_TWO_DIGITS.matcher(number.group()).replaceAll("*");
    }
}
