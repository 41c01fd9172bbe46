package io.hangupby.internal.check;

import io.hangupby.internal.check.SelfRequest.Result;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Searches for this application at other paths of a public address that does not reach it. Each request is signed for the public
 * address, as hangupby expects it by any path, so only this application recognizes the request.
 */
final class MountSearch {
    private static final String ENDPOINT = "/taskrouter";
    private static final String DEFAULT_PATH = "/hangupby";
    private static final int PATHS_TRIED_AT_MOST = 6;

    private final SelfRequest request;
    private final List<String> mounts;

    /**
     * @param mounts the public addresses of the mount point
     */
    MountSearch(SelfRequest request, List<String> mounts) {
        this.request = request;
        this.mounts = mounts;
    }

    /**
     * Returns the results with the mount points that were found.
     *
     * @param results the result for each public address
     * @param callback where Twilio posts events, if anywhere
     */
    Way search(Map<String, Result> results, Optional<String> callback) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String mount : mounts) {
            String url = mount + ENDPOINT;
            Optional.ofNullable(results.get(url))
                    .filter(Result::isOfAnother)
                    .flatMap(result -> candidates(mount, callback)
                            .filter(other -> request.send(url, other + ENDPOINT).isArrived())
                            .findFirst())
                    .ifPresent(other -> found.put(url, other));
        }
        return new Way(results, found);
    }

    private static Stream<String> candidates(String mount, Optional<String> callback) {
        String origin = Addresses.origin(mount);
        String path = Addresses.path(mount);
        Set<String> paths = new LinkedHashSet<>();
        callback.filter(url -> Addresses.host(url).equals(Addresses.host(mount)))
                .map(Addresses::path)
                .filter(of -> of.endsWith(ENDPOINT))
                .ifPresent(of -> paths.add(of.substring(0, of.length() - ENDPOINT.length())));
        paths.add(DEFAULT_PATH);
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            paths.add(path.substring(slash));
            paths.add(path.substring(0, slash));
        }
        paths.remove(path);
        return paths.stream().limit(PATHS_TRIED_AT_MOST).map(origin::concat);
    }
}
