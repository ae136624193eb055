package org.curvature4j.plot;

import java.awt.Graphics2D;
import java.util.List;

/** Something that paints data between the axes of a panel, and can tell what it shows. */
interface Layer {

    /** Paints; may change colour, font and stroke of the canvas, and leaves its transform and clip as they were. */
    void paint(Graphics2D g, PlotArea area);

    /** The same as numbers, in the order in which they are painted. */
    List<Mark> marks();
}
