package org.curvature4j.internal.cli.report;

import java.util.Map;

/** How this program is called, for commands that people are to type. */
public final class Program {
    /** Its name, as in help texts. */
    public static final String NAME = "curvature";

    /** What the launcher says that it was called by: in a checkout no folder of the search path has it. */
    static final String TOLD = "CURVATURE_PROGRAM";

    private Program() {}

    /** The word that a command line begins with, not quoted. */
    public static String called() {
        return called(System.getenv());
    }

    static String called(Map<String, String> environment) {
        String told = environment.getOrDefault(TOLD, "");
        return told.isBlank() ? NAME : told;
    }
}
