package org.curvature4j.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.curvature4j.internal.host.HostArray;
import org.nd4j.linalg.api.buffer.DataType;

/** The shipped data set; digits.txt beside it says whose it is. */
final class HandwrittenDigits {
    private static final int COUNT = 1797;
    private static final int PIXELS = 64;
    private static final int CLASSES = 10;
    private static final double BRIGHTEST = 16;

    private HandwrittenDigits() {}

    static Dataset load() {
        double[] pixels = new double[COUNT * PIXELS];
        int[] labels = new int[COUNT];
        try (InputStream packed = HandwrittenDigits.class.getResourceAsStream("digits.csv.gz");
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(packed), StandardCharsets.US_ASCII))) {
            lines.readLine(); // the columns' names
            for (int row = 0; row < COUNT; row++) {
                String[] cells = lines.readLine().split(",", -1);
                for (int j = 0; j < PIXELS; j++) {
                    pixels[row * PIXELS + j] = Integer.parseInt(cells[j]) / BRIGHTEST;
                }
                labels[row] = Integer.parseInt(cells[PIXELS]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("digits: can't be read from the library's own jar file", e);
        }
        return Dataset.of(HostArray.copyOf(pixels, DataType.DOUBLE, COUNT, PIXELS), labels, CLASSES);
    }
}
