package org.curvature4j.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Lines and markers, drawn by XChart.
 *
 * <p>XChart gets fractions of the axes, not the data: its own axes, invisible here, search for ticks in a way that never
 * ends on values below 1e-10.
 */
final class SeriesLayer implements Layer {

    /** Far enough outside for a line to leave the plot in its true direction, near enough for the rasteriser. */
    private static final double OUTSIDE = 20;

    private final int markerSize;
    private final List<Series> all = new ArrayList<>();

    private record Series(List<double[]> points, Color color, BasicStroke line, Marker marker) {}

    /** @param markerSize diameter of the markers in logical pixels */
    SeriesLayer(int markerSize) {
        this.markerSize = markerSize;
    }

    /** Adds a solid curve; it has a gap where a value isn't finite. */
    SeriesLayer line(double[] x, double[] y, Color color, BasicStroke stroke) {
        return add(x, y, color, stroke, SeriesMarkers.NONE);
    }

    /** Adds unconnected points; those that aren't finite are left out. */
    SeriesLayer points(double[] x, double[] y, Color color, Marker marker) {
        return add(x, y, color, SeriesLines.NONE, marker);
    }

    private SeriesLayer add(double[] x, double[] y, Color color, BasicStroke line, Marker marker) {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            points.add(new double[] {x[i], y[i]});
        }
        all.add(new Series(points, color, line, marker));
        return this;
    }

    @Override
    public List<Mark> marks() {
        return all.stream()
                .filter(series -> !series.points.isEmpty())
                .map(this::mark)
                .toList();
    }

    private Mark mark(Series series) {
        double[] x = series.points.stream().mapToDouble(point -> point[0]).toArray();
        double[] y = series.points.stream().mapToDouble(point -> point[1]).toArray();
        return series.marker == SeriesMarkers.NONE
                ? new Mark.Curve(x, y, series.color, series.line.getLineWidth(), false)
                : new Mark.Points(x, y, series.color, Markers.symbol(series.marker), markerSize);
    }

    @Override
    public void paint(Graphics2D g, PlotArea area) {
        XYChart chart = blankChart(area);
        for (Series series : all) {
            if (series.points.isEmpty()) {
                continue;
            }
            double[] x = series.points.stream()
                    .mapToDouble(point -> within(area.horizontal().fraction(point[0])))
                    .toArray();
            double[] y = series.points.stream()
                    .mapToDouble(point -> within(area.vertical().fraction(point[1])))
                    .toArray();
            XYSeries drawn = chart.addSeries("series " + chart.getSeriesMap().size(), x, y);
            drawn.setLineColor(series.color).setLineStyle(series.line);
            drawn.setMarkerColor(series.color).setMarker(series.marker);
        }
        AffineTransform before = g.getTransform();
        g.translate(area.bounds().x, area.bounds().y);
        chart.paint(g, area.bounds().width, area.bounds().height);
        g.setTransform(before);
    }

    /** A chart that is all plot: no axes, titles, legend, margins or background. */
    private XYChart blankChart(PlotArea area) {
        XYChart chart = new XYChart(area.bounds().width, area.bounds().height);
        chart.getStyler()
                .setAxisTicksVisible(false)
                .setAxisTitlesVisible(false)
                .setPlotMargin(0)
                .setPlotGridLinesVisible(false)
                .setPlotTicksMarksVisible(false)
                .setXAxisMin(0.0)
                .setXAxisMax(1.0)
                .setYAxisMin(0.0)
                .setYAxisMax(1.0);
        chart.getStyler()
                .setChartTitleVisible(false)
                .setLegendVisible(false)
                .setChartPadding(0)
                .setPlotContentSize(1)
                .setPlotBorderVisible(false)
                .setChartBackgroundColor(Theme.TRANSPARENT)
                .setPlotBackgroundColor(Theme.TRANSPARENT)
                .setMarkerSize(markerSize);
        return chart;
    }

    /** The fraction, no further outside the plot than a line needs; NaN for what can't be drawn. */
    static double within(double fraction) {
        return Double.isFinite(fraction) ? Math.max(-OUTSIDE, Math.min(OUTSIDE, fraction)) : Double.NaN;
    }
}
