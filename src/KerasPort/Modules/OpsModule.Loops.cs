using KerasPort.Graphs;

namespace KerasPort;

// Loops, whose number of steps must be known in a model, and functions with custom gradients.
public sealed partial class OpsModule
{
    /// <summary>The most steps of a loop in a model: each step adds its nodes to the plan.</summary>
    private const int MostSteps = 1 << 12;

    /// <summary>The results of an associative function over all entries of an axis up to each one.</summary>
    public Tensor associative_scan(Func<Tensor, Tensor, Tensor> f, Tensor elems, bool reverse = false, int axis = 0)
    {
        Tensor[] entries = [.. unstack(reverse ? flip(elems, axis) : elems, axis: axis).All.Select(entry => expand_dims(entry, axis))];
        for (int i = 1; i < entries.Length; i++) entries[i] = f(entries[i - 1], entries[i]);
        var all = concatenate(entries, axis);
        return reverse ? flip(all, axis) : all;
    }

    /// <summary>
    /// A function with a custom gradient: f returns its output, and a function from the output's gradient to that of x.
    /// <code>var log1pexp = keras.ops.custom_gradient(x => { var e = keras.ops.exp(x); return (keras.ops.log(1 + e), upstream => upstream * (1 - 1 / (1 +
    /// e))); });</code>
    /// </summary>
    public Func<Tensor, Tensor> custom_gradient(Func<Tensor, (Tensor Output, Func<Tensor, Tensor> Gradient)> f) => x =>
        new Function("CustomGradient", (g, t) =>
        {
            var (output, gradient) = f(t[0]);
            return g.WithGradients(g.Lift(output), dy => [gradient(dy)], t);
        }).Of(x);

    /// <summary>Applies f to a value and each entry of the first axis in turn, and stacks its outputs: <c>var (last, all) = …</c>.</summary>
    /// <param name="f">Takes the value and the entry, and returns the next value and an output.</param>
    /// <param name="init">The initial value.</param>
    /// <param name="xs">The entries; if <c>null</c>, f gets the value in their place, too.</param>
    /// <param name="length">The number of steps; required without <paramref name="xs"/>.</param>
    /// <param name="reverse">Whether the entries are taken from last to first.</param>
    /// <exception cref="ValueError">The number of steps isn't given, or contradicts <paramref name="xs"/>.</exception>
    public Tensor scan(Func<Tensor, Tensor, (Tensor Carry, Tensor Output)> f, Tensor init, Tensor? xs = null, int? length = null, bool reverse = false)
    {
        Tensor[]? entries = xs is null ? null : [.. unstack(xs).All];
        int count = entries?.Length ?? length ?? throw new ValueError("Got no `xs` to scan over and `length` not provided.");
        if (length is { } said && said != count) throw new ValueError($"Got `length` argument of {said} which disagrees with leading axis sizes {count}.");
        var outputs = new Tensor[Steps(count)];
        for (int step = 0; step < count; step++)
        {
            int at = reverse ? count - 1 - step : step;
            (init, outputs[at]) = f(init, entries?[at] ?? init);
        }
        return Tensor.Several([init, stack(outputs)]);
    }

    /// <summary>The result of the function of that index, clamped to those that exist. In a model all are computed.</summary>
    public Tensor @switch(Tensor index, IReadOnlyList<Func<Tensor>> branches)
    {
        int last = branches.Count - 1;
        if (index.HasValues) return branches[(int)Math.Clamp(index.numpy().item(), 0, last)]();
        var chosen = branches[last]();
        for (int i = last - 1; i >= 0; i--) chosen = where(index < i + 0.5, branches[i](), chosen);
        return chosen;
    }

    /// <summary>Turns a function of single numbers into an elementwise one.</summary>
    public Func<Tensor, Tensor> vectorize(Func<Tensor, Tensor> pyfunc) => x => x.shape.Rank == 0 ? pyfunc(x) : reshape(map(pyfunc, ravel(x)), x.shape);

    /// <summary>
    /// Applies a body to a value repeatedly while a condition of the value isn't 0. In a model it is applied <paramref name="maximum_iterations"/> times, but
    /// the value no longer changes once the condition is 0.
    /// </summary>
    /// <exception cref="ValueError">It is used in a model, and <paramref name="maximum_iterations"/> isn't given.</exception>
    public Tensor while_loop(Func<Tensor, Tensor> cond, Func<Tensor, Tensor> body, Tensor loop_vars, int? maximum_iterations = null)
    {
        for (int i = 0; i != maximum_iterations; i++)
        {
            var goesOn = cond(loop_vars);
            if (goesOn.HasValues)
            {
                if (goesOn.numpy().item() == 0) break;
                loop_vars = body(loop_vars);
                continue;
            }
            Steps(maximum_iterations ?? throw new ValueError("A loop in a model needs `maximum_iterations`: its plan is made before there are values."));
            loop_vars = where(goesOn, body(loop_vars), loop_vars);
        }
        return loop_vars;
    }

    private static int Steps(int count) => count is > 0 and <= MostSteps ? count
        : throw new ValueError($"A loop goes from 1 to {MostSteps} times. Received: {count}");
}
