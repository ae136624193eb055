package org.curvature4j.internal.cli.options;

/** Headings of groups of options in the help texts; %n is picocli's line break. */
public final class Headings {
    public static final String MODEL = "%nMODEL, the function:%n";
    public static final String POINTS = "%nPOINTS, where it is looked at:%n";
    public static final String LOSS = "%nLOSS, of which model:%n";
    public static final String DATA = "%nDATA, over which examples:%n";
    public static final String MATRIX = "%nWhich curvature:%n";
    public static final String RESULTS = "%nResults:%n";
    public static final String LONG = "%nLong runs:%n";
    public static final String GENERAL = "%nIn general:%n";

    private Headings() {}
}
