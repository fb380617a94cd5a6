using KerasPort.Activations;
using KerasPort.Engines;
using KerasPort.Graphs;
using KerasPort.Layers;

namespace KerasPort.Tests.Engines;

/// <summary>The gradient of each kind of node agrees with finite differences in the definition's double.</summary>
public sealed class NodeGradientTests
{
    private delegate Tensor Function(Graph g, Tensor[] x, Tensor labels);

    private static readonly Window2D s_window = new(5, 4, 2, 3, 2, 3, 3, 2, 2, 2, 1, 1, 1, 0);

    /// <summary>Functions over nodes, with the shapes of their inputs.</summary>
    private static readonly Dictionary<string, (Shape[] Inputs, Function Of)> s_functions = new()
    {
        ["add"] = ([(3, 4), (3, 4)], (g, x, _) => g.Add(x[0], x[1])),
        ["add a row"] = ([(3, 4), 4], (g, x, _) => g.Add(x[0], x[1])),
        ["subtract from a row"] = ([4, (3, 4)], (g, x, _) => g.Subtract(x[0], x[1])),
        ["multiply"] = ([(3, 4), (3, 4)], (g, x, _) => g.Multiply(x[0], x[1])),
        ["multiply by a row"] = ([(2, 3, 4), 4], (g, x, _) => g.Multiply(x[0], x[1])),
        ["multiply by a column"] = ([(3, 4), (3, 1)], (g, x, _) => g.Multiply(x[0], x[1])),
        ["multiply by a number"] = ([(3, 4), 1], (g, x, _) => g.Multiply(x[0], x[1])),
        ["multiply by itself"] = ([(3, 4)], (g, x, _) => g.Multiply(x[0], x[0])),
        ["divide"] = ([(3, 4), (3, 4)], (g, x, _) => g.Divide(x[0], new Sigmoid().Call(g, x[1]))),
        ["divide by a number"] = ([(3, 4), 1], (g, x, _) => g.Divide(x[0], new Sigmoid().Call(g, x[1]))),
        ["sum of all"] = ([(2, 3, 4)], (g, x, _) => g.SumAll(g.Square(x[0]))),
        ["sum of all of a row"] = ([5], (g, x, _) => g.SumAll(g.Square(x[0]))),
        ["clip by value"] = ([(3, 4)], (g, x, _) => g.ClipByValue(x[0], 0.75f)),
        ["clip by norm"] = ([(3, 4)], (g, x, _) => g.ClipByNorm(x[0], 0.5f)),
        ["clip by a norm that is far"] = ([(3, 4)], (g, x, _) => g.ClipByNorm(x[0], 50)),
        ["clip by global norm"] = ([(3, 4), 5], (g, x, _) => g.Concatenate([.. g.ClipByGlobalNorm([g.Reshape(x[0], (1, 12)), g.Reshape(x[1], (1, 5))], 0.5)])),
        ["clip by a global norm that is far"] = (
            [(3, 4), 5], (g, x, _) => g.Concatenate([.. g.ClipByGlobalNorm([g.Reshape(x[0], (1, 12)), g.Reshape(x[1], (1, 5))], 50)])),
        ["scale"] = ([(3, 4)], (g, x, _) => g.Scale(x[0], -2.5f)),
        ["square"] = ([(3, 4)], (g, x, _) => g.Square(x[0])),
        ["inverse root"] = ([(3, 4)], (g, x, _) => g.InverseRoot(g.Square(x[0]), 0.5f)),
        ["shift"] = ([(3, 4)], (g, x, _) => g.Square(g.Shift(x[0], 0.5f))),
        ["exponential"] = ([(3, 4)], (g, x, _) => g.Exp(x[0])),
        ["logarithm"] = ([(3, 4)], (g, x, _) => g.Log(g.Shift(g.Square(x[0]), 0.5f))),
        ["root"] = ([(3, 4)], (g, x, _) => g.Sqrt(g.Shift(g.Square(x[0]), 0.5f))),
        ["power"] = ([(3, 4)], (g, x, _) => g.Power(g.Shift(g.Square(x[0]), 0.5f), 1.5f)),
        ["maximum"] = ([(3, 4), (3, 4)], (g, x, _) => g.Maximum(x[0], x[1])),
        ["minimum of a row"] = ([(3, 4), 4], (g, x, _) => g.Minimum(x[0], x[1])),
        ["sum of the first axes"] = ([(2, 3, 4)], (g, x, _) => g.Square(g.Sum(x[0], [0, 1]))),
        ["mean of the last axes"] = ([(2, 3, 4)], (g, x, _) => g.Square(g.Mean(x[0], [-1, 1], keepdims: true))),
        ["sum of a middle axis"] = ([(2, 3, 4)], (g, x, _) => g.Square(g.Sum(x[0], [1]))),
        ["mean of axes apart"] = ([(2, 3, 4)], (g, x, _) => g.Square(g.Mean(x[0], [0, -1], keepdims: true))),
        ["largest of a middle axis"] = ([(2, 3, 4)], (g, x, _) => g.Square(g.Max(x[0], [1]))),
        ["smallest of axes apart"] = ([(2, 3, 4)], (g, x, _) => g.Square(g.Min(x[0], [0, 2]))),
        ["repetition of inner axes"] = ([(2, 3, 4, 2), (2, 1, 1, 2)], (g, x, _) => g.Multiply(x[0], x[1])),
        ["repetition of both"] = ([(3, 1, 2), (4, 1)], (g, x, _) => g.Divide(g.Add(x[0], x[1]), g.Shift(g.Square(x[1]), 1))),
        ["means of windows"] = ([(2, 5, 3)], (g, x, _) => g.Square(g.Along(x[0], 1, AlongTable.Means(5, 3, 3, 2, 1)))),
        ["axes in another order"] = ([(2, 3, 4, 5)], (g, x, _) => g.Square(g.Transpose(x[0], [2, 0, 1, 3]))),
        ["images made smaller"] = ([(1, 7, 5, 2)], (g, x, _) => g.Square(g.Resize(x[0], 3, 4, "lanczos3", antialias: true))),
        ["a part"] = ([(3, 4, 5)], (g, x, _) => g.Square(g.Part(x[0], [1.., ^1, new Slice(null, null, -2)]))),
        ["one of two"] = ([(3, 4), (3, 4)], (g, x, _) => g.Square(g.Where(g.Greater(x[0], x[1]), x[0], g.Scale(x[1], 3)))),
        ["mean of all"] = ([(2, 3, 4)], (g, x, _) => g.Square(g.Mean(x[0]))),
        ["product of matrices"] = ([(2, 3, 4), (4, 2)], (g, x, _) => g.MatMul(x[0], x[1])),
        ["relu"] = ([(3, 4)], (g, x, _) => new Relu().Call(g, x[0])),
        ["sigmoid"] = ([(3, 4)], (g, x, _) => new Sigmoid().Call(g, x[0])),
        ["tanh"] = ([(3, 4)], (g, x, _) => new Activations.Tanh().Call(g, x[0])),
        ["softmax"] = ([(3, 4)], (g, x, _) => g.Softmax(x[0])),
        ["sum of rows"] = ([(2, 3, 4)], (g, x, _) => g.SumRows(x[0])),
        ["sum of columns"] = ([(2, 3, 4)], (g, x, _) => g.SumColumns(x[0])),
        ["sum of all"] = ([(2, 3, 4)], (g, x, _) => g.SumAll(g.Square(x[0]))),
        ["size"] = ([(3, 4)], (g, x, _) => g.Abs(x[0])),
        ["mean of columns"] = ([(2, 3, 4)], (g, x, _) => g.MeanColumns(x[0])),
        ["reshape"] = ([(2, 6)], (g, x, _) => g.Square(g.Reshape(x[0], (3, 4)))),
        ["concatenate"] = ([(3, 4), (3, 2), (3, 1)], (g, x, _) => g.Square(g.Concatenate(x[0], x[1], x[2]))),
        ["columns"] = ([(3, 6)], (g, x, _) => g.Square(g.Columns(x[0], 2, 3))),
        ["dense"] = ([(2, 3, 4), (4, 5), 5], (g, x, _) => g.Dense(x[0], x[1], x[2])),
        ["dense without bias"] = ([(3, 4), (4, 5)], (g, x, _) => g.Dense(x[0], x[1], null)),
        ["convolution"] = ([(2, 5, 4, 2), (3, 2, 2, 3), 3], (g, x, _) => g.Convolution(s_window, x[0], x[1], x[2])),
        ["depthwise convolution"] = ([(2, 5, 4, 2), (3, 2, 2, 3), 6], (g, x, _) => g.DepthwiseConvolution(s_window with { Filters = 6 }, x[0], x[1], x[2])),
        ["transposed convolution"] = ([(2, 3, 2, 3), (3, 2, 2, 3)], (g, x, _) => g.ConvolutionTransposed(s_window, x[0], x[1])),
        ["max pooling"] = ([(2, 5, 4, 2)], (g, x, _) => g.MaxPooling(s_window with { Filters = 2 }, x[0])),
        ["crossentropy of logits"] = ([(3, 4)], (g, x, labels) => g.SparseCrossentropy(x[0], labels, areProbabilities: false)),
        ["crossentropy of probabilities"] = ([(3, 4)], (g, x, labels) =>
            g.SparseCrossentropy(g.Reshape(g.Softmax(x[0]), (3, 4)), labels, areProbabilities: true)),
        ["batch normalization"] = ([(6, 3), 3, 3], (g, x, _) =>
        {
            var centred = g.Subtract(x[0], g.MeanRows(x[0]));
            return g.Add(g.Multiply(g.Multiply(centred, g.InverseRoot(g.MeanRows(g.Square(centred)), 1e-3f)), x[1]), x[2]);
        }
        ),
        ["one tensor, many readers"] = ([(3, 4)], (g, x, _) => g.Add(g.Multiply(x[0], g.Softmax(x[0])), g.Square(x[0]))),
    };

