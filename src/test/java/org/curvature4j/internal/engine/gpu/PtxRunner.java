package org.curvature4j.internal.engine.gpu;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.internal.gpu.DeviceRun;
import org.curvature4j.internal.gpu.ptx.PtxModule;
import org.curvature4j.op.Cast;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Kernel;
import org.curvature4j.op.Select;

/** Runs single kernels as PTX, for tests here and in other packages. */
public final class PtxRunner {
    private PtxRunner() {}

    /** A kernel's value for each number of its operands, true being 1; FLOAT32 rounds the operands first. */
    public static double[] evaluate(Kernel kernel, DType type, double[]... operands) {
        PtxModule module = PtxDialect.module();
        add(module, "kernel", kernel, type, operands.length);
        int count = operands[0].length;
        Object[] arguments = new Object[operands.length + 2];
        for (int i = 0; i < operands.length; i++) {
            arguments[i] = type == DType.FLOAT32 ? rounded(operands[i]) : operands[i];
        }
        double[] doubles = new double[count];
        float[] floats = new float[count];
        arguments[operands.length] = type == DType.FLOAT32 ? floats : doubles;
        arguments[operands.length + 1] = count;
        DeviceRun.run(module.text(), "kernel", (count + 31) / 32, 32, arguments);
        if (type == DType.FLOAT32) {
            for (int i = 0; i < count; i++) {
                doubles[i] = floats[i];
            }
        }
        return doubles;
    }

    private static float[] rounded(double[] numbers) {
        float[] rounded = new float[numbers.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) numbers[i];
        }
        return rounded;
    }

    /** Adds an entry of arrays, the operands and then the result, and of their length. */
    static void add(PtxModule module, String name, Kernel kernel, DType type, int operands) {
        String number = type == DType.FLOAT32 ? "f32" : "f64";
        String zero = type == DType.FLOAT32 ? PtxDialect.literal(0f) : PtxDialect.literal(0.0);
        String one = type == DType.FLOAT32 ? PtxDialect.literal(1f) : PtxDialect.literal(1.0);
        List<String> parameters = new ArrayList<>();
        List<String> names = new ArrayList<>();
        StringBuilder loads = new StringBuilder();
        for (int i = 0; i < operands; i++) {
            parameters.add(".param .b64 x" + i);
            loads.append(String.format(
                    "ld.param.b64 %%a, [x%d];\nmad.wide.s32 %%a, %%i, %d, %%a;\nld.global.%s %%x%d, [%%a];\n",
                    i, type == DType.FLOAT32 ? 4 : 8, number, i));
            boolean predicate = type == DType.BOOL
                    || (kernel instanceof Select && i == 0)
                    || (kernel instanceof Comparison comparison && comparison.isLogical());
            if (predicate) {
                loads.append(String.format("setp.neu.%s %%b%d, %%x%d, %s;\n", number, i, i, zero));
            }
            names.add(predicate ? "%b" + i : "%x" + i);
        }
        boolean logical = type == DType.BOOL
                || kernel instanceof Comparison
                || (kernel instanceof Cast cast && cast.to() == DType.BOOL);
        String spelled = PtxDialect.spell(module, kernel, type, logical ? "%q" : "%z", names.toArray(String[]::new));
        String text = String.format(
                """
                .visible .entry %s(%s, .param .b64 z, .param .b64 count)
                {
                .reg .pred %%p, %%q, %%b<3>;
                .reg .b32 %%i, %%j, %%k;
                .reg .b64 %%a;
                .reg .%s %%z, %%x<3>;
                mov.u32 %%i, %%tid.x;
                mov.u32 %%j, %%ctaid.x;
                mov.u32 %%k, %%ntid.x;
                mad.lo.s32 %%i, %%j, %%k, %%i;
                ld.param.b32 %%j, [count];
                setp.ge.s32 %%p, %%i, %%j;
                @%%p ret;
                %s%s%sld.param.b64 %%a, [z];
                mad.wide.s32 %%a, %%i, %d, %%a;
                st.global.%s [%%a], %%z;
                ret;
                }
                """,
                name,
                String.join(", ", parameters),
                number,
                loads,
                spelled,
                logical ? "selp." + number + " %z, " + one + ", " + zero + ", %q;\n" : "",
                type == DType.FLOAT32 ? 4 : 8,
                number);
        module.append(text);
    }
}
