package io.hangupby.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.hangupby.check.CheckReport.Line;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes a report as JSON. */
final class CheckJson {
    private static final JsonFactory JSON = new JsonFactory();

    private CheckJson() {}

    static String of(CheckReport report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("status", report.status().name());
            json.writeArrayFieldStart("lines");
            for (Line line : report.lines()) {
                write(line, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void write(Line line, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("check", line.check());
        if (line.account().isPresent()) {
            json.writeStringField("account", line.account().get().value());
        }
        json.writeStringField("status", line.status().name());
        json.writeStringField("seen", line.seen());
        if (!line.remedy().isEmpty()) {
            json.writeStringField("remedy", line.remedy());
        }
        json.writeEndObject();
    }
}