    public static TheoryData<string> Functions => [.. s_functions.Keys];

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_gradient_is_what_a_small_change_makes(string name)
    {
        const float Step = 1f / 1024;
        var (shapes, function) = s_functions[name];
        var random = new System.Random(7);
        NDArray Noise(int[] shape) => new([.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => random.Next(-2048, 2048) / 1024f)], shape);
        NDArray[] inputs = [.. shapes.Select(shape => Noise(shape.ToArray()))];
        NDArray seed = Noise(Run(inputs, null).Shape);
        var (_, _, gradients) = Run(inputs, seed);
        for (int k = 0; k < inputs.Length; k++)
        {
            float[] values = inputs[k].ToFloats();
            for (int i = 0; i < values.Length; i++)
            {
                double change = (Moved(k, i, Step) - Moved(k, i, -Step)) / (2 * Step);
                Assert.True(Math.Abs(change - gradients[k][i]) <= 2e-3 * (1 + Math.Abs(change)),
                    $"input {k}, element {i}: {gradients[k][i]}, but a small change makes {change}");
            }
        }

        // Σ of the output ∘ seed after one element of an input was changed.
        double Moved(int input, int element, float by)
        {
            var moved = inputs.ToArray();
            float[] values = moved[input].ToFloats();
            values[element] += by;
            moved[input] = new NDArray(values, shapes[input].ToArray());
            return Run(moved, null).Output.Zip(seed.ToFloats(), (y, s) => y * s).Sum();
        }

        (double[] Output, int[] Shape, double[][] Gradients) Run(NDArray[] given, NDArray? seeded)
        {
            using var kernels = new ReferenceKernels();
            var plan = new ShortPlan(kernels, training: true, fuses: false);
            Tensor[] x = [.. given.Select(values => plan.Input(values, needsGradient: true))];
            var y = plan.Keep(function(plan.Graph, x, plan.Input(new NDArray([2f, 0, 3]))));
            Tensor?[] gradients = seeded is null ? [] : plan.Gradients(y, plan.Input(seeded), x);
            plan.Run();
            return (plan.Read(y), y.shape.ToArray(), [.. gradients.Select(gradient => plan.Read(gradient!))]);
        }
    }
}
