package io.hangupby;

import io.hangupby.journal.JournalException;
import io.hangupby.webhook.MalformedEventException;
import java.util.concurrent.BlockingQueue;

/** Feeds hangupby from a queue, whose messages are the bodies that Event Streams sent, verified before they were put there. */
record QueueConsumer(BlockingQueue<byte[]> queue, BlockingQueue<byte[]> deadLetters, HangUpBy hangUpBy) {

    void takeOne() throws InterruptedException {
        byte[] message = queue.take();
        try {
            hangUpBy.acceptCloudEvents(message); // from here on it is as safe as the journal
        } catch (JournalException notNow) {
            queue.put(message); // to be delivered again
        } catch (MalformedEventException never) {
            deadLetters.put(message); // its message says what is wrong, and nothing of what is in it
        }
    }
}
