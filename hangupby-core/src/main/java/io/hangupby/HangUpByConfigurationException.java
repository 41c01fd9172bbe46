package io.hangupby;

/** A setting that hangupby cannot start with. Says which one, what is wrong with it and what to do. */
public final class HangUpByConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String property;
    private final String problem;
    private final String remedy;

    /**
     * @param property the setting's name
     * @param problem what is wrong with it, without what can be secret in its value
     * @param remedy what to do
     */
    public HangUpByConfigurationException(String property, String problem, String remedy) {
        super(property + " " + problem + "; " + remedy);
        this.property = property;
        this.problem = problem;
        this.remedy = remedy;
    }

    /** Returns the setting's name, as a Spring property. */
    public String property() {
        return property;
    }

    /** Returns what is wrong with it. */
    public String problem() {
        return problem;
    }

    /** Returns what to do. */
    public String remedy() {
        return remedy;
    }
}
