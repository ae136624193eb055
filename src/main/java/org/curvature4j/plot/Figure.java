package org.curvature4j.plot;

import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Insets;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.io.DataFileException;

/**
 * A finished figure: a title, a key, and one or more plots in rows. Immutable and safe to use from several threads.
 *
 * <p>Needs no display, except for {@link #show()} and {@link #open()}. Making or drawing one throws {@link IllegalStateException} on a
 * machine where Java finds no font.
 */
public final class Figure {

    /** Pixels of a PNG for each logical pixel, so that text stays sharp on dense screens and in print. */
    static final int PIXELS = 2;

    private final String title;
    private final String subtitle;
    private final Legend legend;
    private final List<List<PlotPanel>> rows;
    private final Dimension size;

    /**
     * @param subtitle second line, smaller; blank for none
     * @param rows panels from the top down, each row from left to right and of the same length
     * @param size in logical pixels
     */
    Figure(String title, String subtitle, Legend legend, List<List<PlotPanel>> rows, Dimension size) {
        this.title = Arguments.requireGiven("title", title);
        this.subtitle = Arguments.requireGiven("caption", subtitle);
        this.legend = legend;
        this.rows = List.copyOf(rows);
        this.size = new Dimension(size);
    }

    /** The heading, which is also the title of an SVG for screen readers. */
    public String title() {
        return title;
    }

    /** The line below the heading; empty where there is none. */
    public String subtitle() {
        return subtitle;
    }

    /** Width of {@link #image()} in pixels. */
    public int width() {
        return size.width * PIXELS;
    }

    /** Height of {@link #image()} in pixels. */
    public int height() {
        return size.height * PIXELS;
    }

    /** The figure as pixels, {@link #width()} by {@link #height()}, RGB without transparency. */
    public BufferedImage image() {
        return FigureEncoder.image(this);
    }

    /**
     * Writes a file that is complete or not there: the figure goes to a temporary file in the same folder, which then
     * takes the place of {@code file}, overwriting one that exists.
     *
     * @param file ends in {@code .png} or {@code .svg}, which chooses the format; its folder exists
     * @throws IllegalArgumentException if the name has another ending, or the folder doesn't exist, or {@code file} is
     *     a folder
     * @throws DataFileException if the disk is full, the folder can't be written to, and the like
     */
    public void save(Path file) {
        try {
            FigureFile.write(this, Arguments.requireGiven("file", file));
        } catch (IOException e) {
            throw new DataFileException(file, "can't be written", e);
        }
    }

    /** The figure as the bytes of a PNG file, {@link #width()} by {@link #height()} pixels. */
    public byte[] png() {
        return bytes(FigureEncoder::png);
    }

    /** The figure as the text of an SVG file, with letters as outlines; its title and subtitle are there to search for. */
    public String svg() {
        return new String(bytes(FigureEncoder::svg), StandardCharsets.UTF_8);
    }

    private byte[] bytes(Encoding encoding) {
        try {
            return encoding.of(this);
        } catch (IOException e) {
            throw new UncheckedIOException("a figure, in memory", e);
        }
    }

    private interface Encoding {
        byte[] of(Figure figure) throws IOException;
    }

    /**
     * Opens a window and returns at once, for shells: more than one can be open.
     *
     * @throws IllegalStateException if there is no display
     */
    public void open() {
        FigureWindow.open(this);
    }

    /**
     * Opens a window, and returns when the user has closed it.
     *
     * @throws IllegalStateException if there is no display
     */
    public void show() {
        FigureWindow.show(this);
    }

    Legend legend() {
        return legend;
    }

    /** Panels from the top down, each row from left to right. */
    List<List<PlotPanel>> rows() {
        return rows;
    }

    /** Width and height in logical pixels. */
    Dimension size() {
        return new Dimension(size);
    }

