package org.curvature4j.internal.blas;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Words about what computes and what it met, on the standard error stream, each once a process. */
public final class Warning {
    /** The way out of an old library. */
    static final String NEWER = "0.3.31-1.5.13 is right without this";

    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private Warning() {}

    /** Says a sentence unless it was said before. */
    public static void say(String sentence) {
        say(sentence, sentence);
    }

    /** Says a sentence unless one with the same gist was said before. */
    public static void say(String gist, String sentence) {
        if (SAID.add(gist)) {
            System.err.println("curvature: " + sentence);
        }
    }
}
