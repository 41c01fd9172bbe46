package io.hangupby.simulator.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hangupby.simulator.internal.text.InPlaceJson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Splits lists into pages, in the formats of Twilio's two APIs. */
final class ListPage {

    private static final int DEFAULT_SIZE = 50;
    private static final int MAX_SIZE = 1000;
    private static final Set<String> PAGING = Set.of("Page", "PageSize", "PageToken");

    private final ApiRequest request;
    private final int size;
    private final int page;

    private ListPage(ApiRequest request) {
        this.request = request;
        this.size = Math.min(MAX_SIZE, Math.max(1, number("PageSize", DEFAULT_SIZE)));
        this.page = Math.max(0, number("Page", 0));
    }

    private int number(String name, int otherwise) {
        return request.filter(name).map(Integer::parseInt).orElse(otherwise);
    }

    /** Returns a page as api.twilio.com does: with counts and relative URIs beside the list. */
    static <T> ObjectNode api(ApiRequest request, String key, List<T> all, Function<T, ObjectNode> render) {
        ListPage pages = new ListPage(request);
        ObjectNode json = InPlaceJson.MAPPER.createObjectNode();
        int shown = pages.fill(json.putArray(key), all, render);
        json.put("page", pages.page)
                .put("page_size", pages.size)
                .put("start", pages.page * pages.size)
                .put("end", pages.page * pages.size + Math.max(0, shown - 1));
        pages.putAddresses(json, "uri", "", all.size());
        return json;
    }

    /** Returns a page as taskrouter.twilio.com does: with page numbers and full URLs in {@code meta}. */
    static <T> ObjectNode v1(ApiRequest request, String key, List<T> all, Function<T, ObjectNode> render) {
        ListPage pages = new ListPage(request);
        ObjectNode json = InPlaceJson.MAPPER.createObjectNode();
        pages.fill(json.putArray(key), all, render);
        ObjectNode meta =
                json.putObject("meta").put("key", key).put("page", pages.page).put("page_size", pages.size);
        pages.putAddresses(meta, "url", "https://taskrouter.twilio.com", all.size());
        return json;
    }

    private <T> int fill(ArrayNode array, List<T> all, Function<T, ObjectNode> render) {
        int from = Math.min(all.size(), page * size);
        List<T> part = all.subList(from, Math.min(all.size(), from + size));
        part.forEach(each -> array.add(render.apply(each)));
        return part.size();
    }

    private void putAddresses(ObjectNode json, String suffix, String root, int total) {
        json.put(suffix, root + address(page)).put("first_page_" + suffix, root + address(0));
        put(json, "next_page_" + suffix, (page + 1) * size < total, root + address(page + 1));
        put(json, "previous_page_" + suffix, page > 0, root + address(page - 1));
    }

    private static void put(ObjectNode json, String name, boolean exists, String address) {
        Optional.of(address)
                .filter(text -> exists)
                .ifPresentOrElse(text -> json.put(name, text), () -> json.putNull(name));
    }

    private String address(int number) {
        String filters = request.query().entrySet().stream()
                .filter(param -> !PAGING.contains(param.getKey()))
                .map(ListPage::encode)
                .collect(Collectors.joining());
        return request.path() + "?" + filters + "PageSize=" + size + "&Page=" + number;
    }

    private static String encode(Map.Entry<String, String> param) {
        return URLEncoder.encode(param.getKey(), StandardCharsets.UTF_8)
                + "="
                + URLEncoder.encode(param.getValue(), StandardCharsets.UTF_8)
                + "&";
    }
}
