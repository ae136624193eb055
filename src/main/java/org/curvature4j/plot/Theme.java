package org.curvature4j.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;

/**
 * The look that all figures share: colours, fonts, strokes.
 *
 * <p>The colours of the main categories are from the palette of Okabe and Ito ("Color Universal Design", 2008), chosen so
 * that readers with any common colour vision deficiency tell them apart; the two half-flat ones are lighter relatives; each category also has its own marker or place in a legend, so
 * that no figure speaks through colour alone.
 */
final class Theme {

    static final Color POSITIVE = new Color(0x0072B2);
    static final Color NEGATIVE = new Color(0xD55E00);
    static final Color NEAR_ZERO = new Color(0x000000);
    static final Color SADDLE = new Color(0xCC79A7);
    /** All eigenvalues positive or near zero, and both kinds present. */
    static final Color VALLEY = new Color(0x99D6F5);
    /** All eigenvalues negative or near zero, and both kinds present. */
    static final Color RIDGE = new Color(0xFFCC66);

    static final Color PAPER = Color.WHITE;
    static final Color INK = new Color(0x222222);
    static final Color QUIET_INK = new Color(0x555555);
    static final Color FRAME = new Color(0x808080);
    static final Color GRID = new Color(0xE4E4E4);
    static final Color TRANSPARENT = new Color(255, 255, 255, 0);

    static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 20);
    static final Font SUBTITLE = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    static final Font PANEL_TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
    static final Font AXIS_TITLE = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
    static final Font TICK = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    static final Font LEGEND = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    static final Font CELL = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

    static final BasicStroke HAIRLINE = new BasicStroke(1);
    static final BasicStroke ZERO_LINE = new BasicStroke(1.4f);
    static final BasicStroke CURVE = new BasicStroke(2.4f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    static final BasicStroke DASHED_CURVE =
            new BasicStroke(2.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {8, 6}, 0);

    /** Space between neighbouring parts of a figure, in logical pixels. */
    static final int GAP = 8;

    /** Space between panels beside each other, so that the labels of one don't run into the next. */
    static final int COLUMN_GAP = 22;

    /** Space between a figure's edge and its contents. */
    static final int EDGE = 18;

    private Theme() {}
}
