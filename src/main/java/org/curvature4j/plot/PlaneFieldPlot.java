package org.curvature4j.plot;

import java.awt.BasicStroke;
import java.awt.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.plot.Legend.Entry;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Maps of functions over the plane, side by side: one colour a grid point, the point in the middle of its cell. */
public final class PlaneFieldPlot {

    private static final int MOST_FIELDS = 2;
    /** Cells a side of a smooth map, about: more than its pixels are for nothing. */
    private static final int FINEST = 400;

    private static final Dimension ONE = new Dimension(760, 740);
    private static final Dimension TWO = new Dimension(1240, 680);

    /** Fits a row of the key in the narrower of the two sizes. */
    private static final int LONGEST_MEANING = 640;

    private static final BasicStroke HALO = new BasicStroke(5, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

    private PlaneFieldPlot() {}

    /**
     * Draws one or two maps.
     *
     * @param fields one or two
     * @param marks drawn over every map, in this order; may be empty
     * @param title heading of the figure
     * @param caption second line; may be empty
     * @throws IllegalArgumentException if there are no fields, or more than two
     */
    public static Figure of(List<PlaneField> fields, List<PlaneMark> marks, String title, String caption) {
        return figure(fields, marks, title, caption, (field, overlays) -> panel(field, "x", "y", overlays, false));
    }

    private static Figure figure(
            List<PlaneField> fields,
            List<PlaneMark> marks,
            String title,
            String caption,
            BiFunction<PlaneField, List<Layer>, PlotPanel> drawn) {
        Arguments.requireGiven("fields", fields);
        Arguments.requireGiven("marks", marks);
        if (fields.isEmpty() || fields.size() > MOST_FIELDS) {
            throw new IllegalArgumentException(
                    "fields: expected 1 or " + MOST_FIELDS + ", got " + fields.size() + " (each is a column)");
        }
        List<Layer> overlays = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        for (PlaneMark mark : marks) {
            overlays.addAll(layers(mark));
            entries.add(entry(mark));
        }
        List<PlotPanel> panels = new ArrayList<>();
        for (PlaneField field : fields) {
            panels.add(drawn.apply(field, overlays));
        }
        return new Figure(title, caption, new Legend(entries), List.of(panels), fields.size() == 1 ? ONE : TWO);
    }

    /**
     * Draws one or two maps of smooth functions: colours between the grid points by bilinear interpolation, and lines of
     * equal value.
     *
     * @param across what the horizontal axis counts
     * @param up what the vertical axis counts
     * @see #of
     */
    public static Figure smooth(
            List<PlaneField> fields, String across, String up, List<PlaneMark> marks, String title, String caption) {
        Arguments.requireGiven("across", across);
        Arguments.requireGiven("up", up);
        return figure(fields, marks, title, caption, (field, overlays) -> {
            List<Layer> layers = new ArrayList<>();
            layers.add(new ContourLayer(field, colorBar(field).axis()));
            layers.addAll(overlays);
            return panel(field, across, up, layers, true);
        });
    }

    /** @param smooth whether it is drawn on a finer grid than it was computed on */
    private static PlotPanel panel(PlaneField given, String across, String up, List<Layer> overlays, boolean smooth) {
        PlaneField field = smooth ? given.finer(FINEST) : given;
        int columns = field.x().length;
        int rows = field.y().length;
        ColorBar bar = colorBar(field);
        int[] colors = new int[columns * rows];
        for (int i = 0; i < colors.length; i++) {
            // Cells run from the top down, the field's y upwards.
            colors[(rows - 1 - i / columns) * columns + i % columns] = bar.rgb(field.values()[i]);
        }
        List<Layer> layers = new ArrayList<>();
        Mark cells = new Mark.Cells(given.x(), given.y(), given.values(), smooth);
        layers.add(new CellLayer(columns, rows, colors, cells));
        layers.addAll(overlays);
        return new PlotPanel(
                field.name(),
                SaddleMapPlot.axis(across, field.x()),
                SaddleMapPlot.axis(up, field.y()),
                layers,
                bar,
                PlotPanel.Look.MAP,
                SaddleMapPlot.aspect(field.x(), field.y()));
    }

    private static ColorBar colorBar(PlaneField field) {
        double low = field.smallest();
        double high = field.largest();
        if (field.signed()) {
            double range = low == 0 && high == 0 ? 1 : Math.max(Math.abs(low), Math.abs(high));
            return new ColorBar(ColorMap.DIVERGING, Axis.linear(field.quantity(), -range, range, 8));
        }
        double room = high > low ? 0 : Math.max(Math.abs(high), 1) / 2;
        return new ColorBar(ColorMap.SEQUENTIAL, Axis.linear(field.quantity(), low - room, high + room, 8));
    }

    /** Dark on a light halo, so that a mark shows on any colour. */
    private static List<Layer> layers(PlaneMark mark) {
        return switch (mark.style()) {
            case POINTS ->
                List.of(
                        halo(new SeriesLayer(13).points(mark.x(), mark.y(), Theme.PAPER, SeriesMarkers.CIRCLE)),
                        new SeriesLayer(9).points(mark.x(), mark.y(), Theme.INK, SeriesMarkers.CIRCLE));
            case LINE ->
                List.of(
                        halo(new SeriesLayer(1).line(mark.x(), mark.y(), Theme.PAPER, HALO)),
                        new SeriesLayer(1).line(mark.x(), mark.y(), Theme.INK, Theme.CURVE));
            case DASHED_LINE ->
                List.of(
                        halo(new SeriesLayer(1).line(mark.x(), mark.y(), Theme.PAPER, HALO)),
                        new DashedCurve(mark.x(), mark.y(), Theme.INK));
        };
    }

    /** Goes with the mark above it, and is none of its own. */
    private static Layer halo(SeriesLayer layer) {
        return new Decoration(layer::paint);
    }

    private static Entry entry(PlaneMark mark) {
        String meaning = Text.shortened(mark.meaning(), Theme.LEGEND, LONGEST_MEANING);
        return switch (mark.style()) {
            case POINTS -> Entry.marker(meaning, Theme.INK, SeriesMarkers.CIRCLE);
            case LINE -> Entry.line(meaning, Theme.INK, Theme.CURVE);
            case DASHED_LINE -> Entry.line(meaning, Theme.INK, Theme.DASHED_CURVE);
        };
    }
}
