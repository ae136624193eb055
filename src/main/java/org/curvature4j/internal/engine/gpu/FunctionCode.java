package org.curvature4j.internal.engine.gpu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.graph.DType;
import org.curvature4j.internal.engine.scalar.Scalar;
import org.curvature4j.internal.engine.scalar.ScalarProgram;
import org.curvature4j.internal.engine.tile.TileSize;
import org.curvature4j.internal.gpu.Buffer;
import org.curvature4j.internal.gpu.DeviceKernel;
import org.curvature4j.internal.gpu.Queue;
import org.curvature4j.internal.gpu.ptx.PtxModule;
import org.curvature4j.op.Select;

/**
 * A scalar program as PTX without loops and branches: a thread a point, over a tile of points in planes. Results are computed
 * stored as soon as they are computed, so that few numbers wait in registers.
 *
 * <p>Programs of any size that {@link ScalarProgram} makes, up to 6,000 computations, are worth it: for compute capability 9.0
 * ptxas of CUDA 13.0 gives the Hessian of 2-2-1 (85 computations) 48 registers, 4-8-1 (254) 46, 8-16-1 (1,452) 56, 8-32-1 (2,940) 96,
 * 6-14-14-1 (4,627) 254, all without spills, and 6-15-15-1 (5,199) 255 and 72 bytes of spills. Nets with three hidden
 * layers spill most, 4-10-10-10-1 (3,290) 328 bytes. Each takes it a second or less.
 */
final class FunctionCode implements DeviceCode {
    static final int THREADS = 128;

    static final String FUNCTION = "function";
    static final String CONSTANTS = "constants";

    /** A tile with as many points is not made smaller: the device would wait for this machine all the time. */
    private static final int LEAST = 256;

    /** Bytes beyond which a tile only takes memory: they keep a large device busy for 50 microseconds. */
    private static final TileSize.Comfort COMFORT = new TileSize.Comfort(1 << 20, 64L << 20);

    private final ScalarProgram program;
    private final PtxModule module = PtxDialect.module();
    private final Map<Scalar, List<Integer>> places = new HashMap<>();
    private final StringBuilder statements = new StringBuilder();
    private final int computations;
    private final boolean constants;
    private int addresses;
    private String text = "";

    private FunctionCode(ScalarProgram program) {
        this.program = program;
        this.computations = program.calls().size();
        for (int i = 0; i < program.outputs().size(); i++) {
            places.computeIfAbsent(program.outputs().get(i), any -> new ArrayList<>())
                    .add(i);
        }
        constants = places.keySet().stream().anyMatch(Scalar.Constant.class::isInstance);
    }

    static FunctionCode of(ScalarProgram program) {
        FunctionCode code = new FunctionCode(program);
        StatementOrder.of(program).forEach(code::state);
        code.entry(FUNCTION);
        code.places.keySet().stream().filter(Scalar.Constant.class::isInstance).forEach(code::store);
        code.entry(CONSTANTS);
        code.text = code.module.text();
        return code;
    }

    /** The statement that makes a number, and those that store it. */
    private void state(Scalar scalar) {
        if (scalar instanceof Scalar.Input input) {
            statements.append(String.format("\tld.global.f64 %s, [%s];\n", name(input), place("%in", input.index())));
        } else if (scalar instanceof Scalar.Call call) {
            statements.append(spelled(call));
        }
        store(scalar);
    }

    private String spelled(Scalar.Call call) {
        boolean logical = call.kernel() instanceof Select && call.logical();
        String[] operands = call.operands().stream().map(FunctionCode::name).toArray(String[]::new);
        return PtxDialect.spell(module, call.kernel(), logical ? DType.BOOL : DType.FLOAT64, name(call), operands);
    }

    private void store(Scalar scalar) {
        for (int place : places.getOrDefault(scalar, List.of())) {
            statements.append(String.format("\tst.global.f64 [%s], %s;\n", place("%out", place), name(scalar)));
        }
    }

    /** The register that holds where a number of this thread's point is, in one plane of many. */
    private String place(String planes, int number) {
        String address = "%a" + addresses++;
        statements.append(String.format("\tmad.wide.u32 %s, %%plane, %d, %s;\n", address, number, planes));
        return address;
    }

    private static String name(Scalar scalar) {
        if (scalar instanceof Scalar.Constant constant) {
            return PtxDialect.literal(constant.value());
        } else if (scalar instanceof Scalar.Input input) {
            return "%x" + input.index();
        }
        Scalar.Call call = (Scalar.Call) scalar;
        return (call.logical() ? "%q" : "%t") + call.order();
    }

    private void entry(String name) {
        int most = program.calls().stream().mapToInt(Scalar.Call::order).max().orElse(0) + 1;
        module.append(String.format(
                """
                .visible .entry %s(.param .b64 points, .param .b64 results, .param .b64 count, .param .b64 stride)
                {
                \t.reg .pred %%beyond, %%q<%d>;
                \t.reg .b32 %%thread, %%block, %%threads, %%count, %%plane;
                \t.reg .b64 %%in, %%out, %%a<%d>;
                \t.reg .f64 %%x<%d>, %%t<%d>;
                \tmov.u32 %%thread, %%tid.x;
                \tmov.u32 %%block, %%ctaid.x;
                \tmov.u32 %%threads, %%ntid.x;
                \tmad.lo.u32 %%thread, %%block, %%threads, %%thread;
                \tld.param.u32 %%count, [count];
                \tsetp.ge.u32 %%beyond, %%thread, %%count;
                \t@%%beyond ret;
                \tld.param.u32 %%plane, [stride];
                \tshl.b32 %%plane, %%plane, 3;
                \tld.param.u64 %%in, [points];
                \tmad.wide.u32 %%in, %%thread, 8, %%in;
                \tld.param.u64 %%out, [results];
                \tmad.wide.u32 %%out, %%thread, 8, %%out;
                %s\tret;
                }
                """,
                name, most, addresses + 1, program.inputs(), most, statements));
        statements.setLength(0);
        addresses = 0;
    }

    String text() {
        return text;
    }

    @Override
    public int inputs() {
        return program.inputs();
    }

    @Override
    public int outputs() {
        return program.outputs().size();
    }

    @Override
    public int unit() {
        return 1;
    }

    @Override
    public int least() {
        return LEAST;
    }

    @Override
    public TileSize.Comfort comfort() {
        return COMFORT;
    }

    @Override
    public long bytes(int size) {
        return 0;
    }

    @Override
    public Computation open(Queue queue, int size, Buffer points, Buffer results) {
        DeviceKernel kernel = queue.device().kernel(text, FUNCTION);
        if (constants) {
            launch(queue, queue.device().kernel(text, CONSTANTS), size, size, points, results);
        }
        return count -> launch(queue, kernel, count, size, points, results);
    }

    private static void launch(Queue queue, DeviceKernel kernel, int count, int stride, Buffer points, Buffer results) {
        long blocks = (count + THREADS - 1L) / THREADS;
        queue.launch(kernel, blocks, THREADS, points.address(), results.address(), count, stride);
    }

    int computations() {
        return computations;
    }

    /** Whether there are results that are the same at every point, which are set once by an entry of their own. */
    boolean hasConstants() {
        return constants;
    }

    /** Whether results are those of the CPU's code to the last bit. */
    boolean hasBitsOfCpu() {
        return program.calls().stream().map(Scalar.Call::kernel).allMatch(PtxDialect::hasBitsOfJava);
    }
}
