package org.curvature4j.internal.engine.gpu.tiles;

import org.curvature4j.internal.engine.gpu.tiles.KernelText.Kind;

/**
 * The text of kernels that transpose each matrix of a stack, by way of shared memory, so that rows are both read and
 * written side by side; elements may be held otherwise afterwards.
 */
record TransposeText(Held from, Held to, long stack, long rows, long columns) {
    /** Rows and columns of the part that a block takes; a column is read by its threads in steps. */
    private static final int PART = 32;

    private static final int STEP = 8;

    static final int THREADS = PART * STEP;

    long blocks() {
        return stack * parts(rows) * parts(columns);
    }

    private static long parts(long size) {
        return (size + PART - 1) / PART;
    }

    String text() {
        KernelText text = new KernelText();
        String source = text.address();
        String target = text.address();
        // A column more, so that the elements of a column lie in different banks.
        String shared = text.shared(Held.DOUBLE, PART * (PART + 1));
        String[] byRows = text.divided(text.block(), parts(columns));
        String[] byStack = text.divided(byRows[0], parts(rows));
        String thread = text.inBlock();
        String x = text.emit(Kind.B32, "and.b32 %s, %s, %s", thread, PART - 1);
        String y = text.emit(Kind.B32, "shr.u32 %s, %s, 5", thread);
        String matrix = text.emit(Kind.B64, "mul.wide.u32 %s, %s, %s", byStack[0], 1);
        matrix = text.emit(Kind.B64, "mul.lo.u64 %s, %s, %s", matrix, rows * columns);
        String row = text.emit(Kind.B32, "mad.lo.u32 %s, %s, %s, %s", byStack[1], PART, y);
        String column = text.emit(Kind.B32, "mad.lo.u32 %s, %s, %s, %s", byRows[1], PART, x);
        for (int step = 0; step < PART; step += STEP) {
            String own = text.emit(Kind.B32, "add.u32 %s, %s, %s", row, step);
            String past = text.label();
            skipOutside(text, own, rows, column, columns, past);
            String value = from.load(text, place(text, source, matrix, own, columns, column, from));
            String number = Spelling.convert(text, from, Held.DOUBLE, value);
            text.line("st.shared.f64 [%s], %s", inPart(text, shared, y, step, x), number);
            text.place(past);
        }
        text.line("bar.sync 0");
        String newRow = text.emit(Kind.B32, "mad.lo.u32 %s, %s, %s, %s", byRows[1], PART, y);
        String newColumn = text.emit(Kind.B32, "mad.lo.u32 %s, %s, %s, %s", byStack[1], PART, x);
        for (int step = 0; step < PART; step += STEP) {
            String own = text.emit(Kind.B32, "add.u32 %s, %s, %s", newRow, step);
            String past = text.label();
            skipOutside(text, own, columns, newColumn, rows, past);
            String cell = text.emit(Kind.B32, "add.u32 %s, %s, %s", y, step);
            String value = text.emit(Kind.F64, "ld.shared.f64 %s, [%s]", inPart(text, shared, x, 0, cell));
            String address = place(text, target, matrix, own, rows, newColumn, to);
            to.store(text, address, Spelling.convert(text, Held.DOUBLE, to, value));
            text.place(past);
        }
        return text.text();
    }

    private static void skipOutside(KernelText text, String row, long rows, String column, long columns, String label) {
        text.line("@%s bra %s", text.emit(Kind.PREDICATE, "setp.ge.u32 %s, %s, %s", row, rows), label);
        text.line("@%s bra %s", text.emit(Kind.PREDICATE, "setp.ge.u32 %s, %s, %s", column, columns), label);
    }

    private static String place(
            KernelText text, String address, String matrix, String row, long length, String column, Held held) {
        String wide = text.emit(Kind.B64, "cvt.u64.u32 %s, %s", row);
        String first = text.emit(Kind.B64, "mad.lo.u64 %s, %s, %s, %s", wide, length, matrix);
        String last = text.emit(Kind.B64, "cvt.u64.u32 %s, %s", column);
        return text.element(address, text.emit(Kind.B64, "add.u64 %s, %s, %s", first, last), held);
    }

    private static String inPart(KernelText text, String shared, String row, int below, String column) {
        String place = text.emit(Kind.B32, "mad.lo.u32 %s, %s, %s, %s", row, PART + 1, column);
        String address = text.element(shared, place, Held.DOUBLE);
        return below == 0 ? address : address + "+" + below * (PART + 1) * 8;
    }
}
