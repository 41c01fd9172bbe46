package io.hangupby.internal.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The CloudEvents of a message from a queue, with and without the envelope of the queue: SQS, SNS, EventBridge, Kinesis, Firehose,
 * Kafka and Pub/Sub, each as its client or as a function receives it. An envelope can be in another envelope, such as SNS in SQS.
 *
 * @param events the events, in their order
 * @param isComplete whether there was nothing in the message but events
 */
record QueueMessage(List<CloudEventFields> events, boolean isComplete) {
    private static final int MAX_MIB = 8;
    private static final int BYTES_IN_MIB = 1024 * 1024;
    private static final int MAX_TEXT_MIB = 2;
    private static final int MAX_DEPTH = 100;

    /** SNS in SQS, in a function's event, with the event as a text, takes four. */
    private static final int MAX_ENVELOPES = 6;

    private static final EventJson JSON = new EventJson(MAX_MIB * BYTES_IN_MIB, MAX_DEPTH, MAX_TEXT_MIB * BYTES_IN_MIB);

    /**
     * Reads a message.
     *
     * @throws UndecodableBodyException if the message is not JSON, or exceeds the limits
     */
    static QueueMessage read(byte[] message) throws UndecodableBodyException {
        List<CloudEventFields> events = new ArrayList<>();
        boolean complete = collect(JSON.read(message), MAX_ENVELOPES, events);
        return new QueueMessage(List.copyOf(events), complete);
    }

    /** Adds the events within a node, and returns whether there is nothing but events in it. */
    private static boolean collect(JsonNode closed, int envelopes, List<CloudEventFields> events) {
        JsonNode node = JSON.opened(closed);
        if (node.isArray()) {
            boolean complete = true;
            for (JsonNode element : node) {
                complete &= collect(element, envelopes, events);
            }
            return complete;
        }
        CloudEventFields event = CloudEventFields.of(node, JSON);
        if (event.isCloudEvent() || event.isOfTwilio()) {
            events.add(event);
            return true;
        }
        Optional<JsonNode> content = envelopes == 0 ? Optional.empty() : content(node);
        return content.isPresent() && collect(content.get(), envelopes - 1, events);
    }

    /** Returns what an envelope holds, if the node is a known envelope. */
    private static Optional<JsonNode> content(JsonNode envelope) {
        JsonNode byTopic = envelope.path("records");
        if (byTopic.isObject()) {
            ArrayNode topics = JsonNodeFactory.instance.arrayNode();
            byTopic.forEach(topics::add);
            return Optional.of(topics); // a function's Kafka
        }
        return Stream.of(
                        byTopic, // Kafka's REST proxy
                        envelope.path("Records"), // a function's SQS, SNS or Kinesis; Kinesis' GetRecords
                        envelope.path("Messages"), // SQS' ReceiveMessage
                        envelope.path("body"), // a record of SQS
                        envelope.path("Body"), // a message of SQS
                        envelope.path("Sns"), // a record of SNS
                        envelope.path("Message"), // SNS
                        envelope.path("kinesis").path("data"), // a record of Kinesis
                        envelope.path("Data"), // the same of GetRecords
                        envelope.path("data"), // a record of Firehose
                        envelope.path("value"), // a record of Kafka
                        envelope.path("detail"), // EventBridge
                        envelope.path("message").path("data"), // Pub/Sub's push
                        envelope.path("payload")) // Kafka Connect's JSON with its schema
                .filter(content -> content.isContainerNode() || content.isTextual())
                .findFirst();
    }

    /** Omits the events. */
    @Override
    public String toString() {
        return "QueueMessage";
    }
}
