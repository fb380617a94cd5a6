namespace KerasPort.Tests;

/// <summary>The numbers on which <c>make_models.py</c> recorded Keras: ((7919 i + 104729 j + i j) % 256) / 255, and labels from 0 to 4.</summary>
internal static class SyntheticData
{
    public static (NDArray x, NDArray y) Rows(int rows, params int[] shape)
    {
        int size = shape.Aggregate(1, (product, d) => product * d);
        var x = new byte[rows * size];
        var y = new byte[rows];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < size; j++) x[i * size + j] = (byte)((i * 7919 + j * 104729 + i * j) % 256);
            y[i] = (byte)((i * 31 + i * i * 7) % 5);
        }
        return (new NDArray(x, [rows, .. shape]) / 255.0, y);
    }
}
