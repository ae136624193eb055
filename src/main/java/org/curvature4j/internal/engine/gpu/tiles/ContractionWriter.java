package org.curvature4j.internal.engine.gpu.tiles;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.Strides;
import org.curvature4j.internal.engine.gpu.tiles.KernelText.Kind;
import org.jspecify.annotations.Nullable;

/** The text of a kernel for contractions while it is written. */
final class ContractionWriter {
    /** Some rows, or columns: where they begin in their operand and in the result, and which of them there are. */
    private record Cells(List<String> addresses, List<@Nullable String> places, List<String> inside) {}

    private final ContractionText of;
    private final KernelText text = new KernelText();
    private final Held held;
    private final boolean symmetric;
    private final int down;
    private final int across;

    ContractionWriter(ContractionText of) {
        this.of = of;
        this.held = of.held();
        this.symmetric = of.symmetric();
        this.down = of.down();
        this.across = of.across();
    }

    String text() {
        text.limits(ContractionText.THREADS, 3);
        String a = text.address();
        String b = text.address();
        String z = text.address();
        String[] byBatch = text.divided(text.index(of.threads()), of.batch());
        String[] byColumns = text.divided(byBatch[0], of.partsAcross());
        String[] byRows = text.divided(byColumns[0], of.partsDown());
        if (symmetric) {
            String type = KernelText.isWide(byRows[1]) ? "u64" : "u32";
            text.line("@%s ret", text.emit(Kind.PREDICATE, "setp.lt." + type + " %s, %s, %s", byColumns[1], byRows[1]));
        }
        String stack = of.stack();
        @Nullable
        String[] places =
                Axes.of(of.ofLeft(stack), of.ofRight(stack), of.ofResult(stack)).places(text, byRows[0]);
        String point = byBatch[1];
        Cells rows = cells(
                first(a, places[0], point),
                byRows[1],
                down,
                of.rowCount(),
                of.ofLeft(of.rows()),
                of.ofResult(of.rows()));
        Cells columns = cells(
                first(b, places[1], point),
                byColumns[1],
                across,
                of.columnCount(),
                of.ofRight(of.columns()),
                of.ofResult(of.columns()));
        List<String> totals = sums(rows, columns);
        store(first(z, places[2], point), rows, columns, totals, byRows[1], byColumns[1]);
        return text.text();
    }

    private String first(String address, @Nullable String place, String point) {
        return text.element(Axes.at(text, address, place, held), point, held);
    }

