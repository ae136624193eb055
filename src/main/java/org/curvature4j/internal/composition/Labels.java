package org.curvature4j.internal.composition;

import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.op.IndexCheck;
import org.curvature4j.op.KnownValues;
import org.curvature4j.op.Ops;

/** Elements that labels choose along an axis of classes. */
public final class Labels {
    private Labels() {}

    /**
     * The element of x that each label chooses along an axis, which is gone.
     *
     * @param labels whole numbers from 0 on, of the shape of x without the axis; they may be known or computed
     */
    public static Node chosen(Ops o, Node x, int axis, Node labels) {
        IndexCheck check = new IndexCheck("labels", x.shape().dim(axis), IndexCheck.Negative.REFUSED);
        Node folded = new ConstantFolding(o).fold(labels);
        if (folded.op() instanceof Leaf.Literal literal) {
            for (double label : KnownValues.elements(literal)) {
                check.checked(label);
            }
        } else {
            folded = o.apply(check, labels);
        }
        Node column = o.reshape(folded, x.shape().with(axis, 1));
        return o.reshape(Selections.takeAlong(o, "labels", x, axis, column), labels.shape());
    }
}
