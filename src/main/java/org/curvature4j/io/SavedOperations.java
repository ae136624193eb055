package org.curvature4j.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.autodiff.samediff.serde.FlatBuffersMapper;
import org.nd4j.autodiff.samediff.serde.LegacyOpMapper;
import org.nd4j.graph.FlatGraph;
import org.nd4j.graph.FlatNode;
import org.nd4j.graph.FlatProperties;
import org.nd4j.graph.OpType;
import org.nd4j.imports.converters.DifferentialFunctionClassHolder;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.nd4j.linalg.api.ops.impl.summarystats.Variance;
import org.nd4j.linalg.api.ops.impl.transforms.IdentityN;

/**
 * Operations that SameDiff saves and can't load again, or loads as others. It finds an operation of the old kind by a
 * number that some lack and two share; the name beside it is right, and decides here. While SameDiff loads the file, an
 * operation whose number it doesn't know has the number of another one of its kind.
 */
final class SavedOperations {
    private static final int NUMBERS = 256;
    /** Places of fields in the schema's table of a node. */
    private static final int NUMBER = 3;

    private static final int PROPERTIES = 4;

    private final byte[] bytes;
    private final Map<String, DifferentialFunction> replaced = new LinkedHashMap<>();
    private final Map<String, Boolean> corrected = new LinkedHashMap<>();

    private SavedOperations(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Makes a file loadable.
     *
     * @param bytes of a file that was checked; modified
     */
    static SavedOperations prepare(byte[] bytes) {
        SavedOperations operations = new SavedOperations(bytes);
        FlatGraph graph = FlatGraph.getRootAsFlatGraph(ByteBuffer.wrap(bytes));
        for (int i = 0; i < graph.nodesLength(); i++) {
            operations.look(graph.nodes(i), FlatRoot.element(bytes, FlatRoot.NODES, i));
        }
        return operations;
    }

    private void look(FlatNode node, int table) {
        if (node.opType() == OpType.CUSTOM) {
            if ("log_softmax".equals(node.opName())) {
                // Its one property repeats an integer argument, and SameDiff takes it for an enumeration.
                dropProperties(table);
            } else if ("lstmLayer".equals(node.opName())) {
                // It asks for its inputs before SameDiff has told it of any; its properties repeat its arguments.
                dropProperties(table);
                replaced.put(node.name(), withArguments(node));
                buffer().putLong(place(table, NUMBER), new IdentityN().opHash());
            }
        } else if (node.opType() == OpType.SUMMARYSTATS) {
            noteCorrection(node);
        } else {
            DifferentialFunction known = withNumber(node, node.opNum());
            DifferentialFunction right = named(node);
            if (right != null && (known == null || !right.opName().equals(known.opName()))) {
                replaced.put(node.name(), right);
                int number = place(table, NUMBER);
                if (known == null && number > table) {
                    buffer().putLong(number, standIn(node));
                }
            }
        }
    }

    private void dropProperties(int table) {
        int properties = place(table, PROPERTIES);
        if (properties > table) {
            buffer().putInt(properties + buffer().getInt(properties), 0);
        }
    }

    /** A new operation of the newer kind with a node's name and arguments. */
    private static DifferentialFunction withArguments(FlatNode node) {
        DynamicCustomOp operation = DynamicCustomOp.builder(node.opName()).build();
        for (int i = 0; i < node.extraIntegerLength(); i++) {
            operation.addIArgument(node.extraInteger(i));
        }
        for (int i = 0; i < node.extraParamsLength(); i++) {
            operation.addTArgument(node.extraParams(i));
        }
        for (int i = 0; i < node.extraBoolsLength(); i++) {
            operation.addBArgument(node.extraBools(i));
        }
        return operation;
    }

    /** A new operation of a node's name, if it has the node's number too; else null. */
    private static @Nullable DifferentialFunction named(FlatNode node) {
        DifferentialFunctionClassHolder known = DifferentialFunctionClassHolder.getInstance();
        String name = node.opName();
        if (name == null || !known.hasName(name)) {
            return null;
        }
        try {
            DifferentialFunction operation =
                    known.getInstance(name).getClass().getDeclaredConstructor().newInstance();
            boolean same = operation instanceof Op op && op.opNum() == node.opNum();
            return same && FlatBuffersMapper.getFlatOpType(operation.opType()) == node.opType() ? operation : null;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    private void noteCorrection(FlatNode node) {
        for (int i = 0; i < node.propertiesLength(); i++) {
            FlatProperties property = node.properties(i);
            if ("biasCorrected".equals(property.name()) && property.bLength() == 1) {
                corrected.put(node.name(), property.b(0));
            }
        }
    }

    /** What SameDiff will take a number for; null if it will fail. */
    private static @Nullable DifferentialFunction withNumber(FlatNode node, long number) {
        try {
            return (DifferentialFunction) LegacyOpMapper.getLegacyOpClassForId(
                            FlatBuffersMapper.getTypeFromByte(node.opType()), Math.toIntExact(number))
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (RuntimeException | ReflectiveOperationException e) {
            return null;
        }
    }

    private static long standIn(FlatNode node) {
        for (long number = 0; number < NUMBERS; number++) {
            if (withNumber(node, number) != null) {
                return number;
            }
        }
        return node.opNum();
    }

    private ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Where a field of a table lies; the table itself where the field is left out. */
    private int place(int table, int slot) {
        ByteBuffer buffer = buffer();
        int fields = table - buffer.getInt(table);
        int entry = 4 + 2 * slot;
        return entry < (buffer.getShort(fields) & 0xffff) ? table + (buffer.getShort(fields + entry) & 0xffff) : table;
    }

    /** Puts the right operations into the graph that SameDiff loaded. */
    void restore(SameDiff graph) {
        replaced.forEach((name, right) -> {
            SameDiffOp place = named(graph, name);
            DifferentialFunction wrong = place.getOp();
            right.setOwnName(name);
            right.setSameDiff(graph);
            if (right instanceof Op op && wrong instanceof Op loaded && loaded.extraArgs() != null) {
                op.setExtraArgs(loaded.extraArgs());
            }
            if (right instanceof ScalarOp op && wrong instanceof ScalarOp loaded) {
                op.setScalar(loaded.scalar());
            }
            place.setOp(right);
        });
        corrected.forEach((name, yes) -> {
            if (named(graph, name).getOp() instanceof Variance variance) {
                variance.setBiasCorrected(yes);
            }
        });
    }

    private static SameDiffOp named(SameDiff graph, String name) {
        return Objects.requireNonNull(graph.getOps().get(name));
    }
}