    private Cells cells(String address, String part, int count, long size, Strides operand, Strides inResult) {
        Cells cells = new Cells(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        boolean wide = KernelText.isWide(part);
        String type = wide ? "u64" : "u32";
        Kind kind = wide ? Kind.B64 : Kind.B32;
        String number = text.emit(kind, "mul.lo." + type + " %s, %s, %s", part, count);
        for (int i = 0; i < count; i++) {
            String own = text.emit(kind, "add." + type + " %s, %s, %s", number, i);
            cells.inside.add(text.emit(Kind.PREDICATE, "setp.lt." + type + " %s, %s, %s", own, size));
            // What lies past the end repeats the last, and is never stored.
            String known = text.emit(kind, "min." + type + " %s, %s, %s", own, size - 1);
            @Nullable String[] places = Axes.of(operand, inResult).places(text, known);
            cells.addresses.add(Axes.at(text, address, places[0], held));
            cells.places.add(places[1]);
        }
        return cells;
    }

    /** (first + second) + (third + fourth) of the lanes. */
    private List<String> sums(Cells rows, Cells columns) {
        String summed = of.summed();
        Axes axes = Axes.of(of.ofLeft(summed), of.ofRight(summed));
        long terms = of.ofLeft(summed).shape().size();
        List<List<String>> lanes = new ArrayList<>();
        for (int lane = 0; lane < ContractionText.LANES; lane++) {
            lanes.add(lane(rows, columns, axes, lane, terms));
            if (lane % 2 == 1) {
                List<String> second = lanes.remove(lanes.size() - 1);
                lanes.add(added(lanes.remove(lanes.size() - 1), second));
            }
        }
        return added(lanes.get(0), lanes.get(1));
    }

    private List<String> added(List<String> x, List<String> y) {
        List<String> added = new ArrayList<>();
        for (int i = 0; i < x.size(); i++) {
            added.add(text.emit(held.kind(), "add.rn." + held.type() + " %s, %s, %s", x.get(i), y.get(i)));
        }
        return added;
    }

    private List<String> lane(Cells rows, Cells columns, Axes axes, int lane, long terms) {
        List<String> sums = new ArrayList<>();
        for (int i = 0; i < down * across; i++) {
            sums.add(text.emit(held.kind(), "mov." + held.type() + " %s, %s", held.literal(0)));
        }
        if (lane >= terms) {
            return sums;
        }
        String term = text.emit(Kind.B32, "mov.u32 %s, %s", lane);
        String next = text.label();
        text.place(next);
        @Nullable String[] places = axes.places(text, term);
        List<String> x = loads(rows, places[0]);
        List<String> y = loads(columns, places[1]);
        for (int i = 0; i < sums.size(); i++) {
            String sum = sums.get(i);
            text.line("fma.rn.%s %s, %s, %s, %s", held.type(), sum, x.get(i / across), y.get(i % across), sum);
        }
        if (lane + ContractionText.LANES < terms) {
            text.line("add.u32 %s, %s, %s", term, term, ContractionText.LANES);
            text.line("@%s bra %s", text.emit(Kind.PREDICATE, "setp.lt.u32 %s, %s, %s", term, terms), next);
        }
        return sums;
    }

    private List<String> loads(Cells cells, @Nullable String place) {
        return cells.addresses.stream()
                .map(address -> held.load(text, Axes.at(text, address, place, held)))
                .toList();
    }

    private void store(String z, Cells rows, Cells columns, List<String> totals, String partDown, String partAcross) {
        String type = KernelText.isWide(partDown) ? "u64" : "u32";
        String diagonal = text.emit(Kind.PREDICATE, "setp.eq." + type + " %s, %s, %s", partDown, partAcross);
        String above = text.emit(Kind.PREDICATE, "not.pred %s, %s", diagonal);
        for (int i = 0; i < down; i++) {
            for (int j = 0; j < across; j++) {
                String inside =
                        text.emit(Kind.PREDICATE, "and.pred %s, %s, %s", rows.inside.get(i), columns.inside.get(j));
                String total = totals.get(i * across + j);
                if (symmetric && j < i) {
                    inside = text.emit(Kind.PREDICATE, "and.pred %s, %s, %s", inside, above);
                }
                store(inside, z, rows.places.get(i), columns.places.get(j), total);
                if (symmetric) {
                    mirror(inside, z, rows.places.get(i), columns.places.get(j), total);
                }
            }
        }
    }

    private void store(String inside, String z, @Nullable String row, @Nullable String column, String total) {
        String address = Axes.at(text, Axes.at(text, z, row, held), column, held);
        text.line("@%s st.global.%s [%s], %s", inside, held.type(), address, total);
    }

    /** Rows and columns have one size; a row's place in the result is a column's times the step between rows. */
    private void mirror(String inside, String z, @Nullable String row, @Nullable String column, String total) {
        long rowStep = of.ofResult(of.rows()).step(0);
        long columnStep = of.ofResult(of.columns()).step(0);
        store(inside, z, scaled(column, rowStep, columnStep), scaled(row, columnStep, rowStep), total);
    }

    private @Nullable String scaled(@Nullable String place, long times, long by) {
        if (place == null) {
            return null;
        }
        boolean wide = KernelText.isWide(place);
        String type = wide ? "u64" : "u32";
        Kind kind = wide ? Kind.B64 : Kind.B32;
        String number = text.emit(kind, "div." + type + " %s, %s, %s", place, by);
        return text.emit(kind, "mul.lo." + type + " %s, %s, %s", number, times);
    }
}
