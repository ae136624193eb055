package org.curvature4j.internal.engine.gpu.tiles;

import org.curvature4j.internal.engine.gpu.tiles.KernelText.Kind;
import org.curvature4j.op.IndexCheck;

/**
 * The texts of kernels that check indices. The first that is refused leaves a mark, from which the caller makes the error:
 * how many indices there are from it on, 0 where all are good, and then its value.
 */
record IndexText(Held held, IndexCheck check, long count) {

    /** Where a check leaves its mark, and behind it the value that it refused. */
    record Mark(IndexCheck check, long place) {}

    /** Writes the indices as they are used, and marks. */
    String checks() {
        KernelText text = new KernelText();
        String x = text.address();
        String z = text.address();
        String mark = text.address();
        String index = text.index(count);
        String raw = held.load(text, text.element(x, index, held));
        String value = Spelling.convert(text, held, Held.DOUBLE, raw);
        String counted = value;
        if (check.negative() == IndexCheck.Negative.FROM_THE_END) {
            String moved =
                    text.emit(Kind.F64, "add.rn.f64 %s, %s, %s", value, Held.DOUBLE.literal((double) check.size()));
            String negative = compare(text, "lt", value, 0);
            counted = text.emit(Kind.F64, "selp.f64 %s, %s, %s, %s", moved, value, negative);
        }
        String whole = text.emit(Kind.F64, "cvt.rni.f64.f64 %s, %s", counted);
        String refused = text.emit(Kind.PREDICATE, "setp.neu.f64 %s, %s, %s", counted, whole);
        refused = or(text, refused, compare(text, "ge", counted, (double) check.size()));
        if (check.negative() != IndexCheck.Negative.NONE) {
            refused = or(text, refused, compare(text, "lt", counted, 0));
        }
        String good = text.label();
        text.line("@!%s bra %s", refused, good);
        String wide = KernelText.isWide(index) ? index : text.emit(Kind.B64, "cvt.u64.u32 %s, %s", index);
        String size = text.emit(Kind.B64, "mov.u64 %s, %s", count);
        String left = text.emit(Kind.B64, "sub.u64 %s, %s, %s", size, wide);
        text.line("red.global.max.u64 [%s], %s", mark, left);
        text.place(good);
        held.store(text, text.element(z, index, held), Spelling.convert(text, Held.DOUBLE, held, counted));
        return text.text();
    }

    private static String compare(KernelText text, String comparison, String x, double bound) {
        return text.emit(Kind.PREDICATE, "setp." + comparison + ".f64 %s, %s, %s", x, Held.DOUBLE.literal(bound));
    }

    private static String or(KernelText text, String a, String b) {
        return text.emit(Kind.PREDICATE, "or.pred %s, %s, %s", a, b);
    }

    /** One thread keeps the value of what the mark stands for, before its memory is another's. */
    String keep() {
        KernelText text = new KernelText();
        String x = text.address();
        String mark = text.address();
        String kept = text.address();
        text.index(1);
        String left = text.emit(Kind.B64, "ld.global.u64 %s, [%s]", mark);
        text.line("@%s ret", text.emit(Kind.PREDICATE, "setp.eq.u64 %s, %s, 0", left));
        String size = text.emit(Kind.B64, "mov.u64 %s, %s", count);
        String index = text.emit(Kind.B64, "sub.u64 %s, %s, %s", size, left);
        String value = held.load(text, text.element(x, index, held));
        Held.DOUBLE.store(text, kept, Spelling.convert(text, held, Held.DOUBLE, value));
        return text.text();
    }
}
