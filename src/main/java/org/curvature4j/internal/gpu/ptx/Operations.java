package org.curvature4j.internal.gpu.ptx;

import java.util.List;
import org.objectweb.asm.Opcodes;

/** Makes the code of the JVM's instructions that compute, move on the stack, and read and write arrays. */
final class Operations {
    private final Body body;
    private final MethodCode code;
    private final Frame frame;

    Operations(Body body, MethodCode code, Frame frame) {
        this.body = body;
        this.code = code;
        this.frame = frame;
    }

    void add(int opcode) {
        Words.Word word = Words.of(opcode);
        if (word != null) {
            List<Operand> operands = frame.pop(word.operands());
            frame.push(
                    operands.stream().allMatch(Operand::isKnownInt) && Known.has(opcode)
                            ? Known.value(opcode, operands)
                            : body.compute(word.result(), word.format(), operands.toArray()));
            return;
        }
        switch (opcode) {
            case Opcodes.NOP -> {}
            case Opcodes.POP, Opcodes.POP2 -> frame.drop(opcode - Opcodes.POP + 1);
            case Opcodes.DUP, Opcodes.DUP_X1, Opcodes.DUP_X2 -> frame.duplicate(1, opcode - Opcodes.DUP);
            case Opcodes.DUP2, Opcodes.DUP2_X1, Opcodes.DUP2_X2 -> frame.duplicate(2, opcode - Opcodes.DUP2);
            case Opcodes.SWAP -> frame.swap();
            case Opcodes.ISHL, Opcodes.ISHR, Opcodes.IUSHR -> shift(Kind.INT, (opcode - Opcodes.ISHL) / 2);
            case Opcodes.LSHL, Opcodes.LSHR, Opcodes.LUSHR -> shift(Kind.LONG, (opcode - Opcodes.LSHL) / 2);
            case Opcodes.F2I, Opcodes.D2I -> truncate(Kind.INT);
            case Opcodes.F2L, Opcodes.D2L -> truncate(Kind.LONG);
            case Opcodes.I2B -> narrow("shl", "shr.s32", 24);
            case Opcodes.I2C -> narrow("shl", "shr.u32", 16);
            case Opcodes.I2S -> narrow("shl", "shr.s32", 16);
            case Opcodes.LCMP, Opcodes.FCMPL, Opcodes.FCMPG, Opcodes.DCMPL, Opcodes.DCMPG -> compare(opcode);
            case Opcodes.IALOAD, Opcodes.LALOAD, Opcodes.FALOAD, Opcodes.DALOAD ->
                read(Kind.at(opcode - Opcodes.IALOAD));
            case Opcodes.IASTORE, Opcodes.LASTORE, Opcodes.FASTORE, Opcodes.DASTORE ->
                write(Kind.at(opcode - Opcodes.IASTORE));
            case Opcodes.ARRAYLENGTH -> length();
            default -> throw code.refused("arithmetic", words(opcode));
        }
    }

    private static String words(int opcode) {
        return switch (opcode) {
            case Opcodes.ATHROW -> "throw";
            case Opcodes.ACONST_NULL -> "null";
            case Opcodes.FREM, Opcodes.DREM -> "% of floating numbers";
            case Opcodes.MONITORENTER, Opcodes.MONITOREXIT -> "synchronized";
            default -> "an array of other things than int, long, float, double (instruction " + opcode + ")";
        };
    }

    /** By the last bits of the distance, as Java does; PTX would shift all bits out. */
    private void shift(Kind kind, int direction) {
        Operand distance = frame.pop();
        int mask = 8 * kind.bytes() - 1;
        Operand within = distance.isLiteral()
                ? Operand.of(distance.value() & mask)
                : body.compute(Kind.INT, "and.b32 %s, %s, %s", distance, mask);
        String word = List.of("shl." + kind.bits(), "shr." + kind.number(), "shr.u" + 8 * kind.bytes())
                .get(direction);
        frame.push(body.compute(kind, word + " %s, %s, %s", frame.pop(), within));
    }

    /** Towards zero, to the nearest that there is, NaN to 0. */
    private void truncate(Kind to) {
        Operand value = frame.pop();
        String from = value.kind().number();
        String predicate = body.predicate();
        body.add("setp.nan.%s %s, %s, %s", from, predicate, value.text(), value.text());
        Operand number = body.compute(to, "cvt.rzi." + to.number() + "." + from + " %s, %s", value);
        frame.push(body.compute(to, "selp." + to.bits() + " %s, 0, %s, %s", number, predicate));
    }

    private void narrow(String left, String right, int bits) {
        Operand high = body.compute(Kind.INT, left + ".b32 %s, %s, %s", frame.pop(), bits);
        frame.push(body.compute(Kind.INT, right + " %s, %s, %s", high, bits));
    }

    /** To -1, 0 or 1, and what the instruction says if one isn't a number. */
    private void compare(int opcode) {
        List<Operand> operands = frame.pop(2);
        String less = body.predicate();
        String more = body.predicate();
        boolean low = opcode == Opcodes.FCMPL || opcode == Opcodes.DCMPL;
        boolean whole = opcode == Opcodes.LCMP;
        for (String way : List.of("lt", "gt")) {
            boolean unordered = !whole && low == way.equals("lt");
            body.add(
                    "setp.%s.%s %s, %s, %s",
                    unordered ? way + "u" : way,
                    operands.get(0).kind().number(),
                    way.equals("lt") ? less : more,
                    operands.get(0).text(),
                    operands.get(1).text());
        }
        Operand upper = body.compute(Kind.INT, "selp.b32 %s, 1, 0, %s", more);
        frame.push(body.compute(Kind.INT, "selp.b32 %s, -1, %s, %s", upper, less));
    }

    private void read(Kind element) {
        List<Operand> operands = frame.pop(2);
        String place = body.place(operands.get(0), operands.get(1), element);
        String word = "ld" + operands.get(0).space().suffix() + "." + element.bits();
        frame.push(body.compute(element, word + " %s, [%s]", place));
    }

    private void write(Kind element) {
        List<Operand> operands = frame.pop(3);
        String place = body.place(operands.get(0), operands.get(1), element);
        body.add(
                "st%s.%s [%s], %s",
                operands.get(0).space().suffix(),
                element.bits(),
                place,
                operands.get(2).text());
    }

    private void length() {
        Operand array = frame.pop();
        if (array.length() < 0) {
            throw code.refused("an array whose length is known when compiling", "one that came as an argument");
        }
        frame.push(Operand.of(array.length()));
    }
}
