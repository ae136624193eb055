package org.curvature4j.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.curvature4j.fuzz.Draw.Values;
import org.curvature4j.fuzz.Item.Given;
import org.curvature4j.fuzz.Item.Kind;
import org.curvature4j.fuzz.Vocabulary.Row;
import org.curvature4j.graph.DType;
import org.nd4j.linalg.api.buffer.DataType;

/** Random graphs, a function of their seed alone. Successive seeds go through all rows of the vocabulary. */
final class Generator {
    private static final int MOST_STEPS = 6;
    private static final int TRIALS = 40;

    private Generator() {}

    static Program of(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        // Half of the graphs are smooth: only those are held to finite differences at every order.
        Values values = random.nextBoolean() ? Values.SMOOTH : random.nextInt(3) > 0 ? Values.TIES : Values.EXTREMES;
        List<Row> rows = Vocabulary.rows();
        Draw draw = new Draw(random, values);
        int size = random.nextInt(1, MOST_STEPS);
        int turn = random.nextInt(size);
        List<String> results = new ArrayList<>();
        Row due = rows.get((int) Long.remainderUnsigned(seed, rows.size()));
        for (int trial = 0; trial < TRIALS && results.size() < size; trial++) {
            Row row = results.size() == turn ? due : rows.get(random.nextInt(rows.size()));
            int before = draw.items().size();
            try {
                String result = row.apply(draw);
                if (draw.value(result).type().dtype() == DType.FLOAT64) {
                    results.add(result);
                }
            } catch (Draw.Unfit e) {
                continue;
            } catch (RuntimeException e) {
                throw new IllegalStateException(
                        "seed " + seed + ", after\n" + Printer.code(new Program(seed, draw.items())) + ": " + e, e);
            }
            if (draw.items().size() == before) {
                throw new AssertionError("a row that does nothing");
            }
        }
        return finished(seed, draw, results, turn);
    }

    /** What was due and what came last, joined where the one doesn't lead to the other. */
    private static Program finished(long seed, Draw draw, List<String> results, int turn) {
        if (results.isEmpty()) {
            results.add(draw.any());
        }
        String last = results.get(results.size() - 1);
        String due = results.get(Math.min(turn, results.size() - 1));
        Program program = upTo(seed, draw, last);
        if (program.items().stream().noneMatch(item -> item.name().equals(due))) {
            try {
                program = upTo(
                        seed,
                        draw,
                        draw.step("sd.concat(0, $0.reshape(new long[] {-1}), $1.reshape(new long[] {-1}))", due, last));
            } catch (Draw.Unfit e) {
                program = upTo(seed, draw, due);
            }
        }
        if (program.given().stream().noneMatch(given -> given.type() == DataType.DOUBLE)) {
            String output = program.output().name();
            String joined = draw.step("sd.concat(0, $0.reshape(new long[] {-1}), $1)", output, draw.fresh(2));
            program = upTo(seed, draw, joined);
        }
        return withPoint(program);
    }

    private static Program upTo(long seed, Draw draw, String name) {
        Program whole = new Program(seed, draw.items());
        int position = whole.items().stream().map(Item::name).toList().indexOf(name);
        return whole.upTo(position);
    }

    private static Program withPoint(Program program) {
        if (program.given().stream().anyMatch(Given::varies)) {
            return program;
        }
        for (int i = 0; i < program.items().size(); i++) {
            if (program.items().get(i) instanceof Given given && given.type() == DataType.DOUBLE) {
                return program.with(i, given.with(Kind.POINT));
            }
        }
        return program;
    }
}