    /**
     * Paints the figure at its logical size.
     *
     * @return where each panel's data landed, in the order of the panels
     */
    List<PlotArea> paint(Graphics2D g) {
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setColor(Theme.PAPER);
        g.fill(new Rectangle(size));
        int top = paintHeader(g);
        return paintPanels(
                g, new Rectangle(Theme.EDGE, top, size.width - 2 * Theme.EDGE, size.height - Theme.EDGE - top));
    }

    /** Gives every plot the same size, and the margins of a row or column what the neediest panel there needs. */
    private List<PlotArea> paintPanels(Graphics2D g, Rectangle room) {
        Insets[] across = new Insets[rows.get(0).size()];
        Insets[] down = new Insets[rows.size()];
        Arrays.setAll(across, column -> widest(rows.stream().map(row -> row.get(column))));
        Arrays.setAll(down, row -> widest(rows.get(row).stream()));
        int taken =
                Stream.of(across).mapToInt(margin -> margin.left + margin.right).sum()
                        + Theme.COLUMN_GAP * (across.length - 1);
        int width = (room.width - taken) / across.length;
        taken = Stream.of(down).mapToInt(margin -> margin.top + margin.bottom).sum() + Theme.GAP * (down.length - 1);
        int height = (room.height - taken) / down.length;
        List<PlotArea> areas = new ArrayList<>();
        int y = room.y;
        for (int row = 0; row < down.length; row++) {
            y += down[row].top;
            int x = room.x;
            for (int column = 0; column < across.length; column++) {
                x += across[column].left;
                PlotPanel panel = rows.get(row).get(column);
                areas.add(panel.paint(g, fitted(new Rectangle(x, y, width, height), panel.aspect())));
                x += width + across[column].right + Theme.COLUMN_GAP;
            }
            y += height + down[row].bottom + Theme.GAP;
        }
        return areas;
    }

    /** The largest margin of any of the panels on each side. */
    private static Insets widest(Stream<PlotPanel> panels) {
        Insets widest = new Insets(0, 0, 0, 0);
        panels.map(PlotPanel::margins).forEach(margins -> {
            widest.top = Math.max(widest.top, margins.top);
            widest.left = Math.max(widest.left, margins.left);
            widest.bottom = Math.max(widest.bottom, margins.bottom);
            widest.right = Math.max(widest.right, margins.right);
        });
        return widest;
    }

    /** The largest rectangle of this aspect in the middle of the room. */
    private static Rectangle fitted(Rectangle room, double aspect) {
        int width = aspect == 0 ? room.width : (int) Math.min(room.width, room.height * aspect);
        int height = aspect == 0 ? room.height : (int) Math.min(room.height, room.width / aspect);
        return new Rectangle(room.x + (room.width - width) / 2, room.y + (room.height - height) / 2, width, height);
    }

    /** Title, subtitle and legend; returns where the panels may begin. */
    private int paintHeader(Graphics2D g) {
        g.setColor(Theme.INK);
        double y = paintLine(g, title, Theme.TITLE, Theme.EDGE);
        g.setColor(Theme.QUIET_INK);
        y = paintLine(g, subtitle, Theme.SUBTITLE, y);
        int width = size.width - 2 * Theme.EDGE;
        legend.paint(g, Theme.EDGE, y, width);
        return (int) Math.ceil(y + legend.height(width));
    }

    /** One centred line, smaller or cut short if it must be; returns where the next may begin. */
    private double paintLine(Graphics2D g, String line, Font wanted, double y) {
        if (line.isBlank()) {
            return y;
        }
        double width = size.width - 2.0 * Theme.EDGE;
        Font font = Text.fitting(line, wanted, width);
        double height = Text.height(font);
        String fitted = Text.shortened(line, font, width);
        Text.draw(g, fitted, font, Text.Align.CENTER, size.width / 2.0, y + height / 2);
        return y + height + Theme.GAP;
    }

    @Override
    public String toString() {
        return "figure \"" + title + "\", " + size.width + " by " + size.height;
    }
}
