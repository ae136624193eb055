package org.curvature4j.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.List;

/**
 * Lines across a map of cells at some places, in both directions.
 *
 * @param places between cells, which lie at 1 to {@code count}
 */
record LinesLayer(List<Double> places, int count, Color color) implements Layer {

    @Override
    public void paint(Graphics2D g, PlotArea area) {
        g.setColor(color);
        g.setStroke(Theme.HAIRLINE);
        for (double place : places) {
            double x = area.x(place);
            double y = area.y(place);
            g.draw(new Line2D.Double(x, area.bounds().y, x, area.bounds().getMaxY()));
            g.draw(new Line2D.Double(area.bounds().x, y, area.bounds().getMaxX(), y));
        }
    }

    @Override
    public List<Mark> marks() {
        double[] x = new double[6 * places.size()];
        double[] y = new double[6 * places.size()];
        for (int i = 0; i < places.size(); i++) {
            double place = places.get(i);
            line(x, 6 * i, place, place);
            line(y, 6 * i, 0.5, count + 0.5);
            line(x, 6 * i + 3, 0.5, count + 0.5);
            line(y, 6 * i + 3, place, place);
        }
        return places.isEmpty() ? List.of() : List.of(new Mark.Curve(x, y, color, 1, false));
    }

    private static void line(double[] coordinates, int at, double from, double to) {
        coordinates[at] = from;
        coordinates[at + 1] = to;
        coordinates[at + 2] = Double.NaN; // lifts the pen
    }
}
