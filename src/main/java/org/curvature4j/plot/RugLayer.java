package org.curvature4j.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Line2D;
import java.util.Arrays;
import java.util.List;

/** Short strokes upwards from the bottom of the plot, one at each value. */
final class RugLayer implements Layer {
    static final BasicStroke STROKE = new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER);

    private static final double HEIGHT = 16;

    private final double[] values;
    private final Color color;

    RugLayer(double[] values, Color color) {
        this.values = values.clone();
        this.color = color;
    }

    @Override
    public List<Mark> marks() {
        return List.of(new Mark.Rug(values.clone(), color));
    }

    @Override
    public void paint(Graphics2D g, PlotArea area) {
        Rectangle plot = area.bounds();
        g.setColor(color);
        g.setStroke(STROKE);
        // Of values that fall on one pixel the first is enough: thousands would make a heavy SVG.
        double[] places = Arrays.stream(values)
                .map(value -> Math.rint(area.x(value) * Figure.PIXELS) / Figure.PIXELS)
                .sorted()
                .distinct()
                .toArray();
        for (double x : places) {
            g.draw(new Line2D.Double(x, plot.getMaxY() - HEIGHT, x, plot.getMaxY()));
        }
    }
}
