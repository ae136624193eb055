package org.curvature4j.plot;

import java.awt.Color;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A figure as maps and lists, from which the script of a page (charts.js) draws it anew: the same panels, axes, marks and
 * key, in units of the axes.
 */
final class FigureChart {
    /** Values of cells that stand as they are. */
    private static final int MOST_AS_TEXT = 1000;

    /** Between these magnitudes a float has all its digits. */
    private static final double SMALLEST = 1e-37;

    private static final double LARGEST = 1e38;

    private final Figure figure;
    private final Thinning thinning = new Thinning();

    private FigureChart(Figure figure) {
        this.figure = figure;
    }

    static Map<String, Object> of(Figure figure) {
        return new FigureChart(figure).describe();
    }

    private Map<String, Object> describe() {
        Map<String, Object> chart = new LinkedHashMap<>();
        chart.put("title", figure.title());
        chart.put("subtitle", figure.subtitle());
        chart.put(
                "legend",
                figure.legend().entries().stream().map(FigureChart::entry).toList());
        chart.put(
                "rows",
                figure.rows().stream()
                        .map(row -> row.stream().map(this::panel).toList())
                        .toList());
        chart.put("notes", thinning.notes());
        return chart;
    }

    private static Map<String, Object> entry(Legend.Entry entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("text", entry.text());
        fields.put("look", entry.look().name());
        fields.put("color", hex(entry.color()));
        fields.put("symbol", entry.symbol());
        return fields;
    }

    private Map<String, Object> panel(PlotPanel panel) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("title", panel.title());
        fields.put("aspect", panel.aspect());
        fields.put("x", axis(panel.horizontal()));
        fields.put("y", axis(panel.vertical()));
        ColorBar bar = panel.colorBar();
        if (bar != null) {
            fields.put("bar", axis(bar.axis()));
            fields.put(
                    "colors",
                    bar.map().anchors().stream()
                            .map(Color::new)
                            .map(FigureChart::hex)
                            .toList());
        }
        fields.put(
                "marks",
                panel.layers().stream()
                        .flatMap(layer -> layer.marks().stream())
                        .map(this::mark)
                        .toList());
        return fields;
    }

    private static Map<String, Object> axis(Axis axis) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("title", axis.title());
        fields.put("start", axis.start());
        fields.put("end", axis.end());
        AxisScale scale = axis.scale();
        if (scale instanceof AxisScale.Linear linear) {
            fields.put("scale", "linear");
            fields.put("power", linear.power());
            fields.put("whole", linear.whole());
        } else if (scale instanceof AxisScale.SymmetricLog symmetric) {
            fields.put("scale", "symmetric-log");
            fields.put("exponent", symmetric.exponent());
        } else if (scale instanceof AxisScale.Logarithmic) {
            fields.put("scale", "logarithmic");
        } else if (scale instanceof AxisScale.Counting) {
            fields.put("scale", "counting");
        } else {
            fields.put("scale", "named");
            fields.put(
                    "names",
                    axis.ticks().stream()
                            .map(tick -> List.of(tick.at(), tick.label()))
                            .toList());
        }
        return fields;
    }

    private Map<String, Object> mark(Mark mark) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (mark instanceof Mark.Curve curve) {
            points(fields, "curve", curve.x(), curve.y(), curve.color());
            fields.put("width", curve.width());
            fields.put("dashed", curve.dashed());
        } else if (mark instanceof Mark.Points points) {
            points(fields, "points", points.x(), points.y(), points.color());
            fields.put("symbol", points.symbol());
            fields.put("size", points.size());
        } else if (mark instanceof Mark.Rug rug) {
            fields.put("kind", "rug");
            fields.put("x", picked(rug.values(), thinning.points(rug.values())));
            fields.put("color", hex(rug.color()));
        } else if (mark instanceof Mark.Bars bars) {
            fields.put("kind", "bars");
            fields.put("lengths", bars.lengths());
            fields.put("color", hex(bars.color()));
        } else if (mark instanceof Mark.Cells cells) {
            int[] kept = cells(fields, cells.x(), cells.y());
            fields.put("kind", "cells");
            values(fields, picked(cells.values(), kept));
            fields.put("surface", cells.surface());
        } else if (mark instanceof Mark.Kinds kinds) {
            int[] kept = cells(fields, kinds.x(), kinds.y());
            fields.put("kind", "kinds");
            fields.put("values", Arrays.stream(kept).map(i -> kinds.kinds()[i]).toArray());
            fields.put("colors", kinds.colors().stream().map(FigureChart::hex).toList());
        }
        return fields;
    }

    private void points(Map<String, Object> fields, String kind, double[] x, double[] y, Color color) {
        int[] kept = thinning.points(y);
        fields.put("kind", kind);
        fields.put("x", picked(x, kept));
        fields.put("y", picked(y, kept));
        fields.put("color", hex(color));
    }

    /** Adds the columns and rows that are kept, and gives the cells. */
    private int[] cells(Map<String, Object> fields, double[] x, double[] y) {
        int columns = x.length;
        thinning.cells(columns, y.length);
        int[] across = Thinning.every(columns);
        int[] up = Thinning.every(y.length);
        fields.put("x", picked(x, across));
        fields.put("y", picked(y, up));
        return IntStream.of(up)
                .flatMap(row -> IntStream.of(across).map(column -> row * columns + column))
                .toArray();
    }

    /** Of many cells nobody sees more than seven digits: they are four bytes each, not the twenty that their text has. */
    private static void values(Map<String, Object> fields, double... values) {
        boolean fits = Arrays.stream(values)
                .map(Math::abs)
                .allMatch(size -> !(size <= Double.MAX_VALUE) || size == 0 || (size > SMALLEST && size < LARGEST));
        if (values.length <= MOST_AS_TEXT || !fits) {
            fields.put("values", values);
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            bytes.putFloat((float) value);
        }
        fields.put("float32", Base64.getEncoder().encodeToString(bytes.array()));
    }

    private static double[] picked(double[] all, int[] kept) {
        return Arrays.stream(kept).mapToDouble(i -> all[i]).toArray();
    }

    /** {@code #rrggbb}, and {@code aa} behind it of what is translucent. */
    private static String hex(Color color) {
        String opaque = String.format("#%06x", color.getRGB() & 0xFFFFFF);
        return color.getAlpha() == 255 ? opaque : opaque + String.format("%02x", color.getAlpha());
    }
}
