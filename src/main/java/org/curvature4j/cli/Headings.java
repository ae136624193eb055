package org.curvature4j.cli;

/** Headings of groups of options in the help texts; %n is picocli's line break. */
final class Headings {
    static final String MODEL = "%nMODEL, the function:%n";
    static final String POINTS = "%nPOINTS, where it is looked at:%n";
    static final String LOSS = "%nLOSS, of which model:%n";
    static final String DATA = "%nDATA, over which examples:%n";
    static final String MATRIX = "%nWhich curvature:%n";
    static final String RESULTS = "%nResults:%n";
    static final String LONG = "%nLong runs:%n";
    static final String GENERAL = "%nIn general:%n";

    private Headings() {}
}
