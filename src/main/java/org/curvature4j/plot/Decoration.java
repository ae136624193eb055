package org.curvature4j.plot;

import java.awt.Graphics2D;
import java.util.List;

/** What only helps to read an image that nobody can point at: a page tells the same under the pointer. */
record Decoration(Painter painter) implements Layer {

    /** Paints as {@link Layer#paint} does. */
    @FunctionalInterface
    interface Painter {
        void paint(Graphics2D g, PlotArea area);
    }

    @Override
    public void paint(Graphics2D g, PlotArea area) {
        painter.paint(g, area);
    }

    @Override
    public List<Mark> marks() {
        return List.of();
    }
}
