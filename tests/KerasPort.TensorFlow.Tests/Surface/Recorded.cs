using Tensorflow.Keras;
using Tensorflow.Keras.Losses;

namespace Tensorflow;

/// <summary>A layer or loss as the text of its request.</summary>
internal sealed record Recorded(string What) : ILayer, ILossFunc
{
    public List<IVariableV1> Weights { get; set; } = [];
}

/// <summary>A call of fit, evaluate or predict.</summary>
internal sealed record Call(string Verb, float[] X, long[] Shape, float[] Y, int BatchSize, string Options);
