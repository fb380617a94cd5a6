namespace KerasPort.Initializers;

/// <summary>
/// What a layer takes as the first values of a weight: an initializer, its name, or <c>null</c>, which, given, is Glorot's uniform one for every
/// weight, as in Keras; left out, it is the weight's own default.
/// </summary>
public readonly struct InitialValues
{
    private readonly Initializer? _initializer;
    private readonly bool _isGiven;

    internal InitialValues(Initializer? initializer) => (_initializer, _isGiven) = (initializer, true);

    /// <summary>What was given, <c>null</c> for null; the initializer of that name where nothing was.</summary>
    internal Initializer? Or(string name) => _isGiven ? _initializer : name;

    /// <summary>The initializer of that Keras name.</summary>
    /// <exception cref="ValueError">There is none.</exception>
    public static implicit operator InitialValues(string? name) => new(name);
}
