package io.hangupby.example.contactcenter.report;

import io.hangupby.HangUpBy;
import io.hangupby.decision.Explanation;
import io.hangupby.twilio.TwilioFailure;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** Serves the data of the report's page. */
@RestController
final class ReportController {
    private final RecentCalls calls;
    private final WaitingBrowsers browsers;
    private final HangUpBy hangUpBy;
    private final AgentNames names;
    private final WireValues values;

    ReportController(
            RecentCalls calls, WaitingBrowsers browsers, HangUpBy hangUpBy, AgentNames names, WireValues values) {
        this.calls = calls;
        this.browsers = browsers;
        this.hangUpBy = hangUpBy;
        this.names = names;
        this.values = values;
    }

    /** Returns the calls that changed after this number, as soon as there are any. */
    @GetMapping("/report/calls")
    DeferredResult<CallBatch> calls(
            @RequestParam(name = "life", defaultValue = "") String life,
            @RequestParam(name = "after", defaultValue = "0") long after) {
        return browsers.respondOnceNew(() -> calls.after(life, after));
    }

    /** Returns the explanation of a task. */
    @GetMapping("/report/explanation")
    ExplanationView explanation(@RequestParam("task") String task) {
        Explanation why = calls.task(task).map(hangUpBy::explain).orElseGet(() -> hangUpBy.explain(task));
        return ExplanationView.of(why, names, values);
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.BAD_REQUEST)
    Problem notASid(IllegalArgumentException badSid) {
        return new Problem("This is not the SID of a task: WT and 32 hexadecimal digits.");
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.NOT_FOUND)
    Problem noWorkspace(IllegalStateException unknown) {
        return new Problem("No call of this task is stored here, and " + unknown.getMessage() + ".");
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.BAD_GATEWAY)
    Problem noResponse(TwilioFailure failure) {
        return new Problem(
                "No verdict is stored for this task, and the request to Twilio failed: " + failure.getMessage() + ".");
    }

    record Problem(String message) {}
}
