package io.hangupby.internal.attributes;

/** Explains why a text is not a JSON object and how to correct it, without showing the text. */
final class InvalidJson {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private InvalidJson() {}

    static JsonTarget.NoObject empty() {
        return because("are empty. Set them to a JSON object; {} will do.");
    }

    static JsonTarget.NoObject notAnObject(String kind) {
        return because("are %s. Set them to a JSON object.".formatted(kind));
    }

    static JsonTarget.NoObject notJson(String text, int at) {
        if (text.charAt(0) == BYTE_ORDER_MARK) {
            return because("begin with a byte order mark, which JSON does not allow. Set them without it.");
        }
        return because(
                "are not valid JSON near character %d of %d. Set them to a JSON object.".formatted(at, text.length()));
    }

    static JsonTarget.NoObject trailing(int at) {
        return because("continue after the end of the JSON value, at character %d. Remove the rest.".formatted(at));
    }

    static JsonTarget.NoObject tooDeep() {
        return because("nest objects or arrays more than %d deep. Set them to a flatter JSON object."
                .formatted(TaskAttributes.MAX_DEPTH));
    }

    private static JsonTarget.NoObject because(String what) {
        return new JsonTarget.NoObject("The task's attributes " + what);
    }
}
