namespace KerasPort.Initializers;

/// <summary>
/// An argument for the initial values of a weight: an initializer, its name, or <c>null</c>. As in Keras, an explicit <c>null</c> means Glorot's uniform
/// initializer for every weight, while an omitted argument means the weight's own default.
/// </summary>
public readonly struct InitialValues
{
    private readonly Initializer? _initializer;
    private readonly bool _isGiven;

    internal InitialValues(Initializer? initializer) => (_initializer, _isGiven) = (initializer, true);

    /// <summary>The initializer that was given, <c>null</c> for an explicit null, or the one of that name if the argument was omitted.</summary>
    internal Initializer? Or(string name) => _isGiven ? _initializer : name;

    /// <summary>Converts the Keras name of an initializer.</summary>
    /// <exception cref="ValueError">There is no initializer of that name.</exception>
    public static implicit operator InitialValues(string? name) => new(name);
}
