using KerasPort.Graphs;

namespace KerasPort.Saving;

// The functions of numpy's kind, of linear algebra and of indices that files may have between layers beside those of OperationConfig.
internal sealed partial class OperationConfig
{
    private const string Maths = "keras.src.ops.math", LinearAlgebra = "keras.src.ops.linalg";

    private const string Images = "keras.src.ops.image";

    private const int MostClasses = 1 << 16;

    /// <summary>The largest dilation that a file may ask for: a padded image is allocated.</summary>
    private const int MostDilation = 1 << 8;

    private static Dictionary<string, Known> MoreFunctions()
    {
        Function[] ofOne =
        [
            KerasOps.Arccos, KerasOps.Arccosh, KerasOps.Arcsin, KerasOps.Arcsinh, KerasOps.Arctan, KerasOps.Arctanh, KerasOps.Ceil, KerasOps.Cos, KerasOps.Cosh,
            KerasOps.Deg2rad, KerasOps.Erf, KerasOps.Erfc, KerasOps.Exp2, KerasOps.Expm1, KerasOps.Fabs, KerasOps.Fliplr, KerasOps.Flipud, KerasOps.Floor,
            KerasOps.Isfinite, KerasOps.Isinf, KerasOps.Isnan, KerasOps.Isneginf, KerasOps.Isposinf, KerasOps.Log10, KerasOps.Log1p, KerasOps.Log2,
            KerasOps.LogicalNot, KerasOps.Rad2deg, KerasOps.Reciprocal, KerasOps.Rsqrt, KerasOps.Sign, KerasOps.Sin, KerasOps.Sinh, KerasOps.StopGradient,
            KerasOps.Tan, KerasOps.Trunc,
            KerasOps.Angle, KerasOps.Cbrt, KerasOps.Det, KerasOps.Erfinv, KerasOps.I0, KerasOps.Inv, KerasOps.Isreal, KerasOps.Signbit, KerasOps.Sinc,
        ];
        Function[] ofTwo =
        [
            KerasOps.Arctan2, KerasOps.DivideNoNan, KerasOps.Dot, KerasOps.FloorDivide, KerasOps.FullLike, KerasOps.Hypot, KerasOps.Inner, KerasOps.Logaddexp,
            KerasOps.LogicalAnd, KerasOps.LogicalOr, KerasOps.LogicalXor, KerasOps.Mod, KerasOps.NotEqual,
            KerasOps.Fmax, KerasOps.Fmin, KerasOps.Fmod, KerasOps.Heaviside, KerasOps.Logaddexp2, KerasOps.Solve,
        ];
        var all = ofOne.Select(function => (function, 1)).Concat(ofTwo.Select(function => (function, 2))).ToDictionary(
            entry => entry.function.Class, entry => Always(entry.function, entry.Item2));
        foreach (string name in new[] { "Erf", "Erfc", "Erfinv", "Rsqrt" }) all[name] = all[name] with { Module = Maths };
        foreach (string name in new[] { "Det", "Inv", "Solve" }) all[name] = all[name] with { Module = LinearAlgebra };
        all["StopGradient"] = all["StopGradient"] with { Module = Core };

        void Reduction(string name, Func<Axes?, bool, Function> make, string module = Numpy) => all[name] = new(module, 1, s =>
        {
            s.RequireNull("dtype");
            return make(s.Axes("axis"), s.Flag("keepdims"));
        });
        Reduction("All", KerasOps.All);
        Reduction("Amax", KerasOps.Amax);
        Reduction("Amin", KerasOps.Amin);
        Reduction("Any", KerasOps.Any);
        Reduction("Logsumexp", KerasOps.Logsumexp, Maths);
        Reduction("Median", KerasOps.Median);
        Reduction("Prod", KerasOps.Prod);
        Reduction("Ptp", KerasOps.Ptp);
        void AlongOne(string name, Func<int?, Function> make) => all[name] = new(Numpy, 1, s =>
        {
            s.RequireNull("dtype");
            return make(s.Number("axis"));
        });
        AlongOne("Argsort", KerasOps.Argsort);
        AlongOne("Cumprod", KerasOps.Cumprod);
        AlongOne("Cumsum", KerasOps.Cumsum);
        AlongOne("Sort", KerasOps.Sort);
        Reduction("Nanmax", KerasOps.Nanmax);
        Reduction("Nanmean", KerasOps.Nanmean);
        Reduction("Nanmin", KerasOps.Nanmin);
        Reduction("Nanprod", KerasOps.Nanprod);
        Reduction("Nanstd", KerasOps.Nanstd);
        Reduction("Nansum", KerasOps.Nansum);
        Reduction("Nanvar", KerasOps.Nanvar);
        AlongOne("Nancumprod", KerasOps.Nancumprod);
        AlongOne("Nancumsum", KerasOps.Nancumsum);
        all["ArraySplit"] = new(Numpy, 1, s => KerasOps.ArraySplit((int)s.Required("indices_or_sections").Value, s.Number("axis") ?? 0));
        all["Average"] = new(Numpy, 1, s => KerasOps.Average(s.Axes("axis")));
        all["Cholesky"] = new(LinearAlgebra, 1, s => KerasOps.Cholesky(s.Flag("upper")));
        all["CholeskyInverse"] = new(LinearAlgebra, 1, s => KerasOps.CholeskyInverse(s.Flag("upper")));
        all["CountNonzero"] = new(Numpy, 1, s => KerasOps.CountNonzero(s.Axes("axis")));
        all["DepthToSpace"] = new(Network, 1, s => KerasOps.DepthToSpace((int)s.Required("block_size").Value, s.Text("data_format")));
        all["Diagonal"] = new(Numpy, 1, s => KerasOps.Diagonal(s.Number("offset") ?? 0, s.Number("axis1") ?? 0, s.Number("axis2") ?? 1));
        all["Diff"] = new(Numpy, 1, s => KerasOps.Diff(s.Number("n") ?? 1, s.Number("axis") ?? -1));
        all["Einsum"] = new(Numpy, Known.Some, s => KerasOps.Einsum(s.Text("subscripts")));
        all["ExtractSequences"] = new(Maths, 1,
            s => KerasOps.ExtractSequences((int)s.Required("sequence_length").Value, (int)s.Required("sequence_stride").Value));
        all["Hstack"] = new(Numpy, Known.List, _ => KerasOps.Hstack);
        all["Isclose"] = new(Numpy, 4, s => KerasOps.Isclose(s.Flag("equal_nan")));
        all["Moments"] = new(Network, 1, s =>
        {
            s.RequireFalse("synchronized");
            return KerasOps.Moments(s.Axes("axes")!, s.Flag("keepdims"));
        });
        all["Moveaxis"] = new(Numpy, 1, s => KerasOps.Moveaxis(s.Axes("source")!, s.Axes("destination")!));
        all["MultiHot"] = new(Network, 1, s => KerasOps.MultiHot(Classes(s), s.Number("axis") ?? -1));
        all["Nanargmax"] = new(Numpy, 1, s => KerasOps.Nanargmax(s.Number("axis"), s.Flag("keepdims")));
        all["Nanargmin"] = new(Numpy, 1, s => KerasOps.Nanargmin(s.Number("axis"), s.Flag("keepdims")));
        all["NanToNum"] = new(Numpy, 1, s => KerasOps.NanToNum(s.Fraction("nan") ?? 0, s.Fraction("posinf"), s.Fraction("neginf")));
        all["Norm"] = new(LinearAlgebra, 1, s => KerasOps.Norm(s.NumberOrText("ord"), s.Axes("axis"), s.Flag("keepdims")));
        all["Normalize"] = new(Network, 1, s => KerasOps.Normalize(s.Number("axis") ?? -1, s.Fraction("order") ?? 2, s.Fraction("epsilon")));
        all["OneHot"] = new(Network, 1, s => KerasOps.OneHot(Classes(s), s.Number("axis") ?? -1));
        all["Pad"] = new(Numpy, 1, s => KerasOps.Pad(s.Pairs("pad_width"), s.Text("mode"), s.Value)) { Number = "constant_values" };
        all["Roll"] = new(Numpy, 1, s => KerasOps.Roll(s.Axes("shift")!, s.Axes("axis")));
        all["Rot90"] = new(Numpy, 1, s => KerasOps.Rot90(s.Number("k") ?? 1, s.Axes("axes")!));
        all["Round"] = new(Numpy, 1, s => KerasOps.Round(s.Number("decimals") ?? 0));
        all["SolveTriangular"] = new(LinearAlgebra, 2, s => KerasOps.SolveTriangular(s.Flag("lower")));
        all["SpaceToDepth"] = new(Network, 1, s => KerasOps.SpaceToDepth((int)s.Required("block_size").Value, s.Text("data_format")));
        all["Split"] = new(Numpy, 1, s => KerasOps.Split(s.Axes("indices_or_sections")!, s.Number("axis") ?? 0));
        all["Swapaxes"] = new(Numpy, 1, s => KerasOps.Swapaxes((int)s.Required("axis1").Value, (int)s.Required("axis2").Value));
        all["Take"] = new(Numpy, 2, s => KerasOps.Take(s.Number("axis"))) { TakesNumbers = true };
        all["TakeAlongAxis"] = new(Numpy, 2, s => KerasOps.TakeAlongAxis(s.Number("axis"))) { TakesNumbers = true };
        all["Tensordot"] = new(Numpy, 2, s => s.Lists("axes") is [var first, var second] ? KerasOps.Tensordot(first, second) : KerasOps.Tensordot(
            (int)s.Required("axes").Value));
        all["Tile"] = new(Numpy, 1, s => KerasOps.Tile(Axes.Create([.. s.Axes("repeats")!.Select(count => Repeats(count, "repeats"))])));
        all["TopK"] = new(Maths, 1, s => KerasOps.TopK((int)s.Required("k").Value, s.Flag("sorted")));
        all["Trace"] = new(Numpy, 1, s => KerasOps.Trace(s.Number("offset") ?? 0, s.Number("axis1") ?? 0, s.Number("axis2") ?? 1));
        all["Tril"] = new(Numpy, 1, s => KerasOps.Tril(s.Number("k") ?? 0));
        all["Triu"] = new(Numpy, 1, s => KerasOps.Triu(s.Number("k") ?? 0));
        all["Unstack"] = new(Core, 1, s => KerasOps.Unstack(s.Number("num"), s.Number("axis") ?? 0));
        foreach (var (name, function) in Networks()) all[name] = function;
        return all;
    }

