package org.curvature4j.internal.cli.report;

import java.io.Console;

/** Whether a person watches the standard error stream. */
public final class Terminal {
    /** What the launcher says of the standard error stream, which Java itself can't tell: {@code yes} or {@code no}. */
    static final String TOLD = "CURVATURE_TERMINAL";

    private static final int USUAL_WIDTH = 80;

    private Terminal() {}

    public static boolean isWatched() {
        if ("dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        String told = System.getenv(TOLD);
        return told != null ? told.equals("yes") : hasConsole();
    }

    /** Characters a line. */
    static int width() {
        String columns = System.getenv("COLUMNS");
        return columns != null && columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : USUAL_WIDTH;
    }

    /** Before JDK 22 there is a console only on a terminal; since then there always is one, which can be asked. */
    @SuppressWarnings("SystemConsoleNull") // asked further where it no longer decides
    private static boolean hasConsole() {
        Console console = System.console();
        if (console == null || Runtime.version().feature() < 22) {
            return console != null;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
