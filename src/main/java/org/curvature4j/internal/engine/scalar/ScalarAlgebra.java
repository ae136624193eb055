package org.curvature4j.internal.engine.scalar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.graph.DType;
import org.curvature4j.internal.engine.code.Unsuitable;
import org.curvature4j.op.Arithmetic;
import org.curvature4j.op.Cast;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Kernel;
import org.curvature4j.op.Select;

/**
 * Makes scalar expressions, equal ones once, and takes out what costs nothing to leave out: products with structural
 * zeros and ones, sums with structural zeros, arithmetic of constants. A user's zero stays, since zero times infinity is
 * not a number.
 */
public final class ScalarAlgebra {
    /** Beyond this many computations a point, code no longer fits the processor's caches and whole arrays are faster. */
    public static final int LARGEST = 6000;

    private record Key(Kernel kernel, List<Scalar> operands, boolean logical) {}

    private static final Kernel SELECT = new Select();
    private static final Kernel NARROW = new Cast(DType.FLOAT32);

    private final Map<Object, Scalar> interned = new HashMap<>();
    private int count;

    Scalar constant(double value, boolean structural) {
        return intern(new Scalar.Constant(value, structural));
    }

    Scalar zero() {
        return constant(0, true);
    }

    Scalar input(int index) {
        return intern(new Scalar.Input(index));
    }

    private Scalar intern(Scalar leaf) {
        return interned.computeIfAbsent(leaf, any -> leaf);
    }

    /** A function of numbers, left out where that is possible. */
    Scalar apply(Elementwise operation, Scalar... x) {
        return switch (operation) {
            case NEG -> negate(x[0]);
            case ADD -> add(x[0], x[1]);
            case SUB -> subtract(x[0], x[1]);
            case MUL -> multiply(x[0], x[1]);
            case DIV -> divide(x[0], x[1]);
            default -> call(operation, false, x);
        };
    }

    Scalar test(Comparison comparison, Scalar a, Scalar b) {
        return call(comparison, true, a, b);
    }

    private Scalar call(Kernel kernel, boolean logical, Scalar... operands) {
        List<Scalar> known = List.of(operands);
        if (Arithmetic.has(kernel, DType.FLOAT64) && known.stream().allMatch(Scalar.Constant.class::isInstance)) {
            double[] values = known.stream()
                    .mapToDouble(operand -> ((Scalar.Constant) operand).value())
                    .toArray();
            return constant(Arithmetic.of(kernel, DType.FLOAT64, values), false);
        }
        Key key = new Key(kernel, List.of(operands), logical);
        Scalar made = interned.get(key);
        if (made == null) {
            if (count == LARGEST) {
                throw new Unsuitable("more than " + LARGEST + " computations a point");
            }
            made = new Scalar.Call(kernel, key.operands(), logical, count++);
            interned.put(key, made);
        }
        return made;
    }

    Scalar negate(Scalar x) {
        return isZero(x) ? x : call(Elementwise.NEG, false, x);
    }

    Scalar add(Scalar a, Scalar b) {
        if (isZero(a)) {
            return b;
        } else if (isZero(b)) {
            return a;
        }
        return commutative(Elementwise.ADD, a, b);
    }

    Scalar subtract(Scalar a, Scalar b) {
        if (isZero(a)) {
            return negate(b);
        } else if (isZero(b)) {
            return a;
        }
        return call(Elementwise.SUB, false, a, b);
    }

    Scalar multiply(Scalar a, Scalar b) {
        if (isZero(a) || isZero(b)) {
            return zero();
        } else if (is(a, 1)) {
            return b;
        } else if (is(b, 1)) {
            return a;
        } else if (is(a, -1)) {
            return negate(b);
        } else if (is(b, -1)) {
            return negate(a);
        }
        return commutative(Elementwise.MUL, a, b);
    }

    Scalar divide(Scalar a, Scalar b) {
        if (isZero(a) && !isZero(b)) {
            return a;
        } else if (is(b, 1)) {
            return a;
        }
        return call(Elementwise.DIV, false, a, b);
    }

    /** Rounded to float32. */
    Scalar narrow(Scalar x) {
        return x instanceof Scalar.Constant constant
                ? constant((float) constant.value(), constant.structural())
                : call(NARROW, false, x);
    }

    /**
     * A choice.
     *
     * @param logical whether between booleans
     */
    Scalar select(Scalar condition, Scalar yes, Scalar no, boolean logical) {
        if (condition instanceof Scalar.Constant known) {
            return known.value() != 0 ? yes : no;
        }
        return yes.equals(no) ? yes : call(SELECT, logical, condition, yes, no);
    }

    /** Addition and multiplication give the same bits in either order. */
    private Scalar commutative(Kernel kernel, Scalar a, Scalar b) {
        List<Scalar> ordered = new ArrayList<>(List.of(a, b));
        ordered.sort((x, y) -> Integer.compare(rank(x), rank(y)));
        return call(kernel, false, ordered.get(0), ordered.get(1));
    }

    /** Constants, then inputs, then computations in order; constants compare equal, and no sum has two. */
    private static int rank(Scalar x) {
        if (x instanceof Scalar.Call call) {
            return call.order();
        }
        return x instanceof Scalar.Input input ? Integer.MIN_VALUE / 2 + input.index() : Integer.MIN_VALUE;
    }

    private static boolean isZero(Scalar x) {
        return x instanceof Scalar.Constant constant && constant.isStructuralZero();
    }

    private static boolean is(Scalar x, double value) {
        return x instanceof Scalar.Constant constant && constant.is(value);
    }
}
