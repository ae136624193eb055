package org.curvature4j.internal.cli.subject;

import java.nio.file.Path;
import java.util.Arrays;
import org.curvature4j.data.DataFile;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.io.RandomPoints;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Where a minimisation begins: {@code x,y}, a file, the variables' present values, or random numbers. */
public final class StartPoint {
    static final String PRESENT = "present";
    static final String RANDOM = "random";
    private static final String OPTION = "--start";

    private StartPoint() {}

    /** @throws UsageException if it can't be meant */
    public static void check(String text) {
        if (!isFile(text) && !text.equals(PRESENT) && !text.equals(RANDOM)) {
            numbers(text);
        }
    }

    /**
     * The n numbers of the point; of standard normal ones by the seed where random.
     *
     * @param text empty for the present values where the function has them, random ones where not
     */
    public static double[] of(String text, ChosenFunction subject, long seed) {
        int n = Math.toIntExact(subject.inputSize());
        boolean present = text.equals(PRESENT) || (text.isEmpty() && subject.hasPoint());
        if (present && !subject.hasPoint()) {
            throw new UsageException(
                    OPTION + ": expected numbers or 'random', got 'present', but placeholders have no values");
        }
        if (present) {
            return read(subject.function().point());
        }
        if (isRandom(text, subject)) {
            return read(RandomPoints.of(seed, n).readRows(0, n));
        }
        double[] numbers = isFile(text) ? read(Feeds.array(Path.of(text))) : numbers(text);
        if (numbers.length != n) {
            String message = OPTION + ": expected " + Words.count(n, "number") + ", got " + numbers.length;
            throw isFile(text) ? new IllegalArgumentException(message) : new UsageException(message);
        }
        return numbers;
    }

    /** Whether such a point is drawn by the seed. */
    public static boolean isRandom(String text, ChosenFunction subject) {
        return text.equals(RANDOM) || (text.isEmpty() && !subject.hasPoint());
    }

    private static boolean isFile(String text) {
        return text.endsWith(".npy") || DataFile.isTable(Path.of(text));
    }

    private static double[] numbers(String text) {
        try {
            double[] numbers = Arrays.stream(text.split(",", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            if (Arrays.stream(numbers).allMatch(Double::isFinite)) {
                return numbers;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new UsageException(OPTION + ": expected finite numbers as in -1.2,1, a .npy or .csv file, 'present' or "
                + "'random', got '" + text + "'");
    }

    private static double[] read(INDArray array) {
        try (array) {
            return HostArray.numbers(OPTION, array);
        }
    }
}
