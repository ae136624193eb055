package org.curvature4j.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.util.List;

/**
 * A dashed curve through densely sampled points. Not by XChart, which strokes each segment by itself: the dashes begin
 * anew at every point, and the curve comes out solid.
 */
@SuppressWarnings("ArrayRecordComponent") // made and used within this package, never compared
record DashedCurve(double[] x, double[] y, Color color) implements Layer {

    @Override
    public void paint(Graphics2D g, PlotArea area) {
        Path2D path = new Path2D.Double();
        boolean penDown = false;
        for (int i = 0; i < x.length; i++) {
            double across = area.x(x[i]);
            double down =
                    SeriesLayer.within((area.y(y[i]) - area.bounds().y) / area.bounds().height) * area.bounds().height
                            + area.bounds().y;
            if (Double.isNaN(down)) {
                penDown = false;
            } else if (penDown) {
                path.lineTo(across, down);
            } else {
                path.moveTo(across, down);
                penDown = true;
            }
        }
        Shape clip = g.getClip();
        g.clip(area.bounds());
        g.setColor(color);
        g.setStroke(Theme.DASHED_CURVE);
        g.draw(path);
        g.setClip(clip);
    }

    @Override
    public List<Mark> marks() {
        return List.of(new Mark.Curve(x, y, color, Theme.DASHED_CURVE.getLineWidth(), true));
    }
}
