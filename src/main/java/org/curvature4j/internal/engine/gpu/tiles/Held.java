package org.curvature4j.internal.engine.gpu.tiles;

import org.curvature4j.graph.DType;
import org.curvature4j.internal.engine.gpu.PtxDialect;
import org.curvature4j.internal.engine.gpu.tiles.KernelText.Kind;

/** How the elements of an array lie in a device's memory, and in what registers they are. Integers are numbers. */
enum Held {
    DOUBLE("f64", Double.BYTES, Kind.F64),
    SINGLE("f32", Float.BYTES, Kind.F32),
    FLAG("u32", Integer.BYTES, Kind.PREDICATE);

    private final String type;
    private final int bytes;
    private final Kind kind;

    Held(String type, int bytes, Kind kind) {
        this.type = type;
        this.bytes = bytes;
        this.kind = kind;
    }

    static Held of(DType dtype) {
        return switch (dtype) {
            case FLOAT64, INT64, INT32 -> DOUBLE;
            case FLOAT32 -> SINGLE;
            case BOOL -> FLAG;
        };
    }

    /** The name of the type in loads, stores and arithmetic. */
    String type() {
        return type;
    }

    int bytes() {
        return bytes;
    }

    Kind kind() {
        return kind;
    }

    /** The type in which numbers of this are computed with. */
    DType number() {
        return this == SINGLE ? DType.FLOAT32 : DType.FLOAT64;
    }

    /** A number as it stands in an instruction, rounded to this. */
    String literal(double value) {
        return this == SINGLE ? PtxDialect.literal((float) value) : PtxDialect.literal(value);
    }

    /** Writes a load of the element at an address; booleans become predicates. */
    String load(KernelText text, String address) {
        if (this == FLAG) {
            String flag = text.emit(Kind.B32, "ld.global.u32 %s, [%s]", address);
            return text.emit(Kind.PREDICATE, "setp.ne.u32 %s, %s, 0", flag);
        }
        return text.emit(kind, "ld.global." + type + " %s, [%s]", address);
    }

    void store(KernelText text, String address, String value) {
        if (this == FLAG) {
            String flag = text.emit(Kind.B32, "selp.u32 %s, 1, 0, %s", value);
            text.line("st.global.u32 [%s], %s", address, flag);
        } else {
            text.line("st.global.%s [%s], %s", type, address, value);
        }
    }
}
