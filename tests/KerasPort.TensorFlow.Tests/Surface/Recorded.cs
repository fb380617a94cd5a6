using Tensorflow.Keras;
using Tensorflow.Keras.Losses;

namespace Tensorflow;

/// <summary>A layer or loss as what was asked for, in words.</summary>
internal sealed record Recorded(string What) : ILayer, ILossFunc
{
    public List<IVariableV1> Weights { get; set; } = [];
}

/// <summary>A call of fit, evaluate or predict.</summary>
internal sealed record Call(string Verb, float[] X, long[] Shape, float[] Y, int BatchSize, string Options);
