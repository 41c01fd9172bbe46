package io.hangupby.simulator.scenarios;

import io.hangupby.simulator.account.Agent;

/** The agents who take part in the calls of one thread, and the outside number that they dial. Immutable. */
record AgentTeam(Agent browser, Agent deskPhone, Agent colleague, Agent supervisor, String outsideNumber) {}
