namespace KerasPort.Layers;

/// <summary>A Gaussian kernel along one axis, whose values sum to 1.</summary>
internal static class Bell
{
    /// <summary>values[i] = e^(-½ · (x / width)²), divided by the sum of all; x is the distance from the middle.</summary>
    public static void Fill(float[] values, float width)
    {
        float sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            float x = (i - (values.Length - 1) / 2f) / width;
            sum += values[i] = MathF.Exp(-0.5f * (x * x));
        }
        for (int i = 0; i < values.Length; i++) values[i] /= sum;
    }
}
