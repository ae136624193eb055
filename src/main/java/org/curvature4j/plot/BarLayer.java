package org.curvature4j.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** Horizontal bars from zero, bar i at i of the vertical axis. */
@SuppressWarnings("ArrayRecordComponent") // made and used within this package, never compared
record BarLayer(double[] lengths, Color color) implements Layer {
    private static final double HALF = 0.36;

    @Override
    public void paint(Graphics2D g, PlotArea area) {
        g.setColor(color);
        double left = area.x(0);
        for (int i = 0; i < lengths.length; i++) {
            double top = area.y(i - HALF);
            double bottom = area.y(i + HALF);
            g.fill(new Rectangle2D.Double(
                    left, Math.min(top, bottom), area.x(lengths[i]) - left, Math.abs(bottom - top)));
        }
    }

    @Override
    public List<Mark> marks() {
        return List.of(new Mark.Bars(lengths, color));
    }
}
