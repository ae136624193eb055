package org.curvature4j.plot;

import java.awt.Graphics2D;
import java.awt.Insets;
import java.awt.Rectangle;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pair of axes with what is drawn between them.
 *
 * @param title heading above the plot; blank for none
 * @param horizontal axis along the bottom
 * @param vertical axis along the left side
 * @param layers painted in this order
 * @param colorBar scale at the right side, or null
 * @param look how the axes are drawn
 * @param aspect width of the plot divided by its height; 0 to fill the room there is
 */
record PlotPanel(
        String title,
        Axis horizontal,
        Axis vertical,
        List<Layer> layers,
        @Nullable ColorBar colorBar,
        Look look,
        double aspect) {

    static final int TICK_LENGTH = 5;

    private static final int LABEL_GAP = 4;
    private static final int LEAST_RIGHT_MARGIN = 14;

    /** Longer labels, which only names of blocks can be, are cut short. */
    private static final int WIDEST_LABEL = 150;

    /** Width of the plot in a figure of one panel, for what must be known before the layout is. */
    private static final int TYPICAL_WIDTH = 600;

    /** How the axes of a panel are drawn. */
    enum Look {
        /** For curves: lines across the plot at the ticks. */
        CHART,
        /** For cells: a frame with tick marks outside. */
        MAP,
        /** For cells in named blocks: a frame, and names where the ticks are. */
        BLOCKS
    }

    /** Room that axes, titles and colour bar take around the plot. */
    Insets margins() {
        int line = (int) Math.ceil(Text.height(Theme.AXIS_TITLE));
        int top = title.isBlank() ? Theme.GAP : (int) Math.ceil(Text.height(Theme.PANEL_TITLE)) + 2 * Theme.GAP;
        int left = TICK_LENGTH + LABEL_GAP + (int) Math.ceil(widestLabel(vertical)) + Theme.GAP + line;
        double labels = turned() ? widestLabel(horizontal) : Text.height(Theme.TICK);
        int bottom = TICK_LENGTH + LABEL_GAP + (int) Math.ceil(labels) + Theme.GAP + line;
        double overhang = turned() ? 0 : widestLabel(horizontal) / 2;
        int right = Math.max(LEAST_RIGHT_MARGIN, (int) Math.ceil(overhang));
        return new Insets(top, left, bottom, colorBar == null ? right : colorBar.room());
    }

    /** Paints everything, the plot itself into exactly this rectangle. */
    PlotArea paint(Graphics2D g, Rectangle plot) {
        PlotArea area = new PlotArea(plot, horizontal, vertical);
        if (look == Look.CHART) {
            paintGridLines(g, area);
        }
        for (Layer layer : layers) {
            layer.paint(g, area);
        }
        g.setStroke(Theme.HAIRLINE);
        g.setColor(Theme.FRAME);
        g.draw(plot);
        paintTicks(g, area);
        paintTitles(g, plot);
        if (colorBar != null) {
            colorBar.paint(g, plot);
        }
        return area;
    }

    private void paintGridLines(Graphics2D g, PlotArea area) {
        Rectangle plot = area.bounds();
        g.setStroke(Theme.HAIRLINE);
        g.setColor(Theme.GRID);
        for (Axis.Tick tick : horizontal.ticks()) {
            double x = area.x(tick.at());
            g.draw(new Line2D.Double(x, plot.y, x, plot.getMaxY()));
        }
        for (Axis.Tick tick : vertical.ticks()) {
            double y = area.y(tick.at());
            g.draw(new Line2D.Double(plot.x, y, plot.getMaxX(), y));
        }
    }

    private void paintTicks(Graphics2D g, PlotArea area) {
        double bottom = area.bounds().getMaxY();
        double left = area.bounds().getX();
        List<double[]> taken = new ArrayList<>();
        for (Axis.Tick tick : horizontal.ticks()) {
            double x = area.x(tick.at());
            paintMark(g, new Line2D.Double(x, bottom, x, bottom + TICK_LENGTH));
            double width = Text.width(label(tick), Theme.TICK);
            double height = Text.height(Theme.TICK);
            double top = bottom + TICK_LENGTH + LABEL_GAP;
            g.setColor(Theme.INK);
            if (isFree(taken, x, turned() ? height : width + 2 * LABEL_GAP)) {
                if (turned()) {
                    Text.drawUpwards(g, label(tick), Theme.TICK, x, top + width / 2);
                } else {
                    Text.draw(g, label(tick), Theme.TICK, Text.Align.CENTER, x, top + height / 2);
                }
            }
        }
        taken.clear();
        for (Axis.Tick tick : vertical.ticks()) {
            double y = area.y(tick.at());
            paintMark(g, new Line2D.Double(left - TICK_LENGTH, y, left, y));
            if (isFree(taken, y, Text.height(Theme.TICK))) {
                g.setColor(Theme.INK);
                Text.draw(g, label(tick), Theme.TICK, Text.Align.RIGHT, left - TICK_LENGTH - LABEL_GAP, y);
            }
        }
    }

    private void paintMark(Graphics2D g, Line2D mark) {
        if (look != Look.BLOCKS) {
            g.setStroke(Theme.HAIRLINE);
            g.setColor(Theme.FRAME);
            g.draw(mark);
        }
    }

    /** Takes the stretch of an axis for a label, unless an earlier label of it lies there. */
    private static boolean isFree(List<double[]> taken, double middle, double length) {
        double low = middle - length / 2;
        double high = middle + length / 2;
        if (taken.stream().anyMatch(other -> low < other[1] && other[0] < high)) {
            return false;
        }
        taken.add(new double[] {low, high});
        return true;
    }

    private void paintTitles(Graphics2D g, Rectangle plot) {
        Insets margins = margins();
        double half = Text.height(Theme.AXIS_TITLE) / 2;
        g.setColor(Theme.INK);
        Text.draw(g, title, Theme.PANEL_TITLE, Text.Align.CENTER, plot.getCenterX(), plot.y - margins.top / 2.0);
        Text.draw(
                g,
                horizontal.title(),
                Theme.AXIS_TITLE,
                Text.Align.CENTER,
                plot.getCenterX(),
                plot.getMaxY() + margins.bottom - half);
        Text.drawUpwards(g, vertical.title(), Theme.AXIS_TITLE, plot.x - margins.left + half, plot.getCenterY());
    }

    /** Whether the names below the plot read upwards, as they do where one beside another wouldn't fit. */
    private boolean turned() {
        if (look != Look.BLOCKS) {
            return false;
        }
        List<double[]> taken = new ArrayList<>();
        return !horizontal.ticks().stream()
                .allMatch(tick -> isFree(
                        taken,
                        horizontal.fraction(tick.at()) * TYPICAL_WIDTH,
                        Text.width(label(tick), Theme.TICK) + 2 * LABEL_GAP));
    }

    private static String label(Axis.Tick tick) {
        return Text.shortened(tick.label(), Theme.TICK, WIDEST_LABEL);
    }

    private static double widestLabel(Axis axis) {
        return axis.ticks().stream()
                .mapToDouble(tick -> Text.width(label(tick), Theme.TICK))
                .max()
                .orElse(0);
    }
}
