package org.curvature4j.plot;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.util.List;

/**
 * Rings around single cells of a map, lest they be overlooked.
 *
 * @param columns cells along the horizontal axis
 */
@SuppressWarnings("ArrayRecordComponent") // made and used within this package, never compared
record RingLayer(double[] x, double[] y, int columns) implements Layer {
    private static final BasicStroke STROKE = new BasicStroke(1.6f);
    private static final double GAP = 6;

    @Override
    public void paint(Graphics2D g, PlotArea area) {
        g.setColor(Theme.INK);
        g.setStroke(STROKE);
        double radius = (double) area.bounds().width / columns / Math.sqrt(2) + GAP;
        for (int i = 0; i < x.length; i++) {
            g.draw(new Ellipse2D.Double(area.x(x[i]) - radius, area.y(y[i]) - radius, 2 * radius, 2 * radius));
        }
    }

    @Override
    public List<Mark> marks() {
        return x.length == 0 ? List.of() : List.of(new Mark.Points(x, y, Theme.INK, "ring", (int) (2 * GAP + 4)));
    }
}
