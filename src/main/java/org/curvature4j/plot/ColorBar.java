package org.curvature4j.plot;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Line2D;

/**
 * The scale of a heat map, to the right of its plot.
 *
 * @param map colours
 * @param axis from the value of the map's first colour to that of its last, with ticks and title
 */
record ColorBar(ColorMap map, Axis axis) {

    private static final int DISTANCE = 14;
    private static final int WIDTH = 16;
    private static final int STEPS = 256;

    /** RGB of a value. */
    int rgb(double value) {
        return map.rgb(axis.fraction(value));
    }

    /** Width that the bar, its labels and its title take, from the plot's right side on. */
    int room() {
        return DISTANCE
                + WIDTH
                + PlotPanel.TICK_LENGTH
                + labelWidth()
                + Theme.GAP
                + (int) Math.ceil(Text.height(Theme.AXIS_TITLE))
                + Theme.GAP;
    }

    void paint(Graphics2D g, Rectangle plot) {
        Rectangle bar = new Rectangle(plot.x + plot.width + DISTANCE, plot.y, WIDTH, plot.height);
        int[] colors = new int[STEPS];
        for (int i = 0; i < STEPS; i++) {
            colors[i] = map.rgb(1 - i / (STEPS - 1.0));
        }
        PlotArea area = new PlotArea(bar, axis, axis);
        CellLayer.bare(1, STEPS, colors).paint(g, area);
        g.setStroke(Theme.HAIRLINE);
        g.setColor(Theme.FRAME);
        g.draw(bar);
        double right = bar.getMaxX();
        double textLeft = right + PlotPanel.TICK_LENGTH + 2;
        for (Axis.Tick tick : axis.ticks()) {
            double y = area.y(tick.at());
            g.setColor(Theme.FRAME);
            g.draw(new Line2D.Double(right, y, right + PlotPanel.TICK_LENGTH, y));
            g.setColor(Theme.INK);
            Text.draw(g, tick.label(), Theme.TICK, Text.Align.LEFT, textLeft, y);
        }
        double middle = textLeft + labelWidth() + Theme.GAP + Text.height(Theme.AXIS_TITLE) / 2;
        Text.drawUpwards(g, axis.title(), Theme.AXIS_TITLE, middle, bar.getCenterY());
    }

    private int labelWidth() {
        return (int) Math.ceil(axis.ticks().stream()
                .mapToDouble(tick -> Text.width(tick.label(), Theme.TICK))
                .max()
                .orElse(0));
    }
}
