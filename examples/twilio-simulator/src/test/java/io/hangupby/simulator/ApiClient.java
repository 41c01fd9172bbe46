package io.hangupby.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Calls the simulator's API over HTTP, as a client of Twilio would. */
public final class ApiClient {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper mapper = new ObjectMapper();
    private final TwilioSimulator twilio;
    private final Duration patience;

    public ApiClient(TwilioSimulator twilio) {
        this(twilio, Duration.ofSeconds(30));
    }

    private ApiClient(TwilioSimulator twilio, Duration patience) {
        this.twilio = twilio;
        this.patience = patience;
    }

    /** Returns a client that waits for a response only for this time. */
    public ApiClient patientFor(Duration limit) {
        return new ApiClient(twilio, limit);
    }

    public String account(String path) {
        return "/2010-04-01/Accounts/" + twilio.accountSid() + path;
    }

    public String workspace(String path) {
        return "/v1/Workspaces/" + twilio.workspaceSid() + path;
    }

    public String task(SimulatedCall call) {
        return workspace("/Tasks/" + call.taskSid());
    }

    public String conference(SimulatedCall call) {
        return account("/Conferences/" + call.conferenceSid().orElseThrow() + ".json");
    }

    public String participants(SimulatedCall call) {
        return account("/Conferences/" + call.conferenceSid().orElseThrow() + "/Participants.json");
    }

    public String customerCall(SimulatedCall call) {
        return account("/Calls/" + call.customerCallSid().orElseThrow() + ".json");
    }

    public JsonNode read(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = get(path);
        if (response.statusCode() != 200) {
            throw new IOException(path + " returned " + response.statusCode() + " " + response.body());
        }
        return json(response);
    }

    public JsonNode json(HttpResponse<String> response) throws IOException {
        return mapper.readTree(response.body());
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(authorized(path).GET());
    }

    public HttpResponse<String> getWithout(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    public HttpResponse<String> getAs(String user, String password, String path)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).header("Authorization", basic(user, password)));
    }

    public HttpResponse<String> writeAttributes(SimulatedCall call, String attributes, String... ifMatch)
            throws IOException, InterruptedException {
        return post(task(call), "Attributes=" + URLEncoder.encode(attributes, StandardCharsets.UTF_8), ifMatch);
    }

    public HttpResponse<String> post(String path, String form, String... ifMatch)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = authorized(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        for (String version : ifMatch) {
            request.header("If-Match", version);
        }
        return send(request);
    }

    private HttpRequest.Builder authorized(String path) {
        return HttpRequest.newBuilder(uri(path))
                .header("Authorization", basic(twilio.accountSid(), twilio.authToken()));
    }

    private URI uri(String path) {
        return URI.create(twilio.baseUrl() + path);
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(patience).build(), HttpResponse.BodyHandlers.ofString());
    }
}
