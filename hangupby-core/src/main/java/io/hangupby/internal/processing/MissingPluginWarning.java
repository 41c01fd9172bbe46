package io.hangupby.internal.processing;

import io.hangupby.call.Marker;
import io.hangupby.call.WorkspaceSid;
import io.hangupby.decision.EndedBy;
import io.hangupby.decision.Verdict;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns, once for each workspace, that agents seem to have no plugin that marks their clicks: without a plugin, every agent's
 * hang-up reads like a dropped connection. Thread-safe.
 */
final class MissingPluginWarning {
    private static final Logger log = LoggerFactory.getLogger(MissingPluginWarning.class);

    /** A dropped connection or two prove nothing. */
    private static final int DROPS = 5;

    private final Set<WorkspaceSid> settled = ConcurrentHashMap.newKeySet();
    private final Map<WorkspaceSid, Integer> drops = new ConcurrentHashMap<>();

    /** Counts a verdict. */
    void heed(WorkspaceSid workspace, Marker marker, Verdict verdict) {
        if (marker.isSet()) {
            settled.add(workspace);
        } else if (verdict.endedBy().equals(Optional.of(EndedBy.DISCONNECT))
                && !settled.contains(workspace)
                && drops.merge(workspace, 1, Integer::sum) == DROPS) {
            log.warn(
                    "workspace {}: {} calls ended by an agent's leg and no plugin has marked a click so far, so they are "
                            + "'disconnect'; if agents have no such plugin, set hangupby.agent-marker=none",
                    workspace,
                    DROPS);
        }
    }
}
