package io.hangupby.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordJsonTest {
    private final RecordJson json = new RecordJson();

    @Test
    void todo() {
        assertThat(json.outcomes("[]")).isEmpty();
    }
}
