package org.curvature4j.plot;

import java.awt.Graphics2D;

/** Something that paints data between the axes of a panel. */
@FunctionalInterface
interface Layer {

    /** Paints; may change colour, font and stroke of the canvas, and leaves its transform and clip as they were. */
    void paint(Graphics2D g, PlotArea area);
}
