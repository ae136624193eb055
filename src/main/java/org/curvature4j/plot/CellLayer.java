package org.curvature4j.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A grid of coloured cells that fills the plot: rows from the bottom up where the vertical axis counts up.
 *
 * <p>Few runs of one colour become rectangles, sharp at any size in an SVG; many become one image, since forty thousand
 * rectangles make an SVG that viewers struggle with.
 */
final class CellLayer implements Layer {

    private static final int MOST_RECTANGLES = 6_000;
    /** How far each reaches under its neighbours: a whole pixel, since half of one lets the paper show through. */
    private static final double OVERLAP = 1.25;
    /** Pixels along the longer side of the image: enough that a viewer's smoothing stays within a cell's edge. */
    private static final int IMAGE_SIDE = 1_200;

    private final int columns;
    private final int rows;
    private final int[] colors;
    private final List<Mark> marks;

    /**
     * @param columns cells from left to right
     * @param rows cells from the top down
     * @param colors RGB of each cell, row by row from the top
     * @param mark what the colours stand for
     */
    CellLayer(int columns, int rows, int[] colors, Mark mark) {
        this(columns, rows, colors, List.of(mark));
    }

    private CellLayer(int columns, int rows, int[] colors, List<Mark> marks) {
        this.columns = columns;
        this.rows = rows;
        this.colors = colors.clone();
        this.marks = List.copyOf(marks);
    }

    /** Colours that stand for themselves, as in a colour bar. */
    static CellLayer bare(int columns, int rows, int[] colors) {
        return new CellLayer(columns, rows, colors, List.of());
    }

    @Override
    public List<Mark> marks() {
        return marks;
    }

    @Override
    public void paint(Graphics2D g, PlotArea area) {
        if (runs() <= MOST_RECTANGLES) {
            paintRectangles(g, area.bounds());
        } else {
            paintImage(g, area.bounds());
        }
    }

    private int runs() {
        int runs = 0;
        for (int i = 0; i < colors.length; i++) {
            runs += startsRun(i) ? 1 : 0;
        }
        return runs;
    }

    private boolean startsRun(int cell) {
        return cell % columns == 0 || colors[cell] != colors[cell - 1];
    }

    private void paintRectangles(Graphics2D g, Rectangle2D bounds) {
        Object before = g.getRenderingHint(RenderingHints.KEY_ANTIALIASING);
        // Without it two cells that share a pixel would let the paper show through.
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
        for (int row = 0; row < rows; row++) {
            double top = bounds.getY() + bounds.getHeight() * row / rows;
            // Vector viewers smooth edges whatever the hint: each cell reaches under its right and lower neighbours.
            double bottom = Math.min(bounds.getMaxY(), bounds.getY() + bounds.getHeight() * (row + 1) / rows + OVERLAP);
            int column = 0;
            while (column < columns) {
                int end = column + 1;
                while (end < columns && !startsRun(row * columns + end)) {
                    end++;
                }
                double left = bounds.getX() + bounds.getWidth() * column / columns;
                double right = Math.min(bounds.getMaxX(), bounds.getX() + bounds.getWidth() * end / columns + OVERLAP);
                g.setColor(new Color(colors[row * columns + column]));
                g.fill(new Rectangle2D.Double(left, top, right - left, bottom - top));
                column = end;
            }
        }
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, before);
    }

    private void paintImage(Graphics2D g, Rectangle2D bounds) {
        int zoom = Math.max(1, IMAGE_SIDE / Math.max(columns, rows));
        BufferedImage image = new BufferedImage(columns * zoom, rows * zoom, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, colors[y / zoom * columns + x / zoom]);
            }
        }
        AffineTransform before = g.getTransform();
        g.translate(bounds.getX(), bounds.getY());
        g.scale(bounds.getWidth() / image.getWidth(), bounds.getHeight() / image.getHeight());
        g.drawImage(image, 0, 0, null);
        g.setTransform(before);
    }
}
