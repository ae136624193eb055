package org.curvature4j.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines of equal value of a field, at the ticks of its colour bar: marching squares, W. E. Lorensen, H. E. Cline, Marching
 * cubes, Computer Graphics 21 (1987), in the plane. Where a cell's corners alternate, its middle tells which are joined.
 */
final class ContourLayer implements Layer {
    /** Shows on light and on dark colours, and leaves them to be seen. */
    private static final Color LINE = new Color(0x99FFFFFF, true);

    private final PlaneField field;
    private final Axis levels;

    ContourLayer(PlaneField field, Axis levels) {
        this.field = field;
        this.levels = levels;
    }

    @Override
    public void paint(Graphics2D g, PlotArea area) {
        // One shape, so that where lines meet they don't cover twice.
        Path2D lines = new Path2D.Double();
        for (double[] segment : segments()) {
            lines.moveTo(area.x(segment[0]), area.y(segment[1]));
            lines.lineTo(area.x(segment[2]), area.y(segment[3]));
        }
        g.setColor(LINE);
        g.setStroke(Theme.CURVE);
        g.draw(lines);
    }

    @Override
    public List<Mark> marks() {
        List<double[]> segments = segments();
        double[] x = new double[3 * segments.size()];
        double[] y = new double[3 * segments.size()];
        for (int i = 0; i < segments.size(); i++) {
            double[] segment = segments.get(i);
            x[3 * i] = segment[0];
            y[3 * i] = segment[1];
            x[3 * i + 1] = segment[2];
            y[3 * i + 1] = segment[3];
            y[3 * i + 2] = Double.NaN; // lifts the pen
        }
        return List.of(new Mark.Curve(x, y, LINE, 1, false));
    }

    /** Pieces of the lines: x and y of their ends. */
    private List<double[]> segments() {
        List<double[]> segments = new ArrayList<>();
        for (Axis.Tick level : levels.ticks()) {
            for (int row = 0; row + 1 < field.y().length; row++) {
                for (int column = 0; column + 1 < field.x().length; column++) {
                    addCell(segments, row, column, level.at());
                }
            }
        }
        return segments;
    }

    private void addCell(List<double[]> segments, int row, int column, double level) {
        // Around the cell from its lower left corner, against the clock.
        int[] columns = {column, column + 1, column + 1, column};
        int[] rows = {row, row, row + 1, row + 1};
        double[] above = new double[4];
        double middle = 0;
        for (int corner = 0; corner < 4; corner++) {
            above[corner] = field.values()[rows[corner] * field.x().length + columns[corner]] - level;
            middle += above[corner] / 4;
        }
        List<double[]> crossings = new ArrayList<>();
        for (int corner = 0; corner < 4; corner++) {
            int next = (corner + 1) % 4;
            if ((above[corner] >= 0) != (above[next] >= 0)) {
                double part = above[corner] / (above[corner] - above[next]);
                double x = field.x()[columns[corner]] * (1 - part) + field.x()[columns[next]] * part;
                double y = field.y()[rows[corner]] * (1 - part) + field.y()[rows[next]] * part;
                crossings.add(new double[] {x, y});
            }
        }
        // Crossings 0 and 1 have corner 1 between them; it is cut off unless the middle is on its side.
        int first = crossings.size() == 4 && (middle >= 0) == (above[1] >= 0) ? 1 : 0;
        for (int k = 0; k + 1 < crossings.size(); k += 2) {
            double[] from = crossings.get((k + first) % crossings.size());
            double[] to = crossings.get((k + first + 1) % crossings.size());
            segments.add(new double[] {from[0], from[1], to[0], to[1]});
        }
    }
}
