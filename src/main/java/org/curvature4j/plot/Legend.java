package org.curvature4j.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.style.markers.Marker;

/**
 * The key of a figure: signs with their meaning, in centred rows below the title.
 *
 * @param entries in the order in which they are read; none for a figure that needs no key
 */
record Legend(List<Entry> entries) {

    private static final int SIGN_WIDTH = 26;
    private static final int SIGN_GAP = 7;
    private static final int ENTRY_GAP = 26;
    private static final int ROW_HEIGHT = 24;

    static final Legend NONE = new Legend(List.of());

    /** Paints a sign centred at a place. */
    @FunctionalInterface
    private interface Sign {
        void paint(Graphics2D g, double x, double y);
    }

    /** The look of a sign, by which a page finds the marks that it stands for. */
    enum Look {
        SWATCH,
        MARKER,
        LINE,
        DASHED,
        UPRIGHT
    }

    /**
     * A sign and what it means.
     *
     * @param symbol of a marker, as {@link Mark.Points} has it; otherwise empty
     */
    record Entry(String text, Look look, Color color, String symbol, Sign sign) {

        static Entry swatch(String text, Color color) {
            return new Entry(text, Look.SWATCH, color, "", (g, x, y) -> {
                Rectangle2D box = new Rectangle2D.Double(x - 9, y - 7, 18, 14);
                g.setColor(color);
                g.fill(box);
                g.setStroke(Theme.HAIRLINE);
                g.setColor(Theme.FRAME);
                g.draw(box);
            });
        }

        static Entry marker(String text, Color color, Marker marker) {
            return new Entry(text, Look.MARKER, color, Markers.symbol(marker), (g, x, y) -> {
                g.setColor(color);
                marker.paint(g, x, y, 11);
            });
        }

        static Entry line(String text, Color color, BasicStroke stroke) {
            return new Entry(text, stroke.getDashArray() == null ? Look.LINE : Look.DASHED, color, "", (g, x, y) -> {
                g.setStroke(stroke);
                g.setColor(color);
                g.draw(new Line2D.Double(x - SIGN_WIDTH / 2.0, y, x + SIGN_WIDTH / 2.0, y));
            });
        }

        static Entry upright(String text, Color color, BasicStroke stroke) {
            return new Entry(text, Look.UPRIGHT, color, "", (g, x, y) -> {
                g.setStroke(stroke);
                g.setColor(color);
                g.draw(new Line2D.Double(x, y - 8, x, y + 8));
            });
        }

        double width() {
            return SIGN_WIDTH + SIGN_GAP + Text.width(text, Theme.LEGEND);
        }
    }

    int height(double width) {
        return rows(width).size() * ROW_HEIGHT;
    }

    void paint(Graphics2D g, double left, double top, double width) {
        double y = top + ROW_HEIGHT / 2.0;
        for (List<Entry> row : rows(width)) {
            double x = left + (width - rowWidth(row)) / 2;
            for (Entry entry : row) {
                entry.sign.paint(g, x + SIGN_WIDTH / 2.0, y);
                g.setColor(Theme.INK);
                Text.draw(g, entry.text, Theme.LEGEND, Text.Align.LEFT, x + SIGN_WIDTH + SIGN_GAP, y);
                x += entry.width() + ENTRY_GAP;
            }
            y += ROW_HEIGHT;
        }
    }

    /** Fills row after row, each with at least one entry. */
    private List<List<Entry>> rows(double width) {
        List<List<Entry>> rows = new ArrayList<>();
        List<Entry> row = new ArrayList<>();
        for (Entry entry : entries) {
            if (!row.isEmpty() && rowWidth(row) + ENTRY_GAP + entry.width() > width) {
                rows.add(row);
                row = new ArrayList<>();
            }
            row.add(entry);
        }
        if (!row.isEmpty()) {
            rows.add(row);
        }
        return rows;
    }

    private static double rowWidth(List<Entry> row) {
        return row.stream().mapToDouble(Entry::width).sum() + ENTRY_GAP * (row.size() - 1);
    }
}
