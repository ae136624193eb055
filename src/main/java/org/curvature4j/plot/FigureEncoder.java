package org.curvature4j.plot;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.curvature4j.internal.text.Markup;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;

/** Turns a figure into pixels or bytes with XChart's encoders, which take a chart: here one that paints a figure. */
final class FigureEncoder {

    private static final Pattern OUTLINE = Pattern.compile(" d=\"[^\"]*\"");

    /** A coordinate with more than the hundredth of a pixel that anyone can see; most of an SVG is such digits. */
    private static final Pattern DIGITS = Pattern.compile("(\\d\\.\\d{2})\\d+");

    private FigureEncoder() {}

    /** A chart that paints a whole figure, whatever size it is asked for. */
    private static final class FigureChart extends XYChart {

        private final Figure figure;

        FigureChart(Figure figure, int pixels) {
            super(figure.size().width * pixels, figure.size().height * pixels);
            Text.requireGraphics();
            this.figure = figure;
        }

        @Override
        public void paint(Graphics2D g, int width, int height) {
            double zoom = width / figure.size().getWidth();
            if (zoom != 1) {
                g.scale(zoom, zoom);
            }
            figure.paint(g);
        }
    }

    static BufferedImage image(Figure figure) {
        return BitmapEncoder.getBufferedImage(new FigureChart(figure, Figure.PIXELS));
    }

    static byte[] png(Figure figure) throws IOException {
        return BitmapEncoder.getBitmapBytes(new FigureChart(figure, Figure.PIXELS), BitmapFormat.PNG);
    }

    static byte[] svg(Figure figure) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        VectorGraphicsEncoder.saveVectorGraphic(new FigureChart(figure, 1), out, VectorGraphicsFormat.SVG);
        String drawn = OUTLINE.matcher(out.toString(StandardCharsets.UTF_8))
                .replaceAll(outline -> DIGITS.matcher(outline.group()).replaceAll("$1"));
        String title = "<title>" + Markup.escaped(figure.title()) + "</title>";
        String subtitle = figure.subtitle().isBlank() ? "" : "<desc>" + Markup.escaped(figure.subtitle()) + "</desc>";
        return drawn
                // A reader that honours it would fetch the document type from the network.
                .replaceFirst("<!DOCTYPE[^>]*>", "")
                // The letters are outlines: this is what a search or a screen reader finds.
                .replaceFirst("(<svg[^>]*>)", "$1" + Matcher.quoteReplacement(title + subtitle))
                .getBytes(StandardCharsets.UTF_8);
    }
}
