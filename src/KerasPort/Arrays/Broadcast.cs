namespace KerasPort;

/// <summary>numpy's broadcasting: shapes are aligned at their last axis, and an axis of length 1 is repeated.</summary>
internal static class Broadcast
{
    /// <summary>The shape that both are broadcast to; <c>null</c> when they don't fit.</summary>
    public static int[]? Shape(int[] a, int[] b)
    {
        var shape = new int[Math.Max(a.Length, b.Length)];
        for (int axis = 1; axis <= shape.Length; axis++)
        {
            int m = axis <= a.Length ? a[^axis] : 1, n = axis <= b.Length ? b[^axis] : 1;
            if (m != n && m != 1 && n != 1) return null;
            shape[^axis] = m == 1 ? n : m;
        }
        return shape;
    }

    /// <summary>
    /// The strides, in elements, at which a row-major array of shape <paramref name="given"/> is read as one of <paramref name="shape"/>:
    /// 0 along an axis that is repeated.
    /// </summary>
    public static int[] Strides(int[] given, int[] shape)
    {
        var strides = new int[shape.Length];
        for (int axis = 1, stride = 1; axis <= given.Length; axis++)
        {
            strides[^axis] = given[^axis] == 1 ? 0 : stride;
            stride *= given[^axis];
        }
        return strides;
    }

    /// <summary>
    /// Calls <paramref name="run"/> for each stretch of the result along which both operands have strides of 0 or 1. Its arguments are the offset
    /// in the result, in a and in b, the length, and which operand is repeated: 1 for a, 2 for b, else 0. Adjacent axes are merged where strides allow.
    /// </summary>
    public static void Each(int[] shape, int[] a, int[] b, Action<int, int, int, int, int> run)
    {
        var axes = new List<(int Length, int A, int B)>();
        var (ofA, ofB) = (Strides(a, shape), Strides(b, shape));
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            int length = shape[axis];
            if (length == 0) return;
            if (length == 1) continue;
            if (axes is [.., var inner] && ofA[axis] == inner.A * inner.Length && ofB[axis] == inner.B * inner.Length)
                axes[^1] = (inner.Length * length, inner.A, inner.B);
            else
                axes.Add((length, ofA[axis], ofB[axis]));
        }
        if (axes.Count == 0) axes.Add((1, 0, 0));
        int at = 0;
        Axis(axes.Count - 1, 0, 0);

        void Axis(int axis, int fromA, int fromB)
        {
            var (length, stepA, stepB) = axes[axis];
            if (axis == 0)
            {
                run(at, fromA, fromB, length, stepA == stepB ? 0 : stepA == 0 ? 1 : 2);
                at += length;
                return;
            }
            for (int i = 0; i < length; i++) Axis(axis - 1, fromA + i * stepA, fromB + i * stepB);
        }
    }
}
