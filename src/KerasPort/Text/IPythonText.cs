namespace KerasPort;

/// <summary>Something whose <c>ToString</c> is what Python writes, though it may also be a list or a dictionary.</summary>
internal interface IPythonText
{
    /// <summary>The number that it is in Python, if it is one, which formats like <c>{:.2f}</c> take.</summary>
    double? Number => null;
}
