namespace KerasPort;

/// <summary>A type whose <c>ToString</c> is what Python prints, although it may also be a list or a dictionary.</summary>
internal interface IPythonText
{
    /// <summary>The number that it is in Python, for formats such as <c>{:.2f}</c>; <c>null</c> if it isn't one.</summary>
    double? Number => null;
}