    /// <summary>Functions of networks, which compute what the layers of the same names do.</summary>
    private static Dictionary<string, Known> Networks()
    {
        Shape Window(OperationSettings s, string key) => s.Sizes(key, MostRepeats) ?? s.Shape(key);
        Shape? Strides(OperationSettings s) => s.Sizes("strides", MostRepeats);
        Shape Gaps(OperationSettings s) => s.Sizes("dilation_rate", MostDilation) ?? 1;
        string? Format(OperationSettings s) => s.NumberOrText("data_format") as string;
        Known Pooling(Func<Shape, Shape?, string, string?, Function> make) =>
            new(Network, 1, s => make(Window(s, "pool_size"), Strides(s), s.Text("padding"), Format(s)));
        Known Convolution(int tensors, Func<Shape, string, string?, Shape, Function> make) =>
            new(Network, tensors, s => make(Strides(s) ?? 1, s.Text("padding"), Format(s), Gaps(s)));
        return new()
        {
            ["AdaptiveAveragePool"] = new(Network, 1, s => KerasOps.AdaptiveAveragePool(Window(s, "output_size"), Format(s))),
            ["AdaptiveMaxPool"] = new(Network, 1, s => KerasOps.AdaptiveMaxPool(Window(s, "output_size"), Format(s))),
            ["AveragePool"] = Pooling(KerasOps.AveragePool),
            ["BatchNorm"] = new(Network, 3, s =>
                KerasOps.BatchNorm((int)s.Required("axis").Value, s.Required("epsilon").Value, hasOffset: s.Given[0], hasScale: s.Given[1]))
            { Optional = ["offset", "scale"] },
            ["Conv"] = Convolution(2, KerasOps.Conv),
            ["DepthwiseConv"] = Convolution(2, KerasOps.DepthwiseConv),
            ["DotProductAttention"] = new(Network, 3, s =>
            {
                s.RequireFalse("flash_attention");
                s.RequireNull("attn_logits_soft_cap");
                return KerasOps.DotProductAttention(hasBias: s.Given[0], hasMask: s.Given[1], s.Value, s.Flag("is_causal"));
            })
            { Optional = ["bias", "mask"], NamesOptional = true, Number = "scale" },
            ["LayerNorm"] = new(Network, 1, s =>
            {
                s.RequireFalse("rms_scaling");
                return KerasOps.LayerNorm(s.Axes("axis") ?? -1, s.Fraction("epsilon"), hasGamma: s.Given[0], hasBeta: s.Given[1]);
            })
            { Optional = ["gamma", "beta"] },
            ["MaxPool"] = Pooling(KerasOps.MaxPool),
            ["Resize"] = new(Images, 1, s =>
            {
                s.RequireNull("data_format");
                if (s.Text("fill_mode") != "constant") throw new ValueError("fill_mode must be \"constant\"");
                return s.Sizes("size", int.MaxValue) is { Rank: 2 } size && size.All(side => side > 0)
                    ? KerasOps.Resize(size, s.Text("interpolation"), s.Flag("antialias"), s.Flag("crop_to_aspect_ratio"), s.Flag("pad_to_aspect_ratio"),
                        s.Fraction("fill_value") ?? 0)
                    : throw new ValueError("size must be a height and a width of 1 or more");
            }),
            ["RGBToGrayscale"] = new(Images, 1, s =>
            {
                s.RequireNull("data_format");
                return KerasOps.RgbToGrayscale;
            }),
            ["RMSNorm"] = new(Network, 1, s => KerasOps.RMSNorm(s.Axes("axis") ?? -1, s.Fraction("epsilon"), hasScale: s.Given[0]))
            { Optional = ["scale"], NamesOptional = true },
            ["SeparableConv"] = Convolution(3, KerasOps.SeparableConv),
        };
    }

    private static int Classes(OperationSettings settings)
    {
        settings.RequireFalse("sparse");
        if (settings.Text("dtype") is not "float32") throw new ValueError("codes in a model are float32");
        return (int)settings.Required("num_classes").Value is > 0 and <= MostClasses and var classes ? classes
            : throw new ValueError($"num_classes must be a number of 1 to {MostClasses}");
    }
}
