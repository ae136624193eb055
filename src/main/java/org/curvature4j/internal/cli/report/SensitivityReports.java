package org.curvature4j.internal.cli.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.curvature4j.Block;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.spectrum.Sensitivity;
import org.curvature4j.spectrum.Sensitivity.Rank;
import org.curvature4j.spectrum.SingularSummary;
import org.curvature4j.spectrum.SingularSummary.Spread;

/** Singular values and sensitivities in both forms of a report. */
public final class SensitivityReports {
    private static final int MOST_LISTED = 12;
    private static final String MEASURE = "root mean square over the points of the results' derivatives ";

    private SensitivityReports() {}

    /** Adds what the singular values come to. */
    public static void describe(Report report, SingularSummary summary) {
        report.line(
                "singular", "values: smallest " + words(summary.smallest()) + "\nlargest " + words(summary.largest()));
        report.line("condition", words(summary.condition()) + " (worst at point " + summary.worst() + ")");
        if (summary.deficient() > 0) {
            report.line("rank", "not full, to rounding, at " + Words.count(summary.deficient(), "point"));
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("smallest", fields(summary.smallest()));
        fields.put("largest", fields(summary.largest()));
        fields.put("condition", fields(summary.condition()));
        fields.put("worst", summary.worst());
        fields.put("deficient", summary.deficient());
        report.field("count", summary.points());
        report.field("singularValues", fields);
        if (summary.square()) {
            report.line(
                    "log |det|",
                    words(summary.logDeterminant()) + "\n"
                            + String.format(
                                    Locale.ROOT,
                                    "%,d positive, %,d negative, %,d zero",
                                    summary.positive(),
                                    summary.negative(),
                                    summary.singular()));
            Map<String, Object> determinants = new LinkedHashMap<>();
            determinants.put("logarithm", fields(summary.logDeterminant()));
            determinants.put("positive", summary.positive());
            determinants.put("negative", summary.negative());
            determinants.put("zero", summary.singular());
            report.field("determinants", determinants);
        }
    }

    /** Adds the rankings of inputs and of blocks; returns that of inputs, by name. */
    public static List<Rank> describe(Report report, Sensitivity sensitivity, List<Block> blocks, List<String> names) {
        List<Rank> ranking = sensitivity.ranking().stream()
                .map(rank -> new Rank(names.get(rank.from()), rank.from(), 1, rank.norm()))
                .toList();
        report.line("inputs", MEASURE + "by it\n" + listed(ranking));
        report.field("ranking", ranking);
        if (blocks.size() > 1) {
            int[] sizes = blocks.stream()
                    .mapToInt(block -> Math.toIntExact(block.size()))
                    .toArray();
            List<Rank> ranked =
                    sensitivity.ranking(blocks.stream().map(Block::name).toList(), sizes);
            report.line("blocks", MEASURE + "by all of its inputs\n" + listed(ranked));
            report.field("blockRanking", ranked);
        }
        List<Rank> outputs = IntStream.range(0, sensitivity.outputs())
                .mapToObj(output -> strongest(sensitivity.norms(output), names))
                .toList();
        if (outputs.size() > 1) {
            report.line("outputs", words(outputs));
        }
        report.field("strongestByOutput", outputs);
        return ranking;
    }

    private static Rank strongest(double[] norms, List<String> names) {
        int most = 0;
        for (int input = 1; input < norms.length; input++) {
            most = norms[input] > norms[most] ? input : most;
        }
        return new Rank(names.get(most), most, 1, norms[most]);
    }

    private static String words(List<Rank> outputs) {
        StringJoiner lines = new StringJoiner("\n");
        for (int output = 0; output < Math.min(MOST_LISTED, outputs.size()); output++) {
            Rank most = outputs.get(output);
            lines.add(output + ": most by " + most.name() + ", " + Numbers.brief(most.norm()));
        }
        if (outputs.size() > MOST_LISTED) {
            lines.add("... " + (outputs.size() - MOST_LISTED) + " more ...");
        }
        return lines.toString();
    }

    private static String listed(List<Rank> ranking) {
        StringJoiner lines = new StringJoiner("\n");
        for (Rank rank : ranking.subList(0, Math.min(MOST_LISTED, ranking.size()))) {
            lines.add(rank.name() + "  " + Numbers.brief(rank.norm()));
        }
        if (ranking.size() > MOST_LISTED) {
            lines.add("... " + (ranking.size() - MOST_LISTED) + " more ...");
        }
        return lines.toString();
    }

    /** Medians are right to 1 part in 128. */
    private static String words(Spread spread) {
        return "from " + Numbers.brief(spread.least()) + " to " + Numbers.brief(spread.most()) + ", median about "
                + Numbers.significant(spread.median(), 2);
    }

    private static Map<String, Object> fields(Spread spread) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("smallest", spread.least());
        fields.put("median", spread.median());
        fields.put("largest", spread.most());
        return fields;
    }
}
