package io.hangupby.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.hangupby.HangUpBy;
import io.hangupby.HangUpByBuilder;
import io.hangupby.HangUpByConfigurationException;
import io.hangupby.call.AccountSid;
import io.hangupby.call.TaskRef;
import io.hangupby.call.TaskSid;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.decision.EndedBy;
import io.hangupby.simulator.SimulatedCall;
import io.hangupby.simulator.TwilioSimulator;
import io.hangupby.simulator.account.Agent;
import io.hangupby.simulator.rest.ApiOperation;
import io.hangupby.simulator.rest.Fault;
import io.hangupby.telemetry.HangUpByStatus;
import io.hangupby.telemetry.TwilioStatus;
import io.hangupby.twilio.Reachability;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One backend for two accounts, each with its own simulated Twilio. Both send their events to one URL. */
class SeveralAccountsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final TwilioSimulator service = TwilioSimulator.builder()
            .accountSid("AC" + "5".repeat(32))
            .authToken("the-auth-token-of-service")
            .checkCredentials()
            .seed(2)
            .clock(new DistinctMoments())
            .start();
    private final CallCentre sales;
    private final HangUpBy hangUpBy;

    SeveralAccountsTest() throws Exception {
        sales = new CallCentre(settings -> settings.shutdownTimeout(Duration.ZERO)
                .account(
                        "service",
                        account -> account.accountSid(service.accountSid())
                                .authToken(service.authToken())
                                .twilioBaseUrl(service.baseUrl().toString())));
        service.callback(URI.create(sales.address() + "/taskrouter"), CallCentre.PUBLIC_URL + "/taskrouter");
        hangUpBy = sales.hangUpBy();
    }

    @AfterEach
    void close() {
        sales.close();
        service.close();
    }

    private static SimulatedCall call(TwilioSimulator twilio) {
        Agent agent = twilio.browserAgent("Alice");
        return twilio.inboundCall().rings(agent).accepts(agent);
    }

    private static TaskRef ref(TwilioSimulator twilio, SimulatedCall call) {
        return new TaskRef(
                new AccountSid(twilio.accountSid()),
                new WorkspaceSid(twilio.workspaceSid()),
                new TaskSid(call.taskSid()));
    }

    @Test
    void each_account_uses_its_own_credentials() {
        SimulatedCall ofSales = call(sales.twilio());
        SimulatedCall ofService = call(service);

        ofSales.customerHangsUp();
        ofService.customerHangsUp();

        ofSales.task().awaitHangUpBy("customer", SOON);
        sales.awaitOutcomes(ofService, 1);
        assertThat(hangUpBy.explain(ref(service, ofService)).segments())
                .singleElement()
                .satisfies(segment -> assertThat(segment.verdict().endedBy()).isEqualTo(Optional.of(EndedBy.CUSTOMER)));
        assertThat(hangUpBy.explain(ref(sales.twilio(), ofSales)).segments()).hasSize(1);
        assertThatThrownBy(() -> hangUpBy.explain(service.workspaceSid(), ofService.taskSid()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("set workspace-sid for each account, or name the account");
    }

    @Test
    void trouble_of_one_account_does_not_affect_the_other() {
        SimulatedCall ofService = call(service);
        SimulatedCall ofSales = call(sales.twilio());
        for (ApiOperation kind : ApiOperation.values()) {
            service.faults().rate(1, kind, Fault.unauthorized());
        }

        ofService.customerHangsUp();
        service.delivery().awaitQuiet(SOON);
        ofSales.customerHangsUp();

        ofSales.task().awaitHangUpBy("customer", SOON);
        HangUpByStatus status = onceAllWereAsked();
        assertThat(status.twilio())
                .extracting(twilio -> twilio.account().value(), TwilioStatus::reachability)
                .containsExactly(
                        tuple(sales.twilio().accountSid(), Reachability.OK),
                        tuple(service.accountSid(), Reachability.UNAUTHORIZED));
        assertThat(status.worstReachability()).isEqualTo(Reachability.UNAUTHORIZED);
    }

    private HangUpByStatus onceAllWereAsked() {
        long deadline = System.nanoTime() + SOON.toNanos();
        HangUpByStatus status = hangUpBy.status();
        while (status.twilio().stream().anyMatch(twilio -> twilio.reachability() == Reachability.UNTRIED)) {
            assertThat(System.nanoTime()).as("%s", status).isLessThan(deadline);
            Thread.onSpinWait();
            status = hangUpBy.status();
        }
        return status;
    }

    @ParameterizedTest
    @CsvSource({
        "AC1, token, hangupby.accounts.service.account-sid",
        "'', token, hangupby.accounts.service.account-sid",
        "AC11111111111111111111111111111111, token, hangupby.accounts.service.account-sid",
        "AC22222222222222222222222222222222, '', hangupby.accounts.service.auth-token",
        "AC22222222222222222222222222222222, ${SERVICE_TOKEN}, hangupby.accounts.service.auth-token"
    })
    void a_wrong_setting_of_an_account_is_rejected_by_name(String accountSid, String token, String property) {
        HangUpByBuilder builder = HangUpBy.builder()
                .accountSid("AC" + "1".repeat(32))
                .authToken("token")
                .account("service", service -> service.accountSid(accountSid).authToken(token));

        assertThatThrownBy(builder::build)
                .isInstanceOfSatisfying(
                        HangUpByConfigurationException.class,
                        wrong -> assertThat(wrong.property()).isEqualTo(property));
    }

    @Test
    void every_account_may_have_a_name() {
        try (HangUpBy named = HangUpBy.builder()
                .account(
                        "sales",
                        account -> account.accountSid("AC" + "1".repeat(32))
                                .authToken("token")
                                .workspaceSid("WS" + "1".repeat(32)))
                .account(
                        "service",
                        account -> account.accountSid("AC" + "2".repeat(32))
                                .authToken("token")
                                .workspaceSid("WS" + "2".repeat(32)))
                .recovery(r -> r.interval(Duration.ZERO))
                .build()) {
            assertThat(named.status().twilio())
                    .extracting(status -> status.account().value())
                    .containsExactly("AC" + "1".repeat(32), "AC" + "2".repeat(32));
            assertThat(named.retryParked("WS" + "2".repeat(32), "WT" + "3".repeat(32)))
                    .isFalse();
        }
    }
}
