package org.curvature4j.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;

/** A figure drawn for a test: its pixels, and where its panels landed. */
record Drawing(Figure figure, BufferedImage image, List<PlotArea> areas) {

    static Drawing of(Figure figure) {
        Graphics2D scratch = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        List<PlotArea> areas = figure.paint(scratch);
        scratch.dispose();
        return new Drawing(figure, figure.image(), areas);
    }

    /** The colour at a place in data coordinates of a panel. */
    Color at(int panel, double x, double y) {
        PlotArea area = areas.get(panel);
        return pixel(area.x(x), area.y(y));
    }

    /** The colour at a place in logical pixels. */
    Color pixel(double x, double y) {
        return new Color(image.getRGB((int) (x * Figure.PIXELS), (int) (y * Figure.PIXELS)));
    }

    /** How many pixels of exactly this colour lie above the panels, where title and legend are. */
    int inHeader(Color color) {
        int bottom = areas.stream().mapToInt(area -> area.bounds().y).min().orElseThrow();
        return count(color, new Rectangle(0, 0, image.getWidth() / Figure.PIXELS, bottom));
    }

    /** How many pixels of exactly this colour lie in a rectangle in logical pixels. */
    int count(Color color, Rectangle where) {
        int found = 0;
        for (int y = where.y * Figure.PIXELS; y < (where.y + where.height) * Figure.PIXELS; y++) {
            for (int x = where.x * Figure.PIXELS; x < (where.x + where.width) * Figure.PIXELS; x++) {
                found += (image.getRGB(x, y) & 0xFFFFFF) == (color.getRGB() & 0xFFFFFF) ? 1 : 0;
            }
        }
        return found;
    }
}
